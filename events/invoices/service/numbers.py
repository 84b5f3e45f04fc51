"""Numbers of papers: one after the other in each fiscal year, none left out, none twice."""

from datetime import date

from sqlalchemy import select, update

from consortium.database import be_patient, db, translating
from events.invoices.domain import Series, written_number
from events.invoices.models import SERIES_TAKEN, MoneySettings, NumberSeries
from events.ledger.domain import fiscal_year

PATIENCE = 12
"""Seconds to stand in line for the next number; each in it takes a few milliseconds."""


class SeriesBegan(Exception):
    """Another transaction began the year's numbers a moment ago."""


def year_of(on: date) -> int:
    """Return the fiscal year a day lies in; it is named by the calendar year it ends in."""
    starts = db.session.scalar(select(MoneySettings.fiscal_year_starts))
    return fiscal_year(on, starts or 7)


def next_number(series: Series, year: int) -> tuple[int, str]:
    """Return the next number of the fiscal year, as a count and as papers write it.

    The row is held until the transaction ends: who takes a number and fails gives it back, and
    nobody has taken the one after it meanwhile. Take it late, others wait.
    """
    be_patient(PATIENCE)
    raised = (
        update(NumberSeries)
        .where(NumberSeries.series == series, NumberSeries.year == year)
        .values(last=NumberSeries.last + 1)
        .returning(NumberSeries.last)
    )
    serial = db.session.scalars(raised).one_or_none()
    if serial is None:
        _begin(series, year)
        serial = db.session.scalars(raised).one()
    return serial, written_number(series, year, serial)


def _begin(series: Series, year: int) -> None:
    try:
        with translating(SERIES_TAKEN, into=SeriesBegan()), db.session.begin_nested():
            db.session.add(NumberSeries(series=series, year=year, last=0))
    except SeriesBegan:
        return
