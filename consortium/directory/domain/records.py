"""What the directory knows of an LEA, and how a newer list changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from consortium.directory.domain.search import folded, search_text
from consortium.directory.domain.states import ALL_STATES
from consortium.words import say

LEA_KINDS: Mapping[str, str] = {
    "district": say("School district"),
    "supervisory_union": say("Supervisory union"),
    "service_agency": say("Regional service agency or county office"),
    "charter": say("Charter agency"),
    "specialized": say("Specialized school district"),
    "state_agency": say("State agency"),
    "federal_agency": say("Federal agency"),
    "other": say("Other education agency"),
}

LOCALES: Mapping[str, str] = {
    "11": say("City: large"),
    "12": say("City: midsize"),
    "13": say("City: small"),
    "21": say("Suburb: large"),
    "22": say("Suburb: midsize"),
    "23": say("Suburb: small"),
    "31": say("Town: fringe"),
    "32": say("Town: distant"),
    "33": say("Town: remote"),
    "41": say("Rural: fringe"),
    "42": say("Rural: distant"),
    "43": say("Rural: remote"),
}


def locale_words(code: str) -> str:
    """Say an NCES locale code in words; nothing when it is unknown."""
    return LOCALES.get(code, "")


# What a name says outright, for lists that carry no type code.
_KIND_BY_WORDS = (
    ("supervisory union", "supervisory_union"),
    ("sau office", "supervisory_union"),
    ("county office of education", "service_agency"),
    ("county superintendent", "service_agency"),
    ("boces", "service_agency"),
    ("education service center", "service_agency"),
    ("educational service center", "service_agency"),
    ("charter", "charter"),
)


def kind_by_name(name: str, *, has_boundary: bool | None) -> str:
    """Guess the kind of an LEA where no type code says it.

    An LEA with a boundary is a district, whatever its name (Charter Oak Unified), unless it
    calls itself a supervisory union.
    """
    words = f" {folded(name)} "
    said = next((kind for phrase, kind in _KIND_BY_WORDS if f" {phrase} " in words), None)
    if has_boundary:
        return "supervisory_union" if said == "supervisory_union" else "district"
    return said or ("district" if has_boundary is None else "other")


@dataclass(frozen=True, kw_only=True)
class LeaRecord:
    """One LEA as a list (or a person) states it; empty or None where the list says nothing."""

    id: str
    name: str
    state: str
    city: str = ""
    zip: str = ""
    latitude: float | None = None
    longitude: float | None = None
    time_zone: str = ""
    locale: str = ""
    enrollment: int | None = None
    kind: str = "district"
    kind_is_certain: bool = True
    """False where the kind is guessed: an LEA that is listed already keeps its own."""
    open: bool | None = None
    union: str = ""
    """The number, within the state, of the supervisory union that it is or belongs to."""


def new_values(record: LeaRecord) -> dict[str, Any]:
    """Return the columns of an LEA that is new to the directory."""
    return {
        "name": record.name,
        "search_text": search_text(record.name, record.city),
        "state": record.state,
        "city": record.city,
        "zip": record.zip,
        "latitude": record.latitude,
        "longitude": record.longitude,
        "time_zone": record.time_zone or ALL_STATES[record.state].time_zone,
        "locale": record.locale,
        "enrollment": record.enrollment,
        "kind": record.kind,
        "open": record.open is not False,
        "parent_id": None,
    }


def newer_values(record: LeaRecord, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of a listed LEA after a newer list.

    What the list leaves empty stays as it was known, and so does everything kept by hand.
    """
    stated = new_values(record)
    values = {
        column: value if value not in ("", None) else known[column]
        for column, value in stated.items()
    }
    values["search_text"] = search_text(values["name"], values["city"])
    values["time_zone"] = record.time_zone or known["time_zone"] or stated["time_zone"]
    values["open"] = known["open"] if record.open is None else record.open
    if not record.kind_is_certain:
        values["kind"] = known["kind"]
    return values


def unions(records: Iterable[LeaRecord]) -> dict[tuple[str, str], str]:
    """Return the id of the supervisory union of each state and number.

    A number that two of them claim belongs to neither.
    """
    claims: dict[tuple[str, str], list[str]] = {}
    for record in records:
        if record.union and record.kind == "supervisory_union":
            claims.setdefault((record.state, record.union), []).append(record.id)
    return {number: ids[0] for number, ids in claims.items() if len(ids) == 1}


def parent_of(record: LeaRecord, unions: Mapping[tuple[str, str], str]) -> str | None:
    """Return the id of the supervisory union that the record belongs to, if the list says so."""
    if record.kind == "supervisory_union":
        return None
    return unions.get((record.state, record.union))
