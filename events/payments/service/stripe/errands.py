"""What is done with Stripe now and then: each call stands between two transactions, never in one.

The entry point (a job, a button) hands in the gateway, the keys, and how a transaction is opened.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from uuid import UUID

import structlog

from consortium import clock
from consortium.cards import CardGateway, CardKeys, GatewayEvent
from consortium.database import end_reading
from consortium.ports import GatewayDown, GatewayRefused
from events.payments.service.stripe import checkouts, comparing, events, fees, refunding
from events.payments.service.stripe.comparing import Comparison, Theirs
from events.payments.service.stripe.references import is_ours, reference_to

Unit = Callable[[], AbstractContextManager[None]]

NOT_ABOUT_THE_REFUND = frozenset({"unknown_key", "not_allowed", "idempotency_key"})
"""Refusals that new keys or permissions mend: the refund itself is not at fault."""
AT_ONCE = 200  # messages that are stored in one transaction
PASSES = 2

log = structlog.get_logger()


def ask_about_payments(gateway: CardGateway, keys: CardKeys, unit: Unit) -> int:
    """Ask Stripe about payments whose messages wait for one that does not come."""
    wanted = events.payments_to_ask()
    end_reading()
    done = 0
    for intent_id in wanted:
        facts = gateway.find_payment(keys, intent_id)
        if facts is None:
            with unit():
                done += events.payment_unknown(intent_id)
            continue
        with unit():
            if events.store_answer(facts):
                done += events.apply_payment(intent_id)
    return done


def ask_for_refund(gateway: CardGateway, keys: CardKeys, refund_id: UUID, unit: Unit) -> int:
    """Ask Stripe for a refund that is owed, or find the one it made before; never for two."""
    with unit():
        asking = refunding.take_refund(refund_id)
    if asking is None:
        return 0
    reference = str(asking.refund_id)
    try:
        facts = None
        if asking.look_first:
            facts = gateway.find_refund_by_reference(keys, asking.intent_id, reference)
        if facts is None:
            facts = gateway.refund(
                keys,
                asking.intent_id,
                asking.cents,
                idempotency_key=reference,
                reference=reference,
            )
    except GatewayRefused as refused:
        if refused.code in NOT_ABOUT_THE_REFUND:
            raise
        with unit():
            refunding.refund_refused(refund_id, str(refused))
        return 1
    with unit():
        refunding.refund_answered(refund_id, facts)
    return 1


def close_checkout(gateway: CardGateway, keys: CardKeys, checkout_id: UUID, unit: Unit) -> int:
    """Close a payment page that asks for what is not owed any more; it may just have been paid."""
    named, begun_at, over = checkouts.page_of(checkout_id)
    end_reading()
    if named is None and not over:
        found = gateway.find_checkout_by_reference(keys, reference_to(checkout_id), since=begun_at)
        named = found.id if found else None
    paid, intent_id = False, None
    if named is not None:
        facts = gateway.find_checkout(keys, named) if over else gateway.expire_checkout(keys, named)
        if facts is not None and facts.status == "open":
            return 0  # its time is over by our clock and not by Stripe's yet
        paid = facts is not None and facts.status == "complete"
        intent_id = facts.payment_intent_id if facts else None
    with unit():
        checkouts.checkout_closed(checkout_id, paid=paid, intent_id=intent_id)
    return 1


def close_pages(gateway: CardGateway, keys: CardKeys, unit: Unit) -> int:
    """Close all pages that can be paid with keys which are about to go; return how many.

    Where Stripe cannot be reached the rest stays as it is, and expires by itself.
    """
    pages = checkouts.open_pages()
    closed = 0
    for checkout_id in pages:
        try:
            closed += close_checkout(gateway, keys, checkout_id, unit)
        except (GatewayDown, GatewayRefused):
            log.warning("page not closed", checkout=str(checkout_id))
            break
    return closed


def catch_up(gateway: CardGateway, keys: CardKeys, unit: Unit) -> int:
    """Take in what webhooks missed since the last message that we have; return how much that was.

    A payer need not wait for the nightly comparison to read that the payment has come.
    """
    since = comparing.heard_until() - comparing.OVERLAP
    end_reading()
    return _take_in(gateway, keys, since, unit)


def sweep(gateway: CardGateway, keys: CardKeys, unit: Unit, *, by: str) -> Comparison:
    """Take in what webhooks missed in 30 days, compare the books with Stripe's, and repair.

    Fees, which no webhook tells, come into the books here.
    Raises what the gateway raises; what was taken in until then stays. Doing it again is safe.
    """
    comparison = Comparison()
    since = clock.now() - comparing.WINDOW
    theirs = Theirs(since=since)
    listed = since - comparing.SLOWEST
    for _ in range(PASSES):
        end_reading()
        _take_in(gateway, keys, since, unit)
        end_reading()
        theirs = Theirs(
            since=since,
            payments=tuple(
                one for one in gateway.payments_since(keys, listed) if is_ours(one.reference)
            ),
            refunds=tuple(gateway.refunds_since(keys, listed)),
            disputes=tuple(gateway.disputes_since(keys, listed)),
        )
        comparison = comparing.compare(theirs)
        end_reading()
        if not comparison.differences:
            break
        with unit():
            comparing.repair(theirs, comparison.differences)
        _apply_what_waits(unit)
        comparison = comparing.compare(theirs)
        end_reading()
        if not comparison.differences:
            break
    with unit():
        fees.post_fees(theirs, by=by)
    with unit():
        comparing.note_comparison(comparison, by=by)
    return comparison


def _take_in(gateway: CardGateway, keys: CardKeys, since: datetime, unit: Unit) -> int:
    missed = 0
    for some in _in_parts(list(gateway.events_since(keys, since))):
        with unit():
            missed += comparing.store_missed(some)
    _apply_what_waits(unit)
    return missed


def _apply_what_waits(unit: Unit) -> None:
    waiting = comparing.payments_waiting()
    end_reading()
    for intent_id in waiting:
        try:
            with unit():
                events.apply_payment(intent_id)
        except Exception:  # one payment that cannot be applied must not hide all the others
            log.exception("payment not applied", intent=intent_id)


def _in_parts(listed: Sequence[GatewayEvent]) -> Iterator[Sequence[GatewayEvent]]:
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]
