"""Checks that the bank sends back unpaid."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium.audit import service as audit
from consortium.database import db
from consortium.outbox import service as outbox
from consortium.words import dollars, say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice, Payer
from events.ledger import service as ledger
from events.ledger.domain import Account, EntryKind
from events.payments import emails
from events.payments.domain import ExceptionKind, PaymentKind, PaymentStatus, RefundStatus
from events.payments.models import Payment
from events.payments.service.applying import (
    Applied,
    Gone,
    in_words,
    lock_payment,
    take_back,
)
from events.payments.service.exceptions import follow_rest, open_exception
from events.payments.service.refund_paying import refunds_of, undo_refund

RETURNABLE = {
    PaymentStatus.ON_HAND: Account.CHECKS,
    PaymentStatus.DEPOSITED: Account.BANK,
}


def return_check(payment_id: UUID, on: date, why: str, *, by: str) -> Payment:
    """Note that a check was not paid: what it paid is open again, and its payer is told.

    Refunds of it that nobody has paid out are taken back; what was refunded already the payer
    owes us, and the exception for finance says so. Raises ``NotFound``, ``MoneyRefused`` for what
    is no check, was returned before or went back by mail, and for a day to come.
    """
    payment = take_check_back(payment_id, on, why, by=by)
    audit.record(
        "return_check",
        f"payment:{payment.id}",
        by=by,
        after={"on": on.isoformat(), "why": why, "cents": payment.amount_cents},
    )
    return payment


def take_check_back(payment_id: UUID, on: date, why: str, *, by: str) -> Payment:
    """Do what ``return_check`` does as a part of another act."""
    payment = lock_payment(payment_id)
    if payment.kind is not PaymentKind.CHECK or payment.status not in RETURNABLE:
        raise MoneyRefused(
            say("Only a check that is on hand or deposited can be returned, and only once.")
        )
    if on > ledger.today():
        raise MoneyRefused(say("This day is still to come."), field="on")
    if on < payment.received_on:
        raise MoneyRefused(say("The check came later than that day."), field="on")
    for refund in refunds_of(payment.id):
        if refund.status is RefundStatus.OWED:
            undo_refund(refund, payment, say("The check was returned."), by=by)
    gone = Gone(
        cents=payment.amount_cents,
        out_of=RETURNABLE[payment.status],
        kind=EntryKind.RETURNED,
        source=f"returned:{payment.id}",
        memo=say("%(check)s returned by the bank", check=in_words(payment)),
        refunded_too=payment.refunded_cents > 0,
    )
    held = take_back(payment, gone, by=by)
    payment.status = PaymentStatus.RETURNED
    payment.version += 1
    db.session.flush()
    follow_rest(payment, by=by)
    _tell_finance(payment, held, why)
    _tell_payers(payment, held, why)
    return payment


def _tell_finance(payment: Payment, held: Applied, why: str) -> None:
    words = say(
        "%(check)s for %(total)s came back unpaid. What it paid is open again, and the payer was "
        "told. Add the bank's fee to your books, and ask for another way to pay.",
        check=in_words(payment),
        total=dollars(payment.amount_cents),
    )
    if payment.refunded_cents:
        words = say(
            "%(words)s Of this check %(refunded)s was refunded already: ask the payer for that.",
            words=words,
            refunded=dollars(payment.refunded_cents),
        )
    if payment.payer_id is None and not held.to:
        words = say("%(words)s Nobody knows whose check it was; write to its drawer.", words=words)
    open_exception(
        ExceptionKind.CHECK_RETURNED,
        f"payment:{payment.id}",
        cents=payment.amount_cents,
        words=say("%(words)s The bank says: %(why)s", words=words, why=why) if why else words,
        payment_id=payment.id,
    )


def _tell_payers(payment: Payment, held: Applied, why: str) -> None:
    """Tell whose check it was, or everyone whose invoices it had paid: they had receipts."""
    statement = select(Invoice.payer_id).where(Invoice.id.in_(held.to)).distinct()
    theirs = db.session.scalars(statement).all()
    books = invoices.settings()
    for payer_id in sorted({*theirs, *([payment.payer_id] if payment.payer_id else [])}):
        payer = db.session.get_one(Payer, payer_id)
        outbox.promise(
            emails.check_returned(
                payment,
                to=payer.contact_email,
                why=why,
                remit_to=books.remit_to or books.address,
            ),
            about=f"payment:{payment.id}",
            dedupe_key=f"check_returned:{payment.id}:{payer_id}",
        )
