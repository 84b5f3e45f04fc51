"""Mails among the leads of a team."""

from datetime import datetime

from consortium.people.domain import SIDE_WORDS
from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say
from events.registration.emails.parts import letter_about, page, to_lead
from events.registration.models import JointAct, LeadInvitation, Team


def asks_agreement(  # noqa: PLR0913  (all of them are read in the mail)
    act: JointAct, team: Team, *, asker: str, what: str, until: datetime | None, to: Person
) -> Email:
    """Ask the lead of the other side to agree, and lead to the one page for it."""
    return letter_about(
        "asks_agreement",
        team.institute,
        to=to.email,
        subject=say("%(team)s: %(asker)s asks you to agree", team=team.name, asker=asker),
        team=team,
        asker=asker,
        what=what,
        until=until,
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


def lead_invitation(
    invitation: LeadInvitation, team: Team, *, token: str, inviter: str, leaver: str
) -> Email:
    """Ask someone to lead the team beside, or instead of, the one who invites."""
    return letter_about(
        "lead_invitation",
        team.institute,
        to=invitation.email,
        subject=say("%(inviter)s asks you to lead %(team)s", inviter=inviter, team=team.name),
        team=team,
        invitation=invitation,
        side=SIDE_WORDS[invitation.side],
        inviter=inviter,
        leaver=leaver,
        link=page(team.institute, "registration.lead_invitation", token=token),
    )


def lead_answered(invitation: LeadInvitation, team: Team, *, leaver: str, to: Person) -> Email:
    """Tell a lead whether someone leads the team now who was asked to."""
    subject = (
        say("%(name)s leads %(team)s now", name=invitation.name, team=team.name)
        if invitation.accepted
        else say("%(name)s will not lead %(team)s", name=invitation.name, team=team.name)
    )
    return to_lead(
        "lead_answered", team, to, subject, invitation=invitation, leaver=leaver, reader=to
    )


def lead_left(team: Team, *, leaver: str, to: Person) -> Email:
    """Tell a lead that the other one leads the team no more."""
    return to_lead(
        "lead_left",
        team,
        to,
        say("%(leaver)s does not lead %(team)s any more", leaver=leaver, team=team.name),
        leaver=leaver,
    )


def lead_appointed(team: Team, *, name: str, leaver: str, reason: str, to: Person) -> Email:
    """Tell everyone concerned that a coordinator has put someone in as a lead, and why."""
    return to_lead(
        "lead_appointed",
        team,
        to,
        say("%(name)s leads %(team)s now", name=name, team=team.name),
        name=name,
        leaver=leaver,
        reason=reason,
    )
