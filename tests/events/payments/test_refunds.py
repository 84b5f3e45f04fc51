"""Refunds leave within what came, and each ends in one way."""

from uuid import UUID

import pytest

from consortium.database import db, transaction
from events.invoices.domain import MoneyRefused
from events.ledger.domain import Account
from events.payments.domain import ExceptionKind, PaymentStatus, RefundStatus, RefundWay
from events.payments.models import Payment, Refund
from events.payments.service.refund_paying import (
    cancel_refund,
    fail_refund,
    mail_back,
    pay_refund_check,
    refunds_to_pay,
)
from events.payments.service.refunds import decide_refund, refund_credit, refund_credits
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.events.payments.stage import TODAY, accounts, balance, check, deposit, transfer, waiting

pytestmark = pytest.mark.usefixtures("tenant")


def refund(payment_id: UUID, cents: int, **values: object) -> Refund:
    with transaction():
        return decide_refund(payment_id, cents=cents, why="Too much", by=FINANCE, **values)  # type: ignore[arg-type]


def credit(invoice_id: UUID) -> tuple[Refund, ...]:
    with transaction():
        return refund_credit(invoice_id, why="One cancels", by=FINANCE)


def pay_out(refund_id: UUID, number: str = "501") -> None:
    with transaction():
        pay_refund_check(refund_id, number, TODAY, by=FINANCE)


def test_a_credit_goes_back_by_check_and_is_paid_out() -> None:
    """CA3 in small: fewer people come than were paid for."""
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)])
    deposit(payment.id)
    adjust(invoice.id, 15_000)
    assert balance(invoice.id) == -15_000

    (one,) = credit(invoice.id)

    assert (one.cents, one.way, one.status) == (15_000, RefundWay.CHECK, RefundStatus.OWED)
    assert balance(invoice.id) == 0
    assert accounts()[Account.REFUNDS_OWED] == -15_000
    assert [row.id for row in refunds_to_pay(RefundWay.CHECK)] == [one.id]
    pay_out(one.id)
    assert accounts() == {Account.BANK: 15_000, Account.REVENUE: -15_000}
    assert db.session.get_one(Refund, one.id).check_number == "501"
    assert refunds_to_pay(RefundWay.CHECK) == []


def test_a_refund_is_paid_out_once() -> None:
    invoice = make_invoice(30_000)
    check(30_000, [(invoice.id, None)])
    adjust(invoice.id, 15_000)
    (one,) = credit(invoice.id)
    with pytest.raises(MoneyRefused, match="number"):
        pay_out(one.id, " ")
    pay_out(one.id)

    with pytest.raises(MoneyRefused, match="already"):
        pay_out(one.id, "502")
    with pytest.raises(MoneyRefused, match="owed back"):
        credit(invoice.id)


def test_never_more_than_was_paid_nor_than_is_owed_back() -> None:
    invoice = make_invoice(30_000)
    payment = check(35_000, [(invoice.id, None)])

    with pytest.raises(MoneyRefused, match="more than was paid"):
        refund(payment.id, 35_001)
    with pytest.raises(MoneyRefused, match=r"Only \$50\.00"):
        refund(payment.id, 5_001)
    with pytest.raises(MoneyRefused, match=r"Only \$0\.00"):
        refund(payment.id, 1, invoice_id=invoice.id)
    for cents in (0, -5):
        with pytest.raises(MoneyRefused, match="above zero"):
            refund(payment.id, cents)
    assert db.session.get_one(Payment, payment.id).refunded_cents == 0

    refund(payment.id, 5_000)
    assert waiting() == []
    with pytest.raises(MoneyRefused, match=r"Only \$0\.00"):
        refund(payment.id, 1)


def test_a_check_on_hand_is_mailed_back() -> None:
    """IL9 in small: the institute is cancelled, one check lies in the drawer, one was deposited."""
    payer = make_payer()
    first, second = make_invoice(30_000, payer), make_invoice(20_000, payer)
    kept = check(30_000, [(first.id, None)], number="1")
    gone = check(20_000, [(second.id, None)], number="2")
    deposit(gone.id)
    for invoice in (first, second):
        adjust(invoice.id, 0)
    with transaction():
        refund_credits([first.id, second.id], why="Cancelled", by=FINANCE)

    (back,) = refunds_to_pay(RefundWay.MAIL_BACK)
    (written,) = refunds_to_pay(RefundWay.CHECK)
    assert (back.payment_id, back.cents) == (kept.id, 30_000)
    assert (written.payment_id, written.cents) == (gone.id, 20_000)
    with transaction():
        mail_back(back.id, TODAY, by=FINANCE)
    pay_out(written.id)
    assert db.session.get_one(Payment, kept.id).status is PaymentStatus.MAILED_BACK
    assert accounts() == {}


def test_one_check_for_several_cancelled_teams_is_mailed_back_whole() -> None:
    payer = make_payer()
    first, second = make_invoice(30_000, payer), make_invoice(20_000, payer)
    payment = check(50_000, [(first.id, None), (second.id, None)])
    for invoice in (first, second):
        adjust(invoice.id, 0)

    with transaction():
        (one,) = refund_credits([first.id, second.id], why="Cancelled", by=FINANCE)

    assert (one.payment_id, one.cents, one.way) == (payment.id, 50_000, RefundWay.MAIL_BACK)
    assert (balance(first.id), balance(second.id)) == (0, 0)


def test_a_part_of_it_cannot_be_mailed_back_nor_a_transfer() -> None:
    with pytest.raises(MoneyRefused, match="Only all of a check"):
        refund(check().id, 10_000, way=RefundWay.MAIL_BACK)
    with pytest.raises(MoneyRefused, match="still on hand"):
        refund(transfer().id, 30_000, way=RefundWay.MAIL_BACK)
    with pytest.raises(MoneyRefused, match="card"):
        refund(transfer(number="2", cents=5).id, 5, way=RefundWay.STRIPE)


@pytest.mark.parametrize("paid_out", [True, False])
def test_a_refund_that_fails_is_owed_again(paid_out: bool) -> None:
    invoice = make_invoice(30_000)
    payment = transfer(30_000, [(invoice.id, None)])
    adjust(invoice.id, 15_000)
    (one,) = credit(invoice.id)
    if paid_out:
        pay_out(one.id)

    with transaction():
        fail_refund(one.id, "The letter came back.", by=FINANCE)

    assert balance(invoice.id) == -15_000
    assert db.session.get_one(Payment, payment.id).refunded_cents == 0
    assert waiting() == [(ExceptionKind.REFUND_FAILED, 15_000)]
    with pytest.raises(MoneyRefused, match="failed before"), transaction():
        fail_refund(one.id, "Again.", by=FINANCE)
    (again,) = credit(invoice.id)
    pay_out(again.id, "777")
    assert accounts() == {Account.BANK: 15_000, Account.REVENUE: -15_000}


def test_a_mailed_check_that_comes_back_is_on_hand_again() -> None:
    payment = check(30_000)
    one = refund(payment.id, 30_000)
    with transaction():
        mail_back(one.id, TODAY, by=FINANCE)
    with transaction():
        fail_refund(one.id, "Address unknown.", by=FINANCE)

    assert db.session.get_one(Payment, payment.id).status is PaymentStatus.ON_HAND
    assert accounts() == {Account.CHECKS: 30_000, Account.UNAPPLIED: -30_000}


def test_a_decision_is_taken_back_before_it_is_acted_on() -> None:
    payment = check(30_000)
    one = refund(payment.id, 30_000)
    assert waiting() == []

    with transaction():
        cancel_refund(one.id, "They come after all.", by=FINANCE)

    assert waiting() == [(ExceptionKind.OVERPAID, 30_000)]
    two = refund(payment.id, 10_000)
    pay_out(two.id)
    with pytest.raises(MoneyRefused, match="paid out"), transaction():
        cancel_refund(two.id, "Too late.", by=FINANCE)


def test_money_written_off_and_credited_later_goes_back_to_nobody() -> None:
    from events.invoices import service as invoices

    invoice = make_invoice(30_000)
    check(10_000, [(invoice.id, None)])
    with transaction():
        invoices.write_off(invoice.id, "Dissolved", by=FINANCE)
    adjust(invoice.id, 0)

    (one,) = credit(invoice.id)

    assert one.cents == 10_000
