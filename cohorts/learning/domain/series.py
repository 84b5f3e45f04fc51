"""A series of meetings: every week, every two weeks or every month, holidays and gaps left out."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, auto

from consortium.errors import Refusal
from consortium.words import Sentence, say

MOST = 60
"""Meetings of one series; a school year of weekly meetings has about forty."""
LONGEST = timedelta(days=2 * 366)
"""A series that finds no day for a meeting within two years is not meant."""


class Cadence(StrEnum):
    """How often a cohort meets."""

    WEEKLY = auto()
    TWO_WEEKS = auto()
    MONTHLY = auto()


CADENCE_WORDS: Mapping[Cadence, Sentence] = {
    Cadence.WEEKLY: say("Every week"),
    Cadence.TWO_WEEKS: say("Every two weeks"),
    Cadence.MONTHLY: say("Every month, on the same weekday"),
}
STEP = {Cadence.WEEKLY: timedelta(weeks=1), Cadence.TWO_WEEKS: timedelta(weeks=2)}


class SeriesRefused(Refusal):
    """The series cannot be planned this way."""


@dataclass(frozen=True, kw_only=True)
class Span:
    """Days without meetings and what they are called, e.g. the week of spring break."""

    name: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Tell whether nobody meets on this day."""
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True)
class SeriesDay:
    """One day of the series."""

    on: date
    left_out: str = ""
    """Why nobody meets on it; empty: there is a meeting."""


def series(
    first: date,
    cadence: Cadence,
    meetings: int,
    *,
    holidays: Mapping[date, str] | None = None,
    gaps: Sequence[Span] = (),
) -> list[SeriesDay]:
    """Return the days of as many meetings as are wanted, and those left out between them.

    Monthly meets on the same weekday of each month as ``first`` (the second Tuesday; a fifth
    one is the last). Raises ``SeriesRefused`` for fewer than one or more than 60 meetings, and
    where two years have not days enough.
    """
    if not 1 <= meetings <= MOST:
        raise SeriesRefused(
            say("Plan between 1 and %(most)s meetings at once.", most=MOST), field="meetings"
        )
    found: list[SeriesDay] = []
    held = 0
    for day in _days(first, cadence):
        if day - first > LONGEST:
            raise SeriesRefused(
                say("Too many days of this series are left out. Choose another day or rhythm."),
                field="gaps",
            )
        why = _why_left_out(day, holidays or {}, gaps)
        found.append(SeriesDay(on=day, left_out=why))
        held += not why
        if held == meetings:
            return found
    raise SeriesRefused(say("The calendar ends before this series does."), field="first")


def _days(first: date, cadence: Cadence) -> Iterator[date]:
    if cadence is Cadence.MONTHLY:
        yield from _nth_weekdays(first)
        return
    day = first
    while date.max - day > STEP[cadence]:
        yield day
        day += STEP[cadence]


def _nth_weekdays(first: date) -> Iterator[date]:
    nth, weekday = (first.day - 1) // 7, first.weekday()
    year, month = first.year, first.month
    while year < date.max.year:
        begins, days = monthrange(year, month)
        wanted = 1 + (weekday - begins) % 7 + 7 * nth
        yield date(year, month, wanted if wanted <= days else wanted - 7)
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)  # noqa: PLR2004


def _why_left_out(day: date, holidays: Mapping[date, str], gaps: Sequence[Span]) -> str:
    for gap in gaps:
        if gap.covers(day):
            return gap.name
    return holidays.get(day, "")
