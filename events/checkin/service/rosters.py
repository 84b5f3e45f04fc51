"""What a desk takes along offline: names, LEAs, roles, badges, who is here. Nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select

from consortium import clock
from consortium.database import db
from events.checkin.domain import day_of
from events.checkin.domain.counts import Guest
from events.checkin.domain.stays import DAY_BEGINS
from events.checkin.models import CheckIn
from events.checkin.service.days import days_of
from events.checkin.service.expected import guests_of
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session

OVERLAP = timedelta(minutes=1)
"""So far back a desk asks again: what was written before may have become visible after."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """What a desk keeps."""

    on: date
    until: datetime
    """When a desk forgets it."""
    guests: Sequence[Guest]
    sessions: Sequence[Session]


@dataclass(frozen=True, kw_only=True)
class Here:
    """That someone is checked in, has left, or that the check-in was undone."""

    person_id: UUID
    arrived: datetime | None
    left: datetime | None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """What happened at all desks since one asked the last time."""

    on: date
    here: Sequence[Here]
    arrived: int


def roster_of(institute: Institute) -> Roster:
    """Return who is expected today, who of them is here, and the day's sessions."""
    on = day_of(clock.now(), institute.zone)
    return Roster(
        on=on,
        until=forget_at(institute),
        guests=guests_of(institute, on),
        sessions=sessions_on(institute, on),
    )


def sessions_on(institute: Institute, on: date) -> Sequence[Session]:
    """Return the day's sessions at whose doors people can be scanned."""
    return [
        session
        for session in schedule.sessions_of(institute.id)
        if session.starts is not None
        and session.starts.date() == on
        and session.cancelled_at is None
    ]


def forget_at(institute: Institute) -> datetime:
    """Return when a desk forgets the roster: as the last day ends; a day on, where none is set."""
    today = day_of(clock.now(), institute.zone)
    last = max([*days_of(institute), today])
    wall = datetime.combine(last + timedelta(days=1), DAY_BEGINS)
    return wall.replace(tzinfo=institute.zone).astimezone(UTC)


def changes_since(institute: Institute, after: datetime | None) -> Changes:
    """Return today's check-ins that changed since a moment; all of them without one."""
    on = day_of(clock.now(), institute.zone)
    today = select(CheckIn).where(CheckIn.institute_id == institute.id, CheckIn.on == on)
    changed = today if after is None else today.where(CheckIn.changed_at > after - OVERLAP)
    arrived = select(func.count(CheckIn.id)).where(
        CheckIn.institute_id == institute.id, CheckIn.on == on, CheckIn.undone_at.is_(None)
    )
    return Changes(
        on=on,
        here=[_here(row) for row in db.session.scalars(changed.order_by(CheckIn.id))],
        arrived=db.session.scalars(arrived).one(),
    )


def _here(row: CheckIn) -> Here:
    undone = row.undone_at is not None
    return Here(
        person_id=row.person_id,
        arrived=None if undone else row.arrived_at,
        left=None if undone else row.left_at,
    )
