"""A check that the bank returns: what it paid is open again, and everyone hears of it."""

from datetime import date

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.ledger.domain import Account, EntryKind
from events.payments.domain import ExceptionKind, PaymentStatus, RefundStatus
from events.payments.models import Payment, Refund
from events.payments.service.refund_paying import fail_refund, mail_back, pay_refund_check
from events.payments.service.refunds import decide_refund, refund_credit
from events.payments.service.returns import return_check
from tests.events.invoices.stage import FINANCE, adjust, make_invoice
from tests.events.payments.stage import TODAY, accounts, balance, check, deposit, transfer, waiting

pytestmark = pytest.mark.usefixtures("tenant")


def bounce(payment: Payment, on: date = TODAY) -> None:
    with transaction():
        return_check(payment.id, on, "Insufficient funds", by=FINANCE)


@pytest.mark.parametrize("deposited", [True, False])
def test_what_it_paid_is_open_again(deposited: bool) -> None:
    invoice = make_invoice(30_000)
    payment = check(35_000, [(invoice.id, None)])
    if deposited:
        deposit(payment.id)

    bounce(payment)

    assert balance(invoice.id) == 30_000
    assert db.session.get_one(Payment, payment.id).status is PaymentStatus.RETURNED
    assert accounts() == {Account.RECEIVABLE: 30_000, Account.REVENUE: -30_000}
    lines = ledger.lines_of_invoice(invoice.id)
    assert [(line.kind, line.cents) for line in lines] == [
        (EntryKind.INVOICE, 30_000),
        (EntryKind.PAYMENT, -30_000),
        (EntryKind.RETURNED, 30_000),
    ]
    assert waiting() == [(ExceptionKind.CHECK_RETURNED, 35_000)]
    receipt, mail = db.session.scalars(select(OutboxEmail).order_by(OutboxEmail.id)).all()
    assert receipt.outcome == "superseded"
    assert mail.to == "ap@elgin.example.org"
    assert "Insufficient funds" in mail.text
    assert "open again" in mail.text


def test_a_check_is_returned_once_and_never_anything_else() -> None:
    payment = check(30_000)
    bounce(payment)
    with pytest.raises(MoneyRefused, match="only once"):
        bounce(payment)
    with pytest.raises(MoneyRefused, match="Only a check"):
        bounce(transfer())
    with pytest.raises(MoneyRefused, match="still to come"):
        bounce(check(number="2"), date(2026, 3, 3))
    with pytest.raises(MoneyRefused, match="later"):
        bounce(check(number="3"), date(2026, 3, 1))
    back = check(number="4")
    with transaction():
        refund = decide_refund(back.id, cents=30_000, why="Not ours", by=FINANCE)
        mail_back(refund.id, TODAY, by=FINANCE)
    with pytest.raises(MoneyRefused, match="Only a check"):
        bounce(back)


def test_a_refund_that_waits_ends_with_the_check() -> None:
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)])
    deposit(payment.id)
    adjust(invoice.id, 20_000)
    with transaction():
        (refund,) = refund_credit(invoice.id, why="One cancels", by=FINANCE)

    bounce(payment)

    assert db.session.get_one(Refund, refund.id).status is RefundStatus.FAILED
    assert balance(invoice.id) == 20_000
    assert accounts() == {Account.RECEIVABLE: 20_000, Account.REVENUE: -20_000}


def test_what_was_refunded_of_it_the_payer_owes_us() -> None:
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)])
    deposit(payment.id)
    adjust(invoice.id, 20_000)
    with transaction():
        (refund,) = refund_credit(invoice.id, why="One cancels", by=FINANCE)
        pay_refund_check(refund.id, "501", TODAY, by=FINANCE)

    bounce(payment)

    assert balance(invoice.id) == 20_000
    assert accounts() == {
        Account.BANK: -10_000,
        Account.RECEIVABLE: 20_000,
        Account.UNAPPLIED: 10_000,
        Account.REVENUE: -20_000,
    }
    assert waiting() == [(ExceptionKind.CHECK_RETURNED, 30_000)]
    with transaction():
        fail_refund(refund.id, "They sent it back.", by=FINANCE)
    assert balance(invoice.id) == 20_000
    assert accounts() == {Account.RECEIVABLE: 20_000, Account.REVENUE: -20_000}
