"""What the world's hosts ask, and answers that nobody but they and the person may see."""

from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.files import service as files
from consortium.files.domain import clean_file
from events.institutes.models import Institute
from events.questions.service import Said
from events.registration.models import Seat, Team
from tests.consortium.files.samples import PDF
from tests.events.questions.builders import answer, ask, ask_team, seat_holder, team_holder
from tests.whole.world import INSTITUTE, World


def ask_everyone(world: World, institute: Institute) -> None:
    """Ask in confidence and in the open; let everyone with a seat, and each team, answer."""
    storage = world.app.extensions["ports"].storage
    for n in range(world.size):
        ask(institute, f"health_{n}", required=True, sensitive=True)
        ask_team(institute, f"topic_{n}", required=True)
    ask(institute, "paper", "file", sensitive=True)
    ask_team(institute, "agreement", "file")
    for key, seat_id in world.seats.items():
        seat = db.session.scalars(select(Seat).where(Seat.id == seat_id)).one()
        secret = world.people[key].secrets["access"]
        paper = files.put(storage, clean_file(f"{secret}.txt", secret.encode()))
        said = Said(
            values={f"health_{n}": secret for n in range(world.size)}, files={"paper": paper}
        )
        answer(seat_holder(institute, seat), said)
        world.parts.append({"slug": INSTITUTE, "code": "paper", "holder_id": str(seat_id)})
        world.parts.append({"seat_id": str(seat_id), "code": "paper"})
    for team_id in world.teams:
        team = db.session.scalars(select(Team).where(Team.id == UUID(team_id))).one()
        agreement = files.put(storage, clean_file("agreement.pdf", PDF))
        topics = {f"topic_{n}": "Attendance" for n in range(world.size)}
        answer(team_holder(institute, team), Said(values=topics, files={"agreement": agreement}))
        world.parts.append({"team_id": team_id, "code": "agreement"})
    world.parts.append({"slug": INSTITUTE, "code": "health_0"})
