"""Visitors: people who come without a team, and without a check of roles."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.people import service as people
from consortium.people.domain import Side, normalise_email
from consortium.people.models import Identity
from consortium.words import say
from events.institutes.domain import RoleRule, Status
from events.institutes.models import Institute
from events.registration.domain import (
    RegistrationRefused,
    check_open,
    international,
    place_name,
    role_of_visitors,
    visitor_roles,
)
from events.registration.models import SeatStatus, Team, TeamKind, TeamLead, TeamStatus
from events.registration.service.coming import ground_of
from events.registration.service.finding import begin_at, contact_of
from events.registration.service.invitations import invite, welcome
from events.registration.service.naming import NamedPerson, seat_people
from events.registration.service.places import (
    check_room,
    hold_places,
    is_full,
    others_come_first,
)
from events.registration.service.submission import ask_host, door_of
from events.registration.service.waitlist import put_last


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """Someone who comes to look and learn."""

    name: str
    email: str
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Visitors who come together; the first is the one who registers them."""

    organisation: str
    place: str
    """USPS code, or foreign:ZA."""
    visitors: tuple[Visitor, ...]
    role_code: str = ""
    """As what they come; empty where people of their place come as one thing only."""
    for_waitlist: bool = False
    """They know that there is no place now and want to wait."""


def register_visitors(institute: Institute, visit: Visit, *, by: Identity) -> Team:
    """Give the visitors seats, or a position on the waitlist if they asked to wait.

    Visitors who come by request get neither before the host agrees. Whoever registers has
    otherwise confirmed thereby; the others get an invitation. Raises ``Waitable`` when there is
    no place (or registration has closed and there is a waitlist) and they have not asked to
    wait, ``RegistrationRefused`` otherwise.
    """
    begin_at(institute)
    if institute.status is not Status.PUBLISHED:
        raise RegistrationRefused(say("This institute takes no registrations now."))
    rule = _role_of(institute, visit)
    if rule.max is not None and len(visit.visitors) > rule.max:
        raise RegistrationRefused(
            say("At most %(max)s visitors can come together.", max=rule.max), field="others"
        )
    door = door_of(institute, TeamKind.VISITORS)
    if not (visit.for_waitlist and door.for_waitlist_only):
        check_open(door, contact=contact_of(institute))
    group = _group(institute, visit, rule, by=by)
    if group.by_request:
        ask_host(group)
    elif door.closed or (visit.for_waitlist and (is_full(group) or others_come_first(group))):
        put_last(group)
    else:
        check_room(group)
        _welcome(group, by=by)
        db.session.flush()
        hold_places(group)
    audit.record(
        "register_visitors",
        f"team:{group.id}",
        by=by.email,
        after={
            "institute": institute.slug,
            "place": visit.place,
            "role": rule.code,
            "people": len(visit.visitors),
            "status": group.status.value,
            "waitlist_position": group.waitlist_position,
        },
    )
    return group


def _role_of(institute: Institute, visit: Visit) -> RoleRule:
    """Return the role in which they may come. Raises ``RegistrationRefused``."""
    ground_of(institute, visit.place)
    rules = visitor_roles(institute.terms, visit.place)
    if not rules:
        raise RegistrationRefused(
            say(
                "This institute takes no visitors from %(place)s. Come with your LEA's team, or "
                "write to %(contact)s.",
                place=place_name(visit.place),
                contact=contact_of(institute),
            ),
            field="place",
        )
    return role_of_visitors(rules, visit.role_code)


def _group(institute: Institute, visit: Visit, rule: RoleRule, *, by: Identity) -> Team:
    first = visit.visitors[0]
    phones = _phones(visit)
    lead = people.person_for(by, name=first.name)
    now = clock.now()
    group = Team(
        institute_id=institute.id,
        kind=TeamKind.VISITORS,
        name=visit.organisation,
        state=visit.place,
        admitted_as=institute.admission.of(visit.place),
        created_at=now,
        leads=[TeamLead(person_id=lead.id, side=Side.EITHER, since=now)],
    )
    db.session.add(group)
    db.session.flush()
    seats = seat_people(
        group,
        [
            NamedPerson(name=visitor.name, email=visitor.email, role_codes=(rule.code,))
            for visitor in visit.visitors
        ],
    )
    for seat, phone in zip(seats, phones, strict=True):
        seat.phone = phone
        seat.person.phone = phone or seat.person.phone
    return group


def _phones(visit: Visit) -> Sequence[str]:
    return [international(visitor.phone, visit.place) for visitor in visit.visitors]


def _welcome(group: Team, *, by: Identity) -> None:
    now = clock.now()
    group.status = TeamStatus.REGISTERED
    group.registered_at = now
    himself = normalise_email(by.email)
    invite([seat for seat in group.active_seats if seat.person.email != himself])
    for seat in group.active_seats:
        if seat.person.email != himself:
            continue
        seat.status = SeatStatus.CONFIRMED
        seat.answered_at = now
        db.session.flush()
        welcome(seat)
