"""Someone asked to lead a team of the world, and something that waits for the other lead."""

from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.domain import Side
from events.institutes.domain import JointActKind
from events.registration import service as registration
from events.registration.models import JointAct, Seat
from events.registration.service import Editor, NewLead
from tests.whole.world import World


def ask_leads(world: World) -> None:
    """Let the lead of the first team invite the union's leader, who asks for an agreement."""
    team_id, (first, second, *_) = next(iter(world.teams.items()))
    lead, invited = world.people[first], world.people[second]
    person_id = db.session.get_one(Seat, world.seats[first]).person_id
    with world.app.test_request_context(), transaction():
        who = NewLead(name=invited.name, email=invited.email, side=Side.LABOR)
        editor = Editor(email=lead.email, person_id=person_id)
        invitation = registration.invite_lead(UUID(team_id), who, editor)
        asked = JointAct(
            team_id=invitation.team_id,
            act=JointActKind.SUBMIT,
            asked_by=invited.email,
            asked_side=Side.LABOR,
            asked_at=clock.now(),
        )
        db.session.add(asked)
        db.session.flush()
        about = f"lead:{invitation.id}"
        mail = db.session.scalars(select(OutboxEmail).where(OutboxEmail.about == about)).one()
        world.parts += [
            {"act_id": str(asked.id)},
            {"invitation_id": str(invitation.id)},
            {"token": mail.text.split("/lead/")[1].split()[0]},
        ]
