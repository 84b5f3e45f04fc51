"""What someone is asked to lead, found by the mail's link or by who signs in, and the answer."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.people import service as people
from consortium.people.models import Identity
from consortium.words import say
from events.registration import emails
from events.registration.models import LeadInvitation, Team, TeamLead, TeamStatus
from events.registration.service.finding import TERMS, digest_of, hold_team
from events.registration.service.leads import about, close_invitation, put_in
from events.registration.service.sides import name_of


def get_lead_invitation(token: str) -> tuple[LeadInvitation, Team]:
    """Return the open invitation that a link names, and its team, whoever follows it.

    Raises ``NotFound`` when it was answered, taken back or sent anew, or the team withdrew.
    """
    return _one(_open().where(LeadInvitation.digest == digest_of(token)))


def get_own_lead_invitation(invitation_id: UUID, by: Identity) -> tuple[LeadInvitation, Team]:
    """Return an open invitation that went to this person, and its team.

    Raises ``NotFound`` as ``get_lead_invitation`` does, and for anyone else's.
    """
    mine = _open().where(LeadInvitation.id == invitation_id, LeadInvitation.email == by.email)
    return _one(mine)


def lead_invitations_of(by: Identity) -> Sequence[tuple[LeadInvitation, Team]]:
    """Return what this person is asked to lead and has not answered, the longest first.

    Nobody is asked any more at an institute that is cancelled.
    """
    mine = _open().where(LeadInvitation.email == by.email)
    found = db.session.execute(mine.order_by(LeadInvitation.invited_at, LeadInvitation.id))
    return [(row.LeadInvitation, row.Team) for row in found if not row.Team.institute.cancelled]


def accept_lead(invitation: LeadInvitation, *, by: Identity) -> Team:
    """Lead the team from now on; a lead who hands over leads it no more, in the same moment.

    Raises ``NotFound`` when it is not open any more or someone else's, ``RegistrationRefused``
    when the team has two leads by now or the person leads it already.
    """
    team = _hold_own(invitation, by)
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
        outbox.promise(mail, about=about(invitation))
    audit.record(
        "accept_lead",
        f"team:{team.id}",
        by=by.email,
        before={"lead": str(old_person.id)} if old_person else {},
        after={"lead": str(new.id), "side": invitation.side.value},
    )
    return team


def decline_lead(invitation: LeadInvitation, *, by: Identity) -> Team:
    """Say no to leading the team; its leads are told. Raises ``NotFound`` as ``accept_lead``."""
    team = _hold_own(invitation, by)
    close_invitation(invitation, accepted=False)
    for lead in team.leads:
        mail = emails.lead_answered(invitation, team, leaver="", to=lead.person)
        outbox.promise(mail, about=about(invitation))
    audit.record(
        "decline_lead", f"team:{team.id}", by=by.email, after={"side": invitation.side.value}
    )
    return team


def _open() -> Select[LeadInvitation, Team]:
    return (
        select(LeadInvitation, Team)
        .join(Team, Team.id == LeadInvitation.team_id)
        .where(LeadInvitation.answered_at.is_(None), Team.status != TeamStatus.WITHDRAWN)
        .options(
            selectinload(Team.leads).joinedload(TeamLead.person),
            *(joinedload(Team.institute).selectinload(part) for part in TERMS),
        )
    )


def _one(statement: Select[LeadInvitation, Team]) -> tuple[LeadInvitation, Team]:
    found = db.session.execute(statement).one_or_none()
    if found is None:
        raise _dead()
    return found.LeadInvitation, found.Team


def _hold_own(invitation: LeadInvitation, by: Identity) -> Team:
    """Return the team held, the invitation read anew; two answers at once come one by one."""
    if invitation.email != by.email:
        raise _dead()
    team = hold_team(invitation.team_id)
    db.session.refresh(invitation)
    if invitation.answered_at is not None or team.status is TeamStatus.WITHDRAWN:
        raise _dead()
    return team


def _dead() -> NotFound:
    return NotFound(
        say("This invitation is not valid any more. Ask whoever invited you to send it again.")
    )
