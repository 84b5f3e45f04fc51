"""How often a body met, beside how often it means to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cohorts.structures.domain.kinds import PERIODS, Cadence
from cohorts.structures.domain.years import Span, days_counted


@dataclass(frozen=True, kw_only=True)
class BodyTerms:
    """How often a body means to meet, and from when to when there is, or was, such a body."""

    cadence: Cadence
    summer_off: bool
    begins_on: date
    ends_on: date | None = None

    def live_in(self, span: Span) -> Span | None:
        """Return the days of the span on which it existed."""
        return Span(first=self.begins_on, last=self.ends_on or date.max).within(span)


@dataclass(frozen=True, kw_only=True)
class Held:
    """A meeting that took place: when, and how many of each side came."""

    on: date
    labor: int
    management: int
    others: int = 0

    @property
    def both_sides(self) -> bool:
        """Whether someone of labor and someone of management came."""
        return self.labor > 0 and self.management > 0


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How a body kept to what it means to do, in some days."""

    expected: int | None
    """How often it should have met, whole times only; nothing of what meets as needed."""
    met: int
    both_sides: int
    """Meetings to which both sides came."""
    longest_gap: int | None
    """Most days without a meeting, from the first day to the last, summers off left out."""

    @property
    def enough(self) -> bool:
        """Whether it met as often as it means to."""
        return self.expected is None or self.met >= self.expected


def kept(terms: BodyTerms, meetings: Iterable[Held], span: Span, *, today: date) -> Kept | None:
    """Return how a body kept to its cadence in the span, up to today.

    Nothing where there was no such body then. Meetings outside the span do not count.
    """
    live = terms.live_in(Span(first=span.first, last=min(span.last, today)))
    if live is None:
        return None
    days = sorted({held.on for held in meetings if live.first <= held.on <= live.last})
    both = {held.on for held in meetings if held.both_sides}
    return Kept(
        expected=_expected(terms, live),
        met=len(days),
        both_sides=sum(day in both for day in days),
        longest_gap=_longest_gap(terms, days, live),
    )


def missed_for(terms: BodyTerms, last_met: date | None, *, today: date) -> int:
    """Return for how many days a meeting has been missing; 0 while none is due.

    A body is late once twice its period has passed since it met, or since it began.
    """
    period = PERIODS.get(terms.cadence)
    if period is None or terms.begins_on > today or (terms.ends_on and terms.ends_on < today):
        return 0
    since = max(last_met or terms.begins_on, terms.begins_on)
    passed = days_counted(since, today, summer_off=terms.summer_off)
    return max(passed - 2 * period, 0)


def _expected(terms: BodyTerms, live: Span) -> int | None:
    period = PERIODS.get(terms.cadence)
    return None if period is None else live.counted(summer_off=terms.summer_off) // period


def _longest_gap(terms: BodyTerms, days: Sequence[date], live: Span) -> int:
    marks = [live.first, *days, live.last + timedelta(days=1)]
    return max(
        days_counted(before, after, summer_off=terms.summer_off)
        for before, after in pairwise(marks)
    )
