"""Plans of partnerships with goals, steps and what was measured, signed as both sides sign them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from cohorts.learning.domain.partners import TableSide
from cohorts.plans.domain import Direction, GoalSpec, MilestoneText, Phase, PlanText, wording
from cohorts.plans.models import Goal, GoalReading, Milestone, Plan, PlanSignature, PlanVersion
from cohorts.plans.service.texts import goal_text
from scripts.bench.learning_rows import BY, Known, Rows, at, store

GOALS = 3
FOR_LESS = 2
"""Which of a plan's goals is reached by less of what it measures."""


def fill_plans(known: Sequence[Known], year: int, next_meeting: date) -> None:
    """Give each partnership a plan that both sides signed; in every ninth one side still has to."""
    plans: Rows = []
    goals: Rows = []
    steps: Rows = []
    readings: Rows = []
    versions: Rows = []
    signatures: Rows = []
    begun = date(year, 9, 15)
    for number, one in enumerate(known):
        plan_id, version_id = uuid4(), uuid4()
        both = number % 9 != 0
        texts = []
        for place in range(GOALS):
            goal_id = uuid4()
            spec = _spec(one, place, date(year + 1, 6, 1))
            due = [date(year, 12, 1), date(year + 1, 4, 1)]
            written = [MilestoneText(title=f"Step {n + 1}", due=day) for n, day in enumerate(due)]
            names = dict(one.people)
            texts.append(goal_text(goal_id, spec, written, names))
            goals.append(_goal(goal_id, plan_id, place, spec, at(begun)))
            steps += [
                {"goal_id": goal_id, "position": n, "title": step.title, "due": step.due}
                for n, step in enumerate(written)
            ]
            readings += _readings(goal_id, one, spec, number + place, year)
        text = PlanText(purpose="Every child reads, and we say so together.", goals=tuple(texts))
        plans.append(
            {
                "id": plan_id,
                "partnership_id": one.id,
                "school_year": year,
                "purpose": text.purpose,
                "frozen": True,
                "next_meeting": next_meeting,
                "next_meeting_place": "Union hall",
                "begun_by": BY,
                "begun_at": at(begun),
            }
        )
        versions.append(
            {
                "id": version_id,
                "plan_id": plan_id,
                "number": 1,
                "content": text.to_json(),
                "digest": text.digest,
                "frozen_at": at(begun),
                "agreed_at": at(begun + timedelta(days=3)) if both else None,
            }
        )
        signing = (TableSide.MANAGEMENT, TableSide.LABOR)
        for side, (person_id, name) in islice(
            zip(signing, one.people, strict=False), 2 if both else 1
        ):
            signatures.append(
                {
                    "version_id": version_id,
                    "side": side,
                    "person_id": person_id,
                    "name": name,
                    "office": "Superintendent",
                    "wording": wording(1, side),
                    "signed_at": at(begun),
                }
            )
    for model, rows in (
        (Plan, plans),
        (Goal, goals),
        (Milestone, steps),
        (GoalReading, readings),
        (PlanVersion, versions),
        (PlanSignature, signatures),
    ):
        store(model, rows)


def _spec(one: Known, place: int, due: date) -> GoalSpec:
    return GoalSpec(
        title=f"More third graders read at grade level ({place + 1})",
        students=place == 0,
        measure="State reading test, grade 3",
        unit="%",
        direction=Direction.LESS if place == FOR_LESS else Direction.MORE,
        baseline=Decimal(60),
        target=Decimal(40) if place == FOR_LESS else Decimal(80),
        due=due,
        labor_owner=one.people[1][0],
        management_owner=one.people[0][0],
    )


def _goal(
    goal_id: UUID, plan_id: UUID, place: int, spec: GoalSpec, moment: datetime
) -> dict[str, Any]:
    said = dict(vars(spec))
    said["labor_owner_id"] = said.pop("labor_owner")
    said["management_owner_id"] = said.pop("management_owner")
    return {
        "id": goal_id,
        "plan_id": plan_id,
        "position": place,
        **said,
        "phase": Phase.ACT,
        "changed_by": BY,
        "changed_at": moment,
        "written_at": moment,
    }


def _readings(goal_id: UUID, one: Known, spec: GoalSpec, number: int, year: int) -> Rows:
    step = -4 if spec.direction is Direction.LESS else 4
    days = (date(year, 11, 20), date(year + 1, 2, 20), date(year + 1, 5, 15))
    return [
        {
            "goal_id": goal_id,
            "on": day,
            "value": Decimal(60 + step * (n + number % 7) - step),
            "person_id": one.people[0][0],
            "entered_by": one.people[0][1],
            "entered_at": at(day),
        }
        for n, day in enumerate(days)
    ]
