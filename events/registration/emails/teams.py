"""Mails about where a team stands."""

from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say
from events.registration.domain import Verdict, place_name
from events.registration.emails.parts import letter_about, page, to_lead
from events.registration.models import Team


def registered(team: Team, *, verdict: Verdict | None, to: Person) -> Email:
    """Tell a lead that the team is registered, and what it still lacks."""
    return to_lead(
        "registered",
        team,
        to,
        say("%(team)s is registered for %(title)s", team=team.name, title=team.institute.title),
        verdict=verdict,
    )


def nudge(team: Team, *, verdict: Verdict | None, closes: str, to: Person) -> Email:
    """Remind a lead of a draft that lies still; ``closes`` says until when it can be submitted."""
    return to_lead(
        "nudge",
        team,
        to,
        say(
            "%(team)s is not submitted yet for %(title)s",
            team=team.name,
            title=team.institute.title,
        ),
        verdict=verdict,
        closes=closes,
    )


def asking(team: Team, *, to: Person) -> Email:
    """Tell a lead that the host has been asked whether the team may come."""
    return to_lead(
        "asking",
        team,
        to,
        say("%(team)s asks to come to %(title)s", team=team.name, title=team.institute.title),
        place=place_name(team.state),
    )


def asked(team: Team, *, to: str) -> Email:
    """Tell the host that guests ask to come, and where to answer."""
    return letter_about(
        "asked",
        team.institute,
        to=to,
        subject=say(
            "%(team)s asks to come to %(title)s", team=team.name, title=team.institute.title
        ),
        team=team,
        place=place_name(team.state),
        link=page(team.institute, "registration.team", team_id=team.id),
    )


def turned_away(team: Team, *, to: Person) -> Email:
    """Tell a lead that the host said no, and why."""
    return to_lead(
        "turned_away",
        team,
        to,
        say("%(team)s cannot come to %(title)s", team=team.name, title=team.institute.title),
    )


def waitlisted(team: Team, *, rank: int | None, to: Person) -> Email:
    """Tell a lead where on the waitlist the team stands."""
    return to_lead(
        "waitlisted",
        team,
        to,
        say("%(team)s is on the waitlist of %(title)s", team=team.name, title=team.institute.title),
        rank=rank,
    )
