"""Each change at the fake Stripe makes the events that Stripe makes, in its order."""

import gzip
import json
from typing import Any

import pytest

from consortium.adapters.stripe_gateway import StripeGateway
from tests.fakes.paying import kinds, page
from tests.fakes.stripe_parts.checking import DATA, available
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure

PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]
LATER = [
    "payment_intent.created",
    "charge.pending",
    "payment_intent.processing",
    "checkout.session.completed",
]
NEWER = {
    "charge": set(),
    "checkout.session": set(),
    "dispute": set(),
    "payment_intent": set(),
    "refund": {"failure_reason", "livemode"},
}
"""What the fixtures leave out, since their example has none of it."""


def test_a_card_pays_at_once(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    fake_stripe.pay_by_card(page(gateway))

    session = fake_stripe.events[-1]["data"]["object"]
    assert (session["status"], session["payment_status"]) == ("complete", "paid")
    assert kinds(fake_stripe) == PAID


def test_a_bank_pays_later_or_refuses(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    good = fake_stripe.pay_by_bank(page(gateway, "good"))["id"]
    session = fake_stripe.events[-1]["data"]["object"]
    assert (session["status"], session["payment_status"]) == ("complete", "unpaid")
    assert kinds(fake_stripe) == LATER
    bad = fake_stripe.pay_by_bank(page(gateway, "bad"))["id"]
    assert kinds(fake_stripe) == LATER

    fake_stripe.settle(good)
    assert kinds(fake_stripe) == [
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.async_payment_succeeded",
    ]
    fake_stripe.fail(bad)
    assert kinds(fake_stripe) == [
        "charge.failed",
        "payment_intent.payment_failed",
        "checkout.session.async_payment_failed",
    ]


def test_a_page_may_expire_after_a_card_was_declined(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway)
    fake_stripe.decline(named)
    assert kinds(fake_stripe) == [
        "payment_intent.created",
        "charge.failed",
        "payment_intent.payment_failed",
    ]
    fake_stripe.expire(named)
    assert kinds(fake_stripe) == ["payment_intent.canceled", "checkout.session.expired"]


def test_money_goes_back_and_may_come_again(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    intent = fake_stripe.pay_by_bank(page(gateway))["id"]
    fake_stripe.settle(intent)
    kinds(fake_stripe)

    refund = fake_stripe.refund_by_hand(intent, 1000)
    assert (refund["metadata"], refund["status"]) == ({}, "pending")
    assert kinds(fake_stripe) == ["refund.created", "charge.refunded"]
    fake_stripe.refund_arrives(refund["id"])
    assert kinds(fake_stripe) == ["refund.updated", "charge.refund.updated"]
    fake_stripe.refund_fails(refund["id"])
    assert kinds(fake_stripe) == ["refund.updated", "charge.refund.updated", "refund.failed"]


def test_a_dispute_withdraws_and_may_pay_in_again(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    won, lost = (fake_stripe.pay_by_card(page(gateway, one))["id"] for one in ("won", "lost"))
    kinds(fake_stripe)

    dispute = fake_stripe.dispute(won)["id"]
    assert kinds(fake_stripe) == ["charge.dispute.created", "charge.dispute.funds_withdrawn"]
    fake_stripe.win(dispute)
    assert kinds(fake_stripe) == ["charge.dispute.funds_reinstated", "charge.dispute.closed"]
    fake_stripe.bank_returns(lost)
    assert kinds(fake_stripe) == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.closed",
    ]


def test_an_event_shows_what_was_then(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    intent = fake_stripe.pay_by_bank(page(gateway))["id"]
    fake_stripe.settle(intent)

    statuses = [
        event["data"]["object"]["status"]
        for event in fake_stripe.events
        if event["type"].startswith("payment_intent.")
    ]
    assert statuses == ["requires_payment_method", "processing", "succeeded"]


@pytest.mark.parametrize(
    "act", ["pay_by_card", "pay_by_bank", "decline", "expire"], ids=lambda act: act
)
def test_what_is_over_stays_over(gateway: StripeGateway, fake_stripe: FakeStripe, act: str) -> None:
    named = page(gateway)
    fake_stripe.pay_by_card(named)
    kinds(fake_stripe)

    with pytest.raises(Exception, match="complete"):
        getattr(fake_stripe, act)(named)

    assert kinds(fake_stripe) == []


def test_objects_look_as_stripes_own_examples(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    """No key of ours is one that Stripe's object has not."""
    intent = fake_stripe.pay_by_card(page(gateway))["id"]
    fake_stripe.refund_fails(fake_stripe.refund_by_hand(intent)["id"])
    fake_stripe.dispute(intent)
    ours: dict[str, set[str]] = {kind: set() for kind in NEWER}
    for event in fake_stripe.events:
        thing = event["data"]["object"]
        ours[thing["object"]] |= set(thing)

    assert all(ours.values())
    if available():
        examples = _examples()
        strange = {kind: keys - set(examples[kind]) - NEWER[kind] for kind, keys in ours.items()}
        assert strange == {kind: set() for kind in NEWER}


def _examples() -> dict[str, Any]:
    packed = (DATA / "fixtures3.2026-07-29.json.gz").read_bytes()
    examples: dict[str, Any] = json.loads(gzip.decompress(packed))["resources"]
    return examples
