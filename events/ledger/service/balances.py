"""What is owed, held and earned: sums over the journal, many at a time, in signed cents."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Select, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute

from consortium.database import db
from events.ledger.domain import Account
from events.ledger.models import JournalEntry, JournalLine

AT_ONCE = 10_000
"""Ids in one statement; SQLite takes three times as many values."""


def invoice_balances(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return what is still owed on each invoice in cents: 0 is paid, negative is overpaid."""
    return _sums(JournalLine.invoice_id, ids, Account.RECEIVABLE)


def payer_balances(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return what each payer owes in cents, over all its invoices."""
    return _sums(JournalLine.payer_id, ids, Account.RECEIVABLE)


def suspense_of_payments(ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many cents of each payment are not assigned to an invoice."""
    held = _sums(JournalLine.payment_id, ids, Account.UNAPPLIED)
    return {payment_id: -cents for payment_id, cents in held.items()}


def suspense_cents() -> int:
    """Return how many cents were received and are not assigned to an invoice."""
    held = select(func.sum(JournalLine.cents)).where(JournalLine.account == Account.UNAPPLIED)
    return -int(db.session.scalar(held) or 0)


def account_balances(until: date | None = None) -> dict[Account, int]:
    """Return the balance of every account in cents, now or at the end of the day ``until``."""
    statement = select(JournalLine.account, func.sum(JournalLine.cents)).group_by(
        JournalLine.account
    )
    if until is not None:
        statement = statement.join(JournalEntry, JournalLine.entry_id == JournalEntry.id).where(
            JournalEntry.on <= until
        )
    found = {account: int(cents) for account, cents in db.session.execute(statement)}
    return {account: found.get(account, 0) for account in Account}


def open_invoices() -> Select[UUID | None, UUID | None, int]:
    """Return the statement that finds invoice, payer and cents wherever something is owed.

    For lists that sort and page by what is owed: use it as a subquery with the columns
    ``invoice_id``, ``payer_id`` and ``cents``. Overpaid invoices, below 0, are among them.
    """
    # PostgreSQL sums whole numbers into decimals, and what is owed is whole cents.
    cents = cast(func.sum(JournalLine.cents), BigInteger)
    return (
        select(JournalLine.invoice_id, JournalLine.payer_id, cents.label("cents"))
        .where(JournalLine.account == Account.RECEIVABLE)
        .group_by(JournalLine.invoice_id, JournalLine.payer_id)
        .having(cents != 0)
    )


def _sums(
    column: InstrumentedAttribute[Any], ids: Iterable[UUID], account: Account
) -> dict[UUID, int]:
    sums: dict[UUID, int] = {}
    for some in in_parts(ids):
        sums.update(dict.fromkeys(some, 0))
        statement = (
            select(column, func.sum(JournalLine.cents))
            .where(JournalLine.account == account, column.in_(some))
            .group_by(column)
        )
        for key, cents in db.session.execute(statement):
            sums[key] = int(cents)
    return sums


def in_parts(ids: Iterable[UUID]) -> Iterator[Sequence[UUID]]:
    """Give the ids in parts that fit into one statement each."""
    rest = iter(ids)
    while some := tuple(islice(rest, AT_ONCE)):
        yield some
