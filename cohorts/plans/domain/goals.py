"""A goal: what is measured, from where to where, until when, and who answers for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto
from uuid import UUID

from cohorts.learning.domain.partners import TableSide, Who
from cohorts.plans.domain.sides import SIDE_NAMES, SIDES, PlanRefused
from consortium.words import Sentence, say

MOST_GOALS = 12
"""A plan with more is a list, and nobody meets about it."""


class Phase(StrEnum):
    """Where the work on a goal is; partnerships begin wherever they stand."""

    PREPARE = auto()
    ACT = auto()
    REFLECT = auto()


PHASES: Mapping[Phase, Sentence] = {
    Phase.PREPARE: say("Prepare"),
    Phase.ACT: say("Act"),
    Phase.REFLECT: say("Reflect"),
}
PHASE_HINTS: Mapping[Phase, Sentence] = {
    Phase.PREPARE: say("We bring people in, look at the facts, and win both sides for it."),
    Phase.ACT: say("The teams and meetings for it are there, and the work goes on."),
    Phase.REFLECT: say("We look at what it brought, share it, and decide what is next."),
}


class Direction(StrEnum):
    """Which way is better."""

    MORE = auto()
    LESS = auto()


DIRECTIONS: Mapping[Direction, Sentence] = {
    Direction.MORE: say("More is better"),
    Direction.LESS: say("Less is better"),
}


@dataclass(frozen=True, kw_only=True)
class GoalSpec:
    """A goal as both sides write it; while it is a draft, parts may be open."""

    title: str
    students: bool = False
    """Whether it is about what students learn or live through."""
    measure: str = ""
    unit: str = ""
    direction: Direction = Direction.MORE
    baseline: Decimal | None = None
    target: Decimal | None = None
    due: date | None = None
    labor_owner: UUID | None = None
    management_owner: UUID | None = None

    def owner(self, side: TableSide) -> UUID | None:
        """Return who answers for it on this side."""
        return self.labor_owner if side is TableSide.LABOR else self.management_owner

    @property
    def measured(self) -> bool:
        """Whether it can be told how far it is."""
        return self.baseline is not None and self.target is not None


def check_goal(goal: GoalSpec, who: Who, former: GoalSpec | None = None) -> None:
    """Refuse a goal whose target lies the wrong way, or whose owner sits on the other side.

    An owner who has left may stay in the goal (``former``) until a successor is named. Raises
    ``PlanRefused`` with the field.
    """
    if len(goal.title.strip()) < 3:  # noqa: PLR2004  (letters)
        raise PlanRefused(say("Say in a few words what you want to reach."), field="title")
    if goal.baseline is not None and goal.target is not None:
        wrong = (
            goal.target < goal.baseline
            if goal.direction is Direction.MORE
            else goal.target > goal.baseline
        )
        if wrong:
            raise PlanRefused(
                say(
                    "More is better, you say, but the target lies below where you stand. Correct "
                    "one of them."
                    if goal.direction is Direction.MORE
                    else "Less is better, you say, but the target lies above where you stand. "
                    "Correct one of them."
                ),
                field="target",
            )
    for side in SIDES:
        owner = goal.owner(side)
        kept = former is not None and former.owner(side) == owner
        sits = owner in {member.person_id for member in who.of(side)}
        if owner is not None and not sits and not kept:
            raise PlanRefused(
                say("This person does not sit on the %(side)s side.", side=SIDE_NAMES[side]),
                field=f"{side.value}_owner",
            )


def owners_gone(goal: GoalSpec, who: Who) -> tuple[TableSide, ...]:
    """Return the sides whose owner is not on that side of the partnership any more."""
    return tuple(
        side
        for side in SIDES
        if goal.owner(side) is not None
        and goal.owner(side) not in {member.person_id for member in who.of(side)}
    )
