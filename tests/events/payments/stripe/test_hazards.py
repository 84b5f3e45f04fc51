"""What goes wrong with payments by card ends in a named state, with books that balance."""

from dataclasses import replace

import pytest

from consortium.cards import GatewayEvent
from consortium.database import db, transaction
from consortium.tenants.models import Tenant
from events.invoices.models import Invoice
from events.ledger.domain import Account
from events.payments.domain import ExceptionKind, PaymentKind, PaymentStatus, RefundStatus
from events.payments.models import Checkout, Payment, Refund
from events.payments.models.stripe import CheckoutStatus
from events.payments.service import stripe
from events.payments.service.invariants import refunded_wrongly
from events.payments.service.refunds import decide_refund
from tests.events.invoices.stage import adjust, make_invoice
from tests.events.payments.stage import accounts, balance, check, waiting
from tests.events.payments.stripe.stage import only_payment, open_page, take_in, told
from tests.fakes.stripe_server import FakeStripe

pytestmark = pytest.mark.usefixtures("cards_taken")


@pytest.fixture
def invoice(cards_taken: Tenant) -> Invoice:
    return make_invoice(30_000)


def test_a_card_pays_the_invoice_and_nothing_else_moves(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.pay_by_card(open_page(invoice))

    take_in(told(stripe_server))

    payment = only_payment()
    assert (payment.kind, payment.status, payment.ending) == (
        PaymentKind.CARD,
        PaymentStatus.RECEIVED,
        "4242",
    )
    assert payment.payer_id == invoice.payer_id
    assert accounts() == {Account.STRIPE: 30_000, Account.REVENUE: -30_000}
    assert balance(invoice.id) == 0
    assert waiting() == []
    assert db.session.scalars(db.select(Checkout.status)).one() is CheckoutStatus.COMPLETED


def test_a_bank_account_is_on_its_way_until_it_arrives(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_bank(open_page(invoice))["id"]
    take_in(told(stripe_server))

    assert only_payment().status is PaymentStatus.PROCESSING
    assert stripe.on_its_way([invoice.id]) == {invoice.id: 30_000}
    assert balance(invoice.id) == 30_000

    stripe_server.settle(intent)
    take_in(told(stripe_server))

    assert (only_payment().kind, only_payment().status) == (
        PaymentKind.BANK_ACCOUNT,
        PaymentStatus.RECEIVED,
    )
    assert stripe.on_its_way([invoice.id]) == {invoice.id: 0}
    assert balance(invoice.id) == 0


def test_a_bank_account_that_fails_lets_the_payer_pay_again(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    stripe_server.fail(stripe_server.pay_by_bank(open_page(invoice))["id"])

    take_in(reversed(told(stripe_server)))

    assert only_payment().status is PaymentStatus.FAILED
    assert stripe.on_its_way([invoice.id]) == {invoice.id: 0}
    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert open_page(invoice)


def test_a_bank_account_that_is_never_confirmed_lets_the_payer_pay_again(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    """Its owner has days to confirm it by small deposits; until then nothing is processed."""
    intent = stripe_server.pay_by_bank(open_page(invoice))["id"]
    begun = [one for one in told(stripe_server) if one.type != "payment_intent.processing"]
    take_in(begun)
    assert stripe.on_its_way([invoice.id]) == {invoice.id: 30_000}

    stripe_server.fail(intent)
    take_in(told(stripe_server, since=len(stripe_server.events) - 1))

    assert stripe.on_its_way([invoice.id]) == {invoice.id: 0}
    assert db.session.scalars(db.select(Payment)).all() == []
    assert open_page(invoice)


def test_a_declined_card_is_no_failure_of_the_bank_account_tried_next(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    session = open_page(invoice)
    stripe_server.decline(session)
    stripe_server.pay_by_bank(session)

    take_in(reversed(told(stripe_server)))

    assert only_payment().status is PaymentStatus.PROCESSING


def test_money_that_fails_after_it_had_arrived_is_open_again(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_bank(open_page(invoice))["id"]
    stripe_server.settle(intent)
    history = told(stripe_server)
    failed = _failed_afterwards(history)

    take_in([failed, *history])

    assert only_payment().status is PaymentStatus.FAILED
    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert waiting() == [(ExceptionKind.PAYMENT_FAILED, 30_000)]


def _failed_afterwards(history: list[GatewayEvent]) -> GatewayEvent:
    succeeded = next(one for one in history if one.type == "payment_intent.succeeded")
    data = {**succeeded.data, "status": "requires_payment_method", "amount_received": 0}
    return replace(succeeded, id="evt_late", type="payment_intent.payment_failed", data=data)


def test_paid_after_the_invoice_was_credited(stripe_server: FakeStripe, invoice: Invoice) -> None:
    session = open_page(invoice)
    adjust(invoice.id, 0)
    stripe_server.pay_by_card(session)

    take_in(told(stripe_server))

    assert accounts() == {Account.STRIPE: 30_000, Account.UNAPPLIED: -30_000}
    assert waiting() == [(ExceptionKind.NO_SEAT, 30_000)]


def test_paid_by_a_check_and_by_a_card(stripe_server: FakeStripe, invoice: Invoice) -> None:
    session = open_page(invoice)
    check(30_000, [(invoice.id, None)])
    stripe_server.pay_by_card(session)

    take_in(told(stripe_server))

    assert balance(invoice.id) == 0
    assert accounts()[Account.UNAPPLIED] == -30_000
    assert waiting() == [(ExceptionKind.PAID_TWICE, 30_000)]


def test_another_amount_than_was_asked_for(stripe_server: FakeStripe, invoice: Invoice) -> None:
    stripe_server.pay_by_card(open_page(invoice))
    history = [_with_cents(one, 35_000) for one in told(stripe_server)]

    take_in(history)

    assert balance(invoice.id) == 0
    assert accounts()[Account.UNAPPLIED] == -5_000
    assert waiting() == [(ExceptionKind.OTHER_AMOUNT, 5_000)]


def test_less_than_was_asked_for_pays_a_part(stripe_server: FakeStripe, invoice: Invoice) -> None:
    stripe_server.pay_by_card(open_page(invoice))

    take_in([_with_cents(one, 10_000) for one in told(stripe_server)])

    assert balance(invoice.id) == 20_000
    assert waiting() == [(ExceptionKind.OTHER_AMOUNT, 10_000)]


def _with_cents(event: GatewayEvent, cents: int) -> GatewayEvent:
    names = ("amount", "amount_received", "amount_captured", "amount_total")
    return replace(
        event, data={**event.data, **{name: cents for name in names if name in event.data}}
    )


def test_a_refund_of_the_dashboard_is_written_down_after_the_fact(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    stripe_server.refund_by_hand(intent, 12_000)

    take_in(told(stripe_server))

    refund = db.session.scalars(db.select(Refund)).one()
    assert (refund.cents, refund.status) == (12_000, RefundStatus.PAID)
    assert only_payment().refunded_cents == 12_000
    assert balance(invoice.id) == 12_000
    assert accounts()[Account.STRIPE] == 18_000
    assert waiting() == [(ExceptionKind.REFUNDED_ELSEWHERE, 12_000)]


def test_a_dispute_takes_the_money_and_winning_gives_it_back(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    dispute = stripe_server.dispute(intent)
    take_in(told(stripe_server))

    assert balance(invoice.id) == 30_000
    assert waiting() == [(ExceptionKind.DISPUTED, 30_000)]

    stripe_server.win(dispute["id"])
    take_in(told(stripe_server))

    assert balance(invoice.id) == 0
    assert accounts() == {Account.STRIPE: 30_000, Account.REVENUE: -30_000}


def test_a_dispute_won_after_the_invoice_was_paid_otherwise_is_shown_to_finance(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    dispute = stripe_server.dispute(intent)
    take_in(told(stripe_server))
    check(30_000, [(invoice.id, None)])

    stripe_server.win(dispute["id"])
    take_in(told(stripe_server))

    assert balance(invoice.id) == -30_000
    assert (ExceptionKind.PAID_TWICE, 30_000) in waiting()


def test_a_bank_that_takes_settled_money_back(stripe_server: FakeStripe, invoice: Invoice) -> None:
    intent = stripe_server.pay_by_bank(open_page(invoice))["id"]
    stripe_server.settle(intent)
    stripe_server.bank_returns(intent)

    take_in(reversed(told(stripe_server)))

    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert waiting() == [(ExceptionKind.DISPUTED, 30_000)]


def test_a_dispute_makes_a_refund_nobody_asked_for_yet_void(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    take_in(told(stripe_server))
    adjust(invoice.id, 20_000)
    with transaction():
        decide_refund(only_payment().id, cents=10_000, why="x", by="f", invoice_id=invoice.id)
    stripe_server.dispute(intent)

    take_in(told(stripe_server))

    assert db.session.scalars(db.select(Refund.status)).one() is RefundStatus.FAILED
    assert balance(invoice.id) == 20_000
    assert accounts() == {Account.RECEIVABLE: 20_000, Account.REVENUE: -20_000}
    assert list(stripe.refunds_to_ask()) == []


def test_a_refund_that_came_back_takes_no_room_from_the_next_one(
    stripe_server: FakeStripe, invoice: Invoice
) -> None:
    """Both were made in the dashboard, and we hear of them together and of the second first."""
    intent = stripe_server.pay_by_card(open_page(invoice))["id"]
    first = stripe_server.refund_by_hand(intent, 20_000)
    stripe_server.refund_fails(first["id"])
    second = stripe_server.refund_by_hand(intent)
    names = {first["id"]: "re_2", second["id"]: "re_1"}

    with transaction():
        stored = [
            stripe.store_event(
                replace(one, data={**one.data, "id": names.get(one.data["id"], one.data["id"])})
            )
            for one in told(stripe_server)
        ]
    with transaction():
        assert stored[0] is not None
        stripe.apply_event(stored[0])

    assert list(stripe.waiting_events()) == []
    assert only_payment().refunded_cents == 30_000
    found = {one.supplier_id: one.status for one in db.session.scalars(db.select(Refund))}
    assert found == {"re_1": RefundStatus.PAID, "re_2": RefundStatus.FAILED}
    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    assert list(refunded_wrongly()) == []
