"""All messages about a payment come at the same moment, each several times."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from consortium import clock
from consortium.cards import GatewayEvent
from consortium.database import db, transaction, was_held
from consortium.tenancy import as_tenant, for_every_tenant
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.payments import jobs
from events.payments.models import Payment
from events.payments.service import stripe
from events.payments.service.stripe import invariants
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.invoices.stage import make_invoice
from tests.events.payments.stripe.stage import take_cards
from tests.factories import make_tenant

HANDS = 3  # of each message

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def tenant_id(office: Flask) -> UUID:
    with office.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            take_cards()
        return tenant_id


@pytest.fixture
def reference(office: Flask, tenant_id: UUID) -> str:
    """Return how Stripe names the checkout of an invoice over $300."""
    with office.app_context(), as_tenant(tenant_id):
        invoice = make_invoice(30_000)
        with transaction():
            ticket = stripe.begin_checkout(
                invoice.id, success_url="http://x/", cancel_url="http://x/", by="payer"
            )
        assert ticket.wanted is not None
        return ticket.wanted.reference


def messages(reference: str, intent: str = "pi_1") -> list[GatewayEvent]:
    """Return what Stripe tells of a payment of which $100 went back by its dashboard."""
    ours = {"consortium_reference": reference}
    paid = {
        "currency": "usd",
        "amount": 30_000,
        "metadata": ours,
        "status": "succeeded",
        "latest_charge": f"ch_{intent}",
    }
    card = {"type": "card", "card": {"last4": "4242"}}
    things: dict[str, dict[str, Any]] = {
        "payment_intent.succeeded": {**paid, "object": "payment_intent", "id": intent},
        "charge.succeeded": {
            **paid,
            "object": "charge",
            "id": f"ch_{intent}",
            "payment_intent": intent,
            "payment_method_details": card,
        },
        "refund.created": {
            "object": "refund",
            "id": f"re_{intent}",
            "payment_intent": intent,
            "amount": 10_000,
            "currency": "usd",
            "status": "succeeded",
        },
    }
    return [
        GatewayEvent(
            id=f"evt_{intent}_{kind}",
            type=kind,
            created=clock.now(),
            livemode=False,
            data=data,
            api_version=None,
        )
        for kind, data in things.items()
    ]


def rush(office: Flask, tenant_id: UUID, events: list[GatewayEvent]) -> None:
    """Take each message in by several hands at once, as webhooks would; then let the worker go."""
    together = threading.Barrier(len(events) * HANDS)
    broken: list[BaseException] = []

    def take_in(event: GatewayEvent) -> None:
        try:
            with office.app_context(), as_tenant(tenant_id):
                together.wait()
                with transaction():
                    stored = stripe.store_event(event)
                if stored is not None:
                    with transaction():
                        stripe.apply_event(stored)
        except stripe.AnotherIsAtIt:
            pass  # the worker looks again
        except OperationalError as error:
            # A slow machine: Stripe sends it again, or the worker looks. A deadlock is a fault.
            if not was_held(error) or getattr(error.orig, "sqlstate", "") == "40P01":
                broken.append(error)
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [
        threading.Thread(target=take_in, args=(one,)) for one in events for _ in range(HANDS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    with office.app_context():
        jobs.apply_waiting(office)


def books(office: Flask, tenant_id: UUID, read: Callable[[], Any]) -> Any:
    with office.app_context(), as_tenant(tenant_id):
        return read()


def payments() -> int:
    return db.session.scalars(select(func.count(Payment.id))).one()


def test_messages_that_come_at_once_are_one_payment_and_one_refund(
    office: Flask, tenant_id: UUID, reference: str
) -> None:
    rush(office, tenant_id, messages(reference))

    assert books(office, tenant_id, payments) == 1
    found = books(office, tenant_id, ledger.account_balances)
    assert (found[Account.STRIPE], found[Account.RECEIVABLE]) == (20_000, 10_000)
    with office.app_context(), for_every_tenant():
        assert list(stripe.waiting_events()) == []
        assert list(invariants.not_one_entry_each()) == []


def test_were_each_message_a_payment_of_its_own_it_would_be_paid_as_often(
    office: Flask, tenant_id: UUID, reference: str
) -> None:
    """The negative control: what makes them one is the PaymentIntent they name."""
    charges = [messages(reference, f"pi_{number}")[1] for number in range(3)]

    rush(office, tenant_id, charges)

    assert books(office, tenant_id, payments) == 3
    assert books(office, tenant_id, ledger.account_balances)[Account.STRIPE] == 90_000
