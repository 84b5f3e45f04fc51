"""Money goes back: decided against a payment, within what came, the way it came."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.errors import NotFound
from consortium.ids import new_id
from consortium.words import dollars, say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line
from events.payments.domain import BY_STRIPE, HELD, PaymentKind, PaymentStatus, RefundWay
from events.payments.domain.recording import check_cents
from events.payments.domain.refunding import Source, refund_plan, usual_way
from events.payments.models import Payment, Refund
from events.payments.service.applying import applied_of, in_words, lock_payment, payments_on
from events.payments.service.exceptions import follow_rest
from events.payments.service.refund_telling import tell_decided


def decide_refund(  # noqa: PLR0913  (each is a column of the row)
    payment_id: UUID,
    *,
    cents: int,
    why: str,
    by: str,
    invoice_id: UUID | None = None,
    way: RefundWay | None = None,
) -> Refund:
    """Owe a payer so much of one payment back: out of an invoice's credit, or of what is left.

    Without ``way`` it goes back as it came. Raises ``NotFound``, ``MoneyRefused`` for more than
    was paid, than the invoice's credit or than the payment's rest, and for a way it cannot go.
    """
    refund = owe_back(payment_id, cents=cents, why=why, by=by, invoice_id=invoice_id, way=way)
    audit.record(
        "decide_refund",
        f"refund:{refund.id}",
        by=by,
        after={"payment_id": str(payment_id), "cents": cents, "way": refund.way.value, "why": why},
    )
    return refund


def refund_credit(invoice_id: UUID, *, why: str, by: str) -> tuple[Refund, ...]:
    """Owe back all that an invoice's payer has too much on it, spread over what paid it.

    Raises ``NotFound``, ``MoneyRefused`` when there is no credit of money that came.
    """
    invoices.get_invoice(invoice_id)
    refunds = refund_credits([invoice_id], why=why, by=by)
    if not refunds:
        raise MoneyRefused(say("No money that came for this invoice is owed back."))
    audit.record(
        "refund_credit",
        f"invoice:{invoice_id}",
        by=by,
        after={"refunds": {str(one.id): one.cents for one in refunds}, "why": why},
    )
    return refunds


def refund_credits(invoice_ids: Sequence[UUID], *, why: str, by: str) -> tuple[Refund, ...]:
    """Owe back what is too much on some invoices. Part of another act.

    A check on hand all of which goes back, be it for several of the invoices, is mailed back;
    pass what was cancelled together at once. Invoices without credit are left alone.
    """
    paying = {payment.id for one in invoice_ids for payment, _ in payments_on(one)}
    for payment_id in sorted(paying):
        lock_payment(payment_id)
    hold(Invoice.id, *invoice_ids)
    made = _whole_checks(sorted(paying), invoice_ids, why=why, by=by)
    for invoice_id in invoice_ids:
        credit = -ledger.invoice_balances([invoice_id])[invoice_id]
        sources = [
            _source(payment, cents)
            for payment, cents in payments_on(invoice_id)
            if payment.id in paying and payment.status in HELD and cents > 0
        ]
        # What was written off and credited later is nobody's money.
        most = min(credit, sum(source.applied_cents for source in sources))
        made += [
            owe_back(
                one.payment_id,
                cents=one.cents,
                why=why,
                by=by,
                invoice_id=invoice_id,
                way=one.way,
            )
            for one in refund_plan(most, sources)
        ]
    return tuple(made)


def owe_back(  # noqa: PLR0913  (each is a column of the row)
    payment_id: UUID,
    *,
    cents: int,
    why: str,
    by: str,
    invoice_id: UUID | None = None,
    way: RefundWay | None = None,
) -> Refund:
    """Write a refund down and into the books, and promise its payer a mail. Part of another act.

    Raises as ``decide_refund``.
    """
    check_cents(cents)
    payment = lock_payment(payment_id)
    way = way or usual_way(_source(payment, cents), cents)
    _check_way(payment, way, cents)
    if way is RefundWay.MAIL_BACK:
        out_of = _whole(payment)
        invoice_id = invoice_id if list(out_of) == [invoice_id] else None
    else:
        out_of = {invoice_id: cents}
    raise_refunded(payment, cents)
    hold(Invoice.id, *(one for one in out_of if one))
    _check_out_of(payment, out_of)
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        invoice_id=invoice_id,
        cents=cents,
        way=way,
        why=why.strip(),
        decided_at=clock.now(),
        decided_by=by,
    )
    db.session.add(refund)
    db.session.flush()
    ledger.post(
        Entry(
            kind=EntryKind.REFUND,
            source=f"refund:{refund.id}",
            memo=say("Refund of %(payment)s", payment=in_words(payment)),
            lines=(
                *(_taken(payment, one, some) for one, some in out_of.items()),
                Line(
                    account=Account.REFUNDS_OWED,
                    cents=-cents,
                    payer_id=payment.payer_id,
                    payment_id=payment.id,
                ),
            ),
        ),
        by=by,
    )
    follow_rest(payment, by=by)
    tell_decided(refund)
    return refund


def raise_refunded(payment: Payment, cents: int) -> None:
    """Count ``cents`` more of a payment as refunded, never more than came. Part of another act.

    Raises ``MoneyRefused``; the database itself decides, whoever refunds at the same moment.
    """
    done = db.session.execute(
        update(Payment)
        .where(
            Payment.id == payment.id,
            Payment.status.in_(HELD),
            Payment.refunded_cents + cents <= Payment.amount_cents,
        )
        .values(refunded_cents=Payment.refunded_cents + cents)
        .returning(Payment.id)
    ).all()
    if not done:
        raise MoneyRefused(
            say(
                "%(cents)s is more than was paid and is still here of %(payment)s.",
                cents=dollars(cents),
                payment=in_words(payment),
            ),
            field="cents",
        )
    db.session.refresh(payment)


def _check_way(payment: Payment, way: RefundWay, cents: int) -> None:
    if way is RefundWay.STRIPE and payment.kind not in BY_STRIPE:
        raise MoneyRefused(
            say("This did not come by card or bank account. Refund it by check."), field="way"
        )
    if way is not RefundWay.MAIL_BACK:
        return
    if payment.kind is not PaymentKind.CHECK or payment.status is not PaymentStatus.ON_HAND:
        raise MoneyRefused(
            say("Only a check that is still on hand can be mailed back."), field="way"
        )
    if cents != payment.amount_cents or payment.refunded_cents:
        raise MoneyRefused(
            say("Only all of a check can be mailed back. Refund a part by another check."),
            field="way",
        )


def _check_out_of(payment: Payment, out_of: Mapping[UUID | None, int]) -> None:
    """Raise ``MoneyRefused`` for more than an invoice's credit or than is left of the payment."""
    applied = applied_of([payment.id]).get(payment.id, {})
    balances = ledger.invoice_balances([one for one in out_of if one])
    for invoice_id, cents in out_of.items():
        if invoice_id is None:
            most = ledger.suspense_of_payments([payment.id])[payment.id]
        elif invoice_id in applied:
            most = min(applied[invoice_id], -balances[invoice_id])
        else:
            raise MoneyRefused(say("Nothing of this payment is on that invoice."))
        if cents > most:
            raise MoneyRefused(
                say(
                    "Only %(most)s can go back of this: the rest pays what was billed. Lower the "
                    "invoice first.",
                    most=dollars(max(0, most)),
                ),
                field="cents",
            )


def _whole(payment: Payment) -> Mapping[UUID | None, int]:
    """Return where all of a payment is: on invoices, and under ``None`` what is left."""
    parts: list[tuple[UUID | None, int]] = [*applied_of([payment.id]).get(payment.id, {}).items()]
    left = ledger.suspense_of_payments([payment.id])[payment.id]
    return dict([*parts, (None, left)] if left else parts)


def _whole_checks(
    paying: Sequence[UUID], invoice_ids: Sequence[UUID], *, why: str, by: str
) -> list[Refund]:
    """Mail back the checks on hand that pay several of the invoices and nothing else."""
    applied = applied_of(paying)
    credits_ = {one: -cents for one, cents in ledger.invoice_balances(invoice_ids).items()}
    made = []
    for payment_id in paying:
        payment = db.session.get_one(Payment, payment_id)
        parts = applied.get(payment_id, {})
        if (
            payment.kind is PaymentKind.CHECK
            and payment.status is PaymentStatus.ON_HAND
            and sum(parts.values()) == payment.amount_cents
            and all(0 < cents <= credits_.get(one, 0) for one, cents in parts.items())
        ):
            cents, way = payment.amount_cents, RefundWay.MAIL_BACK
            invoice_id = next(iter(parts)) if len(parts) == 1 else None
            made.append(
                owe_back(payment_id, cents=cents, why=why, by=by, invoice_id=invoice_id, way=way)
            )
            for one, some in parts.items():
                credits_[one] -= some
    return made


def _source(payment: Payment, applied_cents: int) -> Source:
    return Source(
        payment_id=payment.id,
        kind=payment.kind,
        status=payment.status,
        received_on=payment.received_on,
        amount_cents=payment.amount_cents,
        applied_cents=applied_cents,
    )


def _taken(payment: Payment, invoice_id: UUID | None, cents: int) -> Line:
    if invoice_id is None:
        return Line(
            account=Account.UNAPPLIED,
            cents=cents,
            payer_id=payment.payer_id,
            payment_id=payment.id,
        )
    invoice = db.session.get(Invoice, invoice_id)
    if invoice is None:
        raise NotFound(say("There is no such invoice."))
    return Line(
        account=Account.RECEIVABLE,
        cents=cents,
        payer_id=invoice.payer_id,
        invoice_id=invoice.id,
        institute_id=invoice.institute_id,
        payment_id=payment.id,
    )
