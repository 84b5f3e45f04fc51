"""What the world's teams hand in: each file says whose it is, and one team shows its own."""

from uuid import UUID

from consortium.database import db, transaction
from events.deliverables import service as deliverables
from events.institutes.models import Institute
from events.registration.models import Team
from events.registration.service import Editor
from tests.events.deliverables.stage import ROOM, ask
from tests.events.materials.stage import hand_out, put_file
from tests.whole.world import INSTITUTE, World

SHOWN = "shown"
"""Whose what hangs in the gallery is: everyone's who comes."""


def hand_in_plans(world: World, institute: Institute) -> None:
    """Ask for ``size`` plans, let every team hand all in, ``size`` versions of the first."""
    template = hand_out(institute, "Plan", file="plan.txt", content=b"plan")
    kinds = ("text",)
    plans = [
        ask(institute, f"Plan {n}", kinds=kinds, template_id=template.id) for n in range(world.size)
    ]
    gallery = ask(institute, "Shown", kinds=kinds, gallery=True, both_sides=False)
    for team_id, keys in world.teams.items():
        team = db.session.get_one(Team, UUID(team_id))
        if not team.comes_as_team or team.status.value != "registered":
            continue
        seat = next(one for one in team.seats if one.id == world.seats[keys[0]])
        lead = Editor(email=world.people[keys[0]].email, person_id=seat.person_id)
        for plan in (*plans, *plans[:1] * (world.size - 1)):
            _hand_in(world, team, plan.id, keys[0], lead)
        _hand_in(world, team, gallery.id, SHOWN, lead)
        with world.app.test_request_context(), transaction():
            deliverables.show(team.id, gallery.id, lead)
        for one in (*plans, gallery):
            part = {"team_id": team_id, "deliverable_id": str(one.id), "number": "1"}
            world.parts += [part, {**part, "slug": INSTITUTE}]


def _hand_in(world: World, team: Team, plan_id: UUID, whose: str, lead: Editor) -> None:
    canary = f"filed{whose}canary"
    with world.app.test_request_context():
        put = put_file(f"{canary}.txt", canary.encode())
        with transaction():
            deliverables.hand_in(team.id, plan_id, put, canary, lead, ROOM)
