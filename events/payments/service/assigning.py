"""Money that came without saying what for is given to invoices; by entries, never by edits."""

from collections.abc import Sequence
from uuid import UUID

from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.words import say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from events.payments.models import Payment
from events.payments.service.applying import (
    Applied,
    apply_rest,
    correct_receipts,
    in_words,
    lock_payment,
    take_off,
)
from events.payments.service.exceptions import follow_rest

_NOT_MEANT = say("The payment was not meant for this invoice.")


def assign_payer(payment_id: UUID, payer_id: UUID, *, by: str) -> Payment:
    """Say whose money it is; what is not applied then waits under that payer's name.

    Raises ``NotFound``, ``MoneyRefused`` when it is that payer's already.
    """
    payer = invoices.get_payer(payer_id)
    payment = lock_payment(payment_id)
    if payment.payer_id == payer.id:
        raise MoneyRefused(
            say("This is the money of %(payer)s already.", payer=payer.name), field="payer"
        )
    before, payment.payer_id = payment.payer_id, payer.id
    payment.version += 1
    db.session.flush()
    left = ledger.suspense_of_payments([payment.id])[payment.id]
    if left:
        _rename_rest(payment, left, before, by=by)
    db.session.expire(payment, ["payer"])
    audit.record(
        "assign_payer",
        f"payment:{payment.id}",
        by=by,
        before={"payer_id": str(before) if before else ""},
        after={"payer_id": str(payer.id)},
    )
    return payment


def apply_payment(
    payment_id: UUID, towards: Sequence[tuple[UUID, int | None]], *, by: str
) -> Applied:
    """Apply what is left of a payment to invoices, in order, each at most with what is open.

    Raises ``NotFound``, ``MoneyRefused`` where nothing is left or open.
    """
    for invoice_id, cents in towards:
        invoices.get_invoice(invoice_id)
        if cents is not None and cents <= 0:
            raise MoneyRefused(say("Write an amount above zero."), field="cents")
    applied = apply_rest(payment_id, towards, by=by)
    follow_rest(lock_payment(payment_id), by=by)
    audit.record(
        "apply_payment",
        f"payment:{payment_id}",
        by=by,
        after={"applied": {str(one): cents for one, cents in applied.to.items()}},
    )
    return applied


def move_payment(payment_id: UUID, from_id: UUID, to_id: UUID, *, by: str) -> Applied:
    """Take a payment off an invoice it was not meant for, and apply it to the right one.

    What the right one does not take waits, and finance is told; so are payers who had a receipt.
    Raises ``NotFound``,
    ``MoneyRefused`` where nothing of it is on the one, or nothing is open of the other.
    """
    if from_id == to_id:
        raise MoneyRefused(say("Choose another invoice than the one it pays now."), field="to")
    invoices.get_invoice(from_id)
    invoices.get_invoice(to_id)
    lock_payment(payment_id)
    hold(Invoice.id, from_id, to_id)
    cents = take_off(payment_id, from_id, by=by)
    correct_receipts(lock_payment(payment_id), [from_id], why=_NOT_MEANT, by=by)
    applied = apply_rest(payment_id, [(to_id, cents)], by=by)
    follow_rest(lock_payment(payment_id), by=by)
    audit.record(
        "move_payment",
        f"payment:{payment_id}",
        by=by,
        before={"invoice_id": str(from_id), "cents": cents},
        after={"invoice_id": str(to_id), "cents": applied.to[to_id]},
    )
    return applied


def set_apart(payment_id: UUID, invoice_id: UUID, *, by: str) -> int:
    """Take a payment off an invoice without knowing the right one; finance is told.

    So is the payer, if a mail had brought a receipt. Returns how many cents wait now. Raises
    ``NotFound``, ``MoneyRefused``.
    """
    invoices.get_invoice(invoice_id)
    cents = take_off(payment_id, invoice_id, by=by)
    correct_receipts(lock_payment(payment_id), [invoice_id], why=_NOT_MEANT, by=by)
    follow_rest(lock_payment(payment_id), by=by)
    audit.record(
        "set_apart",
        f"payment:{payment_id}",
        by=by,
        before={"invoice_id": str(invoice_id), "cents": cents},
    )
    return cents


def _rename_rest(payment: Payment, left: int, before: UUID | None, *, by: str) -> None:
    ledger.post(
        Entry(
            kind=EntryKind.ALLOCATION,
            source=f"allocation:{payment.id}:{payment.version}",
            memo=say("%(payment)s: whose it is", payment=in_words(payment)),
            lines=(
                _held(payment, left, before),
                _held(payment, -left, payment.payer_id),
            ),
        ),
        by=by,
    )


def _held(payment: Payment, cents: int, payer_id: UUID | None) -> Line:
    return Line(account=Account.UNAPPLIED, cents=cents, payer_id=payer_id, payment_id=payment.id)
