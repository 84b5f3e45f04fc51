"""The fake delivers what happened: well, or as badly as it is told."""

import json
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.ports import GatewayRefused
from tests.fakes.paying import browse, page
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure


class Endpoint:
    """Keeps what is delivered and answers as scripted."""

    def __init__(self, gateway: StripeGateway) -> None:
        self.types: list[str] = []
        self.answers: list[int] = []
        self._gateway = gateway

    def __call__(self, body: bytes, header: str) -> int:
        try:
            event = self._gateway.read_event(
                body, header, secret=KEYS.webhook_secret, at=clock.now()
            )
        except GatewayRefused:
            return 400
        self.types.append(event.type)
        return self.answers.pop(0) if self.answers else 200


@pytest.fixture
def endpoint(gateway: StripeGateway, fake_stripe: FakeStripe) -> Endpoint:
    there = Endpoint(gateway)
    fake_stripe.deliver_to(there, key=KEYS.secret_key, secret=KEYS.webhook_secret)
    fake_stripe.pay_by_card(page(gateway))
    return there


PAID = [
    "payment_intent.created",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.completed",
]


def test_events_wait_until_they_are_delivered(fake_stripe: FakeStripe, endpoint: Endpoint) -> None:
    assert endpoint.types == []
    assert fake_stripe.deliver() == [200] * 4
    assert endpoint.types == PAID
    assert fake_stripe.deliver() == []


def test_events_are_sent_again_until_they_are_taken(
    fake_stripe: FakeStripe, endpoint: Endpoint
) -> None:
    endpoint.answers = [200, 500, 503]

    assert fake_stripe.deliver() == [200, 500, 503, 200]
    assert fake_stripe.deliver() == [200, 200]
    assert endpoint.types == [*PAID, "charge.succeeded", "payment_intent.succeeded"]


def test_events_come_twice_in_another_order_or_never(
    fake_stripe: FakeStripe, endpoint: Endpoint
) -> None:
    fake_stripe.deliver(copies=3, shuffle=1, drop=("payment_intent.created",))

    assert endpoint.types != PAID[1:] * 3
    assert sorted(endpoint.types) == sorted(PAID[1:] * 3)
    assert fake_stripe.webhooks.waiting() == []


def test_a_wrong_signature_is_not_taken(fake_stripe: FakeStripe, endpoint: Endpoint) -> None:
    assert fake_stripe.deliver(wrong_signature=True) == [400] * 4
    assert endpoint.types == []
    assert fake_stripe.deliver() == [200] * 4


def test_each_account_has_its_own_endpoint(
    gateway: StripeGateway, fake_stripe: FakeStripe, endpoint: Endpoint
) -> None:
    theirs = type(KEYS)("rk_test_theirs", "whsec_theirs")
    asked = wanted(reference="theirs")
    other = gateway.begin_checkout(theirs, asked, idempotency_key="theirs").id
    fake_stripe.pay_by_card(other)

    fake_stripe.deliver()

    assert endpoint.types == PAID
    assert len(fake_stripe.webhooks.waiting()) == 4


def test_an_outage_may_lose_everything(fake_stripe: FakeStripe, endpoint: Endpoint) -> None:
    fake_stripe.webhooks.forget()

    assert fake_stripe.deliver() == []


class Heard(BaseHTTPRequestHandler):
    """Takes events at an address; refuses each at first."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        event = json.loads(body)["type"]
        first = event not in self.server.tried
        self.server.tried.append(event)
        if not first:
            self.server.heard.append((self.path, event, self.headers["Stripe-Signature"], body))
        self.send_response(500 if first else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words: Any) -> None:
        pass


def eventually(holds: Callable[[], bool]) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_events_go_to_addresses_by_themselves(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    server = HTTPServer(("127.0.0.1", 0), Heard)
    server.heard, server.tried = [], []
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    fake_stripe.webhooks.default = f"{address}/{{key}}/webhooks/stripe", "whsec_{key}"
    try:
        fake_stripe.pay_by_card(page(gateway))
        assert eventually(lambda: len(server.heard) == 4)
    finally:
        server.shutdown()
        server.server_close()

    assert {path for path, _, _, _ in server.heard} == {"/ours/webhooks/stripe"}
    assert sorted(event for _, event, _, _ in server.heard) == sorted(PAID)
    _, event, header, body = server.heard[0]
    read = gateway.read_event(body, header, secret="whsec_ours", at=clock.now())
    assert read.type == event


def test_another_process_steers_by_controls(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = page(gateway)

    def control(name: str, **given: Any) -> Any:
        from urllib.request import Request, urlopen

        url = f"{fake_stripe.base}/_test/{name}"
        with urlopen(Request(url, data=json.dumps(given).encode())) as answer:
            return json.load(answer)

    intent = control("pay_by_bank", id=named)["id"]
    control("settle", id=intent)
    control("refund_by_hand", id=intent, cents=100)
    control("faults", kind="error", matching="GET", status=500)
    control("endpoints", key="rk_test_x", url="http://127.0.0.1:9/hook", secret="whsec_x")
    control("webhooks", copies=2)

    assert [event["type"] for event in control("events")][-1] == "charge.refunded"
    assert fake_stripe.faults.take("GET /v1/events") is not None
    assert fake_stripe.webhooks.script.copies == 2
    assert browse(f"{fake_stripe.base}/_test/settle", not_json="1")[0] == 400
    assert browse(f"{fake_stripe.base}/_test/nothing")[0] == 404
