"""Refunds that Stripe is asked for: never twice, however often and however late we ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update

from consortium import clock
from consortium.cards import RefundFacts
from consortium.database import db, hold
from consortium.words import dollars, say
from events.payments.domain import ExceptionKind, RefundStatus, RefundWay
from events.payments.models import Refund
from events.payments.service.applying import in_words, lock_payment
from events.payments.service.exceptions import open_exception
from events.payments.service.refund_paying import fail_refund, get_refund
from events.payments.service.stripe.events import apply_event, store_listed
from events.payments.service.stripe.settling import BY

FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
GIVES_UP_AFTER = timedelta(hours=72)
"""How long we try by ourselves before finance is asked to look; we try on all the same."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What Stripe is to be asked for. ``refund_id`` is the idempotency key and the reference."""

    refund_id: UUID
    intent_id: str
    cents: int
    look_first: bool
    """Whether it was asked for before and may exist: the key is forgotten after a day."""


def refunds_to_ask() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of refunds that Stripe has not confirmed and that are due."""
    statement = (
        select(Refund.tenant_id, Refund.id)
        .where(
            Refund.way == RefundWay.STRIPE,
            Refund.status.in_((RefundStatus.OWED, RefundStatus.ASKED)),
            Refund.supplier_id.is_(None),
            or_(Refund.next_try_at.is_(None), Refund.next_try_at <= clock.now()),
        )
        .order_by(Refund.decided_at, Refund.id)
        .limit(200)
    )
    return [(tenant_id, refund_id) for tenant_id, refund_id in db.session.execute(statement)]


def take_refund(refund_id: UUID) -> Asking | None:
    """Take a refund in hand, so that no other worker asks for it at the same time.

    ``None`` when someone else has it, or it is settled.
    """
    now = clock.now()
    row = get_refund(refund_id)
    attempts = row.attempts
    done = db.session.execute(
        update(Refund)
        .where(
            Refund.id == refund_id,
            Refund.attempts == attempts,
            Refund.status.in_((RefundStatus.OWED, RefundStatus.ASKED)),
            Refund.supplier_id.is_(None),
            or_(Refund.next_try_at.is_(None), Refund.next_try_at <= now),
        )
        .values(
            attempts=attempts + 1,
            status=RefundStatus.ASKED,
            next_try_at=now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(attempts, 20)),
        )
        .returning(Refund.id)
    ).all()
    if not done or row.payment.intent_id is None:
        return None
    db.session.refresh(row)
    if now - row.decided_at >= GIVES_UP_AFTER:
        _tell_finance(row)
    return Asking(
        refund_id=refund_id,
        intent_id=row.payment.intent_id,
        cents=row.cents,
        look_first=attempts > 0,
    )


def refund_answered(refund_id: UUID, facts: RefundFacts) -> None:
    """Write down what Stripe answered; its messages may have said so before."""
    refund = get_refund(refund_id)
    stored = store_listed(facts) if facts.payment_intent_id else None
    if stored is not None:
        apply_event(stored)
    db.session.refresh(refund)
    if refund.supplier_id is None:
        refund.supplier_id = facts.id  # asked for again it would be another refund
    db.session.flush()


def refund_refused(refund_id: UUID, why: str) -> None:
    """Take a refund back that Stripe refuses; finance is told and decides anew.

    One that was made by another way meanwhile stays as it is.
    """
    refund = get_refund(refund_id)
    lock_payment(refund.payment_id)
    hold(Refund.id, refund_id)
    db.session.refresh(refund)
    if refund.status is RefundStatus.ASKED and refund.supplier_id is None:
        fail_refund(refund_id, why, by=BY)


def _tell_finance(refund: Refund) -> None:
    open_exception(
        ExceptionKind.REFUND_FAILED,
        f"stripe:refund:{refund.id}",
        cents=refund.cents,
        words=say(
            "Stripe has not answered for three days whether it refunds %(cents)s of %(payment)s. "
            "We go on asking. Look in Stripe's dashboard whether the refund is there before you "
            "pay it in another way.",
            cents=dollars(refund.cents),
            payment=in_words(refund.payment),
        ),
        payment_id=refund.payment_id,
        invoice_id=refund.invoice_id,
    )
