"""Mails about plans: a signature asked for, a plan agreed, the next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cohorts.learning.models import Partnership
from cohorts.plans.domain import PROGRESS, HowFar
from cohorts.plans.models import Plan, PlanVersion
from consortium.database import db
from consortium.letters import address_at, letter
from consortium.people.models import Person
from consortium.ports import Email
from consortium.tenants.models import Tenant
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
    return letter(
        "plans/asks_signature",
        to=to.email,
        subject=say("Please read and sign: plan of %(who)s", who=partnership.title),
        name=to.name or to.email,
        version=version,
        **_about(plan, partnership, "plans.signing"),
    )


def agreed(plan: Plan, partnership: Partnership, version: PlanVersion, *, to: Person) -> Email:
    """Tell someone who speaks for a side that both sides have signed."""
    return letter(
        "plans/agreed",
        to=to.email,
        subject=say("Signed by both sides: plan of %(who)s", who=partnership.title),
        name=to.name or to.email,
        version=version,
        **_about(plan, partnership, "plans.show"),
    )


def reminder(
    plan: Plan, partnership: Partnership, goals: Sequence[OwnGoal], *, to: Person
) -> Email:
    """Remind an owner of the next meeting, and of the own goals."""
    return letter(
        "plans/reminder",
        to=to.email,
        subject=say("Your next meeting about the plan of %(who)s", who=partnership.title),
        name=to.name or to.email,
        goals=goals,
        progress_words=PROGRESS,
        **_about(plan, partnership, "plans.show"),
    )


def _about(plan: Plan, partnership: Partnership, page: str) -> dict[str, Any]:
    tenant = db.session.get_one(Tenant, plan.tenant_id)
    link = address_at(tenant.slug, page, plan_id=plan.id)
    return {"tenant": tenant, "plan": plan, "partnership": partnership, "link": link}
