"""How far a goal is, from what was measured."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum, auto

from cohorts.plans.domain.goals import Direction, GoalSpec
from consortium.words import Sentence, say


class Progress(StrEnum):
    """Where a goal stands."""

    UNMEASURED = auto()
    BACK = auto()
    LEVEL = auto()
    FORWARD = auto()
    REACHED = auto()


PROGRESS: Mapping[Progress, Sentence] = {
    Progress.UNMEASURED: say("not measured yet"),
    Progress.BACK: say("further away than at the start"),
    Progress.LEVEL: say("where it started"),
    Progress.FORWARD: say("moving toward the target"),
    Progress.REACHED: say("target reached"),
}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A value measured on a day; ``order`` counts what was written down, first to last."""

    on: date
    value: Decimal
    order: int = 0


@dataclass(frozen=True, kw_only=True)
class HowFar:
    """How far a goal is."""

    standing: Progress
    latest: Reading | None = None
    percent: int | None = None
    """How much of the way, 0 at the baseline and 100 at the target, below 0 on the way back;
    nothing where there is no way, because the target is what the baseline was."""
    reached_on: date | None = None
    """Since when the target is reached."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a span of days brought a goal."""

    progressed: bool
    reached: bool


def in_order(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Return one reading for each day, by day: what was written last of a day counts."""
    by_day = {one.on: one for one in sorted(readings, key=lambda one: (one.on, one.order))}
    return tuple(by_day[day] for day in sorted(by_day))


def how_far(goal: GoalSpec, readings: Iterable[Reading]) -> HowFar:
    """Return how far the goal is by its latest day, in whatever order readings were written."""
    ordered = in_order(readings)
    if goal.baseline is None or goal.target is None or not ordered:
        return HowFar(standing=Progress.UNMEASURED, latest=ordered[-1] if ordered else None)
    latest = ordered[-1]
    return HowFar(
        standing=_standing(goal, latest.value),
        latest=latest,
        percent=_percent(goal, latest.value),
        reached_on=_reached_on(goal, ordered),
    )


def moved_in(goal: GoalSpec, readings: Iterable[Reading], first: date, last: date) -> Moved:
    """Tell what the days from ``first`` to ``last`` brought, both of them counted.

    Progressed: the last value measured in them is better than the last before (the baseline, where
    nothing was measured before). Reached: the target was reached by that value, and was not before.
    """
    ordered = in_order(readings)
    before = [one.value for one in ordered if one.on < first]
    within = [one.value for one in ordered if first <= one.on <= last]
    if goal.baseline is None or goal.target is None or not within:
        return Moved(progressed=False, reached=False)
    start = before[-1] if before else goal.baseline
    return Moved(
        progressed=_better(goal, within[-1], start) > 0,
        reached=_reached(goal, within[-1]) and not (before and _reached(goal, start)),
    )


def _better(goal: GoalSpec, value: Decimal, than: Decimal) -> Decimal:
    return value - than if goal.direction is Direction.MORE else than - value


def _reached(goal: GoalSpec, value: Decimal) -> bool:
    return goal.target is not None and _better(goal, value, goal.target) >= 0


def _standing(goal: GoalSpec, value: Decimal) -> Progress:
    if goal.baseline is None:
        return Progress.UNMEASURED
    if _reached(goal, value):
        return Progress.REACHED
    better = _better(goal, value, goal.baseline)
    if better == 0:
        return Progress.LEVEL
    return Progress.FORWARD if better > 0 else Progress.BACK


def _percent(goal: GoalSpec, value: Decimal) -> int | None:
    if goal.baseline is None or goal.target is None or goal.target == goal.baseline:
        return None
    way = (value - goal.baseline) / (goal.target - goal.baseline)
    return int(way * 100) if way < 1 else round(way * 100)  # 100 only where the target is reached


def _reached_on(goal: GoalSpec, ordered: Sequence[Reading]) -> date | None:
    since: date | None = None
    for one in ordered:
        since = (since or one.on) if _reached(goal, one.value) else None
    return since
