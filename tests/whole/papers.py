"""Quotes of the world's teams, and an office that their LEAs said they do not have."""

from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.people.domain import Side
from events.institutes.domain import Strength
from events.institutes.models import Institute, RoleRequirement
from events.packets.service import make_quote
from events.registration.models import OfficeAnswer, Team
from events.registration.service import Editor
from tests.whole.world import World

OFFICE = "nurse_assoc_president"


def hand_out_papers(world: World, institute: Institute) -> None:
    """Give each team a quote and remember that its LEA has no such office."""
    host = Editor(email=world.people["coordinator"].email, coordinates=True)
    institute.roles.append(
        RoleRequirement(
            code=OFFICE,
            label="Nurses",
            side=Side.LABOR,
            strength=Strength.IF_APPLICABLE,
            position=90,
        )
    )
    teams = db.session.scalars(select(Team).where(Team.id.in_(map(UUID, world.teams)))).all()
    for lea_id in sorted({team.lea_id for team in teams if team.lea_id}):
        answer = OfficeAnswer(lea_id=lea_id, role_code=OFFICE, exists=False)
        answer.answered_at, answer.answered_by = clock.now(), host.email
        db.session.add(answer)
    db.session.commit()
    for team_id in world.teams:
        with world.app.test_request_context(), transaction():
            make_quote(UUID(team_id), host)
        world.parts.append({"team_id": team_id, "role_code": OFFICE})
