"""Messages of Stripe's that do not fit: none of them moves money, and each has an outcome."""

from dataclasses import replace

import pytest

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.invoices.models import Invoice
from events.ledger.domain import Account
from events.payments.domain import ExceptionKind
from events.payments.models import Checkout, StripeEvent
from events.payments.service import stripe
from events.payments.service.stripe import events as applying
from events.payments.service.stripe.facts import Facts
from tests.events.invoices.stage import make_invoice
from tests.events.payments.stage import accounts, waiting
from tests.events.payments.stripe.stage import open_page, take_cards, take_in, told
from tests.factories import make_tenant
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.usefixtures("cards_taken")


@pytest.fixture
def invoice(cards_taken: Tenant) -> Invoice:
    return make_invoice(30_000)


def outcomes() -> list[str]:
    return sorted(db.session.scalars(db.select(StripeEvent.outcome)))


def test_another_currency_is_never_posted(stripe_server: FakeStripe, invoice: Invoice) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    stripe_server.refund_by_hand(intent, 1_000)
    history = [replace(one, data={**one.data, "currency": "eur"}) for one in told(stripe_server)]

    take_in(history)

    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert waiting() == [(ExceptionKind.OTHER_CURRENCY, 0)]
    assert set(outcomes()) <= {"held_back", "no_change"}
    assert list(stripe.waiting_events()) == []
    assert stripe.on_its_way([invoice.id]) == {invoice.id: 0}
    assert open_page(invoice)  # its payer may pay anew, in dollars


def test_a_reference_that_we_do_not_know(stripe_server: FakeStripe, invoice: Invoice) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    with transaction():
        db.session.delete(db.session.scalars(db.select(Checkout)).one())

    take_in(told(stripe_server))

    assert accounts()[Account.UNAPPLIED] == -30_000
    assert waiting() == [(ExceptionKind.NO_INVOICE, 30_000)]


def test_what_the_account_takes_for_others_is_none_of_ours(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    stripe_server.refund_by_hand(intent)
    history = [replace(one, data={**one.data, "metadata": {}}) for one in told(stripe_server)]

    take_in(history)

    assert set(outcomes()) == {"not_ours"}
    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}


def test_a_payment_of_another_consortium_with_the_same_account_is_none_of_ours(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    with as_tenant(make_tenant("riverside").id):
        take_cards()
        intent = stripe_server.pay_by_card(open_page(make_invoice(20_000)))["id"]
        stripe_server.refund_by_hand(intent, 5_000)

    take_in(told(stripe_server))

    assert set(outcomes()) == {"not_ours"}
    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert waiting() == []


def test_live_money_is_not_taken_for_test_money(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    charged = next(one for one in told(stripe_server) if one.type == "charge.succeeded")

    assert take_in([replace(charged, livemode=True)]) == ["other_mode"]

    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert waiting() == [(ExceptionKind.UNREADABLE, 0)]


@pytest.mark.parametrize("cents", [None, "30000", 300.0, True, -1])
def test_a_message_without_a_readable_amount_is_shown_to_finance(
    stripe_server: FakeStripe, invoice: Invoice, cents: object
) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    charged = next(one for one in told(stripe_server) if one.type == "charge.succeeded")
    broken = replace(charged, data={**charged.data, "amount_captured": cents, "amount": cents})

    assert take_in([broken]) == ["unreadable"]

    assert waiting() == [(ExceptionKind.UNREADABLE, 0)]


def test_a_kind_that_we_do_not_know_is_kept_and_ignored(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    charged = next(one for one in told(stripe_server) if one.type == "charge.succeeded")

    assert take_in([replace(charged, type="customer.created")]) == ["ignored"]


def test_a_message_that_comes_while_its_payment_is_settled_has_its_own_turn(
    stripe_server: FakeStripe, invoice: Invoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    charged = [one for one in told(stripe_server) if one.type == "charge.succeeded"]
    stripe_server.refund_by_hand(intent, 10_000)
    refunded = [one for one in told(stripe_server) if one.type == "refund.created"]
    settle = applying.settle

    def settled_meanwhile(intent_id: str, facts: Facts) -> bool:
        stripe.store_event(refunded[0])
        return settle(intent_id, facts)

    with monkeypatch.context() as scripted:
        scripted.setattr(applying, "settle", settled_meanwhile)
        take_in(charged)
    ((_, late),) = stripe.waiting_events()

    with transaction():
        assert stripe.apply_event(late) == "applied"

    assert accounts()[Account.STRIPE] == 20_000
    assert list(stripe.waiting_events()) == []
