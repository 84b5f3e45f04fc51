"""Who leads a team: at most two, of different sides, and always someone."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotAllowed
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.words import say
from events.registration import emails
from events.registration.domain import MOST_LEADS, RegistrationRefused
from events.registration.models import LeadInvitation, Team, TeamLead, TeamStatus
from events.registration.service.finding import Editor, lock_team
from events.registration.service.joint import lapse, leads_changed
from events.registration.service.sides import lead_of, name_of

LEAD = "lead"
"""What the mails of an invitation to lead are about, before its id."""


@dataclass(frozen=True, kw_only=True)
class NewLead:
    """Someone who is to lead a team, and for which side."""

    name: str
    email: str
    side: Side


def leave_lead(team_id: UUID, editor: Editor) -> Team:
    """Lead the team no more; the other lead goes on alone and is told.

    Raises ``RegistrationRefused`` for the last lead: a team is always led by someone.
    """
    team = lock_team(team_id, editor)
    mine = lead_of(team, editor)
    if mine is None:
        raise RegistrationRefused(say("You do not lead this team."))
    if len(team.leads) == 1:
        raise RegistrationRefused(
            say("You are the only lead of this team. Hand it over to someone else first.")
        )
    leaver, person_id, side = name_of(mine), mine.person_id, mine.side
    take_out(team, mine)
    leads_changed(team, gone=side)
    for lead in team.leads:
        outbox.promise(
            emails.lead_left(team, leaver=leaver, to=lead.person), about=f"team:{team.id}"
        )
    audit.record(
        "leave_lead",
        f"team:{team.id}",
        by=editor.email,
        before={"lead": str(person_id), "side": side.value},
    )
    return team


def appoint_lead(
    team_id: UUID, who: NewLead, editor: Editor, *, instead_of: UUID | None, reason: str
) -> Team:
    """Put someone in as a lead at once, perhaps instead of one who is gone, and tell why.

    For coordinators, e.g. when the only lead has left the district. Raises ``NotAllowed`` for
    others, ``RegistrationRefused`` when the team would have two leads of a side, or three.
    """
    if not editor.coordinates:
        raise NotAllowed(say("Only the institute's coordinators appoint leads."))
    team = lock_live(team_id, editor)
    old = next((lead for lead in team.leads if lead.id == instead_of), None)
    if instead_of is not None and old is None:
        raise RegistrationRefused(
            say("This person does not lead the team any more."), field="instead_of"
        )
    staying = [lead.side for lead in team.leads if lead is not old]
    if len(staying) == MOST_LEADS:
        raise RegistrationRefused(
            say("Two people lead this team. Choose who is replaced."), field="instead_of"
        )
    if who.side in staying:
        raise RegistrationRefused(
            say("The other lead is of that side. Choose another."), field="side"
        )
    leaver, old_person = (name_of(old), old.person) if old else ("", None)
    new = people.person_for(people.identity_for(who.email), name=who.name)
    put_in(team, new.id, who.side, instead_of=old)
    told = {lead.person.id: lead.person for lead in team.leads}
    if old_person is not None:
        told[old_person.id] = old_person
    for person in told.values():
        mail = emails.lead_appointed(
            team, name=new.name or new.email, leaver=leaver, reason=reason, to=person
        )
        outbox.promise(mail, about=f"team:{team.id}")
    audit.record(
        "appoint_lead",
        f"team:{team.id}",
        by=editor.email,
        before={"lead": str(old_person.id)} if old_person else {},
        after={"lead": str(new.id), "side": who.side.value, "reason": reason},
    )
    return team


def lock_live(team_id: UUID, editor: Editor) -> Team:
    """Return the team held, if people lead it together at all. Raises ``RegistrationRefused``."""
    team = lock_team(team_id, editor)
    if team.status is TeamStatus.WITHDRAWN:
        raise RegistrationRefused(say("This team was withdrawn. Start a new one."))
    if not team.comes_as_team:
        raise RegistrationRefused(say("Visitors are no team; who registered them leads them."))
    return team


def put_in(team: Team, person_id: UUID, side: Side, *, instead_of: TeamLead | None) -> None:
    """Let someone lead the team, perhaps instead of someone else. Flushes.

    Part of another act. Raises ``RegistrationRefused`` when the person leads it already, or two
    others do. Whoever was asked to and cannot any more is asked no longer.
    """
    staying = [lead for lead in team.leads if lead is not instead_of]
    if any(lead.person_id == person_id for lead in team.leads):
        raise RegistrationRefused(say("This person leads the team already."))
    if len(staying) == MOST_LEADS or side in {lead.side for lead in staying}:
        raise RegistrationRefused(say("Two people lead this team already."))
    if instead_of is not None:
        take_out(team, instead_of)
    team.leads.append(TeamLead(person_id=person_id, side=side, since=clock.now()))
    db.session.flush()
    _ask_no_more_than_can_lead(team)
    if instead_of is not None:
        leads_changed(team, gone=instead_of.side)


def _ask_no_more_than_can_lead(team: Team) -> None:
    """Take back the invitations that nobody could accept with those who lead the team now."""
    for invitation in open_invitations(team.id):
        beside = [lead.side for lead in team.leads if lead.id != invitation.replaces_lead_id]
        if len(beside) == MOST_LEADS or invitation.side in beside:
            close_invitation(invitation)


def take_out(team: Team, lead: TeamLead) -> None:
    """End someone's leading, and what they asked someone else to take over. Flushes.

    Part of another act, which sees to it that someone leads the team afterwards.
    """
    handing_over = select(LeadInvitation).where(
        LeadInvitation.replaces_lead_id == lead.id, LeadInvitation.answered_at.is_(None)
    )
    for invitation in db.session.scalars(handing_over):
        close_invitation(invitation)
    team.leads.remove(lead)
    db.session.flush()


def close_invitation(invitation: LeadInvitation, *, accepted: bool | None = None) -> None:
    """End an invitation to lead; without an answer it was taken back. Flushes."""
    invitation.answered_at = clock.now()
    invitation.accepted = accepted
    db.session.flush()
    outbox.supersede(about(invitation))


def about(invitation: LeadInvitation) -> str:
    """Return what the mails of an invitation to lead are about."""
    return f"{LEAD}:{invitation.id}"


def open_invitations(team_id: UUID) -> Sequence[LeadInvitation]:
    """Return who is asked to lead a team and has not answered, the longest first."""
    statement = select(LeadInvitation).where(
        LeadInvitation.team_id == team_id, LeadInvitation.answered_at.is_(None)
    )
    return db.session.scalars(statement.order_by(LeadInvitation.invited_at)).all()


def ask_nobody(team: Team) -> None:
    """Ask nobody any more to lead a team that is withdrawn, or to agree to something in it."""
    for invitation in open_invitations(team.id):
        close_invitation(invitation)
    lapse(team)
