"""A plan, and what someone may do with it: the team writes, its coach and the host read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cohorts.learning import service as learning
from cohorts.learning.domain.partners import Member, Who, who_of
from cohorts.learning.models import Partnership
from cohorts.plans.domain import PlanRefused
from cohorts.plans.models import Evidence, Goal, Plan, PlanVersion
from consortium import clock
from consortium.database import db, hold
from consortium.directory.models import Lea
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import say
from events.facade.teams import TeamOfYear


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who opens a plan."""

    email: str
    person_id: UUID | None
    hosts: bool = False
    """Whether this person works for the consortium and may see its teams."""


class Standpoint(StrEnum):
    """As what someone reads a plan; who is several is the first of them."""

    TEAM = auto()
    COACH = auto()
    HOST = auto()


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A partnership as someone sees it who may."""

    partnership: Partnership
    who: Who
    teams: Sequence[TeamOfYear]
    reader: Reader
    standpoint: Standpoint
    today: date
    """The day it is there."""

    @property
    def member(self) -> Member | None:
        """The reader as they belong to the partnership."""
        return self.who.member(self.reader.person_id)

    @property
    def of_a_side(self) -> bool:
        """Whether the reader sits on one of the two sides, and so writes the plan."""
        return self.member is not None and self.member.side is not None


def see_partnership(partnership_id: UUID, reader: Reader) -> Seen:
    """Return a partnership for its people, its coaches and the host. Raises ``NotFound``."""
    return _seen(learning.get_partnership(partnership_id), reader)


def find_standpoint(who: Who, teams: Sequence[TeamOfYear], reader: Reader) -> Standpoint | None:
    """Return as what someone reads what belongs to a partnership; ``None`` for strangers."""
    if who.member(reader.person_id) is not None:
        return Standpoint.TEAM
    if learning.may_coach(reader.person_id, teams):
        return Standpoint.COACH
    return Standpoint.HOST if reader.hosts else None


def see_plan(plan_id: UUID, reader: Reader) -> tuple[Plan, Seen]:
    """Return a plan with its versions for who may read it. Raises ``NotFound``."""
    plan = _load(plan_id)
    seen = _seen(learning.get_partnership(plan.partnership_id), reader)
    return plan, seen


def hold_to_write(plan_id: UUID, reader: Reader) -> tuple[Plan, Seen]:
    """Return a plan that this person changes now; others who change it wait for the end.

    Raises ``NotFound`` for who sits on neither side, ``PlanRefused`` once the plan is closed.
    """
    _, seen = see_plan(plan_id, reader)
    if not seen.of_a_side:
        raise NotFound(say("People of the two sides write the plan."))
    return hold_plan(plan_id), seen


def hold_plan(plan_id: UUID) -> Plan:
    """Return the plan as it is now; others who change it wait until this transaction ends.

    Raises ``PlanRefused`` once it is closed.
    """
    hold(Plan.id, plan_id)
    plan = _load(plan_id)
    if plan.closed_at is not None:
        raise PlanRefused(
            say("This plan is closed. Write what is next into the plan of this year.")
        )
    return plan


def goals_of(plan_ids: Collection[UUID]) -> Mapping[UUID, Sequence[Goal]]:
    """Return the goals of plans with all that hangs on them, by plan; removed ones are left out."""
    statement = (
        select(Goal)
        .where(Goal.plan_id.in_(plan_ids), Goal.removed_at.is_(None))
        .options(
            selectinload(Goal.milestones),
            selectinload(Goal.readings),
            selectinload(Goal.evidence).joinedload(Evidence.file),
        )
        .order_by(Goal.position, Goal.id)
        .execution_options(populate_existing=True)
    )
    found: dict[UUID, list[Goal]] = {plan_id: [] for plan_id in plan_ids}
    for goal in db.session.scalars(statement).unique():
        found[goal.plan_id].append(goal)
    return found


def get_goal(plan: Plan, goal_id: UUID) -> Goal:
    """Return a goal of this plan. Raises ``NotFound``."""
    goal = next((one for one in goals_of([plan.id])[plan.id] if one.id == goal_id), None)
    if goal is None:
        raise NotFound(say("There is no such goal in this plan any more."))
    return goal


def names_of(goals: Collection[Goal], who: Who) -> Mapping[UUID, str]:
    """Return what versions call the owners of these goals: name and office; whoever left, too."""
    wanted = {one for goal in goals for one in (goal.labor_owner_id, goal.management_owner_id)}
    found = {
        member.person_id: f"{member.name}, {member.office}" if member.office else member.name
        for member in who.members
    }
    gone = {one for one in wanted if one is not None} - found.keys()
    if gone:
        people = db.session.scalars(select(Person).where(Person.id.in_(gone)))
        found |= {person.id: person.name or person.email for person in people}
    return found


def zone_of(partnership: Partnership) -> ZoneInfo:
    """Return the zone in which a partnership lives: its LEA's, else the consortium's."""
    known = db.session.scalar(select(Lea.time_zone).where(Lea.id == partnership.lea_id))
    return ZoneInfo(known or db.session.get_one(Tenant, require_tenant()).time_zone)


def _seen(partnership: Partnership, reader: Reader) -> Seen:
    teams = learning.teams_of(partnership)
    today = clock.now().astimezone(zone_of(partnership)).date()
    who = who_of(teams, today)
    standpoint = find_standpoint(who, teams, reader)
    if standpoint is None:
        raise NotFound(say("There is no plan of yours at this address."))
    return Seen(
        partnership=partnership,
        who=who,
        teams=teams,
        reader=reader,
        standpoint=standpoint,
        today=today,
    )


def _load(plan_id: UUID) -> Plan:
    statement = (
        select(Plan)
        .where(Plan.id == plan_id)
        .options(selectinload(Plan.versions).selectinload(PlanVersion.signatures))
        .execution_options(populate_existing=True)
    )
    plan = db.session.scalar(statement)
    if plan is None:
        raise NotFound(say("There is no plan of yours at this address."))
    return plan
