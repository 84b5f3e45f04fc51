"""Statements: what a payer was charged and paid between two days, one or all of them."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db
from events.books.domain.aging import Ages, OpenInvoice, aged
from events.books.domain.periods import Period
from events.invoices import service as invoices
from events.invoices.domain.papers import Issuer
from events.invoices.domain.statements import Aged, Statement, StatementRow
from events.invoices.models import Invoice, Payer
from events.ledger import service as ledger
from events.ledger.domain import Account, StatementLine
from events.ledger.models import JournalEntry, JournalLine

AT_ONCE = 100
"""Statements made, and printed, together: memory stays small, and typst is quickest so."""


def payers_with_balance(on: date) -> Sequence[UUID]:
    """Return the payers who owed something, or had a credit, at the end of a day; by name."""
    statement = (
        select(Payer.id)
        .join(JournalLine, JournalLine.payer_id == Payer.id)
        .join(JournalEntry, JournalEntry.id == JournalLine.entry_id)
        .where(JournalLine.account == Account.RECEIVABLE, JournalEntry.on <= on)
        .group_by(Payer.id, Payer.name)
        .having(func.sum(JournalLine.cents) != 0)
        .order_by(Payer.name, Payer.id)
    )
    return db.session.scalars(statement).all()


def statement_of(payer_id: UUID, period: Period) -> Statement:
    """Return one payer's statement. Raises ``NotFound``."""
    invoices.get_payer(payer_id)
    return statements_of([payer_id], period)[0]


def all_statements(payer_ids: Sequence[UUID], period: Period) -> Iterator[Sequence[Statement]]:
    """Give the statements of many payers in parts, each made only when it is asked for."""
    for first in range(0, len(payer_ids), AT_ONCE):
        yield statements_of(payer_ids[first : first + AT_ONCE], period)


def statements_of(payer_ids: Sequence[UUID], period: Period) -> Sequence[Statement]:
    """Return the statements of some payers, in their order, in a few looks at the books."""
    rows = {row.id: row for row in db.session.scalars(select(Payer).where(Payer.id.in_(payer_ids)))}
    lines = ledger.lines_of_payers(payer_ids)
    billed = {
        invoice_id: (number, due_on)
        for invoice_id, number, due_on in db.session.execute(
            select(Invoice.id, Invoice.number, Invoice.due_on).where(
                Invoice.payer_id.in_(payer_ids)
            )
        )
    }
    issuer = invoices.issuer()
    return [
        _statement(rows[payer_id], lines[payer_id], billed, issuer, period)
        for payer_id in payer_ids
        if payer_id in rows
    ]


def _statement(
    payer: Payer,
    lines: Sequence[StatementLine],
    billed: dict[UUID, tuple[str, date]],
    issuer: Issuer,
    period: Period,
) -> Statement:
    told = [line for line in lines if line.on <= period.until]
    before = [line for line in told if line.on < period.since]
    opening = before[-1].running_cents if before else 0
    return Statement(
        issuer=issuer,
        bill_to=invoices.party_of(payer),
        from_on=period.since,
        to_on=period.until,
        opening_cents=opening,
        rows=tuple(
            StatementRow(
                on=line.on,
                words=line.memo,
                number=billed[line.invoice_id][0],
                charge_cents=max(0, line.cents),
                paid_cents=max(0, -line.cents),
                balance_cents=line.running_cents,
            )
            for line in told[len(before) :]
        ),
        closing_cents=told[-1].running_cents if told else 0,
        aged=_aged(payer.id, told, billed, period.until),
    )


def _aged(
    payer_id: UUID,
    lines: Sequence[StatementLine],
    billed: dict[UUID, tuple[str, date]],
    on: date,
) -> Aged:
    """Return how old the balance is; on a statement a credit stands with what is not due."""
    left: dict[UUID, int] = {}
    for line in lines:
        left[line.invoice_id] = left.get(line.invoice_id, 0) + line.cents
    ages: Ages = aged(
        (
            OpenInvoice(
                invoice_id=invoice_id,
                payer_id=payer_id,
                due_on=billed[invoice_id][1],
                cents=cents,
            )
            for invoice_id, cents in left.items()
            if cents
        ),
        on,
    )
    current, to_30, to_60, to_90, older = ages.cents
    return Aged(
        current_cents=current + ages.credit_cents,
        days_1_to_30_cents=to_30,
        days_31_to_60_cents=to_60,
        days_61_to_90_cents=to_90,
        older_cents=older,
    )
