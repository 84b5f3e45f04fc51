"""What must be true of all books, whatever was posted."""

from collections.abc import Iterator

from sqlalchemy import func, or_, select

from consortium.database import db
from consortium.words import dollars
from events.ledger.models import JournalEntry, JournalLine, MonthClosing


def unbalanced_books() -> Iterator[str]:
    """Find consortia whose journal does not sum to zero."""
    total = func.sum(JournalLine.cents)
    statement = (
        select(JournalLine.tenant_id, total).group_by(JournalLine.tenant_id).having(total != 0)
    )
    for tenant_id, cents in db.session.execute(statement):
        yield f"The books of tenant:{tenant_id} are off by {dollars(int(cents))}."


def unbalanced_entries() -> Iterator[str]:
    """Find entries whose debits are not their credits, and ones that gained or lost lines."""
    total, lines = func.coalesce(func.sum(JournalLine.cents), 0), func.count(JournalLine.id)
    statement = (
        select(JournalEntry.id, JournalEntry.source, JournalEntry.line_count, lines, total)
        .outerjoin(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .group_by(JournalEntry.id, JournalEntry.source, JournalEntry.line_count)
        .having(or_(total != 0, lines != JournalEntry.line_count, lines == 0))
    )
    for entry_id, source, posted, found, cents in db.session.execute(statement):
        if cents != 0:
            yield f"journal_entry:{entry_id} ({source}) is off by {dollars(int(cents))}."
        if not posted:
            yield f"journal_entry:{entry_id} ({source}) was posted without lines."
        elif found != posted:
            yield f"journal_entry:{entry_id} ({source}) has {found} of {posted} lines."


def changed_closed_months() -> Iterator[str]:
    """Find closed months into which something was posted since, or from which something went."""
    dated = (
        select(func.count(JournalEntry.id))
        .where(
            JournalEntry.tenant_id == MonthClosing.tenant_id,
            JournalEntry.on <= MonthClosing.until,
        )
        .scalar_subquery()
    )
    statement = select(MonthClosing.id, MonthClosing.until, MonthClosing.entries, dated).where(
        MonthClosing.reopened_at.is_(None), MonthClosing.entries != dated
    )
    for closing_id, until, then, now in db.session.execute(statement):
        yield (
            f"month_closing:{closing_id} closed {then} entries up to {until.isoformat()}; "
            f"now there are {now}."
        )
