"""A person's own sessions: at one institute, and over all institutes of the consortium."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from consortium import clock
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.ports import DatedEvent
from consortium.words import say
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus
from events.registration.service.history import attendees_of
from events.schedule import service as schedule
from events.schedule.domain import (
    Agenda,
    Attendee,
    Choice,
    Entry,
    PlannedSession,
    Programme,
    Span,
    agenda_of,
    programme_of,
)
from events.schedule.models import Session


@dataclass(frozen=True, kw_only=True)
class Place:
    """Someone's place at one institute."""

    institute: Institute
    attendee: Attendee
    home_zone: str
    """The zone of the person's LEA; empty when it is not known."""


@dataclass(frozen=True, kw_only=True)
class OwnAgenda:
    """What the page of someone's agenda shows."""

    place: Place
    agenda: Agenda
    by_day: Programme
    """The agenda by day; an open round stands in it as its first session."""
    open_rounds: Mapping[UUID, Choice]
    """Rounds in which the person may still choose, by that first session."""
    links: Mapping[UUID, str]
    """Online links by session; only the person's own sessions have one here."""
    begun: frozenset[UUID]
    """Sessions that can no longer be chosen or dropped."""

    @property
    def entries(self) -> Mapping[UUID, Entry]:
        """The entries of the agenda by session."""
        return {entry.session.id: entry for entry in self.agenda.entries}

    @property
    def timed(self) -> tuple[PlannedSession, ...]:
        """The sessions whose time the page tells: those on the agenda and those to choose from."""
        options = (option.session for choice in self.agenda.choices for option in choice.options)
        return (*self.by_day.sessions, *(session for session in options if session.starts))


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


def own_agenda(place: Place) -> OwnAgenda:
    """Return the person's agenda at one institute, with what can still be chosen."""
    sessions = schedule.sessions_of(place.institute.id)
    own = _agenda(place, sessions, schedule.chosen_by(place.attendee.seat_ids))
    mine = {session.id for session in own.sessions}
    begun = {session.id for session in sessions if _has_begun(session, clock.now())}
    open_choices = () if place.institute.cancelled else own.open_choices
    stand_ins = {left[0]: choice for choice in open_choices if (left := _left_of(choice, begun))}
    return OwnAgenda(
        place=place,
        agenda=own,
        by_day=programme_of([*own.sessions, *stand_ins], zone=place.institute.time_zone),
        open_rounds={session.id: choice for session, choice in stand_ins.items()},
        links={
            session.id: session.online_link
            for session in sessions
            if session.id in mine and session.online_link
        },
        begun=frozenset(begun),
    )


def own_events(
    places: Sequence[Place], *, url_of: Callable[[Institute], str]
) -> Sequence[DatedEvent]:
    """Return the dated sessions of someone's agendas as calendars see them.

    A cancelled session stays among them, so that calendar programs learn of it. ``url_of``
    gives the address of the agenda at an institute.
    """
    sessions = schedule.sessions_by_institute([place.institute.id for place in places])
    chosen = schedule.chosen_by(
        [seat_id for place in places for seat_id in place.attendee.seat_ids]
    )
    events: list[DatedEvent] = []
    for place in places:
        at_institute = sessions.get(place.institute.id, [])
        mine = {session.id for session in _agenda(place, at_institute, chosen).sessions}
        events += schedule.dated_events(
            (session for session in at_institute if session.id in mine),
            place.institute,
            admitted=True,
            url=url_of(place.institute),
        )
    return sorted(events, key=lambda event: (_instant(event), event.uid))


def choose(place: Place, code: str, *, by: str) -> Session:
    """Take a place in a session. Raises as ``schedule.choose_session`` does."""
    _hold_seat(place)
    return schedule.choose_session(place.institute, place.attendee, code, by=by)


def drop(place: Place, code: str, *, by: str) -> Session:
    """Give a chosen session's place back. Raises as ``schedule.drop_session`` does."""
    _hold_seat(place)
    return schedule.drop_session(place.institute, place.attendee, code, by=by)


def swap(place: Place, *, give_up: str, take: str, by: str) -> Session:
    """Take one session instead of another. Raises as ``schedule.swap_session`` does."""
    _hold_seat(place)
    return schedule.swap_session(place.institute, place.attendee, give_up=give_up, take=take, by=by)


def _agenda(place: Place, sessions: Sequence[Session], chosen: frozenset[UUID]) -> Agenda:
    return agenda_of(
        (session.planned for session in sessions),
        chosen,
        place.attendee,
        role_labels={role.code: role.label for role in place.institute.roles},
    )


def _left_of(choice: Choice, begun: Collection[UUID]) -> Sequence[PlannedSession]:
    return [
        option.session
        for option in choice.options
        if option.is_free and option.session.id not in begun
    ]


def _instant(event: DatedEvent) -> datetime:
    return Span(starts=event.starts, ends=event.ends, time_zone=event.time_zone).begins_at


def _has_begun(session: Session, now: datetime) -> bool:
    return session.starts_at is not None and session.starts_at <= now


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
                institute.selectinload(Institute.roles),
                institute.selectinload(Institute.days),
            )
        )
        .order_by(Team.registered_at, Seat.id)
    )
    if institute_id is not None:
        statement = statement.where(Seat.institute_id == institute_id)
    return db.session.scalars(statement).all()


def _place(seats: Mapping[Seat, Attendee]) -> Place:
    first, attendees = next(iter(seats)), list(seats.values())
    return Place(
        institute=first.team.institute,
        attendee=Attendee(
            seat_id=first.id,
            other_seat_ids=frozenset(seat.id for seat in seats) - {first.id},
            role_codes=tuple(
                dict.fromkeys(code for attendee in attendees for code in attendee.role_codes)
            ),
            flags=frozenset[str]().union(*(attendee.flags for attendee in attendees)),
            cohort=next((attendee.cohort for attendee in attendees if attendee.cohort), ""),
        ),
        home_zone=first.team.lea.time_zone if first.team.lea else "",
    )


def _hold_seat(place: Place) -> None:
    """Let two browsers of one person wait for each other, so that a round is chosen once."""
    statement = _live_seats().with_only_columns(Seat.id).where(Seat.id == place.attendee.seat_id)
    if db.session.scalar(statement.with_for_update(key_share=True, of=Seat)) is None:
        raise NotFound(say("You have no place at this institute any more."))
