"""Refunds that were decided are paid out, or turn out not to be."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import contains_eager, joinedload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.words import dollars, say
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from events.payments.domain import ExceptionKind, PaymentStatus, RefundStatus, RefundWay
from events.payments.models import Payment, Refund
from events.payments.service.applying import (
    applied_of,
    in_words,
    lock_payment,
    take_off,
)
from events.payments.service.exceptions import follow_rest, open_exception
from events.payments.service.refund_telling import tell_off, tell_paid

LIVE = (RefundStatus.OWED, RefundStatus.ASKED, RefundStatus.PAID)


def pay_refund_check(refund_id: UUID, check_number: str, on: date, *, by: str) -> Refund:
    """Note that a refund check was written and mailed.

    Raises ``NotFound``, ``MoneyRefused`` without its number, for a day to come, or when the
    refund goes another way or was paid before.
    """
    refund, _ = _owed(refund_id, RefundWay.CHECK)
    if not check_number.strip():
        raise MoneyRefused(say("Write the number of the check."), field="check_number")
    _check_day(on)
    refund.check_number = check_number.strip()
    refund_paid(refund, by=by, on=on)
    audit.record(
        "pay_refund_check",
        f"refund:{refund.id}",
        by=by,
        after={"check_number": refund.check_number, "cents": refund.cents},
    )
    return refund


def mail_back(refund_id: UUID, on: date, *, by: str) -> Refund:
    """Note that the payer's own check went back by mail.

    Raises ``NotFound``, ``MoneyRefused`` for a day to come, or when it goes another way or is gone.
    """
    refund, payment = _owed(refund_id, RefundWay.MAIL_BACK)
    _check_day(on)
    payment.status = PaymentStatus.MAILED_BACK
    payment.version += 1
    refund_paid(refund, by=by, on=on)
    audit.record("mail_back", f"refund:{refund.id}", by=by, after={"cents": refund.cents})
    return refund


def refund_paid(refund: Refund, *, by: str, on: date | None = None) -> Refund:
    """Let the books say that a refund was paid out: by check, by mail, or by Stripe.

    Its payer is told. Part of another act, the payment held. Paid out once: raises
    ``ledger.AlreadyPosted``.
    """
    ledger.post(
        Entry(
            kind=EntryKind.REFUND_PAID,
            source=paid_source(refund),
            memo=say("Refund paid out"),
            lines=(
                Line(
                    account=Account.REFUNDS_OWED, cents=refund.cents, payment_id=refund.payment_id
                ),
                Line(
                    account=_OUT_OF[refund.way], cents=-refund.cents, payment_id=refund.payment_id
                ),
            ),
        ),
        by=by,
        on=on,
    )
    came_back_since = refund.status is RefundStatus.FAILED
    refund.status = RefundStatus.PAID
    refund.ended_at = clock.now()
    db.session.flush()
    if not came_back_since:
        tell_paid(refund, on or ledger.today())
    return refund


_OUT_OF = {
    RefundWay.CHECK: Account.BANK,
    RefundWay.MAIL_BACK: Account.CHECKS,
    RefundWay.STRIPE: Account.STRIPE,
}


def paid_source(refund: Refund) -> str:
    """Return under which source the paying out of a refund stands in the journal."""
    if refund.way is RefundWay.STRIPE and refund.supplier_id:
        return f"stripe:refund:{refund.supplier_id}"
    return f"refund_paid:{refund.id}"


def fail_refund(refund_id: UUID, why: str, *, by: str, counted: bool = True) -> Refund:
    """Take a refund back that did not reach the payer: the money is owed as before it.

    Finance is told, and the payer where a mail had announced it. One that came back before we
    knew of it was never ``counted`` as refunded. Raises ``NotFound``, ``MoneyRefused`` when it
    failed before.
    """
    refund, payment = _held(refund_id)
    undo_refund(refund, payment, why, by=by, counted=counted)
    tell_off(refund)
    open_exception(
        ExceptionKind.REFUND_FAILED,
        f"refund:{refund.id}",
        cents=refund.cents,
        words=say(
            "The refund of %(cents)s for %(payment)s failed: %(why)s Decide how it goes back now.",
            cents=dollars(refund.cents),
            payment=in_words(payment),
            why=why,
        ),
        payment_id=payment.id,
        invoice_id=refund.invoice_id,
    )
    audit.record("fail_refund", f"refund:{refund.id}", by=by, after={"why": why})
    return refund


def cancel_refund(refund_id: UUID, why: str, *, by: str) -> Refund:
    """Take back a decision to refund that nobody has acted on yet.

    The payer is told why where a mail had announced it. Raises ``NotFound``, ``MoneyRefused``
    when it is on its way or paid out.
    """
    refund, payment = _held(refund_id)
    if refund.status is not RefundStatus.OWED or refund.attempts:
        raise MoneyRefused(say("This refund is on its way already, or was paid out."))
    undo_refund(refund, payment, why, by=by)
    tell_off(refund, why=why.strip())
    audit.record("cancel_refund", f"refund:{refund.id}", by=by, after={"why": why})
    return refund


def undo_refund(
    refund: Refund, payment: Payment, why: str, *, by: str, counted: bool = True
) -> None:
    """Reverse what the books say of a refund. Part of another act, the payment held."""
    if refund.status is RefundStatus.FAILED:
        raise MoneyRefused(say("This refund failed before."))
    if refund.status is RefundStatus.PAID:
        ledger.reverse(paid_source(refund), by=by, why=why)
        if refund.way is RefundWay.MAIL_BACK:
            payment.status = PaymentStatus.ON_HAND
    ledger.reverse(f"refund:{refund.id}", by=by, why=why)
    refund.status = RefundStatus.FAILED
    refund.ended_at = clock.now()
    db.session.flush()
    outbox.supersede(f"refund:{refund.id}")
    db.session.execute(
        update(Payment)
        .where(Payment.id == payment.id)
        .values(refunded_cents=Payment.refunded_cents - (refund.cents if counted else 0))
    )
    db.session.refresh(payment)
    if payment.status is PaymentStatus.RETURNED:
        # The check it went out of is gone: it pays nothing again, and its payer owes us no refund.
        for invoice_id in applied_of([payment.id]).get(payment.id, {}):
            take_off(payment.id, invoice_id, by=by)
    follow_rest(payment, by=by)


def refunds_to_pay(*ways: RefundWay) -> Sequence[Refund]:
    """Return refunds that wait to be paid out in these ways, oldest first, with their payments."""
    statement = (
        _with_payments()
        .where(Refund.status.in_((RefundStatus.OWED, RefundStatus.ASKED)), Refund.way.in_(ways))
        .order_by(Refund.decided_at, Refund.id)
    )
    return db.session.scalars(statement).all()


def refunds_ended(*, most: int = 50) -> Sequence[Refund]:
    """Return refunds that were paid out or failed, the newest first."""
    statement = (
        _with_payments()
        .where(Refund.ended_at.is_not(None))
        .order_by(Refund.ended_at.desc(), Refund.id)
        .limit(most)
    )
    return db.session.scalars(statement).all()


def refunds_of(payment_id: UUID) -> Sequence[Refund]:
    """Return the refunds of a payment, oldest first."""
    statement = (
        select(Refund).where(Refund.payment_id == payment_id).order_by(Refund.decided_at, Refund.id)
    )
    return db.session.scalars(statement).all()


def get_refund(refund_id: UUID) -> Refund:
    """Return the refund with its payment. Raises ``NotFound``."""
    refund = db.session.scalar(_with_payments().where(Refund.id == refund_id))
    if refund is None:
        raise NotFound(say("There is no such refund."))
    return refund


def _with_payments() -> Select[Refund]:
    return (
        select(Refund)
        .join(Refund.payment)
        .options(contains_eager(Refund.payment).options(joinedload(Payment.payer)))
    )


def _owed(refund_id: UUID, way: RefundWay) -> tuple[Refund, Payment]:
    refund, payment = _held(refund_id)
    if refund.status is not RefundStatus.OWED:
        raise MoneyRefused(say("This refund was paid out or taken back already."))
    if refund.way is not way:
        raise MoneyRefused(say("This refund goes another way. Look at the list of refunds."))
    return refund, payment


def _held(refund_id: UUID) -> tuple[Refund, Payment]:
    """Return a refund as it is now, its payment held before it."""
    payment = lock_payment(get_refund(refund_id).payment_id)
    hold(Refund.id, refund_id)
    statement = select(Refund).where(Refund.id == refund_id)
    refund = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    return refund, payment


def _check_day(on: date) -> None:
    if on > ledger.today():
        raise MoneyRefused(say("Record it once it was mailed."), field="on")
