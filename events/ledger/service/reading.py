"""Reading the books in order: the journal, statements, the trial balance."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from consortium.database import db
from events.ledger.domain import (
    Account,
    JournalRow,
    Month,
    StatementLine,
    TrialLine,
    first_day,
    last_day,
    months_between,
)
from events.ledger.models import JournalEntry, JournalLine
from events.ledger.service.balances import in_parts

ROWS_AT_ONCE = 1000


def journal(since: date, until: date) -> Iterator[JournalRow]:
    """Give every line from one day to another, by day, entry and place; rows come as they are read.

    An entry's number is its place in its month in the order of posting: it stays what it is, and
    the same whichever days are asked for.
    """
    first, last = _reach(since, until)
    if first is None or last is None:
        return
    for month in months_between(first, last):
        yield from _journal_of(month, since, until)


def trial_balance(since: date, until: date) -> tuple[TrialLine, ...]:
    """Return every account with its balance before, what came and went, in cents.

    The balances before sum to zero, those after likewise, and all debits are all credits.
    """
    cents, inside = JournalLine.cents, JournalEntry.on >= since
    statement = (
        select(
            JournalLine.account,
            func.sum(case((inside, 0), else_=cents)),
            func.sum(case((inside & (cents > 0), cents), else_=0)),
            func.sum(case((inside & (cents < 0), -cents), else_=0)),
        )
        .join(JournalEntry, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.on <= until)
        .group_by(JournalLine.account)
    )
    found = {
        account: TrialLine(
            account=account,
            before_cents=int(before),
            debit_cents=int(debit),
            credit_cents=int(credit),
        )
        for account, before, debit, credit in db.session.execute(statement)
    }
    nothing = {"before_cents": 0, "debit_cents": 0, "credit_cents": 0}
    return tuple(found.get(account) or TrialLine(account=account, **nothing) for account in Account)


def lines_of_invoice(invoice_id: UUID) -> tuple[StatementLine, ...]:
    """Return each change of what is owed on the invoice, in order, with what is owed after it."""
    return lines_of_invoices([invoice_id])[invoice_id]


def lines_of_invoices(ids: Iterable[UUID]) -> dict[UUID, tuple[StatementLine, ...]]:
    """Return the same for many invoices in one look."""
    return _statements(JournalLine.invoice_id, ids)


def lines_of_payers(ids: Iterable[UUID]) -> dict[UUID, tuple[StatementLine, ...]]:
    """Return each change of what each payer owes, over all its invoices, for many in one look."""
    return _statements(JournalLine.payer_id, ids)


def _statements(
    column: InstrumentedAttribute[Any], ids: Iterable[UUID]
) -> dict[UUID, tuple[StatementLine, ...]]:
    told: dict[UUID, tuple[StatementLine, ...]] = {}
    for some in in_parts(ids):
        statement: Select[*tuple[Any, ...]] = (
            select(
                column,
                JournalEntry.on,
                JournalEntry.kind,
                JournalEntry.memo,
                JournalEntry.source,
                JournalLine.invoice_id,
                JournalLine.cents,
            )
            .join(JournalEntry, JournalLine.entry_id == JournalEntry.id)
            .where(JournalLine.account == Account.RECEIVABLE, column.in_(some))
            .order_by(JournalEntry.on, JournalEntry.id, JournalLine.position)
        )
        lines: dict[UUID, list[StatementLine]] = defaultdict(list)
        for key, on, kind, memo, source, invoice_id, cents in db.session.execute(statement):
            before = lines[key][-1].running_cents if lines[key] else 0
            lines[key].append(
                StatementLine(
                    on=on,
                    kind=kind,
                    memo=memo,
                    cents=cents,
                    running_cents=before + cents,
                    invoice_id=invoice_id,
                    source=source,
                )
            )
        told.update({key: tuple(lines.get(key, ())) for key in some})
    return told


def _reach(since: date, until: date) -> tuple[date | None, date | None]:
    """Return the first and last day with an entry: nobody counts months that hold nothing."""
    within = select(func.min(JournalEntry.on), func.max(JournalEntry.on)).where(
        JournalEntry.on.between(since, until)
    )
    first, last = db.session.execute(within).one()
    return first, last


def _journal_of(month: Month, since: date, until: date) -> Iterator[JournalRow]:
    numbered = (
        select(JournalEntry.id, func.row_number().over(order_by=JournalEntry.id).label("place"))
        .where(JournalEntry.on.between(first_day(month), last_day(month)))
        .subquery()
    )
    statement = (
        select(
            numbered.c.place,
            JournalEntry.on,
            JournalEntry.kind,
            JournalEntry.source,
            JournalEntry.memo,
            JournalEntry.by,
            JournalLine.account,
            JournalLine.cents,
            JournalLine.payer_id,
            JournalLine.invoice_id,
            JournalLine.institute_id,
            JournalLine.payment_id,
        )
        .join(numbered, numbered.c.id == JournalEntry.id)
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.on.between(since, until))
        .order_by(JournalEntry.on, JournalEntry.id, JournalLine.position)
    )
    for place, *values in db.session.execute(
        statement, execution_options={"yield_per": ROWS_AT_ONCE}
    ):
        on, kind, source, memo, by, account, cents, payer, invoice, institute, payment = values
        yield JournalRow(
            number=f"{month.year}-{month.month:02d}-{place:04d}",
            on=on,
            kind=kind,
            source=source,
            memo=memo,
            by=by,
            account=account,
            cents=cents,
            payer_id=payer,
            invoice_id=invoice,
            institute_id=institute,
            payment_id=payment,
        )
