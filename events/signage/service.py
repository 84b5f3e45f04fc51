"""What the screens of an institute say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import PlannedSession
from events.schedule.models import Session
from events.signage.domain import Sign, sign_of, slugs_of, zone_of

ONLINE = "virtual"


@dataclass(frozen=True, kw_only=True)
class Door:
    """A room with a screen at its door."""

    name: str
    slug: str
    venue: str
    """The venue where it is, if not the institute's own."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """What all rooms of the building say at one moment."""

    doors: Sequence[tuple[Door, Sign]]
    elsewhere: Sign
    """What is held in no room, and not online: a walk, a dinner whose place is told later."""
    wall: datetime
    zone: str


def doors_of(institute: Institute) -> Sequence[Door]:
    """Return the institute's rooms, as the host ordered them."""
    rooms = schedule.rooms_of(institute.id)
    slugs = slugs_of([room.name for room in rooms])
    return [Door(name=room.name, slug=slugs[room.name], venue=room.venue or "") for room in rooms]


def sign_at(institute: Institute, slug: str, *, at: datetime) -> tuple[Door, Sign]:
    """Return what the screen at a room's door says at a moment. Raises ``NotFound``."""
    door = next((one for one in doors_of(institute) if one.slug == slug), None)
    if door is None:
        raise NotFound(say("There is no such room at this institute."))
    statement = select(Session).where(
        Session.institute_id == institute.id, Session.room == door.name, Session.published
    )
    sessions = [session.planned for session in db.session.scalars(statement)]
    return door, _sign(institute, sessions, at)


def board_at(institute: Institute, *, at: datetime) -> Board:
    """Return what all rooms say at a moment."""
    planned = [session.planned for session in schedule.sessions_of(institute.id)]
    placed = [one for one in planned if one.room]
    loose = [one for one in planned if not one.room and one.mode != ONLINE]
    elsewhere = _sign(institute, loose, at)
    return Board(
        doors=[
            (door, _sign(institute, [one for one in placed if one.room == door.name], at))
            for door in doors_of(institute)
        ],
        elsewhere=elsewhere,
        wall=elsewhere.wall,
        zone=elsewhere.zone,
    )


def _sign(institute: Institute, sessions: Sequence[PlannedSession], at: datetime) -> Sign:
    return sign_of(sessions, at=at, zone=zone_of(sessions, otherwise=institute.time_zone))
