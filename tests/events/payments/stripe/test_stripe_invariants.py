"""Verify sees what was tampered with behind the application's back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from consortium import clock
from consortium.database import db
from consortium.tenants.models import Tenant
from events.invoices.models import MoneySettings
from events.payments.domain import PaymentStatus
from events.payments.models import Checkout, Payment, Refund, StripeEvent
from events.payments.models.stripe import CheckoutStatus
from events.payments.service.stripe import invariants
from tests.events.invoices.stage import make_invoice
from tests.events.payments.stripe.stage import open_page, take_in, told
from tests.fakes.stripe_server import FakeStripe

FINDERS: tuple[Callable[[], Iterator[str]], ...] = (
    invariants.not_one_entry_each,
    invariants.paid_while_on_its_way,
    invariants.differences_with_stripe,
    invariants.messages_not_applied,
)


@pytest.fixture
def history(cards_taken: Tenant, stripe_server: FakeStripe) -> FakeStripe:
    """Return a Stripe whose payment, refund and dispute were taken in."""
    intent = stripe_server.pay_by_card(open_page(make_invoice()))["id"]
    stripe_server.refund_by_hand(intent, 10_000)
    stripe_server.dispute(intent, 20_000)
    take_in(told(stripe_server))
    return stripe_server


def found() -> list[str]:
    db.session.flush()
    return [words for finder in FINDERS for words in finder()]


def test_nothing_is_found_in_books_as_they_were_kept(history: FakeStripe) -> None:
    assert found() == []


def test_a_payment_whose_sum_was_changed(history: FakeStripe) -> None:
    db.session.execute(update(Payment).values(amount_cents=40_000))

    assert [one.partition(" is ")[2] for one in found()] == [
        "received over $400.00; the journal took in $300.00."
    ]


def test_a_payment_that_names_another_intent(history: FakeStripe) -> None:
    db.session.execute(update(Payment).values(intent_id="pi_other"))

    assert len(found()) == 2  # a payment without entry, and an entry without payment


def test_a_payment_that_is_said_to_be_on_its_way_though_it_came(history: FakeStripe) -> None:
    db.session.execute(update(Payment).values(status=PaymentStatus.PROCESSING))

    assert len(found()) == 1


def test_a_refund_that_names_another_of_stripes(history: FakeStripe) -> None:
    db.session.execute(update(Refund).values(supplier_id="re_other"))

    assert [one.partition(" over ")[2] for one in found()] == [
        "$100.00 is paid and not in the journal."
    ]


def test_a_page_that_stays_open_while_money_is_on_its_way(
    cards_taken: Tenant, stripe_server: FakeStripe, frozen: Any
) -> None:
    invoice = make_invoice()
    stripe_server.pay_by_bank(open_page(invoice))
    take_in(told(stripe_server))
    assert found() == []
    now = clock.now()
    db.session.add(
        Checkout(
            invoice_id=invoice.id,
            cents=1,
            status=CheckoutStatus.OPEN,
            begun_at=now - timedelta(hours=2),
            expires_at=now + timedelta(hours=2),
        )
    )

    assert len(found()) == 1


def test_a_difference_that_was_found(history: FakeStripe) -> None:
    db.session.execute(update(MoneySettings).values(reconciled_to_cents=1))

    assert [one.partition(" differ ")[2] for one in found()] == ["from Stripe's by $0.01."]


def test_a_message_that_waits_for_three_days(history: FakeStripe, frozen: Any) -> None:
    db.session.execute(update(StripeEvent).values(applied_at=None))
    assert found() == []

    frozen(clock.now() + timedelta(hours=73))

    assert len(found()) == len(told(history))
