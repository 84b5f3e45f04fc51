"""The rooms, venues and presenters of an institute, and the names in a session that mean them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.domain import RoomSpec, SessionRefused, SessionSpec, key_of
from events.schedule.models import Presenter, Room, Session, Venue

Named = TypeVar("Named", Venue, Room, Presenter)


def venues_of(institute_id: UUID) -> Sequence[Venue]:
    """Return the venues beside the institute's own, as the host ordered them."""
    return _all(Venue, institute_id)


def rooms_of(institute_id: UUID) -> Sequence[Room]:
    """Return the institute's rooms, as the host ordered them."""
    return _all(Room, institute_id)


def presenters_of(institute_id: UUID) -> Sequence[Presenter]:
    """Return who holds sessions of the institute, as the host ordered them."""
    return _all(Presenter, institute_id)


def room_specs(institute_id: UUID) -> Mapping[str, RoomSpec]:
    """Return the institute's rooms by name, as the rules ask about them."""
    return {room.name: room.spec for room in rooms_of(institute_id)}


def get_venue(institute: Institute, venue_id: UUID) -> Venue:
    """Return one of the institute's venues; raise ``NotFound``."""
    return _get(Venue, institute, venue_id)


def get_room(institute: Institute, room_id: UUID) -> Room:
    """Return one of the institute's rooms; raise ``NotFound``."""
    return _get(Room, institute, room_id)


def get_presenter(institute: Institute, presenter_id: UUID) -> Presenter:
    """Return one of the institute's presenters; raise ``NotFound``."""
    return _get(Presenter, institute, presenter_id)


@dataclass(frozen=True, kw_only=True)
class KnownNames:
    """What a form offers while someone types."""

    venues: tuple[str, ...]
    rooms: tuple[str, ...]
    presenters: tuple[str, ...]
    tracks: tuple[str, ...]
    features: tuple[str, ...] = ()
    """What the rooms have."""


def known_names(institute: Institute) -> KnownNames:
    """Return the names that sessions of the institute use."""
    tracks = select(Session.track).where(Session.institute_id == institute.id, Session.track != "")
    rooms = rooms_of(institute.id)
    return KnownNames(
        venues=tuple(venue.name for venue in venues_of(institute.id)),
        rooms=tuple(room.name for room in rooms),
        presenters=tuple(one.name for one in presenters_of(institute.id)),
        tracks=tuple(db.session.scalars(tracks.distinct().order_by(Session.track))),
        features=tuple(dict.fromkeys(one for room in rooms for one in room.features)),
    )


def uses_of(institute_id: UUID) -> Mapping[str, int]:
    """Return how many sessions need each venue, room and presenter, by their names.

    Sessions count as they are to be; what is cancelled needs nothing.
    """
    statement = select(Session).where(
        Session.institute_id == institute_id, Session.cancelled_at.is_(None)
    )
    counted: Counter[str] = Counter()
    for session in db.session.scalars(statement):
        spec = session.drafted
        counted.update({spec.room, spec.venue, *spec.presenters, *spec.facilitators} - {""})
    return counted


class Names:
    """The names that sessions of one institute may use, looked up once for many sessions."""

    def __init__(self, institute: Institute) -> None:
        """Read what the institute has."""
        self._institute = institute
        self._venues = {venue.name_key: venue for venue in venues_of(institute.id)}
        self._rooms = {room.name_key: room for room in rooms_of(institute.id)}
        self._presenters = {one.name_key: one for one in presenters_of(institute.id)}

    def settle(self, spec: SessionSpec) -> SessionSpec:
        """Return the spec with each name as the institute writes it; new names become rows.

        A room says by itself in which venue it is. Raises ``SessionRefused`` for a room of
        another venue than the one that is said. Flushes.
        """
        venue = self._venue(spec.venue)
        room = self._room(spec.room, venue)
        if room is not None and spec.venue and (room.venue or "") != venue:
            raise SessionRefused(
                say(
                    "“%(room)s” is in %(there)s, not in %(venue)s. Choose a room of that venue.",
                    room=room.name,
                    there=room.venue or self._institute.venue or say("the institute's own venue"),
                    venue=venue or self._institute.venue,
                ),
                field="room",
            )
        return replace(
            spec,
            room=room.name if room else "",
            venue=(room.venue or "") if room else venue,
            presenters=self._people(spec.presenters),
            facilitators=self._people(spec.facilitators),
        )

    def _venue(self, said: str) -> str:
        key = key_of(said)
        if not key or key == key_of(self._institute.venue):
            return ""
        if key not in self._venues:
            self._venues[key] = _added(Venue, self._institute, said, len(self._venues))
        return self._venues[key].name

    def _room(self, said: str, venue: str) -> Room | None:
        key = key_of(said)
        if not key:
            return None
        if key not in self._rooms:
            room = _added(Room, self._institute, said, len(self._rooms))
            room.venue = venue or None
            db.session.flush()
            self._rooms[key] = room
        return self._rooms[key]

    def _people(self, said: Sequence[str]) -> tuple[str, ...]:
        found: list[str] = []
        for name in said:
            key = key_of(name)
            if not key:
                continue
            if key not in self._presenters:
                there = len(self._presenters)
                self._presenters[key] = _added(Presenter, self._institute, name, there)
            found.append(self._presenters[key].name)
        return tuple(dict.fromkeys(found))


def _added(kind: type[Named], institute: Institute, name: str, position: int) -> Named:
    row = kind(
        institute_id=institute.id,
        name=" ".join(name.split()),
        name_key=key_of(name),
        position=position,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _all(kind: type[Named], institute_id: UUID) -> Sequence[Named]:
    statement = select(kind).where(kind.institute_id == institute_id)
    return db.session.scalars(statement.order_by(kind.position, kind.name)).all()


def _get(kind: type[Named], institute: Institute, row_id: UUID) -> Named:
    row = db.session.scalar(
        select(kind).where(kind.institute_id == institute.id, kind.id == row_id)
    )
    if row is None:
        raise NotFound(say("That is not at this institute any more."))
    return row
