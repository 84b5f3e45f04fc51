"""Payments as finance looks for them, each with what of it belongs to no invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
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
from events.ledger.domain import Account, EntryKind
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
    kind: EntryKind
    memo: str
    by: str
    cents: int
    """How much of this payment that moved."""
    invoices: Sequence[str] = ()
    """The numbers of the invoices that it touched."""


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
    return Page(items=_lines(db.session.scalars(statement).all()), total=total, number=number)


def payments_of_payer(payer_id: UUID) -> Sequence[PaymentLine]:
    """Return what came from a payer, the newest first."""
    statement = (
        select(Payment)
        .where(Payment.payer_id == payer_id)
        .order_by(Payment.received_on.desc(), Payment.recorded_at.desc(), Payment.id)
        .limit(MOST_SHOWN)
    )
    return _lines(db.session.scalars(statement).all())


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


def _lines(payments: Sequence[Payment]) -> Sequence[PaymentLine]:
    left = ledger.suspense_of_payments([payment.id for payment in payments])
    return [PaymentLine(payment=payment, left_cents=left[payment.id]) for payment in payments]


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
    statement = (
        select(JournalEntry, JournalLine.cents, Invoice.number)
        .join(JournalLine, JournalLine.entry_id == JournalEntry.id)
        .outerjoin(Invoice, Invoice.id == JournalLine.invoice_id)
        .where(JournalLine.payment_id == payment_id)
        .order_by(JournalEntry.id, JournalLine.id)
    )
    rows = db.session.execute(statement)
    return [
        _happened(entry, [row[1:] for row in lines])
        for entry, lines in groupby(rows, key=lambda row: row[0])
    ]


def _happened(entry: JournalEntry, lines: Sequence[Any]) -> Happened:
    """Tell an entry by its lines of one payment: what came in of it, or went out."""
    return Happened(
        on=entry.on,
        kind=entry.kind,
        memo=entry.memo,
        by=entry.by,
        cents=max(
            sum(cents for cents, _ in lines if cents > 0),
            -sum(cents for cents, _ in lines if cents < 0),
        ),
        invoices=sorted({number for _, number in lines if number}),
    )
