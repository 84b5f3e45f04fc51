"""Mails among the leads of a team."""

from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say
from events.registration.emails.parts import letter_about, page
from events.registration.models import JointAct, Team


def asks_agreement(act: JointAct, team: Team, *, asker: str, what: str, to: Person) -> Email:
    """Ask the lead of the other side to agree, and lead to the one page for it."""
    return letter_about(
        "asks_agreement",
        team.institute,
        to=to.email,
        subject=say("%(team)s: %(asker)s asks you to agree", team=team.name, asker=asker),
        team=team,
        asker=asker,
        what=what,
        link=page(team.institute, "registration.joint_act", act_id=act.id),
    )


def act_answered(act: JointAct, team: Team, *, answerer: str, what: str, to: Person) -> Email:
    """Tell a lead what became of something that needed both leads."""
    subject = (
        say("%(team)s: both leads agree", team=team.name)
        if act.status == "agreed"
        else say("%(team)s: %(answerer)s does not agree", team=team.name, answerer=answerer)
    )
    return letter_about(
        "act_answered",
        team.institute,
        to=to.email,
        subject=subject,
        team=team,
        act=act,
        answerer=answerer,
        what=what,
        link=page(team.institute, "registration.team", team_id=team.id),
    )
