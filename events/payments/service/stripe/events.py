"""Stripe's messages: stored first, then applied, each once and in whatever order they come."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update

from consortium import clock
from consortium.cards import USD, GatewayEvent, PaymentFacts, RefundFacts
from consortium.database import db, translating
from consortium.words import say
from events.invoices import service as invoices
from events.payments.domain import ExceptionKind
from events.payments.models import EVENT_STORED, StripeEvent
from events.payments.service.exceptions import open_exception
from events.payments.service.stripe.facts import Facts, Told, facts_of
from events.payments.service.stripe.kept import (
    ASKED,
    KNOWN,
    LISTED,
    OF_DISPUTE,
    OF_REFUND,
    Unreadable,
    asked_of,
    kept_of,
    listed_of,
)
from events.payments.service.stripe.references import is_ours
from events.payments.service.stripe.settling import (
    IGNORED,
    OTHER_MODE,
    UNREADABLE,
    checkout_named,
    follow_checkout,
    settle,
    told_of,
)

APPLIED, NO_CHANGE, NOT_OURS, HELD_BACK = "applied", "no_change", "not_ours", "held_back"
ASK_AFTER = timedelta(minutes=1)
"""How long we wait for a message that should come before we ask Stripe ourselves."""


class StoredBefore(Exception):
    """This message is here already."""


def store_event(event: GatewayEvent, *, found_by_sweep: bool = False) -> UUID | None:
    """Keep a message before anything is done about it; ``None`` where it is here already.

    One of a kind that we do not know, or of test money where real money moves, is kept and
    settled at once: nothing follows from it.
    """
    if db.session.scalar(select(StripeEvent.id).where(StripeEvent.event_id == event.id)):
        return None
    outcome = ""
    body: dict[str, Any] = {}
    try:
        body = kept_of(event)
    except Unreadable:
        outcome = UNREADABLE
    if event.type not in KNOWN:
        outcome = IGNORED
    elif event.livemode != invoices.settings().cards_live:
        outcome = OTHER_MODE
    return _store(
        StripeEvent(
            event_id=event.id[:255],
            kind=event.type.replace("\0", "")[:255],
            intent_id=_intent_of(event),
            happened_at=event.created,
            body=body,
            outcome=outcome,
            found_by_sweep=found_by_sweep,
        )
    )


def store_answer(facts: PaymentFacts) -> UUID | None:
    """Keep what Stripe answered about a payment, where no message of its said so."""
    return _store(
        StripeEvent(
            event_id=f"{ASKED}:{facts.id}:{facts.status}",
            kind=ASKED,
            intent_id=facts.id,
            happened_at=facts.created,
            body=asked_of(facts),
            found_by_sweep=True,
        )
    )


def store_listed(facts: RefundFacts) -> UUID | None:
    """Keep how a refund stands that Stripe listed or answered, where no message said so."""
    return _store(
        StripeEvent(
            event_id=f"{LISTED}:{facts.id}:{facts.status}",
            kind=LISTED,
            intent_id=facts.payment_intent_id,
            happened_at=facts.created,
            body=listed_of(facts),
            found_by_sweep=True,
        )
    )


def apply_event(row_id: UUID) -> str:
    """Let a stored message have its effect; return its outcome, empty while it waits.

    All that waits of the same payment is applied with it, so that what came too early waits for
    nothing else than the message it needs. Doing it again does nothing.
    """
    row = db.session.get_one(StripeEvent, row_id)
    if row.applied_at is not None:
        return row.outcome
    if row.outcome or row.intent_id is None:
        _apply_alone(row)
    else:
        apply_payment(row.intent_id)
        db.session.refresh(row)
    return row.outcome


def apply_payment(intent_id: str) -> int:
    """Apply everything that waits of one payment; return how many messages that settled."""
    facts, held = told_of(intent_id)
    if facts.known and not is_ours(facts.reference):
        return _mark(held, NOT_OURS)
    outcome = APPLIED if settle(intent_id, facts) else NO_CHANGE
    if facts.captured is not None and facts.captured.currency != USD:
        outcome = HELD_BACK
    return _mark(held, outcome, but=_kinds_that_wait(facts))


def payment_unknown(intent_id: str) -> int:
    """Settle what waits of a payment that the account does not have; return how many messages.

    The keys are of another account than the one that told of it. Nothing may follow from such
    messages, and none of them may wait for ever; finance is told.
    """
    _, held = told_of(intent_id)
    settled = _mark(held, NOT_OURS)
    if settled:
        open_exception(
            ExceptionKind.UNREADABLE,
            f"stripe:{intent_id}",
            cents=0,
            words=say(
                "Stripe sent messages about the payment %(intent)s, and the account of our keys "
                "has no such payment. If the keys were changed lately, look it up in the former "
                "account; otherwise remove our address from the other account's webhooks.",
                intent=intent_id,
            ),
        )
    return settled


def waiting_events() -> Sequence[tuple[UUID, UUID]]:
    """Return tenant and id of what is stored and not applied, oldest first, one per payment."""
    statement = (
        select(StripeEvent.tenant_id, StripeEvent.id, StripeEvent.intent_id)
        .where(StripeEvent.applied_at.is_(None))
        .order_by(StripeEvent.stored_at, StripeEvent.id)
        .limit(1000)
    )
    found: dict[object, tuple[UUID, UUID]] = {}
    for tenant_id, row_id, intent_id in db.session.execute(statement):
        found.setdefault((tenant_id, intent_id or row_id), (tenant_id, row_id))
    return list(found.values())


def payments_to_ask(*, most: int = 50) -> Sequence[str]:
    """Return payments whose messages wait for one that does not come; it is time to ask."""
    statement = (
        select(StripeEvent.intent_id)
        .where(
            StripeEvent.applied_at.is_(None),
            StripeEvent.intent_id.is_not(None),
            StripeEvent.stored_at <= clock.now() - ASK_AFTER,
        )
        .group_by(StripeEvent.intent_id)
        .order_by(func.min(StripeEvent.stored_at), StripeEvent.intent_id)
        .limit(most)
    )
    return [one for one in db.session.scalars(statement) if one]


def _intent_of(event: GatewayEvent) -> str | None:
    named: object = event.payment_intent_id
    return named[:255] if isinstance(named, str) and named else None


def _store(row: StripeEvent) -> UUID | None:
    row.stored_at = clock.now()
    row.applied_at = row.stored_at if row.outcome == IGNORED else None
    try:
        with translating(EVENT_STORED, into=StoredBefore()), db.session.begin_nested():
            db.session.add(row)
    except StoredBefore:
        return None
    return row.id


def _apply_alone(row: StripeEvent) -> None:
    """Settle a message that is about no payment, or from which nothing follows."""
    if row.outcome in {UNREADABLE, OTHER_MODE}:
        _tell_finance(row)
    elif not row.outcome and row.kind.startswith("checkout.session."):
        facts = facts_of([Told(kind=row.kind, at=row.happened_at, said=row.body)])
        checkout = checkout_named(facts.reference)
        row.outcome = APPLIED if checkout else NOT_OURS
        if checkout is not None:
            follow_checkout(checkout, facts, None)
    elif not row.outcome:
        row.outcome = NOT_OURS
    row.applied_at = clock.now()
    db.session.flush()


def _tell_finance(row: StripeEvent) -> None:
    open_exception(
        ExceptionKind.UNREADABLE,
        f"stripe:{row.event_id}",
        cents=0,
        words=say(
            "Stripe sent the message %(event)s (%(kind)s), which does not fit: it is of test money "
            "where real money moves, of real money where keys are for tests, or not complete. Look "
            "it up in Stripe's dashboard, Developers, Events.",
            event=row.event_id,
            kind=row.kind,
        ),
    )


def _kinds_that_wait(facts: Facts) -> Sequence[str]:
    """Return kinds of messages that need another one before them."""
    if facts.captured is not None:
        return ()
    if facts.paid or not facts.known:
        return tuple(KNOWN)
    return (*OF_REFUND, *OF_DISPUTE)


def _mark(held: Sequence[UUID], outcome: str, *, but: Sequence[str] = ()) -> int:
    """Mark the messages that were read; one that came since waits for its own turn."""
    done = db.session.scalars(
        update(StripeEvent)
        .where(
            StripeEvent.id.in_(held),
            StripeEvent.applied_at.is_(None),
            StripeEvent.outcome == "",
            StripeEvent.kind.not_in(but),
        )
        .values(applied_at=clock.now(), outcome=outcome)
        .returning(StripeEvent.id)
    ).all()
    return len(done)
