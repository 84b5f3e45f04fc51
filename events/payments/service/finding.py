"""Payments as finance looks for them, each with what of it belongs to no invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from consortium.database import db
from consortium.errors import NotFound
from consortium.paging import PAGE_SIZE, Filter, Page, nearest_page
from consortium.words import say
from events.invoices import service as invoices
from events.invoices.models import Invoice, Payer
from events.invoices.service import InvoiceView
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.ledger.models import JournalEntry, JournalLine
from events.payments.domain import RefundStatus
from events.payments.models import Payment, Refund
from events.payments.service.applying import applied_of

MOST_SHOWN = 100
"""Open invoices in one list; who has more searches."""


@dataclass(frozen=True, kw_only=True)
class PaymentFilter(Filter):
    """Which payments are wanted."""

    words: str = ""
    kind: str = ""
    status: str = ""
    rest: str = ""
    """``yes``: only those of which something belongs to no invoice."""


@dataclass(frozen=True, kw_only=True)
class PaymentLine:
    """A payment in a list."""

    payment: Payment
    left_cents: int


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that the journal says of a payment."""

    on: date
    memo: str
    by: str
    cents: int
    """How much that moved; of a deposit, all its checks."""


@dataclass(frozen=True, kw_only=True)
class PaymentView:
    """A payment, the invoices it pays, and what happened to it."""

    payment: Payment
    left_cents: int
    applied: Sequence[tuple[InvoiceView, int]]
    history: Sequence[Happened]


def payments_found(wanted: PaymentFilter, number: int) -> Page[PaymentLine]:
    """Return one page of the payments that are wanted, the newest first."""
    where = _where(wanted)
    counting: Select[Any] = select(func.count(Payment.id)).outerjoin(
        Payer, Payment.payer_id == Payer.id
    )
    total = db.session.scalars(counting.where(*where)).one()
    number = nearest_page(number, total)
    statement = (
        select(Payment)
        .outerjoin(Payer, Payment.payer_id == Payer.id)
        .where(*where)
        .options(joinedload(Payment.payer))
        .order_by(Payment.received_on.desc(), Payment.recorded_at.desc(), Payment.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    found = db.session.scalars(statement).all()
    left = ledger.suspense_of_payments([payment.id for payment in found])
    lines = [PaymentLine(payment=payment, left_cents=left[payment.id]) for payment in found]
    return Page(items=lines, total=total, number=number)


def get_payment(payment_id: UUID) -> Payment:
    """Return the payment with its payer. Raises ``NotFound``."""
    statement = select(Payment).where(Payment.id == payment_id)
    payment = db.session.scalar(statement.options(joinedload(Payment.payer)))
    if payment is None:
        raise NotFound(say("There is no such payment."))
    return payment


def view_payment(payment_id: UUID) -> PaymentView:
    """Return a payment with all that is known of it. Raises ``NotFound``."""
    payment = get_payment(payment_id)
    applied = applied_of([payment_id]).get(payment_id, {})
    views = invoices.invoices_where(Invoice.id.in_(applied)) if applied else ()
    return PaymentView(
        payment=payment,
        left_cents=ledger.suspense_of_payments([payment_id])[payment_id],
        applied=[(view, applied[view.invoice.id]) for view in views],
        history=_history(payment_id),
    )


def open_invoices(
    words: str = "", *, payer_id: UUID | None = None, most: int = MOST_SHOWN
) -> Sequence[InvoiceView]:
    """Return invoices of which something is open: of a payer, or with these words; oldest first."""
    owed = ledger.open_invoices().subquery()
    where: list[ColumnElement[bool]] = [
        Invoice.id.in_(select(owed.c.invoice_id).where(owed.c.cents > 0))
    ]
    if payer_id is not None:
        where.append(Invoice.payer_id == payer_id)
    for word in words.split():
        named = select(Payer.id).where(Payer.name.icontains(word, autoescape=True))
        where.append(
            or_(
                Invoice.number.icontains(word, autoescape=True),
                Invoice.what.icontains(word, autoescape=True),
                Invoice.payer_id.in_(named),
            )
        )
    return invoices.invoices_where(*where, most=most)


def invoices_with(ids: Sequence[UUID]) -> Sequence[InvoiceView]:
    """Return the invoices with these ids as they stand now, those that are there."""
    return invoices.invoices_where(Invoice.id.in_(ids)) if ids else ()


def refunds_on(invoice_id: UUID) -> Sequence[Refund]:
    """Return what goes or went back of what was paid on an invoice, oldest first."""
    statement = (
        select(Refund)
        .where(Refund.invoice_id == invoice_id, Refund.status != RefundStatus.FAILED)
        .options(joinedload(Refund.payment))
        .order_by(Refund.decided_at, Refund.id)
    )
    return db.session.scalars(statement).all()


def _where(wanted: PaymentFilter) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if wanted.kind:
        where.append(Payment.kind == wanted.kind)
    if wanted.status:
        where.append(Payment.status == wanted.status)
    if wanted.rest:
        left = (
            select(JournalLine.payment_id)
            .where(JournalLine.account == Account.UNAPPLIED)
            .group_by(JournalLine.payment_id)
            .having(func.sum(JournalLine.cents) != 0)
        )
        where.append(Payment.id.in_(left))
    where += [
        or_(
            Payment.number.icontains(word, autoescape=True),
            Payment.drawer.icontains(word, autoescape=True),
            Payer.name.icontains(word, autoescape=True),
        )
        for word in wanted.words.split()
    ]
    return where


def _history(payment_id: UUID) -> Sequence[Happened]:
    entries = select(JournalLine.entry_id).where(JournalLine.payment_id == payment_id)
    moved = func.sum(JournalLine.cents).filter(JournalLine.cents > 0)
    statement = (
        select(JournalEntry.on, JournalEntry.memo, JournalEntry.by, moved)
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .where(JournalEntry.id.in_(entries))
        .group_by(JournalEntry.id, JournalEntry.on, JournalEntry.memo, JournalEntry.by)
        .order_by(JournalEntry.id)
    )
    return [
        Happened(on=on, memo=memo, by=by, cents=int(cents or 0))
        for on, memo, by, cents in db.session.execute(statement)
    ]
