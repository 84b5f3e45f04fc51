"""The text of a plan as it stands: what a signer reads and what is frozen."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from cohorts.learning.domain.partners import Who
from cohorts.plans.domain import GoalSpec, GoalText, MilestoneText, PlanText
from cohorts.plans.models import Goal, Plan
from cohorts.plans.service.finding import names_of


def text_of(plan: Plan, goals: Sequence[Goal], who: Who) -> PlanText:
    """Return everything that both sides would sign now."""
    names = names_of(goals, who)
    return PlanText(
        purpose=plan.purpose,
        goals=tuple(goal_text(goal.id, goal.spec, steps_of(goal), names) for goal in goals),
    )


def steps_of(goal: Goal) -> tuple[MilestoneText, ...]:
    """Return the milestones of a goal as its text has them."""
    return tuple(MilestoneText(title=one.title, due=one.due) for one in goal.milestones)


def goal_text(
    goal_id: UUID, spec: GoalSpec, steps: Collection[MilestoneText], names: Mapping[UUID, str]
) -> GoalText:
    """Return a goal as a version says it."""
    return GoalText(
        id=str(goal_id),
        title=spec.title,
        students=spec.students,
        measure=spec.measure,
        unit=spec.unit,
        direction=spec.direction,
        baseline=spec.baseline,
        target=spec.target,
        due=spec.due,
        labor_owner=_name(spec.labor_owner, names),
        management_owner=_name(spec.management_owner, names),
        milestones=tuple(steps),
    )


def _name(person_id: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(person_id, "") if person_id else ""
