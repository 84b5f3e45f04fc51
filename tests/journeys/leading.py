"""Someone asked to lead, and something that waits for the other lead, for the pages about them."""

from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import Side
from events.institutes.domain import JointActKind
from events.registration import service as registration
from events.registration.models import JointAct, Team
from events.registration.service import Editor, NewLead

ASKED = cast.PARTICIPANT


def ask_leads(app: Flask, team: Team) -> tuple[str, str, str]:
    """Let the team's lead invite the participant, who asks for an agreement; once.

    Returns the address of the invitation in the mail and on the own page, and of the page to agree.
    """
    act = db.session.scalar(select(JointAct).where(JointAct.team_id == team.id))
    if act is None:
        with app.test_request_context():
            act = _ask(team)
    (invitation,) = registration.open_invitations(team.id)
    mail = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.about == f"lead:{invitation.id}")
    ).one()
    token = mail.text.split("/lead/")[1].split()[0]
    return (
        f"/garden-coast/lead/{token}",
        f"/garden-coast/lead-invitations/{invitation.id}",
        f"/garden-coast/agreements/{act.id}",
    )


def _ask(team: Team) -> JointAct:
    lead = team.leads[0]
    editor = Editor(email=lead.person.email, person_id=lead.person_id)
    who = NewLead(name=ASKED.name, email=ASKED.email, side=Side.MANAGEMENT)
    with transaction():
        registration.invite_lead(team.id, who, editor)
        act = JointAct(
            team_id=team.id,
            act=JointActKind.SUBMIT,
            asked_by=ASKED.email,
            asked_side=Side.MANAGEMENT,
            asked_at=clock.now(),
        )
        db.session.add(act)
    return act
