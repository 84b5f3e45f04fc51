"""Keys go to Stripe and nowhere else: not into messages, reprs, logs or tracebacks."""

import logging
import subprocess
import sys
import traceback

import pytest

from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import CardKeys
from consortium.ports import GatewayDown, GatewayRefused
from tests.consortium.adapters.test_stripe_failures import CALLS
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure

SECRETS = ("rk_test_ours", "whsec_ours")


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_keys_do_not_show_themselves() -> None:
    assert repr(KEYS) == str(KEYS) == "CardKeys()"
    assert (KEYS.live, CardKeys("rk_live_1", "whsec_1").live) == (False, True)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("fault", ["error", "reset", "garbled", "unknown key"])
def test_no_failure_tells_a_key(
    call: object,
    fault: str,
    gateway: StripeGateway,
    fake_stripe: FakeStripe,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert callable(call)
    caplog.set_level(logging.DEBUG)
    if fault == "unknown key":
        fake_stripe.state.unknown_keys.add(KEYS.secret_key)
    else:
        fake_stripe.faults.add(fault)

    with pytest.raises((GatewayDown, GatewayRefused)) as failed:
        call(gateway)

    error = failed.value
    assert leaks(f"{error!r} {error} {''.join(traceback.format_exception(error))}") == []
    assert leaks(caplog.text + "".join(capfd.readouterr())) == []


def test_what_stripe_says_of_keys_is_not_passed_on(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    with pytest.raises(GatewayRefused) as refused:
        gateway.begin_checkout(
            KEYS, wanted(payer_email="rk_test_ours whsec_ours"), idempotency_key="once"
        )

    assert "Invalid email address: … …" in str(refused.value)


def test_nothing_that_is_sent_is_logged(
    gateway: StripeGateway, fake_stripe: FakeStripe, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    gateway.begin_checkout(KEYS, wanted(), idempotency_key="once")

    assert "accounts@district.example.org" not in caplog.text
    assert leaks(caplog.text) == []


def test_stripes_library_is_loaded_with_the_first_call_only() -> None:
    """It takes more than half a second, and few processes ever pay."""
    program = "import sys, consortium.adapters.stripe_gateway; sys.exit('stripe' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
