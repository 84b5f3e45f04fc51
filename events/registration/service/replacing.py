"""A seat goes from one person to another: the rows, the rules, the mails."""

from consortium.people.domain import normalise_email
from consortium.words import say
from events.institutes.service import opening_of
from events.registration.domain import RegistrationRefused, check_roles
from events.registration.models import Seat, SeatStatus, Team, TeamStatus
from events.registration.service.invitations import invite
from events.registration.service.leaving import lapse_wishes, take_back
from events.registration.service.naming import NamedPerson, check_size, seat_people
from events.registration.service.standing import settle


def check_replaceable(team: Team, seat: Seat, person: NamedPerson) -> None:
    """Raise ``RegistrationRefused`` when this person cannot have the seat at all."""
    institute = team.institute
    if opening_of(institute).over:
        raise RegistrationRefused(say("This institute is over. Nobody is replaced any more."))
    vacated = seat in team.vacated_seats
    if not vacated and normalise_email(person.email) == seat.person.email:
        raise RegistrationRefused(
            say("%(name)s has this seat already.", name=seat.name), field="email"
        )
    check_roles(person.role_codes, institute.terms, team.state, field="role")
    if vacated:
        check_size(team, 1)


def replace(team: Team, old: Seat, person: NamedPerson) -> Seat:
    """Give the seat to someone else, in one act; the team is held by the caller.

    The place stays taken throughout, so nobody on the waitlist slips in; only of a seat that was
    given back the place is free, and is taken anew. Raises ``Waitable`` when there is none any
    more. Nothing the old holder said or agreed to passes on. The new one is asked to confirm;
    sessions come into a calendar only with the confirmation, since nobody wants appointments for
    what one has not agreed to.
    """
    if old.status is SeatStatus.DECLINED:
        old.invitation_digest = None
        lapse_wishes(old)
    else:
        take_back(old, SeatStatus.REPLACED)
    (new,) = seat_people(team, [person])
    new.position = old.position
    new.replaces_id = old.id
    settle(team)
    if team.status is TeamStatus.REGISTERED:
        invite([new])
    return new
