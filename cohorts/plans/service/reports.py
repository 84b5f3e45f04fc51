"""What reports ask about plans: counts, no names and no texts."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.domain.school_years import school_year_of
from cohorts.plans.domain import GoalSpec, Reading, moved_in
from cohorts.plans.models import Goal, GoalReading, Plan, PlanVersion
from consortium.database import db
from consortium.tenants.service.days import begins

Period = tuple[date, date]
"""First and last day, both counted."""


@dataclass(frozen=True, kw_only=True)
class PlanProgress:
    """How far the partnerships of some institutes or cohorts came in a span of days."""

    partnerships: int
    """Partnerships with a registered team there."""
    plans: int
    """Of these, how many have a plan of a school year that the span touches."""
    signed: int
    """Plans of which both sides signed a version in the span."""
    goals: int
    """Goals of these plans, removed ones left out."""
    about_students: int
    measured: int
    """Goals with a value measured in the span."""
    progressed: int
    reached: int


@dataclass(frozen=True, kw_only=True)
class _Measured:
    """A goal and what was measured of it."""

    spec: GoalSpec
    readings: Sequence[Reading]


def progress_by_partnership(
    partnership_ids: Collection[UUID], period: Period
) -> Mapping[UUID, PlanProgress]:
    """Return the counts of each of these partnerships, in four queries for any number."""
    first, last = period
    plans = db.session.execute(
        select(Plan.id, Plan.partnership_id).where(
            Plan.partnership_id.in_(partnership_ids),
            Plan.school_year.between(school_year_of(first), school_year_of(last)),
        )
    ).all()
    whose = {row.id: row.partnership_id for row in plans}
    goals: dict[UUID, list[_Measured]] = defaultdict(list)
    for plan_id, goal in _goals(whose):
        goals[whose[plan_id]].append(goal)
    signed = Counter(whose[plan_id] for plan_id in _signed(whose, period))
    with_plan = set(whose.values())
    return {
        one: _progress(goals[one], period, has_plan=one in with_plan, signed=signed[one])
        for one in partnership_ids
    }


def _goals(plan_ids: Collection[UUID]) -> Iterator[tuple[UUID, _Measured]]:
    """Give each goal of these plans with its plan and what was measured, in two queries."""
    stands = Goal.plan_id.in_(plan_ids), Goal.removed_at.is_(None)
    values = (
        select(GoalReading.goal_id, GoalReading.on, GoalReading.value)
        .join(Goal, Goal.id == GoalReading.goal_id)
        .where(*stands, GoalReading.taken_back_at.is_(None))
        .order_by(GoalReading.entered_at, GoalReading.id)
    )
    readings: dict[UUID, list[Reading]] = defaultdict(list)
    for order, (goal_id, on, value) in enumerate(db.session.execute(values)):
        readings[goal_id].append(Reading(on=on, value=value, order=order))
    goals = select(
        Goal.id,
        Goal.plan_id,
        Goal.title,
        Goal.students,
        Goal.direction,
        Goal.baseline,
        Goal.target,
    ).where(*stands)
    for goal_id, plan_id, title, students, direction, baseline, target in db.session.execute(goals):
        spec = GoalSpec(
            title=title, students=students, direction=direction, baseline=baseline, target=target
        )
        yield plan_id, _Measured(spec=spec, readings=readings[goal_id])


def _progress(
    goals: Sequence[_Measured], period: Period, *, has_plan: bool, signed: int
) -> PlanProgress:
    first, last = period
    moves = [moved_in(goal.spec, goal.readings, first, last) for goal in goals]
    return PlanProgress(
        partnerships=1,
        plans=int(has_plan),
        signed=signed,
        goals=len(goals),
        about_students=sum(1 for goal in goals if goal.spec.students),
        measured=sum(1 for goal in goals if any(first <= one.on <= last for one in goal.readings)),
        progressed=sum(1 for one in moves if one.progressed),
        reached=sum(1 for one in moves if one.reached),
    )


def _signed(plan_ids: Collection[UUID], period: Period) -> Collection[UUID]:
    """Return the plans of which both sides signed a version in the span."""
    first, last = period
    statement = select(PlanVersion.plan_id).where(
        PlanVersion.plan_id.in_(plan_ids),
        PlanVersion.agreed_at >= begins(first),
        PlanVersion.agreed_at < begins(last + timedelta(days=1)),
    )
    return db.session.scalars(statement.distinct()).all()
