"""What changed between two waves, without telling by the difference what one person said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from cohorts.surveys.domain.cells import (
    Cell,
    Dimension,
    apart_enough,
    hidden_among,
    of_those,
)
from cohorts.surveys.domain.figures import Figure, figure_of, scores_on
from cohorts.surveys.domain.instruments import Instrument, Scale
from cohorts.surveys.domain.results import Told
from consortium.words import Sentence, say

TOO_FEW = say("suppressed: fewer than 5, or fewer than half answered, in one of the two")
BY_DIFFERENCE = say(
    "suppressed: beside everyone's figures it would show what fewer than 5 people said"
)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One scale at two times, or why it is not shown."""

    before: Figure | None = None
    after: Figure | None = None
    why: Sentence | None = None

    @property
    def change(self) -> float | None:
        """By how much the mean moved."""
        if self.before is None or self.after is None:
            return None
        return round(self.after.mean - self.before.mean, 2)


@dataclass(frozen=True, kw_only=True)
class ScaleChange:
    """One scale for everyone asked each time, and for those on both rosters."""

    scale: Scale
    full: Pair
    same: Pair


@dataclass(frozen=True, kw_only=True)
class Rosters:
    """How far two rosters are the same people."""

    before: int
    after: int
    stayed: int

    @property
    def left(self) -> int:
        """How many of the first were not on the second."""
        return self.before - self.stayed

    @property
    def came(self) -> int:
        """How many of the second were not on the first."""
        return self.after - self.stayed


def comparable(before: Instrument, after: Instrument) -> Iterator[Scale]:
    """Give the scales that ask the same in both: same statements, same points."""
    for scale in after.scales:
        former = before.scale_of(scale.code)
        if former and former.codes == scale.codes and former.points == scale.points:
            yield scale


def rosters_of(before: Told, after: Told) -> Rosters:
    """Return how far the rosters are the same people."""
    first, second = before.roster, after.roster
    return Rosters(before=len(first), after=len(second), stayed=len(first & second))


def changes_between(
    before_asked: Instrument,
    before: Told,
    after_asked: Instrument,
    after: Told,
    *,
    shown_elsewhere: tuple[Sequence[Cell], Sequence[Cell]] = ((), ()),
) -> list[ScaleChange]:
    """Return the change of each scale that both waves ask alike.

    ``shown_elsewhere`` are the groups of each wave that other pages show.
    """
    stayed = before.roster & after.roster
    found: list[ScaleChange] = []
    for scale in comparable(before_asked, after_asked):
        former = before_asked.scale_of(scale.code) or scale
        first = _Side(former, before, stayed, shown_elsewhere[0])
        second = _Side(scale, after, stayed, shown_elsewhere[1])
        found.append(ScaleChange(scale=scale, full=_full(first, second), same=_same(first, second)))
    return found


class _Side:
    """One scale in one wave: everyone's figure, and that of those who stayed."""

    def __init__(
        self, scale: Scale, told: Told, stayed: frozenset[UUID], elsewhere: Sequence[Cell]
    ) -> None:
        scores = scores_on(scale, told.replies)
        roster = told.roster
        whole = Cell(
            dimension=Dimension.WHOLE, key="", people=roster, answered=roster & set(scores)
        )
        part = Cell(
            dimension=Dimension.WHOLE,
            key="stayed",
            people=roster & stayed,
            answered=whole.answered & stayed,
        )
        self.full_shown = not hidden_among([whole], shown_elsewhere=of_those(elsewhere, scores))
        self.same_enough = not hidden_among([part])
        self.apart = apart_enough(whole, part)
        self.full = figure_of(scale, scores, whole.answered)
        self.same = figure_of(scale, scores, part.answered)


def _full(first: _Side, second: _Side) -> Pair:
    if not (first.full_shown and second.full_shown):
        return Pair(why=TOO_FEW)
    return Pair(before=first.full, after=second.full)


def _same(first: _Side, second: _Side) -> Pair:
    if not (first.same_enough and second.same_enough):
        return Pair(why=TOO_FEW)
    if not (first.apart and second.apart):
        return Pair(why=BY_DIFFERENCE)
    return Pair(before=first.same, after=second.same)
