"""From which day to which one looks at the books."""

from dataclasses import dataclass
from datetime import date

from events.ledger.domain import first_day, fiscal_months, fiscal_year, last_day


@dataclass(frozen=True, kw_only=True)
class Period:
    """Some days in a row, both ends included."""

    since: date
    until: date


def period_of_year(year: int, starts: int) -> Period:
    """Return a fiscal year's days; years start with the month ``starts``."""
    months = fiscal_months(year, starts)
    return Period(since=first_day(months[0]), until=last_day(months[-1]))


def year_so_far(today: date, starts: int) -> Period:
    """Return the days of the running fiscal year up to today."""
    year = period_of_year(fiscal_year(today, starts), starts)
    return Period(since=year.since, until=today)
