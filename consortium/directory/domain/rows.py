"""Rows of a list of LEAs, in the two shapes that are about.

Our own district list and the CCD's LEA release name their columns differently; one table knows
both, so that a file that mixes them (an old release, a state's extract) is read as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consortium.directory.domain import cells
from consortium.directory.domain.records import LeaRecord, kind_by_name
from consortium.errors import Refusal
from consortium.words import say

# What we want, and the names it has in the files: the first one that is there counts.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("leaid",),
    "name": ("lea_name", "name"),
    "state": ("st", "stabr", "state"),
    "city": ("lcity", "city"),
    "zip": ("lzip", "zip"),
    "latitude": ("lat",),
    "longitude": ("lon",),
    "time_zone": ("tz",),
    "locale": ("ulocale", "locale"),
    "enrollment": ("member", "total", "enrollment"),
    "type": ("lea_type",),
    "status": ("sy_status",),
    "newer_status": ("updated_status",),
    "union": ("union",),
    "boundary": ("geographic",),
    "listed": ("in_ccd_2023_24",),
}
NEEDED = frozenset({"id", "name", "state"})
KIND_OF_TYPE: Mapping[str, str] = {
    "1": "district",
    "2": "district",  # component of a supervisory union, which is its parent
    "3": "supervisory_union",
    "4": "service_agency",
    "5": "state_agency",
    "6": "federal_agency",
    "7": "charter",
    "8": "other",
    "9": "specialized",
}
TYPES_WITH_UNION = frozenset({"2", "3"})
NO_UNION = frozenset({"000", "0"})
# Open, new, added, changed agency, reopened; closed, inactive, future.
OPEN_OF_STATUS: Mapping[str, bool] = {
    **dict.fromkeys(("1", "3", "4", "5", "8"), True),
    **dict.fromkeys(("2", "6", "7"), False),
}


class UnknownShape(Refusal):
    """The header names no list that the directory can read."""


@dataclass(frozen=True)
class RowRefused:
    """A row that the directory does not take, and the sentence that says why."""

    line: int
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Shape:
    """Where a file keeps what the directory wants, as its header says."""

    width: int
    places: Mapping[str, int]

    def read(self, line: int, row: Sequence[str]) -> LeaRecord | RowRefused:
        """Return the LEA of one row, or why it is refused."""
        if len(row) < self.width or any(cell.strip() for cell in row[self.width :]):
            sentence = say(
                "The row has %(count)s columns, the first line has %(wanted)s.",
                count=len(row),
                wanted=self.width,
            )
            return RowRefused(line, sentence)
        try:
            return _record({want: cells.clean(row[at]) for want, at in self.places.items()})
        except Refusal as refusal:
            return RowRefused(line, refusal.message)

    def lost_its_zero(self, row: Sequence[str]) -> bool:
        """Tell whether a spreadsheet ate the leading zero of the row's id."""
        return cells.lost_its_zero(row[self.places["id"]].strip())


def shape_of(header: Sequence[str]) -> Shape:
    """Recognise a list by its header. Raises ``UnknownShape`` naming the columns it needs."""
    names = [name.strip().lower() for name in header]
    places = {
        want: names.index(found)
        for want, spellings in COLUMNS.items()
        if (found := next((name for name in spellings if name in names), None))
    }
    if not places.keys() >= NEEDED:
        raise UnknownShape(
            say(
                "The first line must name the columns. Needed are LEAID, LEA_NAME and ST (the "
                "CCD's LEA release) or leaid, name and state (the district list)."
            )
        )
    twice = next((names[at] for at in places.values() if names.count(names[at]) > 1), None)
    if twice:
        raise UnknownShape(say("The column “%(name)s” is there twice. Remove one.", name=twice))
    return Shape(width=len(names), places=places)


def _record(row: Mapping[str, str]) -> LeaRecord:
    state = cells.state_of(row["state"])
    name = cells.name_of(row["name"])
    kind = cells.meaning_of(row.get("type", ""), KIND_OF_TYPE, column="LEA_TYPE")
    boundary = {"Y": True, "N": False}.get(row.get("boundary", "").upper())
    latitude, longitude = cells.place_of(row.get("latitude", ""), row.get("longitude", ""))
    return LeaRecord(
        id=cells.id_of(row["id"], state),
        name=name,
        state=state,
        city=cells.city_of(row.get("city", "")),
        zip=cells.zip_of(row.get("zip", "")),
        latitude=latitude,
        longitude=longitude,
        time_zone=cells.time_zone_of(row.get("time_zone", "")),
        locale=cells.locale_of(row.get("locale", "")),
        enrollment=cells.enrollment_of(row.get("enrollment", "")),
        kind=kind or kind_by_name(name, has_boundary=boundary),
        kind_is_certain=kind is not None,
        open=_is_open(row),
        union=_union(row),
    )


def _is_open(row: Mapping[str, str]) -> bool | None:
    # The district list's N means closed or enrolling nobody (a county office): it settles nothing.
    if row.get("listed", "").upper() == "Y":
        return True
    # What became of it during the school year counts more than how the year began.
    now = cells.meaning_of(row.get("newer_status", ""), OPEN_OF_STATUS, column="UPDATED_STATUS")
    began = cells.meaning_of(row.get("status", ""), OPEN_OF_STATUS, column="SY_STATUS")
    return began if now is None else now


def _union(row: Mapping[str, str]) -> str:
    number = row.get("union", "")
    if row.get("type") not in TYPES_WITH_UNION or cells.missing(number) or number in NO_UNION:
        return ""
    return number
