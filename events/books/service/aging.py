"""Aged receivables: what each payer owes as of a day, by how long it is past due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db
from events.books.domain.aging import Ages, OpenInvoice, aged, aged_by_payer
from events.invoices.domain import PayerKind
from events.invoices.models import Invoice, Payer
from events.ledger.domain import Account
from events.ledger.models import JournalEntry, JournalLine


@dataclass(frozen=True, kw_only=True)
class AgedLine:
    """One payer's row."""

    payer_id: UUID
    name: str
    kind: PayerKind
    ages: Ages


@dataclass(frozen=True, kw_only=True)
class AgedTable:
    """Everyone who owes something or has a credit on a day, and all together."""

    on: date
    lines: Sequence[AgedLine]
    total: Ages


def open_on(on: date) -> Sequence[OpenInvoice]:
    """Return each invoice of which something was open, or in credit, at the end of the day.

    The due day is the invoice's present one: a revision that moved it moved its age as well.
    """
    cents = func.sum(JournalLine.cents)
    sums = (
        select(JournalLine.invoice_id, cents.label("cents"))
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalLine.account == Account.RECEIVABLE, JournalEntry.on <= on)
        .group_by(JournalLine.invoice_id)
        .having(cents != 0)
        .subquery()
    )
    statement = select(Invoice.id, Invoice.payer_id, Invoice.due_on, sums.c.cents).join(
        sums, sums.c.invoice_id == Invoice.id
    )
    return [
        OpenInvoice(invoice_id=invoice_id, payer_id=payer_id, due_on=due_on, cents=int(cents))
        for invoice_id, payer_id, due_on, cents in db.session.execute(statement)
    ]


def aged_table(on: date) -> AgedTable:
    """Return what everyone owes as of a day, by payer's name."""
    rows = open_on(on)
    by_payer = aged_by_payer(rows, on)
    owing = select(JournalLine.payer_id).where(JournalLine.account == Account.RECEIVABLE)
    names = db.session.execute(
        select(Payer.id, Payer.name, Payer.kind).where(Payer.id.in_(owing))
    ).all()
    lines = [
        AgedLine(payer_id=payer_id, name=name, kind=kind, ages=by_payer[payer_id])
        for payer_id, name, kind in names
        if payer_id in by_payer
    ]
    lines.sort(key=lambda line: (line.name.casefold(), line.payer_id))
    return AgedTable(on=on, lines=lines, total=aged(rows, on))
