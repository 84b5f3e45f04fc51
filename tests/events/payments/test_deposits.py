"""Checks go to the bank once, with a list that adds up."""

from datetime import date
from uuid import uuid4

import pytest

from consortium.database import transaction
from consortium.errors import NotFound
from events.invoices.domain import MoneyRefused
from events.ledger.domain import Account
from events.payments.domain import PaymentStatus
from events.payments.service.deposits import checks_on_hand, deposits, get_deposit, make_deposit
from events.payments.service.refunds import refund_credit
from tests.events.invoices.stage import FINANCE, adjust, make_invoice
from tests.events.payments.stage import TODAY, accounts, check, deposit, transfer

pytestmark = pytest.mark.usefixtures("tenant")


def test_a_deposit_moves_checks_to_the_bank() -> None:
    one, two, kept = check(30_000, number="1"), check(12_345, number="2"), check(1, number="3")

    deposit_id = deposit(one.id, two.id)

    row, listed = get_deposit(deposit_id)
    assert (row.total_cents, row.checks, row.on) == (42_345, 2, TODAY)
    assert [(one.number, one.amount_cents) for one in listed] == [("1", 30_000), ("2", 12_345)]
    assert {one.status for one in listed} == {PaymentStatus.DEPOSITED}
    assert [one.id for one in checks_on_hand()] == [kept.id]
    assert accounts()[Account.BANK] == 42_345
    assert accounts()[Account.CHECKS] == 1
    assert [one.id for one in deposits()] == [deposit_id]


def test_a_check_is_deposited_once_and_with_it_nothing_else() -> None:
    one, two = check(30_000, number="1"), check(20_000, number="2")
    deposit(one.id)

    with pytest.raises(MoneyRefused, match="not on hand"):
        deposit(one.id, two.id)

    assert accounts()[Account.CHECKS] == 20_000


def test_only_checks_that_are_there_are_deposited() -> None:
    with pytest.raises(MoneyRefused, match="Tick"):
        deposit()
    with pytest.raises(NotFound):
        deposit(uuid4())
    with pytest.raises(MoneyRefused):
        deposit(transfer().id)
    with pytest.raises(MoneyRefused, match="once it was made"), transaction():
        make_deposit([check().id], date(2026, 3, 3), by=FINANCE)
    with pytest.raises(MoneyRefused, match="later"), transaction():
        make_deposit([check(number="9").id], date(2026, 3, 1), by=FINANCE)


def test_a_check_that_goes_back_by_mail_is_not_deposited() -> None:
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)])
    adjust(invoice.id, 0)
    with transaction():
        refund_credit(invoice.id, why="Cancelled", by=FINANCE)

    assert checks_on_hand() == []
    with pytest.raises(MoneyRefused, match="goes back by mail"):
        deposit(payment.id)
