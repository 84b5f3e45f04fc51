"""What should stand in people's calendars at this moment: their agendas at one institute.

Only who confirmed the seat is sent appointments: nobody wants them for what one has not agreed to.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from consortium.calendar.service.ledger import in_parts
from consortium.database import db
from consortium.ports import DatedEvent
from events.institutes.models import Institute
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.registration.service.history import as_one, attendees_of
from events.schedule import service as schedule
from events.schedule.domain import Attendee, PlannedSession, agenda_of
from events.schedule.models import Session, SessionChoice

NOBODY = UUID(int=0)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A session that should stand in someone's calendar."""

    code: str
    event: DatedEvent


Calendar = Mapping[str, Due]
"""What should stand in one person's calendar, by UID."""


def calendars_due(institute: Institute, person_ids: Collection[UUID]) -> Mapping[UUID, Calendar]:
    """Return what should stand in these people's calendars of an institute from now on.

    Sessions that are cancelled, over, or without a date are not among it. Everyone of the same
    roles sees the same sessions, so that thousands of people take hardly longer than a few.
    """
    sessions = {session.id: session for session in schedule.sessions_of(institute.id)}
    ahead = _ahead(institute, sessions.values())
    planned = [session.planned for session in sessions.values()]
    open_to: dict[str, Sequence[tuple[UUID, bool]]] = {}
    found: dict[UUID, Calendar] = {}
    for some in in_parts(person_ids):
        attendees = _attendees(institute.id, some)
        chosen = _chosen([seat for one in attendees.values() for seat in one.seat_ids])
        for person_id, attendee in attendees.items():
            theirs = frozenset[UUID]().union(*(chosen.get(seat, ()) for seat in attendee.seat_ids))
            anyone = replace(attendee, seat_id=NOBODY, other_seat_ids=frozenset())
            alike = repr(anyone)  # of everything that the programme asks about people
            if alike not in open_to:
                open_to[alike] = _open_to(planned, anyone)
            found[person_id] = {
                sessions[one].uid: ahead[one]
                for one, by_choice in open_to[alike]
                if one in ahead and (one in theirs or not by_choice)
            }
    return {person_id: found.get(person_id, {}) for person_id in person_ids}


def _ahead(institute: Institute, sessions: Collection[Session]) -> Mapping[UUID, Due]:
    if institute.cancelled:
        return {}
    return {
        session.id: Due(
            code=session.code, event=schedule.dated_event_of(session, institute, admitted=True)
        )
        for session in sessions
        if session.cancelled_at is None and schedule.is_ahead(session)
    }


def _open_to(planned: Sequence[PlannedSession], attendee: Attendee) -> Sequence[tuple[UUID, bool]]:
    """Return the sessions that can be on such a person's agenda, and whether only by choice."""
    everything = frozenset(session.id for session in planned)
    own = agenda_of(planned, everything, attendee)
    return [(session.id, bool(session.choice_group)) for session in own.sessions]


def _attendees(institute_id: UUID, person_ids: Collection[UUID]) -> Mapping[UUID, Attendee]:
    statement = (
        select(Seat)
        .join(Team, Seat.team_id == Team.id)
        .where(
            Seat.institute_id == institute_id,
            Seat.person_id.in_(person_ids),
            Seat.status == SeatStatus.CONFIRMED,
            Team.status == TeamStatus.REGISTERED,
        )
        .options(contains_eager(Seat.team))
        .order_by(Team.registered_at, Seat.id)
    )
    seats = db.session.scalars(statement).all()
    by_person: dict[UUID, list[Attendee]] = {}
    for seat, attendee in zip(seats, attendees_of(seats), strict=True):
        by_person.setdefault(seat.person_id, []).append(attendee)
    return {person_id: as_one(theirs) for person_id, theirs in by_person.items()}


def _chosen(seat_ids: Collection[UUID]) -> Mapping[UUID, Collection[UUID]]:
    chosen: dict[UUID, set[UUID]] = {}
    for some in in_parts(seat_ids):
        rows = select(SessionChoice.seat_id, SessionChoice.session_id).where(
            SessionChoice.seat_id.in_(some)
        )
        for seat_id, session_id in db.session.execute(rows):
            chosen.setdefault(seat_id, set()).add(session_id)
    return chosen
