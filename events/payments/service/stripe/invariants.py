"""What must be true of all that Stripe had a part in, whatever was told and in whatever order."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import and_, func, or_, select

from consortium import clock
from consortium.database import db
from consortium.words import dollars
from events.invoices.models import MoneySettings
from events.ledger.domain import Account
from events.ledger.models import JournalEntry, JournalLine
from events.payments.domain import BY_STRIPE, PaymentStatus, RefundStatus, RefundWay
from events.payments.models import Checkout, Payment, Refund, StripeEvent
from events.payments.models.stripe import CheckoutStatus

APPLIED_WITHIN = timedelta(hours=72)
CLOSED_WITHIN = timedelta(hours=1)


def not_one_entry_each() -> Iterator[str]:
    """Find what Stripe captured that is in the journal never or otherwise, and the reverse (I16).

    The journal itself takes each source once.
    """
    yield from _payments_without_entry()
    yield from _entries_without_payment()
    yield from _refunds_without_entry()


def paid_while_on_its_way() -> Iterator[str]:
    """Find pages that can be paid although nothing is open, or money for it is on its way (I19)."""
    on_its_way = (
        select(Checkout.invoice_id)
        .join(
            Payment,
            and_(Payment.tenant_id == Checkout.tenant_id, Payment.intent_id == Checkout.intent_id),
        )
        .where(Payment.status == PaymentStatus.PROCESSING)
    )
    statement = select(Checkout.id, Checkout.invoice_id).where(
        Checkout.status.in_((CheckoutStatus.BEGUN, CheckoutStatus.OPEN)),
        Checkout.begun_at < clock.now() - CLOSED_WITHIN,
        Checkout.expires_at > clock.now(),
        Checkout.invoice_id.in_(on_its_way),
    )
    for checkout_id, invoice_id in db.session.execute(statement):
        yield (
            f"checkout:{checkout_id} can be paid while a payment for invoice:{invoice_id} is on "
            "its way."
        )


def differences_with_stripe() -> Iterator[str]:
    """Find consortia whose last comparison with Stripe found a difference (I24)."""
    statement = select(MoneySettings.tenant_id, MoneySettings.reconciled_to_cents).where(
        MoneySettings.reconciled_to_cents.is_not(None), MoneySettings.reconciled_to_cents != 0
    )
    for tenant_id, cents in db.session.execute(statement):
        yield f"The books of tenant:{tenant_id} differ from Stripe's by {dollars(int(cents or 0))}."


def messages_not_applied() -> Iterator[str]:
    """Find messages of Stripe's that were stored three days ago and have had no effect."""
    statement = select(StripeEvent.id, StripeEvent.event_id, StripeEvent.kind).where(
        StripeEvent.applied_at.is_(None), StripeEvent.stored_at < clock.now() - APPLIED_WITHIN
    )
    for row_id, event_id, kind in db.session.execute(statement):
        yield f"stripe_event:{row_id} ({event_id}, {kind}) waits for more than three days."


def _payments_without_entry() -> Iterator[str]:
    """Find payments by Stripe whose entry is not there, or says another sum than they do."""
    entry = and_(
        JournalEntry.tenant_id == Payment.tenant_id,
        JournalEntry.source == "stripe:intent:" + Payment.intent_id + ":succeeded",
    )
    line = and_(
        JournalLine.tenant_id == JournalEntry.tenant_id,
        JournalLine.entry_id == JournalEntry.id,
        JournalLine.payment_id == Payment.id,
        JournalLine.account == Account.STRIPE,
    )
    posted = func.coalesce(func.sum(JournalLine.cents), 0)
    statement = (
        select(Payment.id, Payment.status, Payment.amount_cents, posted)
        .outerjoin(JournalEntry, entry)
        .outerjoin(JournalLine, line)
        .where(Payment.kind.in_(BY_STRIPE))
        .group_by(Payment.id, Payment.status, Payment.amount_cents)
        .having(
            or_(
                and_(Payment.status == PaymentStatus.RECEIVED, posted != Payment.amount_cents),
                and_(Payment.status == PaymentStatus.FAILED, posted != 0)
                & (posted != Payment.amount_cents),
                and_(Payment.status == PaymentStatus.PROCESSING, posted != 0),
            )
        )
    )
    for payment_id, status, cents, found in db.session.execute(statement):
        yield (
            f"payment:{payment_id} is {status.value} over {dollars(cents)}; the journal took in "
            f"{dollars(int(found))}."
        )


def _entries_without_payment() -> Iterator[str]:
    """Find entries that name a PaymentIntent of which there is no payment."""
    statement = (
        select(JournalEntry.id, JournalEntry.source)
        .outerjoin(
            Payment,
            and_(
                Payment.tenant_id == JournalEntry.tenant_id,
                JournalEntry.source == "stripe:intent:" + Payment.intent_id + ":succeeded",
            ),
        )
        .where(
            JournalEntry.source.like("stripe:intent:%:succeeded"),
            Payment.id.is_(None),
        )
    )
    for entry_id, source in db.session.execute(statement):
        yield f"journal_entry:{entry_id} ({source}) belongs to no payment."


def _refunds_without_entry() -> Iterator[str]:
    """Find refunds that Stripe paid out and that the journal does not have."""
    statement = (
        select(Refund.id, Refund.cents)
        .outerjoin(
            JournalEntry,
            and_(
                JournalEntry.tenant_id == Refund.tenant_id,
                JournalEntry.source == "stripe:refund:" + Refund.supplier_id,
            ),
        )
        .where(
            Refund.way == RefundWay.STRIPE,
            Refund.status == RefundStatus.PAID,
            JournalEntry.id.is_(None),
        )
    )
    for refund_id, cents in db.session.execute(statement):
        yield f"refund:{refund_id} over {dollars(cents)} is paid and not in the journal."
