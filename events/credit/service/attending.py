"""Who was at an institute, in which roles, from when to when, and in which sessions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from consortium.database import db
from consortium.people.models import Person
from events.checkin.domain import Ending, Stay
from events.checkin.service import session_stays_of, stays_of
from events.credit.domain.presence import Presence, Slot, Stayed, Trace, settled
from events.credit.domain.rules import CreditPlan, OpenStays
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.schedule import service as schedule
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Attendee:
    """Someone who has, or had, a seat at the institute or was seen there."""

    person_id: UUID
    name: str
    email: str
    role_codes: tuple[str, ...] = ()
    lea: str = ""
    expected: bool = False
    """Whether the person has a seat now."""


def attendees_of(
    institute: Institute, *, person_ids: Collection[UUID] | None = None
) -> Mapping[UUID, Attendee]:
    """Return by person everyone who has, or had, a seat. It takes one query.

    Someone who gave the seat away keeps the roles of before for as long as there is no other.
    """
    statement = (
        select(Seat, Team, Person)
        .join(Team, Seat.team_id == Team.id)
        .join(Person, Seat.person_id == Person.id)
        .where(Seat.institute_id == institute.id, Seat.person_id.is_not(None))
        .order_by(Team.registered_at, Seat.id)
        .options(contains_eager(Seat.person))
    )
    if person_ids is not None:
        statement = statement.where(Seat.person_id.in_(person_ids))
    seats: dict[UUID, list[tuple[Seat, Team, Person]]] = defaultdict(list)
    for seat, team, person in db.session.execute(statement):
        seats[person.id].append((seat, team, person))
    return {person_id: _attendee(rows) for person_id, rows in seats.items()}


def _attendee(rows: Sequence[tuple[Seat, Team, Person]]) -> Attendee:
    live = [
        (seat, team, person)
        for seat, team, person in rows
        if seat.status in ACTIVE_SEATS and team.status is TeamStatus.REGISTERED
    ]
    told = live or rows[-1:]
    seat, _, person = told[0]
    return Attendee(
        person_id=person.id,
        name=seat.name or person.name,
        email=person.email,
        role_codes=tuple(dict.fromkeys(code for one, *_ in told for code in one.role_codes)),
        lea=", ".join(dict.fromkeys(team.name for _, team, _ in told)),
        expected=bool(live),
    )


def stayed(
    institute: Institute, plan: CreditPlan, *, person_ids: Collection[UUID] | None = None
) -> Mapping[UUID, tuple[Stayed, ...]]:
    """Return everyone's stays as they count, open ones settled by the institute's rule.

    Who was scanned at no door of the institute, and only into sessions, was there for those.
    """
    zone = institute.zone
    at_door = stays_of(institute.id, person_ids=person_ids)
    in_sessions = _session_stays(institute.id, person_ids)
    ends = {session.id: session.ends_at for session in sessions_of(institute)}
    return {
        person_id: counted(
            at_door.get(person_id, ()), in_sessions.get(person_id, ()), ends, zone, plan.open_stays
        )
        for person_id in {*at_door, *in_sessions}
    }


def counted(
    door: Sequence[Stay],
    rooms: Sequence[tuple[UUID, Stay]],
    ends: Mapping[UUID, datetime | None],
    zone: ZoneInfo,
    rule: OpenStays,
) -> tuple[Stayed, ...]:
    """Return one person's stays at an institute as they count.

    ``rooms`` are stays in sessions, by the session's id; they count on days without one at the
    door. ``ends`` says when sessions end.
    """
    seen_on = {stay.on for stay in door}
    presences = [_presence(stay, zone) for stay in door]
    presences += [_presence(stay, zone) for _, stay in rooms if stay.on not in seen_on]
    asks = rule is not OpenStays.NOTHING
    waits = {one.on for one in presences if asks and one.left is None}
    return settled(presences, rule, _traces(waits, door, rooms, ends, zone) if waits else {})


def sessions_of(institute: Institute) -> Sequence[Session]:
    """Return the sessions that were held: dated, and not cancelled."""
    return [
        session
        for session in schedule.sessions_of(institute.id)
        if session.cancelled_at is None and session.starts_at and session.ends_at
    ]


def slots_of(institute: Institute) -> tuple[Slot, ...]:
    """Return the sessions as far as credit asks."""
    optional = {day.on for day in institute.days if day.optional}
    return tuple(
        Slot(
            kind=session.kind,
            starts=session.starts_at.astimezone(institute.zone),
            ends=session.ends_at.astimezone(institute.zone),
            roles=tuple(session.audience_roles),
            for_some=bool(session.audience_flags)
            or session.starts.date() in optional
            or session.cohort not in {"", "both", "all"},
        )
        for session in sessions_of(institute)
        if session.starts_at and session.ends_at and session.starts
    )


def ends_at(institute: Institute) -> datetime | None:
    """Return when the last session ends; without times, the end of the last day."""
    last = max(
        (session.ends_at for session in sessions_of(institute) if session.ends_at), default=None
    )
    if last is not None or not institute.days:
        return last
    day = max(day.on for day in institute.days)
    return datetime(day.year, day.month, day.day, 23, 59, tzinfo=institute.zone)


def _session_stays(
    institute_id: UUID, person_ids: Collection[UUID] | None
) -> Mapping[UUID, list[tuple[UUID, Stay]]]:
    found: dict[UUID, list[tuple[UUID, Stay]]] = defaultdict(list)
    for session_id, people in session_stays_of(institute_id, person_ids=person_ids).items():
        for person_id, stays in people.items():
            found[person_id] += [(session_id, stay) for stay in stays]
    return found


def _presence(stay: Stay, zone: ZoneInfo) -> Presence:
    return Presence(
        on=stay.on,
        arrived=stay.arrived.astimezone(zone),
        left=stay.left.astimezone(zone) if stay.left else None,
        assumed=stay.left is not None and stay.ending is Ending.DAY_END,
    )


def _traces(
    days: Collection[date],
    door: Iterable[Stay],
    rooms: Iterable[tuple[UUID, Stay]],
    ends: Mapping[UUID, datetime | None],
    zone: ZoneInfo,
) -> Mapping[date, Trace]:
    """Return what else was seen of someone on these days, of whose stays an end is missing."""
    moments: dict[date, list[datetime]] = defaultdict(list)
    sessions: dict[date, list[datetime]] = defaultdict(list)
    for stay in door:
        moments[stay.on] += [stay.arrived, *([stay.left] if stay.left else [])]
    for session_id, stay in rooms:
        seen_leaving = stay.left is not None and stay.ending is not Ending.DAY_END
        moments[stay.on] += [stay.arrived, *([stay.left] if stay.left and seen_leaving else [])]
        end = ends.get(session_id)
        if end is not None:
            sessions[stay.on].append(end)
    return {
        on: Trace(
            last_scan=max(seen).astimezone(zone),
            last_session_ends=max(sessions[on]).astimezone(zone) if sessions[on] else None,
        )
        for on, seen in moments.items()
        if on in days
    }
