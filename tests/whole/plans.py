"""The plans of the world's partnerships: comments and coach's notes say whose they are."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from cohorts.learning import service as learning
from cohorts.learning.models import CohortStaff, StaffKind
from cohorts.plans import service as plans
from cohorts.plans.domain import GoalSpec, Phase, Reading
from cohorts.plans.domain.duties import DUTIES, Group
from cohorts.plans.domain.readiness import Ready
from cohorts.plans.models import Goal, Plan
from cohorts.plans.service import Reader, Step
from consortium import clock
from consortium.database import db, transaction
from consortium.people.models import Person
from events.facade.teams import TeamOfYear, teams_at
from events.institutes.models import Institute
from tests.events.materials.stage import put_file
from tests.factories import make_person
from tests.whole.world import World


def write_plans(world: World, institute: Institute) -> None:
    """Let every team of two sides write a plan of ``size`` goals, sign it, and talk about it."""
    coach = make_person("coach@example.org", "Coach")
    guide = Reader(email="coach@example.org", person_id=coach.id)
    for team in teams_at(institute.id):
        keys = world.teams.get(str(team.id), ())
        if not team.registered or len(keys) < 2 or not keys[0].startswith("super"):
            continue
        _assign(team, coach)
        _write(world, team, keys, guide)


def _assign(team: TeamOfYear, coach: Person) -> None:
    assigned = CohortStaff(
        institute_id=team.institute_id,
        person_id=coach.id,
        kind=StaffKind.COACH,
        team_id=team.id,
        scope=str(team.id),
        since=clock.now(),
    )
    db.session.add(assigned)
    db.session.commit()


def _write(world: World, team: TeamOfYear, keys: tuple[str, ...], guide: Reader) -> None:
    chief, rep = (_reader(world, team, key) for key in keys[:2])
    today = clock.now().date()
    with transaction():
        partnership = learning.partnership_of_team(team.id)
        assert partnership is not None
        plan = plans.begin_plan(partnership.id, "Every child reads.", rep)
        goals = [_goal(plan, rep, chief, n) for n in range(world.size)]
        plans.set_next_meeting(plan.id, today + timedelta(days=30), "Hall", 3, rep)
    for n in range(world.size):
        with world.app.test_request_context(), transaction():
            page = plans.page_of(plan.id, rep)
            for signer in (rep, chief):
                plans.sign(plan.id, n + 1, page.digest, "Signer", signer)
        with transaction():
            plans.change_purpose(plan.id, f"Purpose {n}", n + 1, rep)
    for goal in goals:
        with world.app.test_request_context():
            _fill(world, plan, goal, rep, keys[0], guide)
    said = dict.fromkeys([duty.code for duty in DUTIES if duty.group is Group.ASSOCIATION])
    with transaction():
        plans.answer_duties(partnership.id, dict.fromkeys(said, Ready.BEGUN), rep)
    world.parts.append({"plan_id": str(plan.id), "number": "1"})


def _goal(plan: Plan, rep: Reader, chief: Reader, n: int) -> Goal:
    spec = GoalSpec(
        title=f"Goal number {n}",
        measure="Test",
        baseline=Decimal(60),
        target=Decimal(80),
        due=date(2027, 6, 1),
        labor_owner=rep.person_id,
        management_owner=chief.person_id,
    )
    return plans.add_goal(plan.id, spec, Phase.ACT, [Step(title="Books")], rep)


def _fill(world: World, plan: Plan, goal: Goal, rep: Reader, whose: str, guide: Reader) -> None:
    put = [put_file(f"filed{whose}canary.txt", b"figures") for _ in range(world.size)]
    with transaction():
        for n in range(world.size):
            on = clock.now().date() - timedelta(days=n)
            plans.record_reading(plan.id, goal.id, Reading(on=on, value=Decimal(60 + n)), "", rep)
            shown = plans.add_evidence(plan.id, goal.id, f"Minutes {n}", put[n], rep)
            plans.comment(plan.id, goal.id, f"commented{whose}canary", rep)
            plans.comment(plan.id, None, f"commented{whose}canary", rep)
            plans.write_note(plan.id, f"noted{whose}canary", guide)
    world.parts.append(
        {"plan_id": str(plan.id), "goal_id": str(goal.id), "evidence_id": str(shown.id)}
    )


def _reader(world: World, team: TeamOfYear, key: str) -> Reader:
    seat_id: UUID = world.seats[key]
    seat = next(one for one in team.seats if one.id == seat_id)
    return Reader(email=world.people[key].email, person_id=seat.person_id)
