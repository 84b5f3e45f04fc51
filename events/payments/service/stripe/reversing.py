"""Money that goes back through Stripe: our refunds, those made in its dashboard, disputes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.cards import USD
from consortium.database import db, hold
from consortium.ids import new_id
from consortium.words import dollars, say
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.ledger.domain import Account, Entry, EntryKind, Line, reversed_entry
from events.ledger.models import JournalEntry
from events.payments.domain import ExceptionKind, PaymentStatus, RefundStatus, RefundWay
from events.payments.models import Payment, Refund
from events.payments.service.applying import Gone, applied_of, in_words, take_back
from events.payments.service.exceptions import (
    exceptions_of_payment,
    follow_rest,
    open_exception,
)
from events.payments.service.refund_paying import (
    fail_refund,
    paid_source,
    refund_paid,
    refunds_of,
    undo_refund,
)
from events.payments.service.refunds import raise_refunded
from events.payments.service.stripe.facts import DisputeTold, RefundTold


def follow_refunds(payment: Payment, told: Sequence[RefundTold], *, by: str) -> bool:
    """Bring a held payment's refunds in line with what Stripe says of them.

    Those that came back come first: what they leave may have been refunded again since.
    """
    in_order = sorted(told, key=lambda one: not one.failed)
    changes = [follow_refund(payment, one, by=by) for one in in_order]
    return any(changes)


def follow_refund(payment: Payment, told: RefundTold, *, by: str) -> bool:
    """Bring one refund in line with what Stripe says of it; tell whether anything changed.

    The payment is held. A refund that we did not ask for was made in Stripe's dashboard: it is
    written down after the fact, and finance is told.
    """
    row = _row_of(payment, told)
    # One that came back before we hear of it takes no room from what was refunded since.
    counted = row is not None or not told.failed
    if row is None:
        if not told.succeeded or told.currency != USD:
            return False  # nothing has moved: it waits, or failed before it did
        row = _made_elsewhere(payment, told, counted=counted, by=by)
        changed = True
    else:
        changed = row.supplier_id is None
        row.supplier_id = told.id
        db.session.flush()
    if told.succeeded and not ledger.is_posted(paid_source(row)):
        _pay(row, by=by)
        changed = True
    elif row.status is RefundStatus.OWED:
        row.status = RefundStatus.ASKED
        changed = True
    if told.failed and row.status is not RefundStatus.FAILED:
        fail_refund(row.id, _why(told), by=by, counted=counted)
        _leave_to_dispute(payment, row, by=by)
        changed = True
    return changed


def _leave_to_dispute(payment: Payment, row: Refund, *, by: str) -> None:
    """Let what came back go where a dispute had taken more than was left of the payment."""
    lacking = -ledger.suspense_of_payments([payment.id])[payment.id]
    applied = sum(applied_of([payment.id]).get(payment.id, {}).values())
    if min(lacking, applied) <= 0:
        return
    gone = Gone(
        cents=min(lacking, applied),
        out_of=Account.UNAPPLIED,
        kind=EntryKind.ALLOCATION,
        source=f"refund:{row.id}:disputed",
        memo=say("%(payment)s: what came back is disputed", payment=in_words(payment)),
    )
    take_back(payment, gone, by=by)
    follow_rest(payment, by=by)


def _pay(row: Refund, *, by: str) -> None:
    """Write down that it was paid; of one that failed since, what was paid came back as well."""
    failed = row.status is RefundStatus.FAILED
    refund_paid(row, by=by)
    if failed:
        ledger.reverse(paid_source(row), by=by, why=say("The refund came back."))
        row.status = RefundStatus.FAILED
        db.session.flush()


def _why(told: RefundTold) -> str:
    why = told.failure.replace("_", " ") or say("it did not arrive")
    return say("Stripe says: %(why)s.", why=why)


def _row_of(payment: Payment, told: RefundTold) -> Refund | None:
    found = select(Refund).where(Refund.supplier_id == told.id)
    row = db.session.scalar(found)
    if row is None and told.reference:
        try:
            named = UUID(told.reference)
        except ValueError:
            return None
        row = db.session.scalar(
            select(Refund).where(Refund.id == named, Refund.payment_id == payment.id)
        )
    if row is not None:
        hold(Refund.id, row.id)
        db.session.refresh(row)
    return row


def _made_elsewhere(payment: Payment, told: RefundTold, *, counted: bool, by: str) -> Refund:
    if counted:
        _count_as_refunded(payment, told.cents, by=by)
    refund = Refund(
        id=new_id(),
        payment_id=payment.id,
        invoice_id=None,
        cents=told.cents,
        way=RefundWay.STRIPE,
        status=RefundStatus.ASKED,
        why=say("Made in Stripe's dashboard"),
        supplier_id=told.id,
        decided_at=clock.now(),
        decided_by=by,
    )
    gone = Gone(
        cents=told.cents,
        out_of=Account.REFUNDS_OWED,
        kind=EntryKind.REFUND,
        source=f"refund:{refund.id}",
        memo=say("Refund of %(payment)s, made in Stripe's dashboard", payment=in_words(payment)),
        refunded_too=True,
    )
    held = take_back(payment, gone, by=by)
    if len(held.to) == 1 and not held.left_cents:
        refund.invoice_id = next(iter(held.to))
    db.session.add(refund)
    db.session.flush()
    follow_rest(payment, by=by)
    open_exception(
        ExceptionKind.REFUNDED_ELSEWHERE,
        f"stripe:{told.id}",
        cents=told.cents,
        words=say(
            "%(cents)s of %(payment)s was refunded in Stripe's dashboard. What it had paid is "
            "open again: lower the invoice if that is meant. Decide refunds here next time.",
            cents=dollars(told.cents),
            payment=in_words(payment),
        ),
        payment_id=payment.id,
        invoice_id=refund.invoice_id,
    )
    return refund


def _count_as_refunded(payment: Payment, cents: int, *, by: str) -> None:
    """Count a refund that happened; ours that nobody asked Stripe for yet make room for it."""
    try:
        raise_refunded(payment, cents)
    except MoneyRefused:
        if not _drop_unasked(payment, say("It was refunded in Stripe's dashboard."), by=by):
            raise
        raise_refunded(payment, cents)


def _drop_unasked(payment: Payment, why: str, *, by: str) -> bool:
    unasked = [
        one
        for one in refunds_of(payment.id)
        if one.status is RefundStatus.OWED and one.way is RefundWay.STRIPE and not one.attempts
    ]
    for one in unasked:
        undo_refund(one, payment, why, by=by)
    return bool(unasked)


def follow_disputes(payment: Payment, told: Sequence[DisputeTold], *, by: str) -> bool:
    """Bring what disputes took of a held payment, and gave back, in line with Stripe."""
    changes = [_follow_dispute(payment, one, by=by) for one in told]
    return any(changes)


def _follow_dispute(payment: Payment, told: DisputeTold, *, by: str) -> bool:
    withdrawn = f"stripe:dispute:{told.id}:withdrawn"
    reinstated = f"stripe:dispute:{told.id}:reinstated"
    changed = False
    if told.withdrawn_cents and not ledger.is_posted(withdrawn):
        _withdraw(payment, told, withdrawn, by=by)
        changed = True
    if told.reinstated_cents and not ledger.is_posted(reinstated):
        _reinstate(payment, told, withdrawn, reinstated, by=by)
        _tell_of_credit(payment, told)
        changed = True
    if changed:
        follow_rest(payment, by=by)
    _tell_of_dispute(payment, told)
    return changed


def _withdraw(payment: Payment, told: DisputeTold, source: str, *, by: str) -> None:
    if payment.status is PaymentStatus.RECEIVED:
        # Stripe refuses to refund what is disputed, so a refund nobody asked for yet is off.
        _drop_unasked(payment, say("The payment is disputed."), by=by)
    gone = Gone(
        cents=told.withdrawn_cents,
        out_of=Account.STRIPE,
        kind=EntryKind.DISPUTE,
        source=source,
        memo=say("%(payment)s disputed", payment=in_words(payment)),
        refunded_too=True,
    )
    take_back(payment, gone, by=by)


def _reinstate(
    payment: Payment, told: DisputeTold, withdrawn: str, source: str, *, by: str
) -> None:
    memo = say("%(payment)s: dispute won", payment=in_words(payment))
    taken = db.session.scalars(select(JournalEntry).where(JournalEntry.source == withdrawn)).one()
    if told.reinstated_cents == told.withdrawn_cents:
        ledger.post(reversed_entry(taken.as_entry, source=source, memo=memo), by=by)
        return
    cents = told.reinstated_cents
    unapplied = Line(
        account=Account.UNAPPLIED,
        cents=-cents,
        payer_id=payment.payer_id,
        payment_id=payment.id,
    )
    given = Line(account=Account.STRIPE, cents=cents, payment_id=payment.id)
    entry = Entry(kind=EntryKind.DISPUTE, source=source, memo=memo, lines=(given, unapplied))
    ledger.post(entry, by=by)


def _tell_of_credit(payment: Payment, told: DisputeTold) -> None:
    """Let finance look where the money is back on an invoice that was paid otherwise meanwhile."""
    on_invoices = applied_of([payment.id]).get(payment.id, {})
    for invoice_id, balance in ledger.invoice_balances(on_invoices).items():
        if balance >= 0:
            continue
        open_exception(
            ExceptionKind.PAID_TWICE,
            f"stripe:{told.id}:{invoice_id}",
            cents=-balance,
            words=say(
                "The dispute of %(payment)s was won, and its money is back on invoice %(number)s, "
                "which was paid or lowered meanwhile. %(credit)s is too much: refund it, or take "
                "the payment off the invoice.",
                payment=in_words(payment),
                number=invoices.get_invoice(invoice_id).invoice.number,
                credit=dollars(-balance),
            ),
            invoice_id=invoice_id,
        )


def _tell_of_dispute(payment: Payment, told: DisputeTold) -> None:
    """Let finance answer a dispute; resolved or not, it is told of each dispute once."""
    about = f"stripe:{told.id}"
    if any(
        one.about == about and one.kind is ExceptionKind.DISPUTED
        for one in exceptions_of_payment(payment.id)
    ):
        return
    open_exception(
        ExceptionKind.DISPUTED,
        about,
        cents=told.cents,
        words=say(
            "The payer's bank contests %(cents)s of %(payment)s (%(reason)s). Answer it in "
            "Stripe's dashboard before its date; what the bank takes is open on the invoice again.",
            cents=dollars(told.cents),
            payment=in_words(payment),
            reason=told.reason.replace("_", " ") or say("no reason given"),
        ),
        payment_id=payment.id,
    )
