"""The books are brought in line with what Stripe told of one payment; each thing is done once.

Whoever holds the messages of a payment holds the payment: two that come at once take turns.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.cards import USD
from consortium.database import db, hold, translating
from consortium.tenancy import require_tenant
from consortium.tenants.models import Tenant
from consortium.words import dollars, say
from events.invoices import service as invoices
from events.invoices.models import Invoice
from events.ledger import service as ledger
from events.ledger.domain import Account, EntryKind
from events.payments.domain import ExceptionKind, PaymentKind, PaymentStatus
from events.payments.models import ONE_PAYMENT_OF_INTENT, Checkout, Payment, StripeEvent
from events.payments.models.stripe import CheckoutStatus
from events.payments.service.applying import (
    Applied,
    Gone,
    correct_receipts,
    in_words,
    lock_payment,
    post_payment,
    take_back,
)
from events.payments.service.exceptions import follow_rest, open_exception
from events.payments.service.stripe.facts import Captured, Facts, Told, facts_of
from events.payments.service.stripe.references import checkout_id_in
from events.payments.service.stripe.reversing import follow_disputes, follow_refunds

BY = "stripe"
UNREADABLE, IGNORED, OTHER_MODE = "unreadable", "ignored", "other_mode"
SAY_NOTHING = (UNREADABLE, IGNORED, OTHER_MODE)
"""Outcomes of messages from which nothing follows."""


class AnotherIsAtIt(Exception):
    """The same payment is being written down by someone else; the worker looks again."""


def told_of(intent_id: str) -> tuple[Facts, Sequence[UUID]]:
    """Return what Stripe told of a payment so far, and the messages, held: others wait."""
    statement = select(StripeEvent.id).where(StripeEvent.intent_id == intent_id)
    ids = db.session.scalars(statement).all()
    hold(StripeEvent.id, *ids)
    rows = db.session.execute(
        select(StripeEvent.kind, StripeEvent.happened_at, StripeEvent.body).where(
            StripeEvent.intent_id == intent_id, StripeEvent.outcome.not_in(SAY_NOTHING)
        )
    )
    return facts_of(Told(kind=kind, at=at, said=said) for kind, at, said in rows), ids


def settle(intent_id: str, facts: Facts) -> bool:
    """Bring payment, refunds and disputes in line with the facts; tell whether anything changed.

    Part of another act. Doing it twice does nothing; what is older than what is known changes
    nothing. Raises ``AnotherIsAtIt``.
    """
    checkout = checkout_named(facts.reference)
    if checkout is not None:
        follow_checkout(checkout, facts, intent_id)
    if facts.status is None:
        return False
    if _currency_of(facts) != USD:
        return _set_aside(intent_id, facts)
    payment = find_payment(intent_id)
    changed = payment is None
    payment = payment or _begin(intent_id, facts, checkout)
    if facts.captured is not None:
        changed |= _receive(payment, facts.captured, checkout)
        changed |= facts.gone and _lose(payment)
        changed |= follow_refunds(payment, facts.refunds, by=BY)
        changed |= follow_disputes(payment, facts.disputes, by=BY)
    elif facts.promise_broken and payment.status is PaymentStatus.PROCESSING:
        payment.status = PaymentStatus.FAILED
        payment.version += 1
        changed = True
    if changed:
        db.session.flush()
        audit.record(
            "settle_card_payment",
            f"payment:{payment.id}",
            by=BY,
            after={"status": payment.status.value, "cents": payment.amount_cents},
        )
    return changed


def find_payment(intent_id: str) -> Payment | None:
    """Return the payment of a PaymentIntent, held."""
    found = db.session.scalar(select(Payment.id).where(Payment.intent_id == intent_id))
    return lock_payment(found) if found else None


def follow_checkout(checkout: Checkout, facts: Facts, intent_id: str | None) -> None:
    """Note how an attempt to pay stands; one that was paid stays so.

    One that brought another currency, or was to and did not, is over: nothing of it will ever
    arrive in these books, and its payer may pay anew.
    """
    checkout.session_id = checkout.session_id or facts.session_id
    checkout.intent_id = checkout.intent_id or intent_id
    if facts.status not in {None, PaymentStatus.PROCESSING} and _currency_of(facts) != USD:
        checkout.status = CheckoutStatus.EXPIRED
    elif facts.status is not None or (facts.completed and not facts.expired):
        checkout.status = CheckoutStatus.COMPLETED
    elif facts.expired and (facts.completed or checkout.status is not CheckoutStatus.COMPLETED):
        checkout.status = CheckoutStatus.EXPIRED
    db.session.flush()


def checkout_named(reference: str | None) -> Checkout | None:
    """Return the checkout that our reference on Stripe's objects names, if there is one."""
    named = checkout_id_in(reference)
    if named is None:
        return None
    return db.session.scalar(select(Checkout).where(Checkout.id == named))


def _begin(intent_id: str, facts: Facts, checkout: Checkout | None) -> Payment:
    """Write a payment down as one that is on its way; its money is not in the books yet."""
    invoice = db.session.get(Invoice, checkout.invoice_id) if checkout else None
    captured = facts.captured
    at = captured.at if captured else facts.promised_at
    payment = Payment(
        payer_id=invoice.payer_id if invoice else None,
        kind=captured.kind if captured else PaymentKind.BANK_ACCOUNT,
        status=PaymentStatus.PROCESSING,
        amount_cents=captured.cents if captured else (facts.promised or (0, USD))[0],
        received_on=_day_of(at or clock.now()),
        intent_id=intent_id,
        recorded_by=BY,
        recorded_at=clock.now(),
    )
    with (
        translating(ONE_PAYMENT_OF_INTENT, into=AnotherIsAtIt()),
        db.session.begin_nested(),
    ):
        db.session.add(payment)
    return payment


def _receive(payment: Payment, captured: Captured, checkout: Checkout | None) -> bool:
    """Write money that Stripe has into the books, towards the invoice it was paid for."""
    if captured.ending and not payment.ending:
        payment.ending = captured.ending
    source = f"stripe:intent:{payment.intent_id}:succeeded"
    if ledger.is_posted(source):
        return False
    payment.kind = captured.kind
    payment.amount_cents = captured.cents
    payment.received_on = _day_of(captured.at)
    payment.status = PaymentStatus.RECEIVED
    payment.version += 1
    db.session.flush()
    applied = post_payment(
        payment,
        into=Account.STRIPE,
        towards=[(checkout.invoice_id, None)] if checkout else [],
        by=BY,
        source=source,
    )
    _note_what_is_odd(payment, applied, checkout)
    return True


def _note_what_is_odd(payment: Payment, applied: Applied, checkout: Checkout | None) -> None:
    """Let finance look at money that came for nothing, twice, or not as it was asked for."""
    if checkout is None:
        follow_rest(payment, by=BY, kind=ExceptionKind.NO_INVOICE)
        return
    view = invoices.get_invoice(checkout.invoice_id)
    invoice = view.invoice
    cancelled = invoice.institute is not None and invoice.institute.cancelled
    left = applied.left_cents
    values = {
        "payment": in_words(payment),
        "cents": dollars(payment.amount_cents),
        "number": invoice.number,
        "what": invoice.what,
        "left": dollars(left),
        "asked": dollars(checkout.cents),
    }
    if left and (cancelled or view.owed_cents <= 0):
        kind = ExceptionKind.NO_SEAT
        words = say(
            "%(payment)s brought %(cents)s for invoice %(number)s (%(what)s), which asks for "
            "nothing any more. %(left)s belongs to no invoice: refund it, or ask the payer.",
            **values,
        )
    elif payment.amount_cents != checkout.cents:
        kind = ExceptionKind.OTHER_AMOUNT
        words = say(
            "%(payment)s brought %(cents)s for invoice %(number)s, and %(asked)s was asked for. "
            "%(left)s of it belongs to no invoice. Look at the payment in Stripe's dashboard.",
            **values,
        )
    elif left:
        twice = view.paid_cents > applied.to.get(invoice.id, 0)
        follow_rest(
            payment,
            by=BY,
            kind=ExceptionKind.PAID_TWICE if twice else ExceptionKind.OVERPAID,
            invoice_id=invoice.id,
        )
        return
    else:
        return
    open_exception(
        kind,
        f"payment:{payment.id}",
        cents=left or payment.amount_cents,
        words=words,
        payment_id=payment.id,
        invoice_id=invoice.id,
    )


def _lose(payment: Payment) -> bool:
    """Write down that money which had come is gone: its bank took it back."""
    source = f"stripe:intent:{payment.intent_id}:failed"
    if ledger.is_posted(source):
        return False
    gone = Gone(
        cents=payment.amount_cents,
        out_of=Account.STRIPE,
        kind=EntryKind.REVERSAL,
        source=source,
        memo=say("%(payment)s failed after all", payment=in_words(payment)),
        refunded_too=True,
    )
    held = take_back(payment, gone, by=BY)
    why = say("The bank did not pay after all. The invoice is open again.")
    correct_receipts(payment, list(held.to), why=why, by=BY)
    payment.status = PaymentStatus.FAILED
    payment.version += 1
    db.session.flush()
    follow_rest(payment, by=BY)
    open_exception(
        ExceptionKind.PAYMENT_FAILED,
        f"payment:{payment.id}",
        cents=payment.amount_cents,
        words=say(
            "%(payment)s for %(cents)s had arrived and then failed. What it paid is open again: "
            "ask the payer for another way to pay.",
            payment=in_words(payment),
            cents=dollars(payment.amount_cents),
        ),
        payment_id=payment.id,
    )
    return True


def _set_aside(intent_id: str, facts: Facts) -> bool:
    """Let finance look at money in another currency; these books hold US dollars alone."""
    if facts.captured is None:
        return False
    open_exception(
        ExceptionKind.OTHER_CURRENCY,
        f"stripe:{intent_id}",
        cents=0,
        words=say(
            "Stripe says that %(cents)s %(currency)s (in its smallest unit) were paid with "
            "%(intent)s. That is not in these books, which hold US dollars. Refund it in Stripe's "
            "dashboard and ask the payer to pay in dollars.",
            cents=f"{facts.captured.cents:,}",
            currency=facts.captured.currency.upper(),
            intent=intent_id,
        ),
    )
    return False


def _currency_of(facts: Facts) -> str:
    return facts.captured.currency if facts.captured else (facts.promised or (0, USD))[1]


def _day_of(at: datetime) -> date:
    tenant = db.session.get_one(Tenant, require_tenant())
    return at.astimezone(tenant.zone).date()
