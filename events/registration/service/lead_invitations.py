"""Asking someone to lead a team, beside a lead of the other side or instead of one who goes.

Whoever is asked gets a link of the own, of which only the digest is kept; nobody leads before
saying yes.
"""

import secrets
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.domain import normalise_email
from consortium.people.models import Identity
from consortium.words import say
from events.registration import emails
from events.registration.domain import RegistrationRefused, sides_after, sides_beside
from events.registration.models import (
    ONE_OPEN_INVITATION,
    LeadInvitation,
    Team,
    TeamLead,
    TeamStatus,
)
from events.registration.service.finding import (
    TERMS,
    Editor,
    digest_of,
    hold_team,
    host_of,
    lock_team,
)
from events.registration.service.leads import (
    LEAD,
    NewLead,
    close_invitation,
    lock_live,
    open_invitations,
    put_in,
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


def get_lead_invitation(token: str) -> tuple[LeadInvitation, Team]:
    """Return the open invitation that a link names, and its team, whoever follows it.

    Raises ``NotFound`` when it was answered, taken back or sent anew, or the team withdrew.
    """
    statement = (
        select(LeadInvitation, Team)
        .join(Team, Team.id == LeadInvitation.team_id)
        .where(LeadInvitation.digest == digest_of(token), LeadInvitation.answered_at.is_(None))
        .where(Team.status != TeamStatus.WITHDRAWN)
        .options(
            selectinload(Team.leads).joinedload(TeamLead.person),
            *(joinedload(Team.institute).selectinload(part) for part in TERMS),
        )
    )
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise _dead()
    return found.LeadInvitation, found.Team


def accept_lead(token: str, *, by: Identity) -> Team:
    """Lead the team from now on; a lead who hands over leads it no more, in the same moment.

    Raises ``NotFound`` for a dead link or someone else's, ``RegistrationRefused`` when the team
    has two leads by now or the person leads it already.
    """
    invitation, team = _hold_own(token, by)
    old = next((one for one in team.leads if one.id == invitation.replaces_lead_id), None)
    if invitation.replaces_lead_id is not None and old is None:
        raise _dead()
    leaver = name_of(old) if old else ""
    old_person = old.person if old else None
    new = people.person_for(by, name=invitation.name)
    close_invitation(invitation, accepted=True)
    put_in(team, new.id, invitation.side, instead_of=old)
    told = [lead.person for lead in team.leads if lead.person_id != new.id]
    for person in [*told, *([old_person] if old_person else [])]:
        mail = emails.lead_answered(invitation, team, leaver=leaver, to=person)
        outbox.promise(mail, about=_about(invitation))
    audit.record(
        "accept_lead",
        f"team:{team.id}",
        by=by.email,
        before={"lead": str(old_person.id)} if old_person else {},
        after={"lead": str(new.id), "side": invitation.side.value},
    )
    return team


def decline_lead(token: str, *, by: Identity) -> Team:
    """Say no to leading the team; its leads are told. Raises ``NotFound`` as ``accept_lead``."""
    invitation, team = _hold_own(token, by)
    close_invitation(invitation, accepted=False)
    for lead in team.leads:
        mail = emails.lead_answered(invitation, team, leaver="", to=lead.person)
        outbox.promise(mail, about=_about(invitation))
    audit.record(
        "decline_lead", f"team:{team.id}", by=by.email, after={"side": invitation.side.value}
    )
    return team


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
    outbox.supersede(_about(invitation))
    mail = emails.lead_invitation(
        invitation,
        team,
        token=token,
        inviter=name_of(mine) if mine else host_of(team.institute),
        leaver=name_of(leaving) if leaving else "",
    )
    outbox.promise(mail, about=_about(invitation))


def _hold_own(token: str, by: Identity) -> tuple[LeadInvitation, Team]:
    """Return the invitation and its team held; two answers at once come one by one."""
    invitation, team = get_lead_invitation(token)
    if invitation.email != by.email:
        raise _dead()
    team = hold_team(team.id)
    db.session.refresh(invitation)
    if invitation.answered_at is not None or team.status is TeamStatus.WITHDRAWN:
        raise _dead()
    return invitation, team


def _open_one(team: Team, invitation_id: UUID) -> LeadInvitation:
    found = next((one for one in open_invitations(team.id) if one.id == invitation_id), None)
    if found is None:
        raise NotFound(say("This invitation was answered or taken back already."))
    return found


def _about(invitation: LeadInvitation) -> str:
    return f"{LEAD}:{invitation.id}"


def _dead() -> NotFound:
    return NotFound(
        say("This invitation is not valid any more. Ask whoever invited you to send it again.")
    )
