"""Names for the ids that the books know, for files."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from consortium.database import db
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.models import Invoice, Payer
from events.ledger.domain import fiscal_year
from events.ledger.domain.exporting import Names
from events.ledger.models import JournalEntry


def names() -> Names:
    """Return what payers, invoices and institutes are called."""
    return Names(
        payers=_named(select(Payer.id, Payer.name)),
        invoices=_named(select(Invoice.id, Invoice.number)),
        institutes=_named(select(Institute.id, Institute.title)),
    )


def _named(statement: Select[UUID, str]) -> dict[UUID, str]:
    return {row[0]: row[1] for row in db.session.execute(statement)}


def year_starts() -> int:
    """Return the month with which fiscal years begin here."""
    return invoices.settings().fiscal_year_starts


def fiscal_years(today: date) -> list[int]:
    """Return the fiscal years from the first entry to now, the newest first."""
    starts = year_starts()
    statement = select(JournalEntry.on).order_by(JournalEntry.on).limit(1)
    first = db.session.scalars(statement).first() or today
    last = fiscal_year(max(today, first), starts)
    return list(range(last, fiscal_year(first, starts) - 1, -1))
