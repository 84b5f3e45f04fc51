"""Stripe's messages by the front door: signed, stored once, answered at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.tenants.models import Tenant
from events.invoices.models import Invoice
from events.payments import jobs
from events.payments.domain import ExceptionKind
from events.payments.models import StripeEvent
from events.payments.service import stripe
from events.payments.service.stripe import events as applying
from tests.browser import Browser
from tests.events.invoices.stage import make_invoice
from tests.events.payments.stage import balance, waiting
from tests.events.payments.stripe.stage import FINANCE, open_page, take_cards
from tests.factories import make_tenant
from tests.fakes.stripe_parts.webhooks import signature
from tests.fakes.stripe_server import FakeStripe

PATH = "/lakeshore/webhooks/stripe"


@pytest.fixture
def invoice(
    cards_taken: Tenant, stripe_server: FakeStripe, webhooks_to: Callable[..., None]
) -> Invoice:
    webhooks_to(PATH)
    return make_invoice(30_000)


def stored() -> int:
    return db.session.scalars(select(func.count(StripeEvent.id))).one()


def test_a_payment_arrives_by_webhooks(stripe_server: FakeStripe, invoice: Invoice) -> None:
    stripe_server.pay_by_card(open_page(invoice))

    assert set(stripe_server.deliver(copies=3, shuffle=7)) == {200}

    assert balance(invoice.id) == 0
    assert stored() == len(stripe_server.events)


def test_a_wrong_signature_is_refused_and_nothing_is_kept(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.pay_by_card(open_page(invoice))

    assert set(stripe_server.deliver(wrong_signature=True)) == {400}

    assert stored() == 0


def test_a_message_of_another_consortium_is_refused(
    cards_taken: Tenant, client: Browser, stripe_server: FakeStripe
) -> None:
    make_tenant("riverside")
    body = b'{"id": "evt_1"}'
    signed = {"Stripe-Signature": signature(body, "whsec_ours", at=stripe_server.state.now())}

    def status(path: str) -> int:
        return client.post(
            path, data=body, content_type="application/json", headers=signed
        ).status_code

    assert status("/riverside/webhooks/stripe") == 404
    assert status("/nowhere/webhooks/stripe") == 404
    assert status(PATH) == 400  # signed well, and no event
    assert stored() == 0


@pytest.mark.parametrize(
    ("headers", "size", "status"),
    [
        ({}, 20, 400),
        ({"Stripe-Signature": "t=1,v1=" + "0" * 64}, 20, 400),
        ({"Stripe-Signature": "\xff"}, 20, 400),
        ({}, 300 * 1024, 413),
    ],
)
def test_what_is_not_stripes_is_refused_cheaply(
    cards_taken: Tenant, client: Browser, headers: dict[str, str], size: int, status: int
) -> None:
    answer = client.post(PATH, data=b" " * size, content_type="application/json", headers=headers)

    assert answer.status_code == status
    assert stored() == 0


def test_other_pages_still_take_forms_only(cards_taken: Tenant, client: Browser) -> None:
    answer = client.post("/sign-in", data=b"{}", content_type="application/json")

    assert answer.status_code == 415


def test_what_cannot_be_applied_now_is_applied_by_the_worker(
    stripe_server: FakeStripe,
    invoice: Invoice,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    stripe_server.pay_by_card(open_page(invoice))

    def broken(_intent_id: str) -> int:
        raise RuntimeError("scripted")

    with monkeypatch.context() as scripted:
        scripted.setattr(applying, "apply_payment", broken)
        assert set(stripe_server.deliver()) == {200}
    assert balance(invoice.id) == 30_000

    assert jobs.apply_waiting(None) == 1  # type: ignore[arg-type]

    assert balance(invoice.id) == 0
    assert jobs.apply_waiting(None) == 0  # type: ignore[arg-type]


def test_a_charge_that_nobody_told_of_is_asked_for(
    app: Any, stripe_server: FakeStripe, invoice: Invoice, frozen: Any
) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    stripe_server.deliver(drop=("charge.succeeded",))
    assert balance(invoice.id) == 30_000
    assert jobs.ask_about_payments(app) == 0

    frozen("2026-03-02T12:02:00+00:00")

    assert jobs.ask_about_payments(app) > 0
    assert balance(invoice.id) == 0
    assert list(stripe.waiting_events()) == []


def test_messages_about_a_payment_that_the_account_does_not_have_wait_for_nothing(
    app: Any, stripe_server: FakeStripe, invoice: Invoice, frozen: Any
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    stripe_server.deliver(drop=("charge.succeeded",))
    del stripe_server.state.owner_of(intent).objects[intent]
    frozen("2026-03-02T12:02:00+00:00")

    assert jobs.ask_about_payments(app) > 0

    assert list(stripe.waiting_events()) == []
    assert waiting() == [(ExceptionKind.UNREADABLE, 0)]
    assert balance(invoice.id) == 30_000


def test_stripe_is_asked_to_try_again_while_the_keys_cannot_be_opened(
    app: Any, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, secret_key="another " * 8)
    try:
        assert set(stripe_server.deliver()) == {503}
    finally:
        app.extensions["settings"] = settings

    assert stored() == 0


def test_without_keys_there_is_no_such_address(
    cards_taken: Tenant, client: Browser, stripe_server: FakeStripe
) -> None:
    with transaction():
        stripe.remove_keys(version=stripe.card_settings().version, by=FINANCE)

    assert client.post(PATH, data=b"{}", content_type="application/json").status_code == 404

    take_cards()
    assert client.post(PATH, data=b"{}", content_type="application/json").status_code == 400
