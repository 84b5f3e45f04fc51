"""Writing goals: each change says on which version it rests, and opens the next signed one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from cohorts.plans.domain import (
    MOST_GOALS,
    GoalSpec,
    GoalText,
    MilestoneText,
    Phase,
    PlanRefused,
    check_goal,
    in_words,
    shown,
)
from cohorts.plans.domain.content import FIELDS
from cohorts.plans.models import Goal, Milestone, Plan
from cohorts.plans.service.finding import Reader, Seen, get_goal, hold_to_write, names_of
from cohorts.plans.service.texts import goal_text, steps_of
from cohorts.plans.service.writing import open_draft
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict, NotFound
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Step:
    """A milestone as someone writes it; ``id`` where it was there before."""

    title: str
    due: date | None = None
    id: UUID | None = None


def add_goal(
    plan_id: UUID, spec: GoalSpec, phase: Phase, steps: Sequence[Step], reader: Reader
) -> Goal:
    """Write a goal into the plan. Flushes. Raises ``PlanRefused`` as ``check_goal`` does."""
    plan, seen = hold_to_write(plan_id, reader)
    check_goal(spec, seen.who)
    standing = select(func.count(Goal.id)).where(Goal.plan_id == plan.id, Goal.removed_at.is_(None))
    if (db.session.scalar(standing) or 0) >= MOST_GOALS:
        raise PlanRefused(
            say("A plan has at most %(n)s goals. Reach one, or take one out, first.", n=MOST_GOALS)
        )
    last = db.session.scalar(select(func.max(Goal.position)).where(Goal.plan_id == plan.id))
    now = clock.now()
    goal = Goal(
        plan_id=plan.id,
        position=(last or 0) + 1,
        phase=phase,
        written_at=now,
        changed_by=reader.email,
        changed_at=now,
        **_columns(spec),
    )
    db.session.add(goal)
    open_draft(plan)
    _write_steps(goal, steps)
    db.session.flush()
    audit.record(
        "add_goal",
        f"plan:{plan.id}",
        by=reader.email,
        after={"goal": str(goal.id), "title": spec.title, "number": plan.number},
    )
    return goal


def change_goal(  # noqa: PLR0913, PLR0917
    plan_id: UUID,
    goal_id: UUID,
    spec: GoalSpec,
    steps: Sequence[Step],
    version: int,
    reader: Reader,
) -> Goal:
    """Change the text of a goal; after a signature this opens the plan's next version. Flushes.

    What changes nothing opens nothing. Raises ``Conflict`` with both texts, part by part, when
    someone changed the goal since ``version``, and ``PlanRefused`` as ``check_goal`` does.
    """
    plan, seen = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    former = goal.spec
    stored, sent = _both(goal, spec, steps, seen)
    if stored == sent:
        return goal
    if goal.version != version:
        raise Conflict(
            say("Someone else changed this goal while your page was open. Nothing was saved."),
            versions=_versions(stored, sent),
        )
    check_goal(spec, seen.who, former)
    open_draft(plan)
    for name, value in _columns(spec).items():
        setattr(goal, name, value)
    _write_steps(goal, steps)
    goal.version += 1
    goal.changed_by, goal.changed_at = reader.email, clock.now()
    db.session.flush()
    audit.record(
        "change_goal",
        f"plan:{plan.id}",
        by=reader.email,
        before={"goal": str(goal.id), **{label: old for label, old, _ in _versions(stored, sent)}},
        after={"number": plan.number, **{label: new for label, _, new in _versions(stored, sent)}},
    )
    return goal


def remove_goal(plan_id: UUID, goal_id: UUID, reader: Reader) -> Plan:
    """Take a goal out of the plan; signed versions and what was measured stay. Flushes."""
    plan, _ = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    open_draft(plan)
    goal.removed_at = clock.now()
    db.session.flush()
    audit.record(
        "remove_goal",
        f"plan:{plan.id}",
        by=reader.email,
        before={"goal": str(goal.id), "title": goal.title},
        after={"number": plan.number},
    )
    return plan


def set_phase(plan_id: UUID, goal_id: UUID, phase: Phase, reader: Reader) -> Goal:
    """Say where the work on a goal is; this changes no version. Flushes."""
    plan, _ = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    before, goal.phase = goal.phase, phase
    db.session.flush()
    audit.record(
        "set_phase",
        f"plan:{plan.id}",
        by=reader.email,
        before={"goal": str(goal.id), "phase": before.value},
        after={"phase": phase.value},
    )
    return goal


def tick_milestone(
    plan_id: UUID, goal_id: UUID, milestone_id: UUID, reader: Reader, *, done: bool
) -> Milestone:
    """Say that a milestone is done today, or is not done after all; no version changes."""
    plan, seen = hold_to_write(plan_id, reader)
    goal = get_goal(plan, goal_id)
    step = next((one for one in goal.milestones if one.id == milestone_id), None)
    if step is None:
        raise NotFound(say("There is no such milestone any more."))
    step.done_on = (step.done_on or seen.today) if done else None
    db.session.flush()
    audit.record(
        "tick_milestone",
        f"plan:{plan.id}",
        by=reader.email,
        after={"milestone": str(step.id), "done": done},
    )
    return step


def _both(
    goal: Goal, spec: GoalSpec, steps: Sequence[Step], seen: Seen
) -> tuple[GoalText, GoalText]:
    names = names_of([goal], seen.who)
    texts = tuple(MilestoneText(title=step.title, due=step.due) for step in steps)
    return (
        goal_text(goal.id, goal.spec, steps_of(goal), names),
        goal_text(goal.id, spec, texts, names),
    )


def _versions(stored: GoalText, sent: GoalText) -> tuple[tuple[str, str, str], ...]:
    old, new = in_words(stored), in_words(sent)
    return shown([(words, old[name], new[name]) for name, words in FIELDS.items()])


def _columns(spec: GoalSpec) -> Mapping[str, Any]:
    return {
        "title": spec.title,
        "students": spec.students,
        "measure": spec.measure,
        "unit": spec.unit,
        "direction": spec.direction,
        "baseline": spec.baseline,
        "target": spec.target,
        "due": spec.due,
        "labor_owner_id": spec.labor_owner,
        "management_owner_id": spec.management_owner,
    }


def _write_steps(goal: Goal, steps: Sequence[Step]) -> None:
    there = {one.id: one for one in goal.milestones}
    kept = []
    for n, step in enumerate(steps):
        row = there.get(step.id) if step.id else None
        row = row or Milestone(title=step.title)
        row.position, row.title, row.due = n, step.title, step.due
        kept.append(row)
    goal.milestones[:] = kept
