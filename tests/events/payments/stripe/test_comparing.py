"""Our books and Stripe's are compared, and what webhooks missed is found and repaired."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.database import db, transaction
from consortium.settings import NOBODY
from consortium.tenancy import as_tenant
from events.invoices import service as invoices
from events.invoices.models import Payer
from events.ledger.domain import Account
from events.payments import jobs
from events.payments.domain import ExceptionKind, RefundStatus, RefundWay
from events.payments.models import Checkout, Payment, Refund, StripeEvent
from events.payments.service import stripe
from events.payments.service.refunds import decide_refund, refund_credit
from tests.events.invoices.stage import adjust, make_invoice, make_payer
from tests.events.payments.stage import accounts, balance, waiting
from tests.events.payments.stripe.stage import open_page, take_cards, take_in, told
from tests.factories import make_tenant
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.usefixtures("cards_taken")


def difference() -> int | None:
    db.session.expire_all()
    return invoices.settings().reconciled_to_cents


def pay_for_three_days(fake: FakeStripe, payer: Payer, frozen: Any) -> int:
    """Let payers pay, banks refuse and dispute, and somebody refund in Stripe's dashboard.

    Returns what Stripe has of it in the end.
    """
    paid = 0
    for number in range(40):
        cents = 10_000 + number
        session = open_page(make_invoice(cents, payer))
        if number % 3:
            intent = fake.pay_by_card(session)["id"]
        else:
            intent = fake.pay_by_bank(session)["id"]
            if number == 39:
                fake.fail(intent)
                continue
            fake.settle(intent)
        paid += cents
        if number % 5 == 0:
            refund = fake.refund_by_hand(intent, 1_000)
            paid -= 1_000
            if refund["status"] == "pending":
                fake.refund_arrives(refund["id"])
            elif number == 25:
                fake.refund_fails(refund["id"])
                fake.refund_by_hand(intent)
                paid -= cents - 1_000
        if number % 7 == 0 and number % 5:
            dispute = fake.dispute(intent, 4_000 if number == 21 else None)
            if number == 28:
                fake.lose(dispute["id"])
            elif number != 21:
                fake.win(dispute["id"])
            paid -= {21: 4_000, 28: cents}.get(number, 0)
        frozen(clock.now() + timedelta(hours=72) / 40)
    return paid


@pytest.mark.both
def test_an_outage_of_72_hours_ends_without_a_difference(
    app: Flask, stripe_server: FakeStripe, frozen: Any
) -> None:
    payer = make_payer()
    # Begun before the outage: one on its way, and one that we give back while nobody hears us.
    on_its_way = stripe_server.pay_by_bank(open_page(make_invoice(50_000, payer)))["id"]
    too_much = make_invoice(60_000, payer)
    stripe_server.pay_by_card(open_page(too_much))
    take_in(told(stripe_server))
    adjust(too_much.id, 45_000)
    with transaction():
        (refund_id,) = (one.id for one in refund_credit(too_much.id, why="x", by="f"))
    paid = 60_000 + pay_for_three_days(stripe_server, payer, frozen)
    stripe_server.settle(on_its_way)
    paid += 50_000
    stripe_server.faults.add("lost", "POST /v1/refunds")
    jobs.ask_for_refunds(app)
    paid -= 15_000
    assert db.session.get_one(Refund, refund_id).status is RefundStatus.ASKED

    assert jobs.compare_with_stripe(app) == 1

    assert difference() == 0
    fees = accounts()[Account.PROCESSING_FEES]
    assert fees > 0
    assert accounts()[Account.STRIPE] == paid - fees
    assert list(stripe.waiting_events()) == []
    swept = db.session.scalars(db.select(StripeEvent.found_by_sweep)).all()
    assert sum(swept) > 100
    assert db.session.get_one(Refund, refund_id).status is RefundStatus.PAID
    assert balance(too_much.id) == 0
    before = accounts()
    assert jobs.compare_with_stripe(app) == 1
    assert set(take_in(told(stripe_server))) == {"before"}
    assert accounts() == before


def test_late_webhooks_after_the_sweep_change_nothing(
    app: Flask, stripe_server: FakeStripe
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice()))
    jobs.compare_with_stripe(app)
    before = accounts()

    assert set(take_in(told(stripe_server))) == {"before"}

    assert accounts() == before


def test_what_no_message_tells_any_more_is_taken_over_from_the_lists(
    app: Flask, stripe_server: FakeStripe
) -> None:
    invoice = make_invoice()
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    stripe_server.refund_by_hand(intent, 4_000)
    account = stripe_server.state.owner_of(intent)
    for named in [one["id"] for one in account.of_kind("event")]:
        del account.objects[named]

    jobs.compare_with_stripe(app)

    assert difference() == 0
    assert accounts()[Account.STRIPE] == 26_000 - 900
    assert balance(invoice.id) == 4_000


def test_a_difference_that_nobody_can_repair_is_shown_to_finance(
    app: Flask, stripe_server: FakeStripe
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice()))
    take_in(told(stripe_server))
    account = next(iter(stripe_server.state.accounts.values()))
    intent = next(account.of_kind("payment_intent"))
    del account.objects[intent["id"]]

    jobs.compare_with_stripe(app)

    assert difference() == 30_000
    assert waiting() == [(ExceptionKind.DIFFERENCE, 30_000)]


def test_a_dispute_of_a_payment_from_before_the_window_is_not_forgotten(
    app: Flask, stripe_server: FakeStripe, frozen: Any
) -> None:
    disputed = make_invoice()
    intent = stripe_server.pay_by_card(open_page(disputed))["id"]
    take_in(told(stripe_server))
    frozen(clock.now() + timedelta(days=60))
    stripe_server.dispute(intent)
    account = stripe_server.state.owner_of(intent)
    lost = [one["id"] for one in account.of_kind("event") if "dispute" in one["type"]]
    kept = {named: account.objects.pop(named) for named in lost}

    jobs.compare_with_stripe(app)
    assert difference() == 30_000

    account.objects |= kept
    jobs.compare_with_stripe(app)
    assert difference() == 0
    assert balance(disputed.id) == 30_000


def test_what_the_account_takes_for_others_is_no_difference(
    app: Flask, stripe_server: FakeStripe
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice()))
    account = next(iter(stripe_server.state.accounts.values()))
    for one in [*account.objects.values()]:
        if "metadata" in one:
            one["metadata"] = {}
        if one["object"] == "event":
            one["data"]["object"]["metadata"] = {}

    jobs.compare_with_stripe(app)

    assert difference() == 0
    assert db.session.scalars(db.select(Payment)).all() == []


def test_an_account_shared_with_another_consortium_is_no_difference(
    app: Flask, stripe_server: FakeStripe
) -> None:
    take_in_turns(stripe_server)

    jobs.compare_with_stripe(app)

    assert difference() == 0
    assert accounts()[Account.STRIPE] == 30_000 - 900
    assert waiting() == []


def test_what_stripe_keeps_leaves_the_money_at_stripe_as_stripe_has_it(
    app: Flask, stripe_server: FakeStripe
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice(20_000)))
    lost = stripe_server.pay_by_card(open_page(make_invoice(30_000)))["id"]
    take_in(told(stripe_server))
    assert Account.PROCESSING_FEES not in accounts()
    before = len(stripe_server.events)
    stripe_server.lose(stripe_server.dispute(lost)["id"])
    take_in(told(stripe_server, since=before))

    for _ in range(2):
        jobs.compare_with_stripe(app)

        account = stripe_server.state.owner_of(lost)
        net = sum(one["net"] for one in account.of_kind("balance_transaction"))
        assert accounts()[Account.STRIPE] == net
        assert accounts()[Account.PROCESSING_FEES] == 610 + 900 + 1_500
        assert difference() == 0


def take_in_turns(stripe_server: FakeStripe) -> None:
    """Let two consortia with the same keys be paid; go on as the first."""
    stripe_server.pay_by_card(open_page(make_invoice()))
    with as_tenant(make_tenant("riverside").id):
        take_cards()
        stripe_server.pay_by_card(open_page(make_invoice(20_000)))


def test_money_that_took_its_time_is_no_difference_at_the_edge_of_the_window(
    app: Flask, stripe_server: FakeStripe, frozen: Any
) -> None:
    begun = clock.now()
    intent = stripe_server.pay_by_bank(open_page(make_invoice()))["id"]
    frozen(begun + timedelta(days=6))
    stripe_server.settle(intent)
    refund = stripe_server.refund_by_hand(intent, 1_000)
    stripe_server.refund_arrives(refund["id"])
    take_in(told(stripe_server))

    for days in (29, 30, 32, 35, 36, 37, 44, 46):
        frozen(begun + timedelta(days=days))
        jobs.compare_with_stripe(app)
        assert difference() == 0, days


def test_stripe_that_is_down_leaves_the_last_comparison(
    app: Flask, cards: StripeGateway, stripe_server: FakeStripe
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice()))
    cards.speak_to(NOBODY)

    assert jobs.compare_with_stripe(app) == 0

    assert difference() is None


def test_a_payment_of_a_checkout_that_is_gone_hides_no_other(
    app: Flask, stripe_server: FakeStripe
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice()))
    with transaction():
        db.session.delete(db.session.scalars(db.select(Checkout)).one())
    stripe_server.pay_by_card(open_page(make_invoice(20_000, make_payer("B", "b@x.org"))))

    jobs.compare_with_stripe(app)

    assert difference() == 0
    assert accounts()[Account.STRIPE] == 50_000 - 900 - 610
    assert waiting() == [(ExceptionKind.NO_INVOICE, 30_000)]


def test_what_the_books_cannot_take_is_shown_as_a_difference(
    app: Flask, stripe_server: FakeStripe
) -> None:
    """The same card payment went back twice: by our check, and in Stripe's dashboard."""
    intent = stripe_server.pay_by_card(open_page(make_invoice()))["id"]
    take_in(told(stripe_server))
    with transaction():
        (invoice,) = db.session.scalars(db.select(Checkout.invoice_id))
    adjust(invoice, 0)
    with transaction():
        (payment,) = db.session.scalars(db.select(Payment.id))
        decide_refund(
            payment, cents=30_000, why="x", by="f", invoice_id=invoice, way=RefundWay.CHECK
        )
    stripe_server.refund_by_hand(intent)

    assert jobs.compare_with_stripe(app) == 1

    assert difference() == 30_000
    assert waiting() == [(ExceptionKind.DIFFERENCE, 30_000)]
