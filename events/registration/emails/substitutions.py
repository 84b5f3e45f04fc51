"""Mails about seats that a lead wants to give to someone else after the host's date for that."""

from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say
from events.registration.emails.parts import letter_about, page, to_lead
from events.registration.models import Seat, SubstitutionRequest


def wish_asked(wish: SubstitutionRequest, seat: Seat, *, to: str) -> Email:
    """Tell the host that a lead asks for a substitution, and where to answer."""
    institute = seat.team.institute
    return letter_about(
        "substitution_asked",
        institute,
        to=to,
        subject=say(
            "%(team)s asks to send %(new)s instead of %(old)s",
            team=seat.team.name,
            new=wish.name,
            old=seat.name,
        ),
        seat=seat,
        wish=wish,
        team=seat.team,
        link=page(institute, "registration.substitution", request_id=wish.id),
    )


def wish_decided(wish: SubstitutionRequest, seat: Seat, *, to: Person) -> Email:
    """Tell a lead what the host said to the substitution."""
    subject = (
        say("%(new)s may come instead of %(old)s", new=wish.name, old=seat.name)
        if wish.status == "granted"
        else say("%(new)s cannot come instead of %(old)s", new=wish.name, old=seat.name)
    )
    return to_lead("substitution_decided", seat.team, to, subject, seat=seat, wish=wish)
