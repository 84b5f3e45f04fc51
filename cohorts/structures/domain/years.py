"""School years, by which partnerships count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from cohorts.learning.domain.school_years import FIRST_MONTH, school_year_in_words, school_year_of

SUMMER = (7, 8)
"""Months in which most bodies of schools do not meet."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days from the first to the last; both count."""

    first: date
    last: date

    def within(self, other: "Span") -> "Span | None":
        """Return the days that both have."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Span(first=first, last=last) if first <= last else None

    def counted(self, *, summer_off: bool) -> int:
        """Return how many days it has; without those of July and August for who rests then."""
        return days_counted(self.first, self.last + timedelta(days=1), summer_off=summer_off)


@dataclass(frozen=True, kw_only=True, order=True)
class SchoolYear:
    """From July 1 to June 30, as most districts count; named by the year in which it begins."""

    begins: int

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the school year in which the day lies."""
        return cls(begins=school_year_of(day))

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(first=date(self.begins, FIRST_MONTH, 1), last=date(self.begins + 1, 6, 30))

    def __str__(self) -> str:
        return school_year_in_words(self.begins)


def years_between(first: date, last: date) -> Sequence[SchoolYear]:
    """Return the school years from that of the first day to that of the last, in order."""
    begins, ends = SchoolYear.of(first).begins, SchoolYear.of(last).begins
    return [SchoolYear(begins=year) for year in range(begins, ends + 1)]


def days_counted(first: date, until: date, *, summer_off: bool) -> int:
    """Return how many days lie from the first until, but not on, the other; never less than none.

    Without those of July and August for a body that rests then.
    """
    days = max((until - first).days, 0)
    if not summer_off or not days:
        return days
    rested = 0
    for year in range(first.year, until.year + 1):
        begins, ends = date(year, SUMMER[0], 1), date(year, SUMMER[-1] + 1, 1)
        rested += max((min(until, ends) - max(first, begins)).days, 0)
    return days - rested
