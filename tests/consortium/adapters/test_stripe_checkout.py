"""Payment pages: opened, looked up, closed."""

from datetime import timedelta
from typing import Any

import pytest

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import CardKeys, CardMethod, CheckoutFacts
from consortium.ports import GatewayRefused
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import API_VERSION, FakeStripe

pytestmark = pytest.mark.pure

AN_HOUR_AGO = timedelta(hours=1)


def begun(gateway: StripeGateway, key: str = "once", **values: Any) -> str:
    return gateway.begin_checkout(KEYS, wanted(**values), idempotency_key=key).id


def test_a_page_is_opened_for_one_amount(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    opened = gateway.begin_checkout(KEYS, wanted(), idempotency_key="once")

    assert opened.url == f"{fake_stripe.base}/c/pay/{opened.id}"
    assert opened.expires_at == wanted().expires_at
    assert opened.payment_intent_id is None
    assert gateway.find_checkout(KEYS, opened.id) == CheckoutFacts(
        id=opened.id,
        reference="checkout-1",
        status="open",
        payment_status="unpaid",
        cents=9250,
        currency="usd",
        payment_intent_id=None,
        url=opened.url,
        created=clock.now(),
        expires_at=opened.expires_at,
    )


def test_what_is_sent_is_the_amount_the_invoice_and_the_payers_address(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    """Names, roles and sides have no way to Stripe: this is all there is."""
    begun(gateway)

    (asked,) = fake_stripe.requests
    expires = str(int(wanted().expires_at.timestamp()))
    assert (asked.method, asked.path) == ("POST", "/v1/checkout/sessions")
    assert (asked.key, asked.idempotency_key) == (KEYS.secret_key, "once")
    assert asked.version == API_VERSION
    assert asked.params == {
        "mode": "payment",
        "line_items": [
            {
                "price_data": {
                    "currency": "usd",
                    "unit_amount": "9250",
                    "product_data": {"name": "Invoice 2027-0012"},
                },
                "quantity": "1",
            }
        ],
        "allowed_payment_method_types": ["card", "us_bank_account"],
        "adaptive_pricing": {"enabled": "false"},
        "customer_email": "accounts@district.example.org",
        "client_reference_id": "checkout-1",
        "metadata": {"consortium_reference": "checkout-1"},
        "payment_intent_data": {
            "metadata": {"consortium_reference": "checkout-1"},
            "description": "Invoice 2027-0012",
        },
        "success_url": "http://localhost/pay/done",
        "cancel_url": "http://localhost/pay",
        "expires_at": expires,
    }


def test_telemetry_stays_at_home(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    begun(gateway)
    begun(gateway, "twice")

    sent = {name.lower() for asked in fake_stripe.requests for name in asked.headers}
    assert "x-stripe-client-telemetry" not in sent
    assert "telemetry" not in str([asked.headers for asked in fake_stripe.requests])


def test_a_page_may_take_cards_only(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    named = begun(gateway, methods=(CardMethod.CARD,))

    with pytest.raises(Exception, match="does not take us_bank_account"):
        fake_stripe.pay_by_bank(named)


@pytest.mark.parametrize("cents", [-9250, 0, 49, 100_000_000])
def test_amounts_that_stripe_does_not_take_are_never_sent(
    gateway: StripeGateway, fake_stripe: FakeStripe, cents: int
) -> None:
    with pytest.raises(GatewayRefused, match=r"between \$0\.50 and \$999,999\.99") as refused:
        begun(gateway, cents=cents)

    assert refused.value.code == "amount"
    assert fake_stripe.requests == []


def test_dollars_are_the_only_currency(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    with pytest.raises(GatewayRefused, match="US dollars only"):
        begun(gateway, currency="cad")

    assert fake_stripe.requests == []


def test_stripes_refusal_is_told_to_finance(gateway: StripeGateway) -> None:
    with pytest.raises(GatewayRefused, match="between 30 minutes and 24 hours") as late:
        begun(gateway, expires_at=clock.now() + timedelta(minutes=10))
    with pytest.raises(GatewayRefused, match="Invalid email address") as wrong:
        begun(gateway, "twice", payer_email="district.example.org")

    assert str(late.value).startswith("Stripe refuses this: ")
    assert "(Stripe's request req_" in str(late.value)
    assert wrong.value.code == "email_invalid"


def test_a_page_is_found_by_our_reference(gateway: StripeGateway, frozen: Any) -> None:
    now = clock.now()
    old = begun(gateway, "1", reference="ours")
    for number in range(105):  # more than a page of the list
        begun(gateway, f"other-{number}", reference=f"other-{number}")
    frozen(now + timedelta(minutes=5))
    again = begun(gateway, "2", reference="ours-again")

    found = gateway.find_checkout_by_reference(KEYS, "ours", since=now)
    newest = gateway.find_checkout_by_reference(KEYS, "ours-again", since=now)
    assert (found and found.id, newest and newest.id) == (old, again)
    later = now + timedelta(minutes=1)
    assert gateway.find_checkout_by_reference(KEYS, "ours", since=later) is None
    assert [one.reference for one in gateway.checkouts_since(KEYS, later)] == ["ours-again"]


def test_a_page_is_closed(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    named = begun(gateway)

    closed = gateway.expire_checkout(KEYS, named)
    again = gateway.expire_checkout(KEYS, named)

    assert (closed.status, closed.url) == ("expired", None)
    assert again == closed
    assert [one["type"] for one in fake_stripe.events] == ["checkout.session.expired"]


def test_a_page_that_was_paid_a_moment_before_says_so(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = begun(gateway)
    fake_stripe.pay_by_card(named)

    assert gateway.expire_checkout(KEYS, named).status == "complete"


def test_a_page_nobody_knows_cannot_be_closed(gateway: StripeGateway) -> None:
    for named in ("cs_test_unknown", "../v1/refunds", ""):
        with pytest.raises(GatewayRefused) as refused:
            gateway.expire_checkout(KEYS, named)
        assert refused.value.code == "resource_missing"


def test_what_another_account_has_is_not_found(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = begun(gateway)
    theirs = CardKeys("rk_test_theirs", "whsec_theirs")

    assert gateway.find_checkout(theirs, named) is None
    assert list(gateway.checkouts_since(theirs, clock.now() - AN_HOUR_AGO)) == []
    assert gateway.find_checkout(KEYS, "cs_test_unknown") is None
    assert gateway.find_checkout(KEYS, "no id") is None
    assert all("no%20id" not in asked.path for asked in fake_stripe.requests)


def test_a_page_closes_by_itself(gateway: StripeGateway, frozen: Any) -> None:
    named = begun(gateway)
    frozen(clock.now() + timedelta(hours=2))

    found = gateway.find_checkout(KEYS, named)

    assert found is not None
    assert found.status == "expired"
