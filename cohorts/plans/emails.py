"""Mails about plans: a signature asked for, a plan agreed, the next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass

from cohorts.learning.emails import about_partnership
from cohorts.learning.models import Partnership
from cohorts.plans.domain import PROGRESS, HowFar
from cohorts.plans.models import Plan, PlanVersion
from consortium.people.models import Person
from consortium.ports import Email
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class OwnGoal:
    """A goal as the mail to its owner tells it."""

    title: str
    far: HowFar
    next_step: str
    """The first milestone that is not done; empty where there is none."""


def asks_signature(
    plan: Plan, partnership: Partnership, version: PlanVersion, *, to: Person
) -> Email:
    """Ask someone who speaks for the other side to read and sign a version."""
    return about_partnership(
        "plans/asks_signature",
        partnership,
        to=to,
        subject=say("Please read and sign: plan of %(who)s", who=partnership.title),
        link=("plans.signing", {"plan_id": plan.id}),
        plan=plan,
        version=version,
    )


def agreed(plan: Plan, partnership: Partnership, version: PlanVersion, *, to: Person) -> Email:
    """Tell someone who speaks for a side that both sides have signed."""
    return about_partnership(
        "plans/agreed",
        partnership,
        to=to,
        subject=say("Signed by both sides: plan of %(who)s", who=partnership.title),
        link=("plans.show", {"plan_id": plan.id}),
        plan=plan,
        version=version,
    )


def reminder(
    plan: Plan, partnership: Partnership, goals: Sequence[OwnGoal], *, to: Person
) -> Email:
    """Remind an owner of the next meeting, and of the own goals."""
    return about_partnership(
        "plans/reminder",
        partnership,
        to=to,
        subject=say("Your next meeting about the plan of %(who)s", who=partnership.title),
        link=("plans.show", {"plan_id": plan.id}),
        plan=plan,
        goals=goals,
        progress_words=PROGRESS,
    )
