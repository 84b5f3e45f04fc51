"""However often we ask, and however an answer is lost: nothing is charged or refunded twice."""

from datetime import timedelta
from typing import Any

import pytest

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.ports import GatewayDown, GatewayRefused
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure


@pytest.fixture
def intent(gateway: StripeGateway, fake_stripe: FakeStripe) -> str:
    named = gateway.begin_checkout(KEYS, wanted(), idempotency_key="page").id
    paid: str = fake_stripe.pay_by_card(named)["id"]
    return paid


def refunded(gateway: StripeGateway, intent: str, key: str = "refund-1", cents: int = 4000) -> str:
    return gateway.refund(KEYS, intent, cents, idempotency_key=key, reference="refund-1").id


def all_refunds(gateway: StripeGateway) -> list[str]:
    return [one.id for one in gateway.refunds_since(KEYS, clock.now() - timedelta(days=2))]


def test_the_same_key_gives_the_same_answer(gateway: StripeGateway, intent: str) -> None:
    first = refunded(gateway, intent)

    assert refunded(gateway, intent) == first
    assert all_refunds(gateway) == [first]


def test_the_same_key_with_another_sum_is_refused(gateway: StripeGateway, intent: str) -> None:
    first = refunded(gateway, intent)

    with pytest.raises(GatewayRefused, match="before with other figures") as refused:
        refunded(gateway, intent, cents=4001)

    assert refused.value.code == "idempotency_key"
    assert all_refunds(gateway) == [first]


def test_a_lost_answer_is_asked_for_again(
    gateway: StripeGateway, fake_stripe: FakeStripe, intent: str
) -> None:
    fake_stripe.faults.add("lost", "POST /v1/refunds")

    with pytest.raises(GatewayDown):
        refunded(gateway, intent)
    again = refunded(gateway, intent)

    assert all_refunds(gateway) == [again]


def test_after_a_day_the_key_is_forgotten_and_only_looking_helps(
    gateway: StripeGateway, fake_stripe: FakeStripe, intent: str, frozen: Any
) -> None:
    """What repeats without a look refunds twice: that is why there is a way to look."""
    fake_stripe.faults.add("lost", "POST /v1/refunds")
    with pytest.raises(GatewayDown):
        refunded(gateway, intent)
    frozen(clock.now() + timedelta(hours=25))

    found = gateway.find_refund_by_reference(KEYS, intent, "refund-1")
    assert found is not None
    assert (found.cents, all_refunds(gateway)) == (4000, [found.id])
    refunded(gateway, intent)
    assert len(all_refunds(gateway)) == 2


def test_a_page_whose_answer_was_lost_is_found_after_a_day(
    gateway: StripeGateway, fake_stripe: FakeStripe, frozen: Any
) -> None:
    began = clock.now()
    fake_stripe.faults.add("lost", "POST /v1/checkout/sessions")
    with pytest.raises(GatewayDown):
        gateway.begin_checkout(KEYS, wanted(), idempotency_key="page")
    frozen(began + timedelta(hours=25))

    found = gateway.find_checkout_by_reference(KEYS, "checkout-1", since=began)

    assert found is not None
    assert found.status == "expired"


def test_nothing_was_done_where_the_connection_ended_before(
    gateway: StripeGateway, fake_stripe: FakeStripe, intent: str
) -> None:
    fake_stripe.faults.add("reset", "POST /v1/refunds")
    with pytest.raises(GatewayDown):
        refunded(gateway, intent)

    assert gateway.find_refund_by_reference(KEYS, intent, "refund-1") is None


def test_an_error_of_stripes_own_stays_under_its_key(
    gateway: StripeGateway, fake_stripe: FakeStripe, intent: str
) -> None:
    """Only a look and a new key lead out of it."""
    fake_stripe.faults.add("error", "POST /v1/refunds", remembered=True)

    for _ in range(2):
        with pytest.raises(GatewayDown):
            refunded(gateway, intent)

    assert gateway.find_refund_by_reference(KEYS, intent, "refund-1") is None
    assert refunded(gateway, intent, "refund-1-again") in all_refunds(gateway)


def test_keys_of_two_accounts_are_two_keys(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    theirs = type(KEYS)("rk_test_theirs", "whsec_theirs")

    one = gateway.begin_checkout(KEYS, wanted(), idempotency_key="page")
    two = gateway.begin_checkout(theirs, wanted(cents=100), idempotency_key="page")

    assert one.id != two.id


def test_wrong_parameters_use_no_key_up(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    """As at Stripe, which begins nothing and remembers nothing of what it cannot read."""
    fake_stripe.state.account_of(KEYS.secret_key).lacking = ["POST /v1/checkout/sessions"]
    with pytest.raises(GatewayRefused):
        gateway.begin_checkout(KEYS, wanted(), idempotency_key="page")
    fake_stripe.state.account_of(KEYS.secret_key).lacking = []

    assert gateway.begin_checkout(KEYS, wanted(), idempotency_key="page").url
