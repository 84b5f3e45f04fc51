"""Someone's place at an institute, out of every seat the person has there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled_by_now
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.registration.service.history import ASKED_OF_INSTITUTES, as_one, attendees_of
from events.schedule.domain import Attendee


@dataclass(frozen=True, kw_only=True)
class Place:
    """Someone's place at one institute."""

    institute: Institute
    attendee: Attendee
    home_zone: str
    """The zone of the person's LEA; empty when it is not known."""
    teams: tuple[tuple[UUID, str], ...] = ()
    """The teams in which the person sits there, by id and name."""


def get_place(institute: Institute, person: Person | None) -> Place:
    """Return the person's place at the institute; raise ``NotFound`` when there is none."""
    seats = _seats_of(person, institute.id) if person else []
    if not seats:
        raise NotFound(say("You have no place at this institute, so there is no agenda of yours."))
    return _place(dict(zip(seats, attendees_of(seats), strict=True)))


def find_places(person: Person) -> Sequence[Place]:
    """Return the person's places at all institutes, earliest registered first."""
    seats = _seats_of(person)
    attendees = dict(zip(seats, attendees_of(seats), strict=True))
    by_institute: dict[UUID, dict[Seat, Attendee]] = {}
    for seat, attendee in attendees.items():
        by_institute.setdefault(seat.institute_id, {})[seat] = attendee
    return [_place(there) for there in by_institute.values()]


def hold_seat(place: Place) -> None:
    """Let two browsers of one person wait for each other, so that a round is chosen once.

    The institute is not cancelled before that is done; raises ``InstituteCancelled`` where it is.
    """
    refuse_cancelled_by_now(place.institute)
    statement = _live_seats().with_only_columns(Seat.id).where(Seat.id == place.attendee.seat_id)
    if db.session.scalar(statement.with_for_update(key_share=True, of=Seat)) is None:
        raise NotFound(say("You have no place at this institute any more."))


def _live_seats() -> Select[Seat]:
    return (
        select(Seat)
        .join(Team, Seat.team_id == Team.id)
        .where(Seat.status.in_(ACTIVE_SEATS), Team.status == TeamStatus.REGISTERED)
    )


def _seats_of(person: Person, institute_id: UUID | None = None) -> Sequence[Seat]:
    institute = joinedload(Team.institute)
    statement = (
        _live_seats()
        .join(Institute, Team.institute_id == Institute.id)
        .where(Seat.person_id == person.id, Institute.status != Status.DRAFT)
        .options(
            contains_eager(Seat.team).options(
                joinedload(Team.lea),
                *(institute.selectinload(part) for part in ASKED_OF_INSTITUTES),
                institute.selectinload(Institute.deadlines),
            )
        )
        .order_by(Team.registered_at, Seat.id)
    )
    if institute_id is not None:
        statement = statement.where(Seat.institute_id == institute_id)
    return db.session.scalars(statement).all()


def _place(seats: Mapping[Seat, Attendee]) -> Place:
    first = next(iter(seats))
    return Place(
        institute=first.team.institute,
        attendee=as_one(list(seats.values())),
        home_zone=first.team.lea.time_zone if first.team.lea else "",
        teams=tuple((seat.team_id, seat.team.name) for seat in seats),
    )
