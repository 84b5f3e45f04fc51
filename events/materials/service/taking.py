"""Taking materials along: counted without names, one by one or all in one file."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from consortium.database import db
from consortium.files.models import StoredFile
from events.institutes.models import Institute
from events.materials.models import Material
from events.materials.service.finding import Line, Sheet, Shelf, with_files


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """Everything that someone may have, to be put into one file."""

    ids: frozenset[UUID]
    """The materials whose files are in it."""
    files: Sequence[tuple[tuple[str, ...], StoredFile]]
    """Each with the folders it lies in."""
    links: Sequence[Line]


def parcel_of(institute: Institute, shelf: Shelf) -> Parcel:
    """Return the files of what someone may have, in folders by day and session."""
    stored = with_files(institute, [line.id for line in shelf.lines])
    places: list[tuple[tuple[str, ...], Line]] = [((), line) for line in shelf.general]
    for sheet in (*shelf.days, *shelf.sessions):
        places += [((_folder(sheet),), line) for line in sheet.lines]
    return Parcel(
        ids=frozenset(stored),
        files=[
            ((*way, stored[one.id].filename), stored[one.id])
            for way, one in places
            if one.id in stored
        ],
        links=[line for line in shelf.lines if line.link],
    )


def _folder(sheet: Sheet) -> str:
    if sheet.session is None:
        return sheet.on.isoformat() if sheet.on else ""
    starts = sheet.session.starts
    return f"{starts:%Y-%m-%d %H.%M} {sheet.session.title}" if starts else sheet.session.title


def count_downloads(material_ids: Collection[UUID]) -> None:
    """Count that someone took these files; nothing is written down of who it was."""
    taken = update(Material).where(Material.id.in_(material_ids))
    db.session.execute(taken.values(downloads=Material.downloads + 1))
