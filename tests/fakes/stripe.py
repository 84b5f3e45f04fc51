"""Fixtures: the fake Stripe, and the application that speaks to it.

``stripe_server`` is fresh for each test and follows the tests' clock. Events wait until the test
says ``stripe_server.deliver()``; where to is said by ``stripe_server.deliver_to``, or by the
fixture ``webhooks_to`` for the test client.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import CardKeys, CheckoutWanted
from consortium.settings import NOBODY
from tests.browser import Browser
from tests.fakes.stripe_server import FakeStripe

KEYS = CardKeys("rk_test_ours", "whsec_ours")


def wanted(**values: Any) -> CheckoutWanted:
    """Return a payment page to be opened, for $92.50 of an invoice."""
    return CheckoutWanted(
        **{
            "cents": 9250,
            "description": "Invoice 2027-0012",
            "payer_email": "accounts@district.example.org",
            "success_url": "http://localhost/pay/done",
            "cancel_url": "http://localhost/pay",
            "reference": "checkout-1",
            "expires_at": clock.now() + timedelta(hours=2),
            **values,
        }
    )


@pytest.fixture
def fake_stripe(noon: object) -> Iterator[FakeStripe]:
    """Return a fake Stripe that listens; the application knows nothing of it."""
    fake = FakeStripe(lambda: clock.now().timestamp())
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def gateway(fake_stripe: FakeStripe) -> StripeGateway:
    """Return a gateway of its own to the fake Stripe, that tries once and waits briefly."""
    return StripeGateway(fake_stripe.base, patience=(1.0, 1.0), retries=0)


@pytest.fixture
def stripe_server(fake_stripe: FakeStripe, cards: StripeGateway) -> Iterator[FakeStripe]:
    """Return a fake Stripe to which the application's gateway speaks."""
    cards.speak_to(fake_stripe.base)
    yield fake_stripe
    cards.speak_to(NOBODY)


@pytest.fixture
def webhooks_to(stripe_server: FakeStripe, client: Browser) -> Callable[..., None]:
    """Return a function that sends events to a path of the application, by the test client."""

    def send_to(path: str, keys: CardKeys = KEYS) -> None:
        def post(body: bytes, signature: str) -> int:
            answer = client.post(
                path,
                data=body,
                content_type="application/json; charset=utf-8",
                headers={"Stripe-Signature": signature},
            )
            return int(answer.status_code)

        stripe_server.deliver_to(post, key=keys.secret_key, secret=keys.webhook_secret)

    return send_to
