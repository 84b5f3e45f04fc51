"""Write the venues, rooms and presenters of a programme."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from consortium.database import db
from events.institutes.models import Institute
from events.programmes.domain import Whereabouts
from events.schedule.domain import PresenterSpec, RoomSpec, SessionSpec, VenueSpec, key_of
from events.schedule.models import Presenter, Room, Session, Venue
from events.schedule.service.following import rename_presenter
from events.schedule.service.places import presenters_of, rooms_of, venues_of

Row = Venue | Room | Presenter
Spec = VenueSpec | RoomSpec | PresenterSpec


def whereabouts_of(institute_id: UUID) -> Whereabouts:
    """Return the institute's venues, rooms and presenters, as the host ordered them."""
    return Whereabouts(
        venues=tuple(venue.spec for venue in venues_of(institute_id)),
        rooms=tuple(room.spec for room in rooms_of(institute_id)),
        presenters=tuple(presenter.spec for presenter in presenters_of(institute_id)),
    )


def names_in(specs: Iterable[SessionSpec]) -> dict[str, set[str]]:
    """Return the venues, rooms and presenters that these sessions need."""
    names: dict[str, set[str]] = {"venues": set(), "rooms": set(), "presenters": set()}
    for spec in specs:
        names["venues"].add(spec.venue)
        names["rooms"].add(spec.room)
        names["presenters"].update(spec.presenters, spec.facilitators)
    return names


def write_whereabouts(institute: Institute, said: Whereabouts) -> bool:
    """Let the institute have all of these; what it has beyond them stays. Flushes.

    A row is known by its name, however it is spelled. Returns whether one is spelled otherwise
    now: then the sessions have followed in the database, and who holds them reads them again.
    """
    renamed = [
        *_write(Venue, institute, said.venues, venues_of(institute.id)),
        *_write(Room, institute, said.rooms, rooms_of(institute.id)),
    ]
    people = _write(Presenter, institute, said.presenters, presenters_of(institute.id))
    for before, after in people:
        rename_presenter(institute, before, after)
    return bool(renamed)


def drop_whereabouts(institute: Institute, said: Whereabouts) -> None:
    """Take out what is none of these and what no session needs, cancelled ones too. Flushes."""
    kept = {
        name: {key_of(spec.name) for spec in getattr(said, name)}
        for name in ("venues", "rooms", "presenters")
    }
    rooms = _without(rooms_of(institute.id), kept["rooms"])
    venues = _without(venues_of(institute.id), kept["venues"])
    presenters = _without(presenters_of(institute.id), kept["presenters"])
    if not (rooms or venues or presenters):
        return
    sessions = db.session.scalars(select(Session).where(Session.institute_id == institute.id))
    needed = names_in(session.spec for session in sessions)
    _delete(room for room in rooms if room.name not in needed["rooms"])
    _delete(one for one in presenters if one.name not in needed["presenters"])
    held = needed["venues"] | {room.venue for room in rooms_of(institute.id)}
    _delete(venue for venue in venues if venue.name not in held)


def _write(
    kind: type[Any], institute: Institute, specs: Sequence[Spec], there: Sequence[Row]
) -> list[tuple[str, str]]:
    """Return the old and the new names of those that are spelled otherwise now."""
    known = {row.name_key: row for row in there}
    renamed = []
    for position, spec in enumerate(specs):
        key = key_of(spec.name)
        row = known.get(key)
        if row is None:
            row = kind(id=uuid4(), institute_id=institute.id, name_key=key)
            db.session.add(row)
        elif row.name != spec.name:
            renamed.append((row.name, spec.name))
        for name, value in _columns(spec).items():
            if getattr(row, name) != value:
                setattr(row, name, value)
        row.position = position
    db.session.flush()
    return renamed


def _columns(spec: Spec) -> dict[str, Any]:
    columns = {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in vars(spec).items()
    }
    return {**columns, "venue": columns["venue"] or None} if "venue" in columns else columns


def _without(rows: Iterable[Any], keys: set[str]) -> list[Any]:
    return [row for row in rows if row.name_key not in keys]


def _delete(rows: Iterable[Row]) -> None:
    for row in rows:
        db.session.delete(row)
    db.session.flush()
