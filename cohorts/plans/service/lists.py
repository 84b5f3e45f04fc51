"""Plans of many partnerships: a cohort's for its host and coaches, one's own over the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import TableSide, Who, who_of
from cohorts.learning.domain.school_years import school_year_of
from cohorts.learning.models import Partnership
from cohorts.learning.service.coaching import looks_after
from cohorts.plans.domain import Phase, Progress, Standing, how_far, owners_gone, sides_signed
from cohorts.plans.models import Goal, Plan, PlanVersion
from cohorts.plans.service.finding import Reader, Seen, goals_of, see_partnership
from cohorts.plans.service.signing import current_version
from consortium.database import db
from consortium.errors import NotFound
from consortium.tenants.service.days import today
from consortium.words import say
from events import facade
from events.facade import InstituteView


@dataclass(frozen=True, kw_only=True)
class PlanLine:
    """One partnership's plan in a list."""

    partnership: Partnership
    plan: Plan | None
    standing: Standing | None
    signed: frozenset[TableSide]
    phases: tuple[tuple[Phase, int], ...]
    """How many goals are in each phase."""
    goals: int
    forward: int
    """Goals that moved toward their target, reached ones too."""
    reached: int
    owners_left: int
    """Goals with an owner who is not there any more."""


@dataclass(frozen=True, kw_only=True)
class PlansOfPartnership:
    """A partnership's plans over the years, newest first."""

    seen: Seen
    plans: Sequence[Plan]
    may_begin: bool


def plans_of_cohort(slug: str, reader: Reader) -> tuple[InstituteView, Sequence[PlanLine]]:
    """Return the plans of a cohort's partnerships, by name: all for hosts, else the coached ones.

    A handful of queries for any number of teams. Raises ``NotFound`` for who looks after none.
    """
    institute = facade.institute_of(slug, drafts=reader.hosts)
    found = learning.partnerships_of_institute(institute.id)
    assigned = [one for one in learning.staff_of(institute.id) if one.person_id == reader.person_id]
    mine = [
        (partnership, team)
        for partnership, team in found
        if reader.hosts or any(looks_after(one, team) for one in assigned)
    ]
    if not mine and not reader.hosts:
        raise NotFound(say("There are no plans of yours at this address."))
    partnerships = [partnership for partnership, _ in mine]
    plans = _open_plans(partnerships)
    goals = goals_of([plan.id for plan in plans.values()])
    day = today()
    teams = learning.teams_of_many(partnerships)
    return institute, [
        _line(
            one,
            plan := plans.get(one.id),
            goals[plan.id] if plan else (),
            who_of(teams[one.id], day),
        )
        for one in partnerships
    ]


def plans_of_partnership(partnership_id: UUID, reader: Reader) -> PlansOfPartnership:
    """Return a partnership's plans, closed ones too, newest first. Raises ``NotFound``."""
    seen = see_partnership(partnership_id, reader)
    statement = (
        select(Plan)
        .where(Plan.partnership_id == seen.partnership.id)
        .options(selectinload(Plan.versions).selectinload(PlanVersion.signatures))
        .order_by(Plan.school_year.desc(), Plan.begun_at.desc(), Plan.id)
    )
    plans = db.session.scalars(statement).all()
    year = school_year_of(seen.today)
    is_open = any(plan.closed_at is None and plan.school_year == year for plan in plans)
    return PlansOfPartnership(seen=seen, plans=plans, may_begin=seen.of_a_side and not is_open)


def open_plan_of(partnership_id: UUID) -> Plan | None:
    """Return the newest open plan of a partnership."""
    statement = (
        select(Plan)
        .where(Plan.partnership_id == partnership_id, Plan.closed_at.is_(None))
        .options(selectinload(Plan.versions).selectinload(PlanVersion.signatures))
        .order_by(Plan.school_year.desc(), Plan.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def _open_plans(partnerships: Sequence[Partnership]) -> dict[UUID, Plan]:
    statement = (
        select(Plan)
        .where(Plan.partnership_id.in_([one.id for one in partnerships]), Plan.closed_at.is_(None))
        .options(selectinload(Plan.versions).selectinload(PlanVersion.signatures))
        .order_by(Plan.school_year, Plan.id)
    )
    return {plan.partnership_id: plan for plan in db.session.scalars(statement)}


def _line(partnership: Partnership, plan: Plan | None, goals: Sequence[Goal], who: Who) -> PlanLine:
    version = current_version(plan) if plan else None
    stands = [how_far(goal.spec, goal.measured).standing for goal in goals]
    return PlanLine(
        partnership=partnership,
        plan=plan,
        standing=plan.standing if plan else None,
        signed=sides_signed(version.signed) if version else frozenset(),
        phases=tuple(
            (phase, count)
            for phase in Phase
            if (count := sum(1 for goal in goals if goal.phase is phase))
        ),
        goals=len(goals),
        forward=sum(1 for one in stands if one in {Progress.FORWARD, Progress.REACHED}),
        reached=sum(1 for one in stands if one is Progress.REACHED),
        owners_left=sum(1 for goal in goals if owners_gone(goal.spec, who)),
    )
