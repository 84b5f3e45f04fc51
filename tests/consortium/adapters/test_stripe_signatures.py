"""What comes to our endpoint is believed only when Stripe signed it, just now."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import GatewayEvent
from consortium.ports import GatewayRefused
from tests.factories import NOON
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_parts.webhooks import signature
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure

SECRET = "whsec_ours"
EVENT = {
    "id": "evt_1",
    "object": "event",
    "type": "payment_intent.succeeded",
    "created": 1_700_000_000,
    "livemode": False,
    "api_version": "2026-10-28.endive",
    "data": {"object": {"id": "pi_1", "object": "payment_intent"}},
}
BODY = json.dumps(EVENT).encode()
AT = int(NOON.timestamp())
GATEWAY = StripeGateway()


def read(body: bytes = BODY, header: str | None = None, **values: Any) -> GatewayEvent:
    signed = signature(body, SECRET, at=AT) if header is None else header
    return GATEWAY.read_event(body, signed, **{"secret": SECRET, "at": NOON, **values})


def code_of(*args: Any, **values: Any) -> str:
    with pytest.raises(GatewayRefused) as refused:
        read(*args, **values)
    return refused.value.code


def test_what_stripe_sends_is_read(gateway: StripeGateway, fake_stripe: FakeStripe) -> None:
    arrived: list[GatewayEvent] = []

    def endpoint(body: bytes, header: str) -> int:
        event = gateway.read_event(body, header, secret=KEYS.webhook_secret, at=clock.now())
        arrived.append(event)
        return 200

    fake_stripe.deliver_to(endpoint, key=KEYS.secret_key, secret=KEYS.webhook_secret)
    page = gateway.begin_checkout(KEYS, wanted(), idempotency_key="once")
    fake_stripe.pay_by_card(page.id)

    assert fake_stripe.deliver() == [200] * 4
    heard = [event for event in arrived if event.type != "payment_intent.created"]
    assert heard == list(gateway.events_since(KEYS, clock.now()))


def test_another_secret_or_another_body_is_refused() -> None:
    header = signature(BODY, SECRET, at=AT)

    assert code_of(secret="whsec_other") == "signature"
    assert code_of(secret="") == "signature"
    assert code_of(BODY + b" ", header) == "signature"
    assert code_of(BODY.replace(b"pi_1", b"pi_2"), header) == "signature"
    assert code_of(b"\xff\xfe", header) == "signature"


@pytest.mark.parametrize("seconds", [-301, 301, -86_400])
def test_an_old_signature_or_one_of_the_future_is_refused(seconds: int) -> None:
    header = signature(BODY, SECRET, at=AT + seconds)

    assert code_of(header=header) == "signature_too_old"
    assert read(header=header, at=NOON + timedelta(seconds=seconds)).id == "evt_1"


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_are_near_enough(seconds: int) -> None:
    assert read(header=signature(BODY, SECRET, at=AT + seconds)).object_id == "pi_1"


@pytest.mark.parametrize(
    "header",
    [
        "",
        "t=1",
        "v1=" + "0" * 64,
        f"t=,v1={'0' * 64}",
        f"t={AT}",
        f"t={AT},v0={'0' * 64}",
        f"t={AT},v1=ß{'0' * 63}",
        f"t=٣,v1={'0' * 64}",
        f"t={AT},v1={'0' * 64}" * 400,
        f"t={'9' * 400},v1={'0' * 64}",
    ],
)
def test_headers_that_are_none_are_refused(header: str) -> None:
    assert code_of(header=header) == "signature"


def test_one_good_signature_of_several_is_enough() -> None:
    """While a secret is replaced, Stripe signs with both; older schemes count for nothing."""
    good = signature(BODY, SECRET, at=AT).partition(",v1=")[2]

    assert read(header=f"t={AT},v1={'0' * 64},v1={good},v0={'1' * 64}").id == "evt_1"
    assert code_of(header=f"t={AT},v0={good}") == "signature"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"{",
        b"[" * 100_000,
        json.dumps({**EVENT, "created": "today"}).encode(),
        json.dumps({**EVENT, "created": 10**30}).encode(),
        json.dumps({**EVENT, "data": None}).encode(),
        json.dumps({**EVENT, "id": 7}).encode(),
        json.dumps({**EVENT, "type": None}).encode(),
        json.dumps({**EVENT, "livemode": "false"}).encode(),
        json.dumps({**EVENT, "data": {"object": [1]}}).encode(),
    ],
)
def test_a_signed_body_that_is_no_event_is_refused(body: bytes) -> None:
    assert code_of(body) == "unreadable"


@given(st.binary(max_size=200), st.text(max_size=200))
def test_nothing_else_ever_comes_of_what_strangers_send(body: bytes, header: str) -> None:
    assert code_of(body, header) == "signature"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_signed_nonsense_is_refused_and_no_more(nonsense: object) -> None:
    assert code_of(json.dumps({**EVENT, "data": nonsense}).encode()) == "unreadable"
