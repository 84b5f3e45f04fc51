"""Every test here has a fake Stripe at hand, and a consortium that takes cards."""

import pytest

from consortium.tenants.models import Tenant
from tests.events.payments.stripe.stage import take_cards
from tests.fakes.stripe import fake_stripe, stripe_server, webhooks_to  # noqa: F401


@pytest.fixture
def cards_taken(tenant: Tenant) -> Tenant:
    """Return a consortium that takes cards, in test mode."""
    take_cards()
    return tenant
