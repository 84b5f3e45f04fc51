"""Payments, refunds and disputes as they stand, and lists of them."""

from datetime import timedelta
from typing import Any

import pytest

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import HEARD, DisputeFacts, PaymentFacts, RefundFacts
from consortium.ports import GatewayRefused
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import API_VERSION, FakeStripe

pytestmark = pytest.mark.pure


def page(gateway: StripeGateway, reference: str = "checkout-1") -> str:
    asked = wanted(reference=reference)
    return gateway.begin_checkout(KEYS, asked, idempotency_key=reference).id


def paid(gateway: StripeGateway, fake: FakeStripe, reference: str = "checkout-1") -> str:
    intent: str = fake.pay_by_card(page(gateway, reference))["id"]
    return intent


def found(gateway: StripeGateway, intent: str) -> PaymentFacts:
    facts = gateway.find_payment(KEYS, intent)
    assert facts is not None
    return facts


def test_a_card_payment_stands_as_captured(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    intent = paid(gateway, fake_stripe)

    facts = found(gateway, intent)

    assert facts == PaymentFacts(
        id=intent,
        status="succeeded",
        cents=9250,
        received_cents=9250,
        currency="usd",
        reference="checkout-1",
        created=clock.now(),
        livemode=False,
        charge_id=facts.charge_id,
        method="card",
        digits="4242",
        fee_cents=298,  # 2.9 % of $92.50, and 30 cents
        metadata={"consortium_reference": "checkout-1"},
    )
    assert facts.charge_id is not None
    assert facts.charge_id.startswith("ch_")


def test_a_bank_payment_is_on_its_way_until_the_bank_has_paid(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    intent = fake_stripe.pay_by_bank(page(gateway))["id"]

    before = found(gateway, intent)
    fake_stripe.settle(intent)
    after = found(gateway, intent)

    assert (before.status, before.received_cents, before.fee_cents) == ("processing", 0, None)
    assert (after.status, after.received_cents, after.fee_cents) == ("succeeded", 9250, 74)
    assert (after.method, after.digits) == ("us_bank_account", "6789")


def test_a_bank_may_refuse_after_days(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    intent = fake_stripe.pay_by_bank(page(gateway))["id"]
    fake_stripe.fail(intent)

    facts = found(gateway, intent)

    assert (facts.status, facts.received_cents) == ("requires_payment_method", 0)
    assert facts.failure == "payment_method_microdeposit_failed"


def test_a_declined_card_may_be_followed_by_another(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway)
    first = fake_stripe.decline(named)["id"]
    declined = found(gateway, first)
    second = fake_stripe.pay_by_card(named)["id"]

    assert (declined.status, declined.failure) == ("requires_payment_method", "card_declined")
    assert second == first
    assert (found(gateway, second).status, found(gateway, second).failure) == ("succeeded", None)


def test_money_goes_back_in_parts(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    intent = paid(gateway, fake_stripe)

    one = gateway.refund(KEYS, intent, 4000, idempotency_key="r1", reference="refund-1")
    two = gateway.refund(KEYS, intent, 5250, idempotency_key="r2", reference="refund-2")

    assert one == RefundFacts(
        id=one.id,
        status="succeeded",
        cents=4000,
        currency="usd",
        payment_intent_id=intent,
        charge_id=found(gateway, intent).charge_id,
        reference="refund-1",
        created=clock.now(),
    )
    assert found(gateway, intent).refunded_cents == 9250
    assert gateway.find_refund(KEYS, two.id) == two
    assert gateway.find_refund_by_reference(KEYS, intent, "refund-1") == one
    assert gateway.find_refund_by_reference(KEYS, intent, "refund-3") is None
    assert list(gateway.refunds_since(KEYS, clock.now())) == [one, two]


@pytest.mark.parametrize("cents", [9251, 100_000_000])
def test_no_more_goes_back_than_came(
    gateway: StripeGateway, fake_stripe: FakeStripe, cents: int
) -> None:
    intent = paid(gateway, fake_stripe)

    with pytest.raises(GatewayRefused, match="greater than unrefunded amount"):
        gateway.refund(KEYS, intent, cents, idempotency_key="r1", reference="refund-1")

    assert found(gateway, intent).refunded_cents == 0


@pytest.mark.parametrize("cents", [0, -1])
def test_a_refund_of_nothing_is_never_sent(
    gateway: StripeGateway, fake_stripe: FakeStripe, cents: int
) -> None:
    with pytest.raises(GatewayRefused, match="more than"):
        gateway.refund(KEYS, "pi_1", cents, idempotency_key="r1", reference="refund-1")

    assert fake_stripe.requests == []


def test_what_was_refunded_or_contested_is_not_refunded_again(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    refunded, contested = paid(gateway, fake_stripe, "a"), paid(gateway, fake_stripe, "b")
    fake_stripe.refund_by_hand(refunded)
    fake_stripe.dispute(contested)

    codes = []
    for number, intent in enumerate((refunded, contested)):
        with pytest.raises(GatewayRefused) as refused:
            gateway.refund(KEYS, intent, 100, idempotency_key=f"r{number}", reference="r")
        codes.append(refused.value.code)

    assert codes == ["charge_already_refunded", "charge_disputed"]


def test_a_refund_to_a_bank_arrives_or_comes_back(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    intent = fake_stripe.pay_by_bank(page(gateway))["id"]
    fake_stripe.settle(intent)
    sent = gateway.refund(KEYS, intent, 9250, idempotency_key="r1", reference="refund-1")
    fake_stripe.refund_arrives(sent.id)
    arrived = gateway.find_refund(KEYS, sent.id)
    fake_stripe.refund_fails(sent.id)
    back = gateway.find_refund(KEYS, sent.id)

    assert arrived is not None
    assert back is not None
    assert (sent.status, arrived.status, back.status) == ("pending", "succeeded", "failed")
    assert back.failure == "lost_or_stolen_card"
    assert found(gateway, intent).refunded_cents == 0


def test_a_dispute_is_followed_to_its_end(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    intent = paid(gateway, fake_stripe)
    named = fake_stripe.dispute(intent, withdraw=False)["id"]

    def now() -> DisputeFacts:
        facts = gateway.find_dispute(KEYS, named)
        assert facts is not None
        return facts

    opened = now()
    fake_stripe.withdraw(named)
    withdrawn = now()
    fake_stripe.win(named)

    assert (opened.status, opened.cents, opened.payment_intent_id) == (
        "needs_response",
        9250,
        intent,
    )
    assert [one.withdrawn_cents for one in (opened, withdrawn, now())] == [0, 9250, 0]
    assert now().status == "won"
    assert found(gateway, intent).disputed
    assert list(gateway.disputes_since(KEYS, clock.now())) == [now()]


def test_events_come_whole_and_oldest_first(
    gateway: StripeGateway, fake_stripe: FakeStripe, frozen: Any
) -> None:
    """Two pages and a half, and none twice; what does not concern us is left out."""
    began = clock.now()
    for number in range(63):
        frozen(began + timedelta(seconds=number))
        paid(gateway, fake_stripe, f"checkout-{number}")

    events = list(gateway.events_since(KEYS, began))

    happened = [event for event in fake_stripe.events if event["type"] in HEARD]
    assert len(events) == 189
    assert [event.id for event in events] == [event["id"] for event in happened]
    assert next(iter(gateway.events_since(KEYS, clock.now()))).id == happened[-3]["id"]
    assert {event.api_version for event in events} == {API_VERSION}
    assert {event.livemode for event in events} == {False}


def test_more_than_250_events_are_read_to_the_end(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway)
    for _ in range(251):
        fake_stripe.decline(named)

    events = list(gateway.events_since(KEYS, clock.now()))

    assert [event.type for event in events] == ["payment_intent.payment_failed"] * 251
    assert len({event.id for event in events}) == 251
    assert len([one for one in fake_stripe.requests if one.path == "/v1/events"]) == 3


def test_an_event_says_what_it_is_about(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    intent = paid(gateway, fake_stripe)
    dispute = fake_stripe.dispute(intent)["id"]

    events = {event.type: event for event in gateway.events_since(KEYS, clock.now())}

    assert {event.payment_intent_id for event in events.values()} == {intent}
    assert events["charge.dispute.created"].object_id == dispute
    assert events["charge.dispute.created"].data["amount"] == 9250
    assert events["payment_intent.succeeded"].created == clock.now()


def test_what_stripe_says_of_amount_and_currency_is_passed_on(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    intent = fake_stripe.pay_by_card(page(gateway), amount=100, currency="cad")["id"]

    facts = found(gateway, intent)

    assert (facts.cents, facts.received_cents, facts.currency) == (100, 100, "cad")
    assert facts.reference == "checkout-1"


def test_payments_that_we_did_not_begin_are_left_out(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    ours = paid(gateway, fake_stripe)
    theirs = fake_stripe.pay_by_card(page(gateway, "a"), metadata={"shop": "T-shirts"})["id"]

    assert [one.id for one in gateway.payments_since(KEYS, clock.now())] == [ours]
    assert found(gateway, theirs).reference is None
    assert gateway.find_payment(KEYS, "pi_unknown") is None
