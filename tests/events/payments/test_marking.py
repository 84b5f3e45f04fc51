"""Finance ticks many invoices as paid: all of them, or none."""

from uuid import uuid4

import pytest

from consortium.database import db, transaction
from consortium.errors import NotFound
from events.invoices.domain import MoneyRefused
from events.invoices.models import Invoice
from events.payments.domain import PaymentKind
from events.payments.domain.recording import Doubtful
from events.payments.models import Payment
from events.payments.service.marking import Mark, Marked, mark_paid
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import TODAY, accounts, balance, check, waiting

pytestmark = pytest.mark.usefixtures("tenant")


def mark(*marks: Mark, confirmed: bool = False) -> tuple[Marked, ...]:
    with transaction():
        return mark_paid(marks, PaymentKind.CHECK, TODAY, by=FINANCE, confirmed=confirmed)


def by_check(invoice: Invoice, number: str, cents: int | None = None) -> Mark:
    return Mark(invoice_id=invoice.id, number=number, cents=cents)


def test_each_invoice_gets_its_own_check_and_its_own_sentence() -> None:
    one, two, three = make_invoice(30_000), make_invoice(20_000), make_invoice(10_000)

    done = mark(by_check(one, "11"), by_check(two, "12", 5_000), by_check(three, "13", 12_000))

    assert [said.words for said in done] == [
        "INV-2026-0001: Check 11 pays $300.00. Nothing is open any more.",
        "INV-2026-0002: Check 12 pays $50.00 of it; $150.00 is still open.",
        "INV-2026-0003: Check 13 pays $100.00. Nothing is open any more.",
    ]
    assert [balance(invoice.id) for invoice in (one, two, three)] == [0, 15_000, 0]
    assert len({said.payment_id for said in done}) == 3
    assert [cents for _, cents in waiting()] == [2_000]


def test_one_that_cannot_be_leaves_all_as_they_were() -> None:
    good, paid = make_invoice(30_000), make_invoice(20_000)
    check(20_000, [(paid.id, None)], number="9")
    before = accounts()

    for marks, words in (
        ([by_check(good, "11"), by_check(paid, "12")], "Nothing is open of invoice INV-2026-0002"),
        ([by_check(good, "11"), by_check(paid, " ", 5)], "INV-2026-0002: Write the number"),
        ([by_check(good, "11"), by_check(good, "12")], "once"),
        ([], "Tick the invoices"),
    ):
        with pytest.raises(MoneyRefused, match=words):
            mark(*marks)
    with pytest.raises(NotFound):
        mark(by_check(good, "11"), Mark(invoice_id=uuid4(), number="12"))

    assert accounts() == before
    assert db.session.query(Payment).count() == 1


def test_a_check_that_is_here_already_must_be_confirmed() -> None:
    payer = make_payer()
    first, again = make_invoice(30_000, payer), make_invoice(30_000, payer)
    mark(by_check(first, "11"))

    with pytest.raises(Doubtful, match="INV-2026-0002: Check 11"):
        mark(by_check(again, "11"))
    mark(by_check(again, "11"), confirmed=True)
    assert balance(again.id) == 0
