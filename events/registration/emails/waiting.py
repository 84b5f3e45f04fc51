"""Mails about the waitlist: places that are offered, and places of one's own on a day."""

from datetime import datetime

from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say
from events.registration.emails.parts import letter_about, page, to_lead
from events.registration.models import Seat, Team


def offered(team: Team, *, until: datetime, seats: int, to: Person) -> Email:
    """Tell a lead that places are held for the team, until when, and where to answer."""
    institute = team.institute
    return to_lead(
        "offered",
        team,
        to,
        say("There are places for %(team)s at %(title)s", team=team.name, title=institute.title),
        until=until,
        seats=seats,
        answer=page(institute, "registration.offer", team_id=team.id),
    )


def off_the_waitlist(team: Team, *, to: Person) -> Email:
    """Tell a lead that the team let two offers run out and waits no longer.

    A team that the host had selected let one run out and has not waited.
    """
    names = {"team": team.name, "title": team.institute.title}
    subject = (
        say("The places held for %(team)s at %(title)s are free for others", **names)
        if team.application_id
        else say("%(team)s is off the waitlist of %(title)s", **names)
    )
    return to_lead("off_the_waitlist", team, to, subject)


def place_given(seat: Seat, *, what: str) -> Email:
    """Tell a member that there is a place now for what the member waited for."""
    institute = seat.team.institute
    return letter_about(
        "place_given",
        institute,
        to=seat.person.email,
        subject=say("You have a place: %(what)s at %(title)s", what=what, title=institute.title),
        seat=seat,
        what=what,
        link=page(institute, "registration.seat", seat_id=seat.id),
    )
