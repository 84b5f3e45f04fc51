"""Who comes to an institute, with what each has chosen and waits for."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.agenda.domain import Member
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, SeatStatus, Team, TeamStatus
from events.registration.service.history import ASKED_OF_INSTITUTES, as_one, attendees_of
from events.schedule.models import Session, SessionChoice, SessionWait

AT_A_TIME = 500
"""How many seats one question to the database names: SQLite takes no endless lists."""


def members_at(institute_id: UUID) -> Sequence[Member]:
    """Return everyone with a place at the institute, by team and name."""
    return _members(_seats().where(Seat.institute_id == institute_id))


def members_of(team: Team) -> Sequence[Member]:
    """Return the members of one team, by name, with what they chose by any seat they have."""
    theirs = select(Seat.person_id).where(
        Seat.team_id == team.id, Seat.status.in_(ACTIVE_SEATS), Seat.person_id.is_not(None)
    )
    here = _seats().where(Seat.institute_id == team.institute_id, Seat.person_id.in_(theirs))
    return sorted(_members(here), key=lambda member: (member.name, member.email))


def get_member(institute: Institute, seat_id: UUID) -> Member:
    """Return who sits on this seat, with the person's other seats. Raises ``NotFound``."""
    person = select(Seat.person_id).where(
        Seat.id == seat_id, Seat.institute_id == institute.id, Seat.person_id.is_not(None)
    )
    found = _members(_seats().where(Seat.institute_id == institute.id, Seat.person_id.in_(person)))
    if not found:
        raise NotFound(say("Nobody has this seat at this institute."))
    return found[0]


def begun_of(sessions: Collection[Session]) -> frozenset[UUID]:
    """Return the sessions that nobody chooses any more."""
    now = clock.now()
    return frozenset(one.id for one in sessions if one.starts_at and one.starts_at <= now)


def _seats() -> Select[Seat]:
    institute = joinedload(Team.institute)
    return (
        select(Seat)
        .join(Team, Seat.team_id == Team.id)
        .where(Seat.status.in_(ACTIVE_SEATS), Team.status == TeamStatus.REGISTERED)
        .options(
            joinedload(Seat.person),
            contains_eager(Seat.team).options(
                *(institute.selectinload(part) for part in ASKED_OF_INSTITUTES)
            ),
        )
        .order_by(Team.name, Team.registered_at, Seat.name, Seat.id)
    )


def _members(statement: Select[Seat]) -> Sequence[Member]:
    seats = db.session.scalars(statement).all()
    attendees = dict(zip((seat.id for seat in seats), attendees_of(seats), strict=True))
    chosen, waits = (_by_seat(model, attendees.keys()) for model in (SessionChoice, SessionWait))
    by_person: dict[UUID, list[Seat]] = defaultdict(list)
    for seat in seats:
        by_person[seat.person_id].append(seat)
    return [
        Member(
            person_id=person_id,
            name=theirs[0].name,
            email=theirs[0].person.email,
            team=theirs[0].team.name,
            team_id=theirs[0].team_id,
            attendee=as_one([attendees[seat.id] for seat in theirs]),
            chosen=frozenset[UUID]().union(*(chosen[seat.id] for seat in theirs)),
            waits=frozenset[UUID]().union(*(waits[seat.id] for seat in theirs)),
            confirmed=any(seat.status is SeatStatus.CONFIRMED for seat in theirs),
        )
        for person_id, theirs in by_person.items()
    ]


def _by_seat(
    model: type[SessionChoice] | type[SessionWait], seat_ids: Collection[UUID]
) -> defaultdict[UUID, set[UUID]]:
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    ids = sorted(seat_ids)
    for first in range(0, len(ids), AT_A_TIME):
        some = ids[first : first + AT_A_TIME]
        rows = select(model.seat_id, model.session_id).where(model.seat_id.in_(some))
        for seat_id, session_id in db.session.execute(rows):
            found[seat_id].add(session_id)
    return found
