"""What must be true of invoices and their papers, read as it is stored."""

from collections.abc import Iterator
from contextlib import closing

from sqlalchemy import func, or_, select

from consortium.database import db
from events.invoices.domain import Series, written_number
from events.invoices.domain.papers import Paper, PaperDoesNotAddUp, UnknownPaper
from events.invoices.models import Document, Invoice, NumberSeries
from events.ledger.domain import Account, EntryKind
from events.ledger.models import JournalEntry, JournalLine

ASKED = (EntryKind.INVOICE, EntryKind.CREDIT_NOTE)
ON_PAPER = tuple(series for series in Series if series not in {Series.QUOTE, Series.CERTIFICATE})
"""The numbers of quotes are given to quotes, which are no documents of this feature."""


def not_as_booked() -> Iterator[str]:
    """Find invoices that ask for another sum than the books say they do."""
    booked = (
        select(
            JournalLine.tenant_id,
            JournalLine.invoice_id,
            func.sum(JournalLine.cents).label("cents"),
        )
        .join(
            JournalEntry,
            (JournalEntry.tenant_id == JournalLine.tenant_id)
            & (JournalEntry.id == JournalLine.entry_id),
        )
        .where(JournalLine.account == Account.RECEIVABLE, JournalEntry.kind.in_(ASKED))
        .group_by(JournalLine.tenant_id, JournalLine.invoice_id)
        .subquery()
    )
    asked = Invoice.total_cents - Invoice.credited_cents
    statement = (
        select(Invoice.number, asked, func.coalesce(booked.c.cents, 0))
        .outerjoin(
            booked,
            (booked.c.tenant_id == Invoice.tenant_id) & (booked.c.invoice_id == Invoice.id),
        )
        .where(asked != func.coalesce(booked.c.cents, 0))
    )
    for number, says, cents in db.session.execute(statement):
        yield f"{number} asks for {says} cents, and the books have {cents}."


def numbers_left_out() -> Iterator[str]:
    """Find numbers that were left out, given twice, or never counted."""
    serial = select(
        Invoice.tenant_id,
        Invoice.fiscal_year,
        func.count().label("n"),
        func.max(Invoice.serial).label("last"),
    ).group_by(Invoice.tenant_id, Invoice.fiscal_year)
    for row in db.session.execute(serial):
        if row.n != row.last:
            yield f"Fiscal year {row.fiscal_year} has {row.n} invoices up to number {row.last}."
    papers = (
        select(
            NumberSeries.tenant_id,
            NumberSeries.series,
            NumberSeries.year,
            NumberSeries.last,
            func.count(func.distinct(Document.number)).label("n"),
        )
        .outerjoin(
            Document,
            (Document.tenant_id == NumberSeries.tenant_id)
            & (Document.series == NumberSeries.series)
            & (Document.fiscal_year == NumberSeries.year),
        )
        .where(NumberSeries.series.in_(ON_PAPER))
        .group_by(NumberSeries.tenant_id, NumberSeries.series, NumberSeries.year, NumberSeries.last)
    )
    for _, kind, year, last, kept in db.session.execute(papers):
        if kept != last:
            name = written_number(kind, year, last)
            yield f"{name} is the last number given, and there are {kept} papers."


def revisions_lost() -> Iterator[str]:
    """Find invoices whose revisions are not all there, or whose newest says another sum."""
    kept = (
        select(
            Document.invoice_id,
            func.count().label("n"),
            func.max(Document.revision).label("last"),
        )
        .where(Document.series == Series.INVOICE)
        .group_by(Document.invoice_id)
        .subquery()
    )
    lost = (
        select(Invoice.number, Invoice.revision)
        .outerjoin(kept, kept.c.invoice_id == Invoice.id)
        .where(
            or_(kept.c.n.is_(None), kept.c.n != Invoice.revision, kept.c.last != Invoice.revision)
        )
    )
    for number, revision in db.session.execute(lost):
        yield f"{number} is at revision {revision}, and not each of them is kept."
    newest = (
        select(Invoice.number)
        .join(
            Document,
            (Document.invoice_id == Invoice.id)
            & (Document.series == Series.INVOICE)
            & (Document.revision == Invoice.revision),
        )
        .where(Document.total_cents != Invoice.total_cents)
    )
    for number in db.session.scalars(newest):
        yield f"{number} asks for another sum than its newest paper says."


def unreadable_papers() -> Iterator[str]:
    """Find papers that say something else than when they were issued, or cannot be read."""
    statement = select(Document).execution_options(yield_per=500)
    with closing(db.session.scalars(statement)) as documents:  # who asks may have heard enough
        for document in documents:
            yield from _faults_of(document)


def _faults_of(document: Document) -> Iterator[str]:
    try:
        paper = Paper.from_json(document.paper)
    except (UnknownPaper, PaperDoesNotAddUp, KeyError, ValueError) as error:
        yield f"The paper {document.number} cannot be read: {error}"
        return
    said = (paper.number, paper.revision, paper.total_cents)
    if said != (document.number, document.revision, document.total_cents):
        yield f"The paper {document.number} says {said}, and is kept as something else."
