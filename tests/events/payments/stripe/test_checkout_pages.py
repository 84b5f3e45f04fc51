"""Payers go to Stripe's page and come back; only the ledger says that they paid."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.database import db, transaction
from consortium.people.models import Person
from consortium.settings import NOBODY
from consortium.tenants.models import Tenant
from events.billing import service as billing
from events.invoices.domain import Method
from events.invoices.domain.links import token_for
from events.invoices.domain.orders import OrderStatus
from events.invoices.emails import link_to
from events.invoices.models import Invoice
from events.payments import jobs
from events.payments.models import Checkout
from events.payments.models.stripe import CheckoutStatus
from tests.browser import Browser
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    all_of_it,
    invoices_of,
    name_payers,
    registered,
    share,
)
from tests.events.invoices.stage import adjust, make_invoice
from tests.events.payments.stage import check
from tests.factories import make_institute
from tests.fakes.stripe_server import FakeStripe


@pytest.fixture
def invoice(
    cards_taken: Tenant, stripe_server: FakeStripe, webhooks_to: Callable[..., None]
) -> Invoice:
    webhooks_to("/lakeshore/webhooks/stripe")
    return make_invoice(30_000)


def address(app: Flask, invoice: Invoice, end: str) -> str:
    invoice = db.session.get_one(Invoice, invoice.id)
    token = token_for(invoice.id, invoice.link_version, secret=app.config["SECRET_KEY"])
    return f"/lakeshore/pay/{token}/{end}"


def session_at(url: str) -> str:
    return url.rpartition("/")[2]


def pages() -> int:
    return db.session.scalars(select(func.count(Checkout.id))).one()


def test_a_payer_is_led_to_stripe_pays_and_reads_what_the_ledger_says(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    led = client.post(address(app, invoice, "card"))

    assert led.status_code == 303
    assert led.location.startswith(stripe_server.base)
    assert "We have not heard of a payment yet" in client.get(address(app, invoice, "done")).text
    stripe_server.pay_by_card(session_at(led.location))
    assert "We have not heard of a payment yet" in client.get(address(app, invoice, "done")).text
    stripe_server.deliver()
    assert "Your payment has arrived" in client.get(address(app, invoice, "done")).text


def test_who_only_promised_an_order_may_pay_by_card_and_the_order_is_awaited_no_more(
    lead: Person, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    team = registered(6, FLAT)
    name_payers(team, DISTRICT, method=Method.PURCHASE_ORDER)
    share(team, all_of_it())
    (view,) = invoices_of(team)
    with transaction():
        billing.take_order(view.invoice.id, None, by=DISTRICT.contact_email)
    page = "/lakeshore/pay/" + link_to(view.invoice).split("/pay/")[1]
    assert "Pay by card" in client.get(page).text

    stripe_server.pay_by_card(session_at(client.post(f"{page}/card").location))
    stripe_server.deliver()

    (view,) = invoices_of(team)
    assert (view.balance_cents, [one.status for one in view.orders]) == (0, [OrderStatus.LAPSED])


def test_a_bank_payment_is_on_its_way(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    led = client.post(address(app, invoice, "card"))
    stripe_server.pay_by_bank(session_at(led.location))
    stripe_server.deliver()

    assert "Your payment is on its way" in client.get(address(app, invoice, "done")).text
    again = client.post(address(app, invoice, "card"))
    assert again.status_code == 422
    assert "on its way already" in again.text


def test_a_second_click_leads_to_the_first_page(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    first = client.post(address(app, invoice, "card")).location

    assert client.post(address(app, invoice, "card")).location == first
    assert pages() == 1


@pytest.mark.parametrize("fault", ["lost", "reset", "error", "garbled"])
def test_an_answer_that_is_lost_is_asked_for_again_with_the_same_key(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice, fault: str
) -> None:
    stripe_server.faults.add(fault, "POST /v1/checkout/sessions")

    sorry = client.post(address(app, invoice, "card"))

    assert sorry.status_code == 503
    assert "Try again" in sorry.text
    assert "purchase order" in sorry.text
    led = client.post(address(app, invoice, "card"))
    assert led.status_code == 303
    assert pages() == 1
    begun = [one for one in stripe_server.requests if one.path == "/v1/checkout/sessions"]
    assert len({one.idempotency_key for one in begun}) == 1


def test_an_error_that_stripe_keeps_giving_under_a_key_holds_no_payer_up_for_hours(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice, frozen: Any
) -> None:
    stripe_server.faults.add("error", "POST /v1/checkout/sessions", remembered=True)
    assert client.post(address(app, invoice, "card")).status_code == 503
    assert client.post(address(app, invoice, "card")).status_code == 503

    frozen(clock.now() + timedelta(minutes=6))

    assert client.post(address(app, invoice, "card")).status_code == 303
    assert pages() == 2


def test_no_other_page_stays_open_while_a_bank_payment_is_on_its_way(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice, frozen: Any
) -> None:
    first = client.post(address(app, invoice, "card")).location
    frozen(clock.now() + timedelta(hours=11, minutes=30))  # another is opened beside it
    second = client.post(address(app, invoice, "card")).location
    stripe_server.pay_by_bank(session_at(second))
    stripe_server.deliver()

    assert jobs.close_checkouts(app) == 1

    account = stripe_server.state.owner_of(session_at(first))
    assert account.get(session_at(first))["status"] == "expired"


def test_stripe_that_answers_nobody_leaves_a_page_in_time(
    app: Flask, client: Browser, cards: StripeGateway, invoice: Invoice
) -> None:
    cards.speak_to(NOBODY)
    began = time.monotonic()

    sorry = client.post(address(app, invoice, "card"))

    assert sorry.status_code == 503
    assert time.monotonic() - began < 10


def test_nothing_of_people_goes_to_stripe(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    client.post(address(app, invoice, "card"))

    asked = next(one for one in stripe_server.requests if one.path == "/v1/checkout/sessions")
    sent = str(asked.params)
    assert invoice.number in sent
    assert "ap@elgin.example.org" in sent
    assert "Elgin SD" not in sent
    assert "Ann P." not in sent


def test_a_paid_invoice_is_not_paid_by_card(app: Flask, client: Browser, invoice: Invoice) -> None:
    check(30_000, [(invoice.id, None)])

    refused = client.post(address(app, invoice, "card"))

    assert refused.status_code == 422
    assert "Nothing is open" in refused.text
    assert pages() == 0


def test_an_institute_without_cards_has_none(
    app: Flask, client: Browser, stripe_server: FakeStripe, cards_taken: Tenant
) -> None:
    institute = make_institute(payment_methods=["check", "purchase_order"])
    invoice = make_invoice(30_000, institute=institute)

    refused = client.post(address(app, invoice, "card"))

    assert refused.status_code == 422
    assert "cannot be paid by card" in refused.text


def test_a_made_up_link_leads_nowhere(client: Browser, cards_taken: Tenant) -> None:
    assert client.post("/lakeshore/pay/made-up/card").status_code == 404
    assert client.get("/lakeshore/pay/made-up/done").status_code == 404


def test_a_mailed_link_leads_on_while_the_former_secret_is_named(
    app: Flask, client: Browser, invoice: Invoice
) -> None:
    done = address(app, invoice, "done")
    before = app.extensions["settings"]
    try:
        for former, status in (((before.secret_key,), 200), ((), 404)):
            app.extensions["settings"] = replace(
                before, secret_key="n" * 40, secret_key_fallbacks=former
            )
            assert client.get(done).status_code == status
    finally:
        app.extensions["settings"] = before


def test_a_form_may_lead_to_the_card_page(app: Flask, client: Browser, invoice: Invoice) -> None:
    page = client.get(address(app, invoice, "done"))

    policy = page.headers["Content-Security-Policy"]
    assert "form-action 'self' https://checkout.stripe.com" in policy


def test_a_page_for_another_amount_is_closed(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    first = session_at(client.post(address(app, invoice, "card")).location)
    adjust(invoice.id, 40_000)
    second = session_at(client.post(address(app, invoice, "card")).location)
    assert second != first

    assert jobs.close_checkouts(app) == 1

    kept = {one: stripe_server.state.owner_of(one).get(one)["status"] for one in (first, second)}
    assert kept == {first: "expired", second: "open"}
    assert jobs.close_checkouts(app) == 0


def test_a_page_that_was_paid_while_it_was_closed_stays_paid(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    first = session_at(client.post(address(app, invoice, "card")).location)
    adjust(invoice.id, 20_000)
    stripe_server.pay_by_card(first)

    assert jobs.close_checkouts(app) == 1
    stripe_server.deliver()

    assert db.session.scalars(select(Checkout.status)).one() is CheckoutStatus.COMPLETED


def test_a_page_whose_time_is_over_is_begun_anew(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice, frozen: Any
) -> None:
    first = client.post(address(app, invoice, "card")).location
    frozen(clock.now() + timedelta(hours=13))
    stripe_server.expire_what_is_over()

    assert jobs.close_checkouts(app) == 1
    assert client.post(address(app, invoice, "card")).location != first


def test_a_page_whose_address_was_lost_is_found_and_closed(
    app: Flask, client: Browser, stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.faults.add("lost", "POST /v1/checkout/sessions")
    client.post(address(app, invoice, "card"))
    adjust(invoice.id, 40_000)

    assert jobs.close_checkouts(app) == 1

    account = next(iter(stripe_server.state.accounts.values()))
    assert [one["status"] for one in account.of_kind("checkout.session")] == ["expired"]
