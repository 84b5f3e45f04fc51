"""Stripe down, slow, busy, or gone in the middle; keys that do not work."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.cards import CardKeys, KeyPermission, KeysChecked
from consortium.ports import GatewayDown, GatewayRefused, GatewayUnreachable
from tests.fakes.stripe import KEYS, wanted
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.pure

Call = Callable[[StripeGateway], object]
CALLS: dict[str, Call] = {
    "begin_checkout": lambda it: it.begin_checkout(KEYS, wanted(), idempotency_key="once"),
    "find_checkout": lambda it: it.find_checkout(KEYS, "cs_test_1"),
    "find_checkout_by_reference": lambda it: it.find_checkout_by_reference(
        KEYS, "checkout-1", since=clock.now()
    ),
    "expire_checkout": lambda it: it.expire_checkout(KEYS, "cs_test_1"),
    "find_payment": lambda it: it.find_payment(KEYS, "pi_1"),
    "refund": lambda it: it.refund(KEYS, "pi_1", 100, idempotency_key="once", reference="r"),
    "find_refund": lambda it: it.find_refund(KEYS, "re_1"),
    "find_refund_by_reference": lambda it: it.find_refund_by_reference(KEYS, "pi_1", "r"),
    "find_dispute": lambda it: it.find_dispute(KEYS, "dp_1"),
    "events_since": lambda it: list(it.events_since(KEYS, clock.now())),
    "checkouts_since": lambda it: list(it.checkouts_since(KEYS, clock.now())),
    "payments_since": lambda it: list(it.payments_since(KEYS, clock.now())),
    "refunds_since": lambda it: list(it.refunds_since(KEYS, clock.now())),
    "disputes_since": lambda it: list(it.disputes_since(KEYS, clock.now())),
    "check_keys": lambda it: it.check_keys(KEYS),
}


@pytest.fixture
def silent() -> Iterator[str]:
    """Return the address of something that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


def failure_of(call: Call, gateway: StripeGateway) -> Exception:
    with pytest.raises((GatewayDown, GatewayRefused)) as failed:
        call(gateway)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__
    return failed.value


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_call_may_find_stripe_down(
    call: Call, gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    fake_stripe.faults.add("error", status=503)
    failed = failure_of(call, gateway)

    assert type(failed) is GatewayDown
    assert str(failed).startswith("Stripe is busy. Try again in a moment (Stripe's request req_")


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_call_may_find_nobody(call: Call, fake_stripe: FakeStripe) -> None:
    gone = StripeGateway("http://127.0.0.1:9", retries=0)

    failed = failure_of(call, gone)

    assert type(failed) is GatewayUnreachable
    assert str(failed) == "Stripe cannot be reached. Try again in a moment."


@pytest.mark.parametrize("status", [409, 429, 500, 502, 504])
def test_what_may_pass_is_worth_another_try(
    gateway: StripeGateway, fake_stripe: FakeStripe, status: int
) -> None:
    fake_stripe.faults.add("error", status=status)

    assert type(failure_of(CALLS["begin_checkout"], gateway)) is GatewayDown
    assert gateway.begin_checkout(KEYS, wanted(), idempotency_key="once").url


@pytest.mark.parametrize("kind", ["reset", "lost", "garbled"])
def test_connections_that_end_and_answers_that_are_none_are_worth_another_try(
    gateway: StripeGateway, fake_stripe: FakeStripe, kind: str
) -> None:
    fake_stripe.faults.add(kind)

    assert type(failure_of(CALLS["find_payment"], gateway)) is GatewayDown


def test_what_is_no_tls_is_nobody(fake_stripe: FakeStripe) -> None:
    disguised = StripeGateway(fake_stripe.base.replace("http:", "https:"), retries=0)

    assert type(failure_of(CALLS["find_payment"], disguised)) is GatewayUnreachable


def test_this_machine_is_not_reached_through_a_proxy(
    gateway: StripeGateway, fake_stripe: FakeStripe, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert gateway.find_payment(KEYS, "pi_unknown") is None
    assert len(fake_stripe.requests) == 1


def test_nobody_waits_long_for_an_answer(silent: str) -> None:
    patient = StripeGateway(silent, patience=(0.1, 0.1), retries=0)

    failed = failure_of(CALLS["find_payment"], patient)

    assert type(failed) is GatewayDown
    assert str(failed) == "Stripe did not answer in time. Try again in a moment."


def test_a_slow_answer_is_given_up(fake_stripe: FakeStripe) -> None:
    hasty = StripeGateway(fake_stripe.base, patience=(1.0, 0.1), retries=0)
    fake_stripe.faults.add("slow", seconds=0.4)

    assert type(failure_of(CALLS["events_since"], hasty)) is GatewayDown
    assert CALLS["events_since"](hasty) == []


def test_two_tries_stay_below_ten_seconds() -> None:
    from consortium.adapters.stripe_gateway.calls import PATIENCE, RETRIES

    pause = 0.5  # of Stripe's client, before the second try
    assert (RETRIES + 1) * sum(PATIENCE) + RETRIES * pause < 10


def test_one_failure_is_tried_again_under_the_same_key(fake_stripe: FakeStripe) -> None:
    trying = StripeGateway(fake_stripe.base, retries=1)
    fake_stripe.faults.add("lost", "POST /v1/checkout/sessions")

    trying.begin_checkout(KEYS, wanted(), idempotency_key="once")

    assert [one.idempotency_key for one in fake_stripe.requests] == ["once", "once"]
    assert len(list(trying.checkouts_since(KEYS, clock.now()))) == 1


def test_a_failure_in_the_middle_of_a_list_leaves_no_half_of_it(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    named = gateway.begin_checkout(KEYS, wanted(), idempotency_key="once").id
    for _ in range(101):
        fake_stripe.decline(named)
    fake_stripe.faults.add("slow", "GET /v1/events")
    fake_stripe.faults.add("error", "GET /v1/events")

    assert type(failure_of(CALLS["events_since"], gateway)) is GatewayDown


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_every_call_may_have_a_key_nobody_knows(
    call: Call, gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    fake_stripe.state.unknown_keys.add(KEYS.secret_key)

    failed = failure_of(call, gateway)

    assert isinstance(failed, GatewayRefused)
    assert failed.code == "unknown_key"
    assert str(failed).startswith("Stripe does not know this key. Copy the")


@pytest.mark.parametrize("key", ["", "pk_test_1", "sk_test_", "sk_test_1\r\nX: 1", "whsec_1", "ß"])
def test_what_cannot_be_a_key_is_never_sent(
    gateway: StripeGateway, fake_stripe: FakeStripe, key: str
) -> None:
    with pytest.raises(GatewayRefused, match="A key for Stripe begins with") as refused:
        gateway.check_keys(CardKeys(key, "whsec_1"))

    assert refused.value.code == "unknown_key"
    assert fake_stripe.requests == []


def test_keys_are_looked_at_without_changing_anything(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    account = fake_stripe.state.account_of(KEYS.secret_key)

    whole = gateway.check_keys(KEYS)
    account.lacking = ["POST /v1/refunds", "GET /v1/events"]
    half = gateway.check_keys(KEYS)

    assert whole == KeysChecked(live=False)
    assert half == KeysChecked(live=False, lacking=(KeyPermission.REFUNDS, KeyPermission.EVENTS))
    assert account.objects == {}


def test_a_missing_permission_is_named_where_it_is_needed(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    fake_stripe.state.account_of(KEYS.secret_key).lacking = ["POST /v1/checkout/sessions"]

    failed = failure_of(CALLS["begin_checkout"], gateway)

    assert isinstance(failed, GatewayRefused)
    assert failed.code == "not_allowed"
    assert "give the restricted key the permissions" in str(failed)
    assert ": rak_made_up (Stripe's request req_" in str(failed)


def test_the_signing_secret_must_look_like_one(gateway: StripeGateway) -> None:
    with pytest.raises(GatewayRefused, match="begins with whsec_"):
        gateway.check_keys(CardKeys("sk_test_1", "sk_test_1"))


def test_calls_from_many_threads_do_not_mix(
    gateway: StripeGateway, fake_stripe: FakeStripe
) -> None:
    opened: dict[int, str] = {}

    def begin(number: int) -> None:
        keys = CardKeys(f"rk_test_{number}", "whsec_1")
        asked = wanted(reference=f"of-{number}")
        opened[number] = gateway.begin_checkout(keys, asked, idempotency_key="once").id

    threads = [threading.Thread(target=begin, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    owners = {number: fake_stripe.state.owner_of(named).key for number, named in opened.items()}
    assert owners == {number: f"rk_test_{number}" for number in range(8)}
