"""A plan as its pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cohorts.learning.domain.partners import TableSide
from cohorts.plans.domain import (
    Change,
    HowFar,
    Lack,
    PlanText,
    Reading,
    Standing,
    advice,
    differences,
    how_far,
    in_order,
    owners_gone,
    still_to_sign,
)
from cohorts.plans.models import CoachNote, Goal, Plan, PlanComment, PlanVersion
from cohorts.plans.service.finding import Reader, Seen, goals_of, names_of, see_plan
from cohorts.plans.service.signing import current_version, lacks_of
from cohorts.plans.service.talking import comments_of, notes_of
from cohorts.plans.service.texts import text_of
from consortium.charts import LineChart, Point, line_chart
from consortium.errors import NotFound
from consortium.words import say


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Who answers for a goal on a side."""

    side: TableSide
    name: str
    """Name and office; empty while nobody is named."""
    left: bool
    """Whether this person is not on that side any more."""


@dataclass(frozen=True, kw_only=True)
class GoalPage:
    """A goal as a page shows it."""

    goal: Goal
    far: HowFar
    owners: tuple[Owner, ...]
    days: tuple[Reading, ...]
    """One reading for each day, by day."""
    chart: LineChart | None
    comments: tuple[PlanComment, ...]
    mine: bool
    """Whether the reader is one of its owners."""


@dataclass(frozen=True, kw_only=True)
class PlanPage:
    """A plan as this reader sees it."""

    plan: Plan
    seen: Seen
    goals: tuple[GoalPage, ...]
    standing: Standing
    version: PlanVersion | None
    """The version that one reads now, where someone has signed it."""
    text: PlanText
    lacks: tuple[Lack, ...]
    advice: tuple[str, ...]
    comments: tuple[PlanComment, ...]
    """About the plan as a whole."""
    notes: tuple[CoachNote, ...]

    @property
    def digest(self) -> str:
        """That of the text which one signs now."""
        return self.version.digest if self.version else self.text.digest

    @property
    def writes(self) -> bool:
        """Whether the reader writes the plan."""
        return self.seen.of_a_side and self.plan.closed_at is None

    @property
    def side(self) -> TableSide | None:
        """The side for which the reader signs."""
        return self.seen.who.may_sign(self.seen.reader.person_id)

    @property
    def waits_for(self) -> tuple[TableSide, ...]:
        """The sides that have not signed this version."""
        return still_to_sign(self.version.signed if self.version else ())

    @property
    def may_sign(self) -> bool:
        """Whether the reader's signature is asked for now."""
        is_open = self.plan.closed_at is None and not self.lacks
        return is_open and self.side is not None and self.side in self.waits_for

    def goal(self, goal_id: UUID) -> GoalPage:
        """Return one goal of the plan. Raises ``NotFound``."""
        for one in self.goals:
            if one.goal.id == goal_id:
                return one
        raise NotFound(say("There is no such goal in this plan any more."))


def page_of(plan_id: UUID, reader: Reader) -> PlanPage:
    """Return a plan with everything that this reader may see of it. Raises ``NotFound``."""
    plan, seen = see_plan(plan_id, reader)
    goals = goals_of([plan.id])[plan.id]
    said = comments_of(plan, seen)
    names = names_of(goals, seen.who)
    return PlanPage(
        plan=plan,
        seen=seen,
        goals=tuple(_goal(goal, names, said, seen) for goal in goals),
        standing=plan.standing,
        version=current_version(plan),
        text=text_of(plan, goals, seen.who),
        lacks=lacks_of(plan, goals, seen) if plan.closed_at is None else (),
        advice=advice([goal.spec for goal in goals]),
        comments=tuple(one for one in said if one.goal_id is None),
        notes=tuple(notes_of(plan, seen)),
    )


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """A signed version, and what it changed."""

    page: PlanPage
    version: PlanVersion
    before: PlanVersion | None
    changes: tuple[Change, ...]


def version_of(plan_id: UUID, number: int, reader: Reader) -> VersionPage:
    """Return a version as it was signed, beside the one before it. Raises ``NotFound``."""
    page = page_of(plan_id, reader)
    found = {one.number: one for one in page.plan.versions}
    if number not in found:
        raise NotFound(say("Nobody has signed such a version."))
    before = max((one for one in found if one < number), default=None)
    version = found[number]
    return VersionPage(
        page=page,
        version=version,
        before=found[before] if before else None,
        changes=differences(found[before].text, version.text) if before else (),
    )


def changed_since(page: PlanPage) -> tuple[Change, ...]:
    """Return what the draft changes of the version that was signed last; nothing without one."""
    newest = page.plan.newest
    if page.version is not None or newest is None:
        return ()
    return differences(newest.text, page.text)


def _goal(
    goal: Goal, names: Mapping[UUID, str], said: Sequence[PlanComment], seen: Seen
) -> GoalPage:
    spec, days = goal.spec, in_order(goal.measured)
    gone = owners_gone(spec, seen.who)
    reader = seen.reader.person_id
    return GoalPage(
        goal=goal,
        far=how_far(spec, days),
        owners=tuple(
            Owner(side=side, name=names.get(owner, "") if owner else "", left=side in gone)
            for side in TableSide
            for owner in [spec.owner(side)]
        ),
        days=days,
        chart=chart_of(goal, days, seen.today) if days else None,
        comments=tuple(one for one in said if one.goal_id == goal.id),
        mine=reader is not None and reader in {spec.labor_owner, spec.management_owner},
    )


def chart_of(goal: Goal, days: Sequence[Reading], today: date) -> LineChart:
    """Return the goal's way from baseline to target as a drawing."""
    marks = [
        (kind, words, value)
        for kind, words, value in (
            ("baseline", say("Start"), goal.baseline),
            ("target", say("Target"), goal.target),
        )
        if value is not None
    ]
    points = [Point(on=one.on, value=one.value) for one in days]
    return line_chart(points, marks, last=goal.due or today)
