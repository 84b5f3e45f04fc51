"""Our books and Stripe's, compared object by object: what webhooks missed is found and repaired."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, select

from consortium import clock
from consortium.audit import service as audit
from consortium.cards import USD, DisputeFacts, GatewayEvent, PaymentFacts, RefundFacts
from consortium.database import db
from consortium.words import dollars, say
from events.invoices import service as invoices
from events.ledger.domain import Account
from events.ledger.models import JournalEntry, JournalLine
from events.payments.domain import ExceptionKind, PaymentStatus
from events.payments.models import Payment, StripeEvent
from events.payments.service.exceptions import open_exception
from events.payments.service.stripe.events import (
    store_answer,
    store_event,
    store_listed,
)
from events.payments.service.stripe.kept import ASKED, LISTED

WINDOW = timedelta(days=30)
"""How far back Stripe tells what happened."""
SLOWEST = timedelta(days=14)
"""How long the money of a payment may be on its way. What is ours counts from the day it came and
what is Stripe's from the day it was begun, so its lists are read from that much before."""
OVERLAP = timedelta(hours=2)
"""How much of what was heard is listed again: messages come in any order."""
SHOWN = 10  # differences named in one sentence


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """What Stripe has of a consortium's payments of some weeks."""

    since: datetime
    payments: tuple[PaymentFacts, ...] = ()
    refunds: tuple[RefundFacts, ...] = ()
    disputes: tuple[DisputeFacts, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What differs, in cents by Stripe's id: above zero Stripe has more than our books."""

    differences: Mapping[str, int] = field(default_factory=dict)

    @property
    def cents(self) -> int:
        """How far apart the two are; differences in both directions do not cancel out."""
        return sum(abs(cents) for cents in self.differences.values())


def heard_until() -> datetime:
    """Return when what we heard last happened; never longer ago than Stripe tells."""
    last = db.session.scalar(
        select(StripeEvent.happened_at)
        .where(StripeEvent.kind.not_in((ASKED, LISTED)))
        .order_by(StripeEvent.id.desc())  # ids rise with the time
        .limit(1)
    )
    oldest = clock.now() - WINDOW + OVERLAP
    return max(last or oldest, oldest)


def store_missed(events: Iterable[GatewayEvent]) -> int:
    """Keep the messages that never came; return how many those were. Part of a job."""
    listed = list(events)
    known = set(
        db.session.scalars(
            select(StripeEvent.event_id).where(
                StripeEvent.happened_at >= min((one.created for one in listed), default=clock.now())
            )
        )
    )
    missed = [one for one in listed if one.id not in known]
    return sum(store_event(one, found_by_sweep=True) is not None for one in missed)


def payments_waiting() -> Sequence[str]:
    """Return the payments of which something is stored and not applied."""
    statement = (
        select(StripeEvent.intent_id)
        .where(StripeEvent.applied_at.is_(None), StripeEvent.intent_id.is_not(None))
        .group_by(StripeEvent.intent_id)
        .order_by(func.min(StripeEvent.happened_at), StripeEvent.intent_id)
    )
    return [one for one in db.session.scalars(statement) if one]


def repair(theirs: Theirs, differing: Iterable[str]) -> None:
    """Keep from Stripe's lists what no message of its told any more, to be applied after this."""
    wanted = set(differing)
    refunded = {one.payment_intent_id for one in theirs.refunds if one.id in wanted}
    for payment in theirs.payments:
        if payment.id in wanted | refunded:
            store_answer(payment)
    for refund in theirs.refunds:
        named = refund.payment_intent_id
        if named is not None and (named in wanted or refund.id in wanted):
            store_listed(refund)


def compare(theirs: Theirs) -> Comparison:
    """Return where Stripe's figures are not ours: captured less refunded less disputed.

    Payments are compared as a whole; refunds and disputes of older ones one by one.
    """
    expected: dict[str, int] = {
        one.id: one.received_cents
        for one in theirs.payments
        if one.status == "succeeded" and one.currency == USD
    }
    known = {one.id for one in theirs.payments}
    older: dict[str, tuple[str, int]] = {}
    for refund in theirs.refunds:
        if refund.status == "succeeded" and refund.payment_intent_id:
            if refund.payment_intent_id in expected:
                expected[refund.payment_intent_id] -= refund.cents
            elif refund.payment_intent_id not in known:
                older[refund.id] = (refund.payment_intent_id, refund.cents)
    for dispute in theirs.disputes:
        if dispute.payment_intent_id in expected:
            expected[dispute.payment_intent_id] -= dispute.withdrawn_cents
        elif dispute.payment_intent_id not in {None, *known} and dispute.withdrawn_cents > 0:
            older[dispute.id] = (str(dispute.payment_intent_id), dispute.withdrawn_cents)
    ours = _ours(theirs.since, expected)
    found = {
        one: expected.get(one, 0) - ours.get(one, 0)
        for one in sorted({*expected, *ours})
        if expected.get(one, 0) != ours.get(one, 0)
    }
    return Comparison(differences={**found, **_older(older)})


def note_comparison(comparison: Comparison, *, by: str) -> None:
    """Write down what a comparison found; finance is told of what is not the same."""
    row = invoices.own_settings()
    row.reconciled_to_cents = comparison.cents
    db.session.flush()
    if comparison.differences:
        parts = [
            say("%(id)s: %(cents)s", id=named, cents=dollars(cents))
            for named, cents in list(comparison.differences.items())[:SHOWN]
        ]
        more = len(comparison.differences) - len(parts)
        if more:
            parts.append(say("and %(more)s more", more=more))
        open_exception(
            ExceptionKind.DIFFERENCE,
            "stripe",
            cents=comparison.cents,
            words=say(
                "Stripe has other figures than our books: %(list)s. Look each up in Stripe's "
                "dashboard; what was done there by hand is the usual reason.",
                list="; ".join(parts),
            ),
        )
    audit.record(
        "compare_with_stripe",
        f"money_settings:{row.id}",
        by=by,
        after={"difference_cents": comparison.cents, "differing": len(comparison.differences)},
    )


def _ours(since: datetime, named: Iterable[str]) -> Mapping[str, int]:
    """Return what our books have at Stripe of these payments, and of all that came since."""
    sums = (
        select(Payment.intent_id, func.coalesce(func.sum(JournalLine.cents), 0))
        .outerjoin(
            JournalLine,
            (JournalLine.payment_id == Payment.id)
            & (JournalLine.tenant_id == Payment.tenant_id)
            & (JournalLine.account == Account.STRIPE),
        )
        .where(
            Payment.intent_id.is_not(None),
            Payment.status != PaymentStatus.PROCESSING,
            # A day more than asked for would bring payments that Stripe did not list.
            Payment.received_on > (since + timedelta(days=1)).date(),
        )
        .group_by(Payment.intent_id)
    )
    found = {str(one): int(cents) for one, cents in db.session.execute(sums)}
    rest = [one for one in named if one not in found]
    for start in range(0, len(rest), 5000):
        some = rest[start : start + 5000]
        of_these = (
            select(Payment.intent_id, func.sum(JournalLine.cents))
            .join(JournalLine, JournalLine.payment_id == Payment.id)
            .where(Payment.intent_id.in_(some), JournalLine.account == Account.STRIPE)
            .group_by(Payment.intent_id)
        )
        found |= {str(one): int(cents) for one, cents in db.session.execute(of_these)}
    return found


def _older(older: Mapping[str, tuple[str, int]]) -> Mapping[str, int]:
    """Return refunds and disputes of our older payments that our books do not have."""
    sources = {f"stripe:refund:{one}": one for one in older}
    sources |= {f"stripe:dispute:{one}:withdrawn": one for one in older}
    posted = select(JournalEntry.source).where(JournalEntry.source.in_(sources))
    known = {sources[source] for source in db.session.scalars(posted)}
    intents = {intent_id for intent_id, _ in older.values()}
    ours = set(db.session.scalars(select(Payment.intent_id).where(Payment.intent_id.in_(intents))))
    return {
        named: -cents
        for named, (intent_id, cents) in older.items()
        if named not in known and intent_id in ours
    }
