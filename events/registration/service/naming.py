"""Seats for named people: who may be named, who has a seat already, who must be invited."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consortium import clock
from consortium.database import db, translating
from consortium.people import service as people
from consortium.people.domain import normalise_email
from consortium.people.models import Identity, Person
from consortium.words import Sentence, say
from events.registration.domain import (
    RegistrationRefused,
    check_roles,
    check_roster_open,
    too_many,
)
from events.registration.models import (
    ACTIVE_SEATS,
    ONE_SEAT_IN_TEAM,
    ONE_SEAT_PER_PERSON,
    Seat,
    SeatStatus,
    Team,
    TeamStatus,
)
from events.registration.service.finding import Editor, contact_of
from events.registration.service.history import new_members
from events.registration.service.invitations import invite
from events.registration.service.standing import settle


@dataclass(frozen=True, kw_only=True)
class NamedPerson:
    """Someone a lead names, and the roles the person fills; the first is the main one."""

    name: str
    email: str
    role_codes: tuple[str, ...]
    shared: bool = False
    """The person serves another LEA's team here as well."""


def check_live(team: Team) -> None:
    """Raise ``RegistrationRefused`` when nobody can be named: it is over, or no team."""
    check_not_withdrawn(team)
    if not team.comes_as_team:
        raise RegistrationRefused(
            say("Visitors are no team. Each further visitor registers on the visitors' page.")
        )


def check_not_withdrawn(team: Team) -> None:
    """Raise ``RegistrationRefused`` when the team is out for good."""
    if team.status is TeamStatus.WITHDRAWN:
        raise RegistrationRefused(say("This team was withdrawn. Start a new one."))


def check_editable(team: Team, editor: Editor) -> None:
    """Raise ``RegistrationRefused`` when this editor can no longer change who comes."""
    check_live(team)
    check_roster(team, editor)


def check_roster(team: Team, editor: Editor) -> None:
    """Raise ``RegistrationRefused``, which says whom to ask, when this editor comes too late."""
    if team.status is TeamStatus.DRAFT or editor.coordinates:
        return
    institute = team.institute
    days = [] if institute.is_cohort else [day.on for day in institute.days]
    check_roster_open(
        clock.now(),
        institute.dues,
        institute.zone,
        max(days, default=None),
        contact=contact_of(institute),
    )


def why_roster_closed(team: Team, editor: Editor) -> str:
    """Return why it is too late for this editor to change who comes; empty while it is not."""
    try:
        check_roster(team, editor)
    except RegistrationRefused as refused:
        return refused.message
    return ""


def name_people(team: Team, named: Sequence[NamedPerson]) -> list[Seat]:
    """Give everyone a seat in the team, judge it anew, and invite them if it is registered.

    Raises ``RegistrationRefused`` as soon as one of them cannot have a seat. Flushes.
    """
    for person in named:
        check_roles(person.role_codes, team.institute.terms, team.state, field="role")
    check_size(team, len(named))
    seats = seat_people(team, named)
    settle(team)
    if team.status is TeamStatus.REGISTERED:
        invite(seats)
    return seats


def check_size(team: Team, more: int) -> None:
    """Raise ``RegistrationRefused`` when the team would be too large; kept seats count too."""
    large = too_many(len(team.held_seats) + more, team.institute.terms)
    if large is not None:
        raise RegistrationRefused(large)


def seat_people(team: Team, named: Sequence[NamedPerson]) -> list[Seat]:
    """Store a seat for each of them. Raises ``RegistrationRefused`` for who has one. Flushes."""
    position = next_position(team)
    seats = [
        Seat(institute_id=team.institute_id, position=position + n) for n, _ in enumerate(named)
    ]
    fill(team, dict(zip(seats, named, strict=True)))
    return seats


def next_position(team: Team) -> int:
    """Return the position of a seat that comes after all others of the team."""
    return max((seat.position for seat in team.seats), default=-1) + 1


def fill(team: Team, named: Mapping[Seat, NamedPerson]) -> None:
    """Write these people into these seats. Raises ``RegistrationRefused`` for who has one. Flushes.

    Whoever may be named is the caller's to check: roles, size, whether the team may be changed.
    """
    taken = seats_here(team, [normalise_email(person.email) for person in named.values()])
    for person in named.values():
        seat = taken.get(normalise_email(person.email))
        if seat is not None and not (seat.team_id != team.id and person.shared):
            raise RegistrationRefused(has_a_seat(seat, team), field="email")
    known = people.people_for({person.email: person.name for person in named.values()})
    newcomers = new_members([person.id for person in known.values()], team.institute_id)
    for seat, person in named.items():
        _write(seat, person, known[normalise_email(person.email)])
        seat.new_member = seat.person_id in newcomers
    team.seats.extend(seat for seat in named if seat not in team.seats)
    at_this_moment = RegistrationRefused(
        say("Someone else named this person at this moment. Send the form again to see who."),
        field="email",
    )
    with (
        translating(ONE_SEAT_IN_TEAM, into=at_this_moment),
        translating(ONE_SEAT_PER_PERSON, into=at_this_moment),
    ):
        db.session.flush()


def seats_here(team: Team, addresses: Collection[str]) -> dict[str, Seat]:
    """Return the seats that block these addresses at the team's institute, by address.

    A seat in this very team comes before a seat elsewhere.
    """
    statement = (
        select(Identity.email, Seat)
        .join(Person, Person.identity_id == Identity.id)
        .join(Seat, Seat.person_id == func.coalesce(Person.merged_into_id, Person.id))
        .where(
            Identity.email.in_(addresses),
            Seat.institute_id == team.institute_id,
            Seat.status.in_(ACTIVE_SEATS),
        )
        .options(joinedload(Seat.team))
    )
    found: dict[str, Seat] = {}
    for address, seat in db.session.execute(statement):
        if seat.team_id == team.id or (address not in found and not seat.shared):
            found[address] = seat
    return found


def has_a_seat(seat: Seat, team: Team) -> Sentence:
    """Say where the person has a seat already, and what to do."""
    if seat.team_id == team.id:
        return say("%(name)s is in this team already.", name=seat.name)
    return say(
        "%(name)s comes with %(other)s already. If this person serves both LEAs, name the person "
        "alone and tick “Serves another LEA's team too”. If not, ask %(contact)s.",
        name=seat.name,
        other=seat.team.name,
        contact=contact_of(team.institute),
    )


def _write(seat: Seat, named: NamedPerson, person: Person) -> None:
    main, *further = named.role_codes
    seat.person_id = person.id
    seat.name = named.name
    seat.role_code = main
    seat.also_role_codes = further
    seat.shared = named.shared
    seat.status = SeatStatus.NAMED
