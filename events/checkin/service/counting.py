"""How many are here: by LEA, role, side and day, in each session, and who is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import distinct, func, select

from consortium import clock
from consortium.database import db
from consortium.people.domain import SIDE_WORDS
from events.checkin.domain import day_of
from events.checkin.domain.counts import Guest, Line, lines_by, missing_by_team
from events.checkin.models import CheckIn
from events.checkin.service.attending import session_stays_of
from events.checkin.service.days import days_of
from events.checkin.service.expected import check_ins_of, guests_of
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class InSession:
    """How many are in a session, by the scans at its door."""

    session: Session
    inside: int
    came: int


@dataclass(frozen=True, kw_only=True)
class LiveCounts:
    """One day of an institute in numbers, as of this moment."""

    on: date
    days: Sequence[date]
    expected: int
    arrived: int
    left: int
    beyond: int
    """Checked in, and not among those expected any more: their seat ended since."""
    teams: Sequence[Line]
    roles: Sequence[Line]
    sides: Sequence[Line]
    by_day: Mapping[date, int]
    sessions: Sequence[InSession]
    missing: Mapping[str, Sequence[Guest]]


def today_at(institute: Institute) -> date:
    """Return the day that it is at the institute."""
    return day_of(clock.now(), institute.zone)


def counts_on(institute: Institute, on: date | None = None) -> LiveCounts:
    """Return the numbers of a day; without one, of today or the nearest day of the institute."""
    days = sorted(days_of(institute))
    on = on or nearest(days, today_at(institute))
    guests = guests_of(institute, on)
    there = check_ins_of(institute.id, on)
    arrived = [guest for guest in guests if guest.arrived is not None]
    return LiveCounts(
        on=on,
        days=days,
        expected=len(guests),
        arrived=len(arrived),
        left=sum(guest.left is not None for guest in arrived),
        beyond=len(there.keys() - {guest.person_id for guest in guests}),
        teams=lines_by(guests, lambda guest: guest.teams),
        roles=lines_by(
            guests, lambda guest: guest.roles[:1], [role.label for role in institute.roles]
        ),
        sides=lines_by(
            guests,
            lambda guest: (SIDE_WORDS[side] for side in guest.sides[:1]),
            list(SIDE_WORDS.values()),
        ),
        by_day=_by_day(institute.id),
        sessions=_in_sessions(institute, on),
        missing=missing_by_team(guests),
    )


def nearest(days: Sequence[date], today: date) -> date:
    """Return today, or the day of the institute that is nearest to it."""
    return min(days, key=lambda day: (abs((day - today).days), day), default=today)


def _by_day(institute_id: UUID) -> Mapping[date, int]:
    statement = (
        select(CheckIn.on, func.count(distinct(CheckIn.person_id)).label("people"))
        .where(CheckIn.institute_id == institute_id, CheckIn.undone_at.is_(None))
        .group_by(CheckIn.on)
        .order_by(CheckIn.on)
    )
    return {row.on: row.people for row in db.session.execute(statement)}


def _in_sessions(institute: Institute, on: date) -> Sequence[InSession]:
    sessions = [
        session
        for session in schedule.sessions_of(institute.id)
        if session.starts is not None and session.starts.date() == on
    ]
    stays = session_stays_of(institute.id, session_ids=[session.id for session in sessions])
    return [
        InSession(
            session=session,
            inside=sum(theirs[-1].left is None for theirs in stays.get(session.id, {}).values()),
            came=len(stays.get(session.id, {})),
        )
        for session in sessions
        if session.cancelled_at is None
    ]
