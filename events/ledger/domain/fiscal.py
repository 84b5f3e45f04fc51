"""Months and fiscal years. A fiscal year is named by the calendar year in which it ends."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from consortium.words import Sentence, say

MONTHS = 12
JANUARY = 1
NAMES = (
    say("January"),
    say("February"),
    say("March"),
    say("April"),
    say("May"),
    say("June"),
    say("July"),
    say("August"),
    say("September"),
    say("October"),
    say("November"),
    say("December"),
)


class Month(NamedTuple):
    """A month of a year; earlier ones sort first."""

    year: int
    month: int


def fiscal_year(on: date, starts: int) -> int:
    """Return the fiscal year a day lies in, where years start with the month ``starts`` (1 to 12).

    With July as the start, July 1, 2026 lies in 2027; with January it is the calendar year.
    Raises ``ValueError`` for a month that is none.
    """
    _check_start(starts)
    return on.year + 1 if starts != JANUARY and on.month >= starts else on.year


def fiscal_months(year: int, starts: int) -> tuple[Month, ...]:
    """Return the twelve months of a fiscal year in order. Raises ``ValueError`` likewise."""
    _check_start(starts)
    month = Month(year if starts == JANUARY else year - 1, starts)
    months = [month]
    while len(months) < MONTHS:
        months.append(next_month(months[-1]))
    return tuple(months)


def month_of(on: date) -> Month:
    """Return the month a day lies in."""
    return Month(on.year, on.month)


def first_day(month: Month) -> date:
    """Return the first day of the month."""
    return date(month.year, month.month, 1)


def last_day(month: Month) -> date:
    """Return the last day of the month."""
    return first_day(next_month(month)) - timedelta(days=1)


def next_month(month: Month) -> Month:
    """Return the month after this one."""
    if month.month == MONTHS:
        return Month(month.year + 1, JANUARY)
    return Month(month.year, month.month + 1)


def months_between(since: date, until: date) -> Iterator[Month]:
    """Give every month that has a day from ``since`` to ``until``, in order."""
    month = month_of(since)
    while month <= month_of(until):
        yield month
        month = next_month(month)


def month_words(month: Month) -> Sentence:
    """Return the month as people say it: March 2026."""
    return say("%(month)s %(year)s", month=NAMES[month.month - 1], year=month.year)


def _check_start(starts: int) -> None:
    if not JANUARY <= starts <= MONTHS:
        raise ValueError(f"a fiscal year cannot start with month {starts}")
