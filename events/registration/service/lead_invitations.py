"""Asking someone to lead a team, beside a lead of the other side or instead of one who goes.

Whoever is asked gets a link of the own, of which only the digest is kept; nobody leads before
saying yes.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people.domain import normalise_email
from consortium.words import say
from events.registration import emails
from events.registration.domain import RegistrationRefused, sides_after, sides_beside
from events.registration.models import ONE_OPEN_INVITATION, LeadInvitation, Team, TeamLead
from events.registration.service.finding import Editor, digest_of, host_of, lock_team
from events.registration.service.leads import (
    NewLead,
    about,
    close_invitation,
    lock_live,
    open_invitations,
)
from events.registration.service.sides import lead_of, name_of

TOKEN_BYTES = 20
BETWEEN_MAILS = timedelta(minutes=10)


def invite_lead(team_id: UUID, who: NewLead, editor: Editor) -> LeadInvitation:
    """Ask someone of the other side to lead the team too, by a link of their own.

    Raises ``RegistrationRefused`` when two lead it or are about to, or the person leads it.
    """
    team = lock_live(team_id, editor)
    asked = next((one for one in open_invitations(team.id) if one.replaces_lead_id is None), None)
    if asked is not None:
        raise RegistrationRefused(
            say(
                "%(name)s is asked already and has not answered. Take that invitation back first.",
                name=asked.name,
            )
        )
    sides = sides_beside([lead.side for lead in team.leads])
    if not sides:
        raise RegistrationRefused(say("Two people lead this team already."))
    if who.side not in sides:
        raise RegistrationRefused(say("Choose the other side."), field="side")
    invitation = _ask(team, who, editor)
    audit.record("invite_lead", f"team:{team.id}", by=editor.email, after={"side": who.side.value})
    return invitation


def hand_over(team_id: UUID, who: NewLead, editor: Editor) -> LeadInvitation:
    """Ask someone to lead the team instead of this lead, who leads on until they say yes.

    Raises ``RegistrationRefused`` for anyone but a lead, or when someone is asked already.
    """
    team = lock_live(team_id, editor)
    mine = lead_of(team, editor)
    if mine is None:
        raise RegistrationRefused(say("Only a lead of this team can hand it over."))
    others = [lead.side for lead in team.leads if lead is not mine]
    if who.side not in sides_after(mine.side, others):
        raise RegistrationRefused(say("Choose your own side."), field="side")
    invitation = _ask(team, who, editor, replaces=mine)
    audit.record(
        "hand_over",
        f"team:{team.id}",
        by=editor.email,
        before={"lead": str(mine.person_id)},
        after={"side": who.side.value},
    )
    return invitation


def ask_lead_again(team_id: UUID, invitation_id: UUID, editor: Editor) -> LeadInvitation:
    """Send the invitation once more; its earlier link is dead from now on.

    Raises ``NotFound``, or ``RegistrationRefused`` when the last mail went out a moment ago.
    """
    team = lock_live(team_id, editor)
    invitation = _open_one(team, invitation_id)
    if clock.now() - invitation.invited_at < BETWEEN_MAILS:
        raise RegistrationRefused(
            say(
                "%(name)s got the invitation less than ten minutes ago. Wait a little before you "
                "send it again.",
                name=invitation.name,
            )
        )
    _send(team, invitation, editor)
    audit.record(
        "ask_lead_again", f"team:{team.id}", by=editor.email, after={"side": invitation.side.value}
    )
    return invitation


def withdraw_lead_invitation(team_id: UUID, invitation_id: UUID, editor: Editor) -> LeadInvitation:
    """Take an invitation to lead back: its link is dead. Raises ``NotFound``."""
    team = lock_team(team_id, editor)
    invitation = _open_one(team, invitation_id)
    close_invitation(invitation)
    audit.record(
        "withdraw_lead_invitation",
        f"team:{team.id}",
        by=editor.email,
        before={"side": invitation.side.value},
    )
    return invitation


def _ask(
    team: Team, who: NewLead, editor: Editor, *, replaces: TeamLead | None = None
) -> LeadInvitation:
    email = normalise_email(who.email)
    if any(lead.person.email == email for lead in team.leads):
        raise RegistrationRefused(
            say("%(email)s leads this team already.", email=email), field="email"
        )
    invitation = LeadInvitation(
        team_id=team.id,
        side=who.side,
        name=who.name,
        email=email,
        replaces_lead_id=replaces.id if replaces else None,
        digest=secrets.token_hex(TOKEN_BYTES),  # of no link; each mail brings its own
        invited_by=editor.email,
        invited_at=clock.now(),
    )
    taken = RegistrationRefused(
        say("Someone is asked already for this side. Take that invitation back first.")
    )
    db.session.add(invitation)
    with translating(ONE_OPEN_INVITATION, into=taken):
        db.session.flush()
    _send(team, invitation, editor)
    return invitation


def _send(team: Team, invitation: LeadInvitation, editor: Editor) -> None:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.digest = digest_of(token)
    invitation.invited_at = clock.now()
    invitation.undelivered_at = None
    db.session.flush()
    mine = lead_of(team, editor)
    leaving = next((one for one in team.leads if one.id == invitation.replaces_lead_id), None)
    outbox.supersede(about(invitation))
    mail = emails.lead_invitation(
        invitation,
        team,
        token=token,
        inviter=name_of(mine) if mine else host_of(team.institute),
        leaver=name_of(leaving) if leaving else "",
    )
    outbox.promise(mail, about=about(invitation))


def _open_one(team: Team, invitation_id: UUID) -> LeadInvitation:
    found = next((one for one in open_invitations(team.id) if one.id == invitation_id), None)
    if found is None:
        raise NotFound(say("This invitation was answered or taken back already."))
    return found
