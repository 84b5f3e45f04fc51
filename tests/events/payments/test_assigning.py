"""Money that came without a name finds its invoices by entries."""

import pytest
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.errors import NotFound
from events.invoices.domain import MoneyRefused
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.ledger.models import JournalLine
from events.payments.domain import ExceptionKind
from events.payments.service.assigning import (
    apply_payment,
    assign_payer,
    move_payment,
    set_apart,
)
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import accounts, balance, check, waiting

pytestmark = pytest.mark.usefixtures("tenant")


def suspense_by_payer() -> dict[object, int]:
    statement = (
        select(JournalLine.payer_id, func.sum(JournalLine.cents))
        .where(JournalLine.account == Account.UNAPPLIED)
        .group_by(JournalLine.payer_id)
    )
    return {payer: int(cents) for payer, cents in db.session.execute(statement) if cents}


def test_money_of_nobody_becomes_somebodys_and_then_pays() -> None:
    payer = make_payer()
    payment = check(30_000)

    with transaction():
        assign_payer(payment.id, payer.id, by=FINANCE)
    assert suspense_by_payer() == {payer.id: -30_000}
    invoice = make_invoice(20_000, payer)
    with transaction():
        apply_payment(payment.id, [(invoice.id, None)], by=FINANCE)

    assert balance(invoice.id) == 0
    assert waiting() == [(ExceptionKind.NO_INVOICE, 10_000)]
    other = make_invoice(10_000, payer)
    with transaction():
        apply_payment(payment.id, [(other.id, None)], by=FINANCE)
    assert waiting() == []
    assert suspense_by_payer() == {}
    assert accounts() == {Account.CHECKS: 30_000, Account.REVENUE: -30_000}


def test_whose_it_is_already_is_refused() -> None:
    payer = make_payer()
    payment = check(payer_id=payer.id)
    with pytest.raises(MoneyRefused, match="already"), transaction():
        assign_payer(payment.id, payer.id, by=FINANCE)


def test_a_misdirected_check_is_moved_by_entries() -> None:
    """PAL2: the union's check was applied to the district's invoice."""
    district, union = make_payer("District"), make_payer("Union", "u@union.example.org")
    wrong, right = make_invoice(30_000, district), make_invoice(30_000, union)
    payment = check(30_000, [(wrong.id, None)])

    with transaction():
        move_payment(payment.id, wrong.id, right.id, by=FINANCE)

    assert (balance(wrong.id), balance(right.id)) == (30_000, 0)
    assert [line.cents for line in ledger.lines_of_invoice(wrong.id)] == [30_000, -30_000, 30_000]
    assert waiting() == []


def test_what_the_right_invoice_does_not_take_waits() -> None:
    wrong, right = make_invoice(30_000), make_invoice(10_000)
    payment = check(30_000, [(wrong.id, None)])

    with transaction():
        move_payment(payment.id, wrong.id, right.id, by=FINANCE)

    assert waiting() == [(ExceptionKind.OVERPAID, 20_000)]


def test_a_move_that_cannot_be_changes_nothing() -> None:
    wrong, paid = make_invoice(30_000), make_invoice(10_000)
    check(10_000, [(paid.id, None)], number="1")
    payment = check(30_000, [(wrong.id, None)], number="2")
    before = accounts()

    for to in (paid.id, wrong.id):
        with pytest.raises(MoneyRefused), transaction():
            move_payment(payment.id, wrong.id, to, by=FINANCE)
    with pytest.raises(MoneyRefused), transaction():
        move_payment(payment.id, paid.id, wrong.id, by=FINANCE)
    with pytest.raises(NotFound), transaction():
        move_payment(paid.id, wrong.id, paid.id, by=FINANCE)

    assert accounts() == before
    assert balance(wrong.id) == 0


def test_a_payment_is_set_apart_until_someone_knows() -> None:
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)])

    with transaction():
        assert set_apart(payment.id, invoice.id, by=FINANCE) == 30_000

    assert balance(invoice.id) == 30_000
    assert waiting() == [(ExceptionKind.OVERPAID, 30_000)]
    with pytest.raises(MoneyRefused, match="above zero"), transaction():
        apply_payment(payment.id, [(invoice.id, 0)], by=FINANCE)
