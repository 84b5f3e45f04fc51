"""Refunds by Stripe: asked for until they are confirmed, and never twice."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from consortium import clock
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.settings import NOBODY
from consortium.tenants.models import Tenant
from events.ledger.domain import Account
from events.payments import jobs
from events.payments.domain import ExceptionKind, RefundStatus
from events.payments.models import Refund
from events.payments.service import stripe
from events.payments.service.refunds import decide_refund
from tests.browser import Browser
from tests.events.invoices.stage import adjust, make_invoice
from tests.events.payments.pages import MONEY, said, send
from tests.events.payments.stage import accounts, balance, waiting
from tests.events.payments.stripe.stage import only_payment, open_page, take_in, told
from tests.fakes.stripe_server import FakeStripe

ASKED = "POST /v1/refunds"


@pytest.fixture
def refund(cards_taken: Tenant, stripe_server: FakeStripe) -> Refund:
    """Return a refund of $100 that is owed of a card's $300."""
    return owed(stripe_server, by_bank=False)


def owed(fake: FakeStripe, *, by_bank: bool) -> Refund:
    invoice = make_invoice(30_000)
    session = open_page(invoice)
    if by_bank:
        fake.settle(fake.pay_by_bank(session)["id"])
    else:
        fake.pay_by_card(session)
    take_in(told(fake))
    adjust(invoice.id, 20_000)
    with transaction():
        return decide_refund(
            only_payment().id, cents=10_000, why="One less", by="f", invoice_id=invoice.id
        )


def status() -> RefundStatus:
    db.session.expire_all()
    found: RefundStatus = db.session.scalars(db.select(Refund.status)).one()
    return found


def made(fake: FakeStripe) -> list[str]:
    account = next(iter(fake.state.accounts.values()))
    return [one["status"] for one in account.of_kind("refund")]


def test_a_refund_to_a_card_is_paid_at_once(
    app: Flask, stripe_server: FakeStripe, refund: Refund
) -> None:
    assert jobs.ask_for_refunds(app) == 1

    assert status() is RefundStatus.PAID
    assert accounts() == {Account.STRIPE: 20_000, Account.REVENUE: -20_000}
    assert jobs.ask_for_refunds(app) == 0
    take_in(told(stripe_server))
    assert accounts() == {Account.STRIPE: 20_000, Account.REVENUE: -20_000}
    assert waiting() == []


def test_a_refund_to_a_bank_account_takes_days(
    app: Flask, cards_taken: Tenant, stripe_server: FakeStripe
) -> None:
    owed(stripe_server, by_bank=True)
    jobs.ask_for_refunds(app)

    assert status() is RefundStatus.ASKED
    assert accounts()[Account.REFUNDS_OWED] == -10_000

    account = next(iter(stripe_server.state.accounts.values()))
    stripe_server.refund_arrives(next(account.of_kind("refund"))["id"])
    take_in(told(stripe_server))

    assert status() is RefundStatus.PAID
    assert Account.REFUNDS_OWED not in accounts()


@pytest.mark.parametrize("fault", ["lost", "reset", "error", "garbled"])
@pytest.mark.parametrize("later", [timedelta(minutes=2), timedelta(hours=25)])
def test_an_answer_that_is_lost_never_refunds_twice(
    app: Flask,
    stripe_server: FakeStripe,
    refund: Refund,
    frozen: Any,
    fault: str,
    later: timedelta,
) -> None:
    stripe_server.faults.add(fault, ASKED)
    assert jobs.ask_for_refunds(app) == 0
    assert status() is RefundStatus.ASKED

    frozen(clock.now() + later)
    assert jobs.ask_for_refunds(app) == 1

    assert made(stripe_server) == ["succeeded"]
    assert status() is RefundStatus.PAID
    assert accounts()[Account.STRIPE] == 20_000


def test_the_message_comes_before_the_answer(
    app: Flask, stripe_server: FakeStripe, refund: Refund
) -> None:
    stripe_server.faults.add("lost", ASKED)
    jobs.ask_for_refunds(app)

    take_in(told(stripe_server))

    assert status() is RefundStatus.PAID
    assert list(stripe.refunds_to_ask()) == []


def test_two_workers_do_not_ask_at_once(cards_taken: Tenant, refund: Refund) -> None:
    with transaction():
        assert stripe.take_refund(refund.id) is not None

    assert list(stripe.refunds_to_ask()) == []


def test_what_stripe_refuses_is_owed_again(
    app: Flask, stripe_server: FakeStripe, refund: Refund
) -> None:
    stripe_server.dispute(only_payment().intent_id)

    assert jobs.ask_for_refunds(app) == 1

    assert status() is RefundStatus.FAILED
    assert accounts() == {
        Account.STRIPE: 30_000,
        Account.RECEIVABLE: -10_000,
        Account.REVENUE: -20_000,
    }
    assert waiting() == [(ExceptionKind.REFUND_FAILED, 10_000)]
    take_in(told(stripe_server))
    assert accounts() == {Account.RECEIVABLE: 20_000, Account.REVENUE: -20_000}


def test_a_key_that_is_not_known_any_more_fails_no_refund(
    app: Flask, stripe_server: FakeStripe, refund: Refund, frozen: Any
) -> None:
    stripe_server.state.unknown_keys.add("rk_test_ours")
    assert jobs.ask_for_refunds(app) == 0
    assert status() is RefundStatus.ASKED

    stripe_server.state.unknown_keys.clear()
    frozen(clock.now() + timedelta(minutes=2))
    assert jobs.ask_for_refunds(app) == 1


def test_after_three_days_without_an_answer_finance_is_told(
    app: Flask, cards: StripeGateway, refund: Refund, frozen: Any
) -> None:
    cards.speak_to(NOBODY)
    jobs.ask_for_refunds(app)
    frozen(clock.now() + timedelta(hours=73))
    jobs.ask_for_refunds(app)

    assert waiting() == [(ExceptionKind.REFUND_FAILED, 10_000)]
    assert status() is RefundStatus.ASKED


def test_a_refund_that_comes_back_is_owed_again(
    app: Flask, stripe_server: FakeStripe, refund: Refund
) -> None:
    jobs.ask_for_refunds(app)
    account = next(iter(stripe_server.state.accounts.values()))
    stripe_server.refund_fails(next(account.of_kind("refund"))["id"])

    take_in(told(stripe_server))

    assert status() is RefundStatus.FAILED
    assert only_payment().refunded_cents == 0
    assert refund.invoice_id is not None
    assert balance(refund.invoice_id) == -10_000
    assert waiting() == [(ExceptionKind.REFUND_FAILED, 10_000)]


def test_finance_refunds_here_while_someone_refunds_in_the_dashboard(
    app: Flask, stripe_server: FakeStripe, refund: Refund
) -> None:
    intent_id = only_payment().intent_id
    stripe_server.refund_by_hand(intent_id)

    take_in(told(stripe_server))
    jobs.ask_for_refunds(app)

    assert made(stripe_server) == ["succeeded"]
    assert only_payment().refunded_cents == 30_000
    assert accounts() == {Account.RECEIVABLE: 20_000, Account.REVENUE: -20_000}


def test_who_paid_by_card_is_told_once_how_long_it_takes(
    app: Flask, stripe_server: FakeStripe, refund: Refund
) -> None:
    jobs.ask_for_refunds(app)
    take_in(told(stripe_server))

    (mail,) = mails_about(refund.id)

    assert mail.to == "ap@elgin.example.org"
    for part in (mail.text, mail.html or ""):
        assert "Why: One less" in part
        assert "The card's statement shows it 5 to 10 business days from now." in part


def test_a_refund_made_in_the_dashboard_is_told_when_it_is_heard_of(
    stripe_server: FakeStripe, cards_taken: Tenant
) -> None:
    stripe_server.pay_by_card(open_page(make_invoice(30_000)))
    take_in(told(stripe_server))
    stripe_server.refund_by_hand(only_payment().intent_id, 1_000)

    take_in(told(stripe_server))

    (mail,) = mails_about(db.session.scalars(db.select(Refund.id)).one())
    assert mail.subject == "$10.00 goes back to you"
    assert "Why:" not in mail.text


@pytest.mark.usefixtures("finance")
def test_finance_has_nothing_to_pay_out_for_a_card(client: Browser, refund: Refund) -> None:
    assert refund.invoice_id is not None
    adjust(refund.invoice_id, 15_000)

    page = send(
        client,
        f"{MONEY}/payments/{only_payment().id}/refund",
        out_of=str(refund.invoice_id),
        amount="50",
        way="",
        why="Another one less",
    )

    assert "The refund is decided. Stripe sends it back by itself." in said(page)


def mails_about(refund_id: UUID) -> list[OutboxEmail]:
    db.session.expire_all()
    about = db.select(OutboxEmail).where(OutboxEmail.about == f"refund:{refund_id}")
    return list(db.session.scalars(about))
