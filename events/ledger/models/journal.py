"""The rows of the journal: entries, their lines, and closings of months.

What a line is about (a payer, an invoice, an institute, a payment) is named by id and without
a foreign key: the books know nothing of those tables, and outlive their rows.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
    event,
)
from sqlalchemy.orm import Mapped, relationship
from sqlalchemy.schema import DDL

from consortium.database import Base, Cents, Id, Moment, only
from consortium.tenancy import TenantOwned, linked
from events.ledger.domain import MOST_CENTS, Account, Entry, EntryKind, Line
from events.ledger.models.guards import DIALECTS, MONTH_OPEN, guard_statements

SOURCE_POSTED = "uq_journal_entry_source"
ONE_CLOSING = "uq_month_closing_until"

__all__ = [
    "MONTH_OPEN",
    "ONE_CLOSING",
    "SOURCE_POSTED",
    "JournalEntry",
    "JournalLine",
    "MonthClosing",
]


class JournalLine(TenantOwned, Base):
    """So many cents on an account: debit is positive, credit negative. It never changes."""

    __tablename__ = "journal_line"
    __more_table_args__ = (
        linked("entry_id", to="journal_entry"),
        UniqueConstraint("tenant_id", "entry_id", "position"),
        CheckConstraint(f"cents <> 0 AND abs(cents) <= {MOST_CENTS}", name="cents_in_reason"),
        CheckConstraint(
            f"account <> '{Account.RECEIVABLE}' OR "
            "(payer_id IS NOT NULL AND invoice_id IS NOT NULL)",
            name="receivable_of_someone",
        ),
        Index("ix_journal_line_invoice", "tenant_id", "account", "invoice_id"),
        Index("ix_journal_line_payer", "tenant_id", "account", "payer_id"),
        Index("ix_journal_line_payment", "tenant_id", "account", "payment_id"),
        Index("ix_journal_line_institute", "tenant_id", "institute_id"),
    )

    id: Mapped[Id]
    entry_id: Mapped[UUID]
    position: Mapped[int]
    account: Mapped[Account]
    cents: Mapped[Cents]
    payer_id: Mapped[UUID | None]
    invoice_id: Mapped[UUID | None]
    institute_id: Mapped[UUID | None]
    payment_id: Mapped[UUID | None]

    @property
    def as_line(self) -> Line:
        """The line as a plain value."""
        return Line(
            account=self.account,
            cents=self.cents,
            payer_id=self.payer_id,
            invoice_id=self.invoice_id,
            institute_id=self.institute_id,
            payment_id=self.payment_id,
        )


class JournalEntry(TenantOwned, Base):
    """One thing that happened to money. It never changes; what was wrong is reversed."""

    __tablename__ = "journal_entry"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "source", name=SOURCE_POSTED),
        Index("ix_journal_entry_on", "tenant_id", "on"),
    )

    id: Mapped[Id]
    on: Mapped[date]
    """The day it counts for, where the consortium is; never in a month that was closed."""
    kind: Mapped[EntryKind]
    source: Mapped[str]
    """What it was, once in a consortium: ``invoice:<uuid>:2``, ``stripe:refund:re_123``."""
    memo: Mapped[str]
    line_count: Mapped[int]
    """How many lines it was posted with: none is added or lost later."""
    by: Mapped[str]
    posted_at: Mapped[Moment]

    lines: Mapped[list[JournalLine]] = relationship(order_by=JournalLine.position)

    @property
    def as_entry(self) -> Entry:
        """The entry as a plain value."""
        return Entry(
            kind=self.kind,
            source=self.source,
            memo=self.memo,
            lines=tuple(line.as_line for line in self.lines),
        )


class MonthClosing(TenantOwned, Base):
    """The books are closed up to the last day of a month, until someone reopens it."""

    __tablename__ = "month_closing"
    __more_table_args__ = (
        Index(ONE_CLOSING, "tenant_id", "until", unique=True, **only("reopened_at IS NULL")),
        CheckConstraint(
            "(reopened_at IS NULL) = (reopened_by IS NULL)", name="reopened_by_someone"
        ),
    )

    id: Mapped[Id]
    until: Mapped[date]
    """The month's last day."""
    entries: Mapped[int]
    """How many entries were dated up to that day; none may come or go while it is closed."""
    closed_at: Mapped[Moment]
    closed_by: Mapped[str]
    reopened_at: Mapped[Moment | None]
    reopened_by: Mapped[str | None]


# The entries come before the lines that refer to them, so both are there when the lines are.
for _dialect in DIALECTS:
    for _statement in guard_statements(_dialect):
        _guard = DDL(_statement).execute_if(dialect=_dialect)  # type: ignore[no-untyped-call]
        event.listen(JournalLine.__table__, "after_create", _guard)
