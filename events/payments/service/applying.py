"""What money that came is for: applied to invoices, or held until someone knows.

An invoice never takes more than is open of it. What is left of a payment stays with the payer's
money that belongs to no invoice, where finance sees it, until it is applied or goes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.words import say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.invoices.service import Came, dunning
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from events.ledger.models import JournalLine
from events.payments.domain import KIND_WORDS, PaymentKind
from events.payments.models import Payment
from events.payments.service.receipt_telling import drop_receipts, tell_received, tell_taken_off


@dataclass(frozen=True, kw_only=True)
class Applied:
    """Where the money of a payment went: cents by invoice, and what is left of it."""

    to: Mapping[UUID, int]
    left_cents: int


def post_payment(
    payment: Payment,
    *,
    into: Account,
    towards: Sequence[tuple[UUID, int | None]],
    by: str,
    source: str = "",
) -> Applied:
    """Write money that came into the books. Part of another act.

    It pays the invoices in the order given, each with the cents named or as much as is open of
    it. A receipt of what was applied is issued and mailed; orders of invoices now paid are closed.
    ``source`` names it in the journal where something else than our own row may come twice.
    """
    applied = _apply(payment.amount_cents, towards)
    lines = [
        Line(account=into, cents=payment.amount_cents, payment_id=payment.id),
        *_lines(payment, applied, sign=-1),
    ]
    ledger.post(
        Entry(
            kind=EntryKind.PAYMENT,
            source=source or f"payment:{payment.id}",
            memo=in_words(payment),
            lines=tuple(lines),
        ),
        by=by,
        on=min(payment.received_on, ledger.today()),
    )
    _settle(payment, applied, by=by)
    return applied


def apply_rest(payment_id: UUID, towards: Sequence[tuple[UUID, int | None]], *, by: str) -> Applied:
    """Apply what is left of a payment to invoices. Part of another act.

    Raises ``NotFound``, ``MoneyRefused`` where nothing is left of it, or of the invoices.
    """
    payment = lock_payment(payment_id)
    left = ledger.suspense_of_payments([payment_id])[payment_id]
    applied = _apply(left, towards)
    if not applied.to:
        raise MoneyRefused(say("There is nothing left to apply, or nothing open to apply it to."))
    used = sum(applied.to.values())
    payment.version += 1
    ledger.post(
        Entry(
            kind=EntryKind.ALLOCATION,
            source=f"allocation:{payment.id}:{payment.version}",
            memo=in_words(payment),
            lines=(
                Line(
                    account=Account.UNAPPLIED,
                    cents=used,
                    payer_id=payment.payer_id,
                    payment_id=payment.id,
                ),
                *_lines(payment, Applied(to=applied.to, left_cents=0), sign=-1),
            ),
        ),
        by=by,
    )
    _settle(payment, applied, by=by)
    return applied


def take_off(payment_id: UUID, invoice_id: UUID, *, by: str) -> int:
    """Take a payment off an invoice it was not meant for; its money waits again.

    Part of another act. Returns how many cents that was. Raises ``NotFound``, ``MoneyRefused``
    where none of it is applied there.
    """
    payment = lock_payment(payment_id)
    cents = applied_of([payment_id]).get(payment_id, {}).get(invoice_id, 0)
    if cents <= 0:
        raise MoneyRefused(say("Nothing of this payment is on that invoice."))
    hold(Invoice.id, invoice_id)
    payment.version += 1
    held = Applied(to={invoice_id: cents}, left_cents=0)
    ledger.post(
        Entry(
            kind=EntryKind.ALLOCATION,
            source=f"allocation:{payment.id}:{payment.version}",
            memo=say("%(payment)s, taken off", payment=in_words(payment)),
            lines=(
                *_lines(payment, held, sign=1),
                Line(
                    account=Account.UNAPPLIED,
                    cents=-cents,
                    payer_id=payment.payer_id,
                    payment_id=payment.id,
                ),
            ),
        ),
        by=by,
    )
    return cents


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Money that is gone again: how much, from where, and what the journal says of it."""

    cents: int
    out_of: Account
    kind: EntryKind
    source: str
    memo: str
    refunded_too: bool = False
    """Whether some of it had gone back to the payer, who then owes us that: below zero received."""


def take_back(payment: Payment, gone: Gone, *, by: str) -> Applied:
    """Write down that money which had come is gone: returned, failed, disputed.

    Part of another act, the payment held. What was applied of it is open again, first what no
    invoice has, then the invoices in order. An entry of its own; nothing before is edited. Mails
    with its receipts that have not left are dropped.
    """
    left = ledger.suspense_of_payments([payment.id])[payment.id]
    on_invoices = applied_of([payment.id]).get(payment.id, {})
    hold(Invoice.id, *on_invoices)
    free = max(0, min(left, gone.cents))
    rest = gone.cents - free
    opened: dict[UUID, int] = {}
    for invoice_id in sorted(on_invoices, reverse=True):
        opened[invoice_id] = min(on_invoices[invoice_id], rest)
        rest -= opened[invoice_id]
    if rest and not gone.refunded_too:
        raise ValueError(f"payment {payment.id} has not the {gone.cents} cents that are gone")
    free += rest
    held = Applied(to={one: cents for one, cents in opened.items() if cents}, left_cents=free)
    lines = [
        *_lines(payment, held, sign=1),
        Line(account=gone.out_of, cents=-gone.cents, payment_id=payment.id),
    ]
    entry = Entry(kind=gone.kind, source=gone.source, memo=gone.memo, lines=tuple(lines))
    ledger.post(entry, by=by)
    drop_receipts(payment, list(held.to))
    return held


def correct_receipts(payment: Payment, invoice_ids: Sequence[UUID], *, why: str, by: str) -> None:
    """Let payers hear that a payment does not pay these invoices any more. Part of another act."""
    still = _came(payment, applied_of([payment.id]).get(payment.id, {}))
    tell_taken_off(payment, invoice_ids, still, why=why, by=by)


def applied_of(payment_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[UUID, int]]:
    """Return, for each payment, the cents it pays of each invoice at this moment.

    Money that was refunded from an invoice is not applied to it any more.
    """
    cents = func.sum(JournalLine.cents)
    statement = (
        select(JournalLine.payment_id, JournalLine.invoice_id, cents)
        .where(JournalLine.account == Account.RECEIVABLE, JournalLine.payment_id.in_(payment_ids))
        .group_by(JournalLine.payment_id, JournalLine.invoice_id)
        .having(cents != 0)
    )
    found: dict[UUID, dict[UUID, int]] = {}
    for payment_id, invoice_id, total in db.session.execute(statement):
        if payment_id is not None and invoice_id is not None:
            found.setdefault(payment_id, {})[invoice_id] = -int(total)
    return found


def payments_on(invoice_id: UUID) -> Sequence[tuple[Payment, int]]:
    """Return what pays an invoice: each payment with its cents there, oldest first."""
    cents = func.sum(JournalLine.cents)
    sums = (
        select(JournalLine.payment_id, cents.label("cents"))
        .where(JournalLine.account == Account.RECEIVABLE, JournalLine.invoice_id == invoice_id)
        .group_by(JournalLine.payment_id)
        .having(cents != 0)
        .subquery()
    )
    statement = (
        select(Payment, sums.c.cents)
        .join(sums, sums.c.payment_id == Payment.id)
        .order_by(Payment.received_on, Payment.id)
    )
    return [(payment, -int(total)) for payment, total in db.session.execute(statement)]


def lock_payment(payment_id: UUID) -> Payment:
    """Return the payment read anew, held so that its changes come one by one.

    Payments are held before invoices. Raises ``NotFound``.
    """
    hold(Payment.id, payment_id)
    statement = select(Payment).where(Payment.id == payment_id)
    payment = db.session.scalar(statement.execution_options(populate_existing=True))
    if payment is None:
        raise NotFound(say("There is no such payment."))
    return payment


def in_words(payment: Payment) -> str:
    """Name a payment as papers do: Check 1187, Card ending 4242."""
    if payment.kind is PaymentKind.CHECK:
        return say("Check %(number)s", number=payment.number)
    if payment.kind is PaymentKind.TRANSFER and payment.number:
        return say("Bank transfer %(number)s", number=payment.number)
    words = KIND_WORDS[payment.kind]
    if payment.ending:
        return say("%(kind)s ending %(digits)s", kind=words, digits=payment.ending)
    return words


def _apply(cents: int, towards: Sequence[tuple[UUID, int | None]]) -> Applied:
    hold(Invoice.id, *(invoice_id for invoice_id, _ in towards))
    open_ = ledger.invoice_balances([invoice_id for invoice_id, _ in towards])
    to: dict[UUID, int] = {}
    for invoice_id, wanted in towards:
        most = max(0, open_[invoice_id] - to.get(invoice_id, 0))
        used = min(cents, most if wanted is None else min(wanted, most))
        if used > 0:
            to[invoice_id] = to.get(invoice_id, 0) + used
            cents -= used
    return Applied(to=to, left_cents=cents)


def _lines(payment: Payment, applied: Applied, *, sign: int) -> list[Line]:
    rows = {
        invoice.id: invoice
        for invoice in db.session.scalars(select(Invoice).where(Invoice.id.in_(applied.to)))
    }
    lines = [
        Line(
            account=Account.RECEIVABLE,
            cents=sign * cents,
            payer_id=rows[invoice_id].payer_id,
            invoice_id=invoice_id,
            institute_id=rows[invoice_id].institute_id,
            payment_id=payment.id,
        )
        for invoice_id, cents in applied.to.items()
    ]
    if applied.left_cents:
        lines.append(
            Line(
                account=Account.UNAPPLIED,
                cents=sign * applied.left_cents,
                payer_id=payment.payer_id,
                payment_id=payment.id,
            )
        )
    return lines


def _settle(payment: Payment, applied: Applied, *, by: str) -> None:
    for invoice_id in applied.to:
        invoices.close_paid_orders(invoice_id)
    if applied.to:
        dunning.stop_reminding(*applied.to)
        all_of_it = applied_of([payment.id]).get(payment.id, {})
        before = {one: cents - applied.to.get(one, 0) for one, cents in all_of_it.items()}
        tell_received(payment, _came(payment, applied.to), before=before, by=by)


def _came(payment: Payment, to: Mapping[UUID, int]) -> Came:
    return Came(words=in_words(payment), on=payment.received_on, cents=payment.amount_cents, to=to)
