"""Checks and transfers pay what they are for, and finance hears of what is too much."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.outbox.models import OutboxEmail
from events.invoices import service as invoices
from events.invoices.domain import MoneyRefused, Standing
from events.invoices.domain.papers import PaperKind
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.payments.domain import ExceptionKind, PaymentStatus
from events.payments.domain.recording import CheckFacts, Doubtful
from events.payments.models import Payment
from events.payments.service.recording import record_check
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import TODAY, accounts, balance, check, transfer, waiting
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("tenant")


def test_a_check_pays_an_invoice_and_waits_on_hand() -> None:
    invoice = make_invoice(30_000)

    payment = check(30_000, [(invoice.id, None)], number="001187")

    assert invoices.get_invoice(invoice.id).standing is Standing.PAID
    assert (payment.status, payment.number, payment.payer_id) == (
        PaymentStatus.ON_HAND,
        "001187",
        invoice.payer_id,
    )
    assert accounts() == {Account.CHECKS: 30_000, Account.REVENUE: -30_000}
    receipt = invoices.shown(invoices.papers_of(invoice.id)[-1])
    assert (receipt.kind, receipt.total_cents) == (PaperKind.RECEIPT, 30_000)
    assert waiting() == []


def test_a_transfer_is_at_the_bank_at_once() -> None:
    invoice = make_invoice(30_000)

    assert transfer(10_000, [(invoice.id, None)]).status is PaymentStatus.RECEIVED

    assert balance(invoice.id) == 20_000
    assert accounts()[Account.BANK] == 10_000


def test_one_check_pays_several_invoices_in_order() -> None:
    """NC3 in small: one check of a district for two teams, a part of the second stays open."""
    payer = make_payer()
    first, second = make_invoice(30_000, payer), make_invoice(30_000, payer)

    check(45_000, [(first.id, None), (second.id, None)])

    assert (balance(first.id), balance(second.id)) == (0, 15_000)


def test_parts_are_applied_as_finance_says() -> None:
    payer = make_payer()
    first, second = make_invoice(30_000, payer), make_invoice(30_000, payer)

    check(30_000, [(first.id, 10_000), (second.id, 20_000)])

    assert (balance(first.id), balance(second.id)) == (20_000, 10_000)


def test_what_is_too_much_waits_and_finance_is_told_once() -> None:
    make_person("fin@example.org", staff="finance")
    make_person("owner@example.org", staff="owner")
    make_person("coordinator@example.org", staff="coordinator")
    invoice = make_invoice(30_000)

    payment = check(35_000, [(invoice.id, None)])

    assert waiting() == [(ExceptionKind.OVERPAID, 5_000)]
    assert ledger.suspense_of_payments([payment.id]) == {payment.id: 5_000}
    told = select(OutboxEmail).where(OutboxEmail.about.startswith("money_exception:"))
    mails = db.session.scalars(told.order_by(OutboxEmail.to)).all()
    assert [mail.to for mail in mails] == ["fin@example.org", "owner@example.org"]
    assert "$50.00 more than was owed" in mails[0].text
    assert "/lakeshore/money/exceptions" in mails[0].text


def test_an_invoice_that_was_paid_and_money_for_nothing_known() -> None:
    invoice = make_invoice(30_000)
    check(30_000, [(invoice.id, None)], number="1")

    check(30_000, [(invoice.id, None)], number="2")
    check(7_500, number="3", drawer="Oak Park Education Association")

    assert sorted(waiting()) == [
        (ExceptionKind.NO_INVOICE, 7_500),
        (ExceptionKind.PAID_TWICE, 30_000),
    ]
    assert balance(invoice.id) == 0
    assert ledger.suspense_cents() == 37_500


def test_the_same_check_again_must_be_confirmed() -> None:
    invoice = make_invoice(90_000)
    check(30_000, [(invoice.id, None)], number="1187")

    with pytest.raises(
        Doubtful, match=r"Check 1187 for \$300\.00 is here already\. Record it again\?"
    ):
        check(30_000, [(invoice.id, None)], number="001187")
    assert balance(invoice.id) == 60_000

    check(30_000, [(invoice.id, None)], number="001187", confirmed=True)
    assert balance(invoice.id) == 30_000


@pytest.mark.parametrize(
    ("number", "cents", "name"),
    [("1188", 30_000, "Elgin SD"), ("1187", 30_001, "Elgin SD"), ("1187", 30_000, "Another SD")],
)
def test_another_check_needs_no_confirmation(number: str, cents: int, name: str) -> None:
    check(30_000, number="1187", payer_id=make_payer().id)

    check(cents, number=number, payer_id=make_payer(name).id)


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2025, 9, 1)])
def test_odd_days_must_be_confirmed(day: date) -> None:
    with pytest.raises(Doubtful):
        check(received_on=day)
    assert check(received_on=day, confirmed=True).received_on == day


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"cents": 0}, "above zero"),
        ({"cents": -1}, "above zero"),
        ({"cents": 10**9}, "No payment is above"),
        ({"number": "  "}, "number of the check"),
        ({"received_on": date(1926, 3, 2)}, "cannot be right"),
        ({"received_on": date(2062, 3, 2)}, "cannot be right"),
    ],
)
def test_what_no_check_says_is_refused(facts: dict[str, object], words: str) -> None:
    with pytest.raises(MoneyRefused, match=words):
        check(**facts, confirmed=True)  # type: ignore[arg-type]
    assert accounts() == {}


def test_parts_above_the_check_or_of_nothing_known_are_refused() -> None:
    invoice = make_invoice(30_000)
    with pytest.raises(MoneyRefused, match="more than the payment"):
        check(10_000, [(invoice.id, 10_001)])
    with pytest.raises(MoneyRefused, match="above zero"):
        check(10_000, [(invoice.id, -5)])
    with pytest.raises(MoneyRefused, match="once"):
        check(10_000, [(invoice.id, None), (invoice.id, None)])
    with pytest.raises(NotFound):
        check(10_000, [(uuid4(), None)])
    with pytest.raises(NotFound):
        check(10_000, payer_id=uuid4())
    assert db.session.scalars(select(Payment)).all() == []


@pytest.mark.parametrize("number", ["1E10", "001187", "=1+1", "Ünï-7"])
def test_a_number_is_a_text(number: str) -> None:
    assert check(number=number).number == number


def test_each_is_on_record_once() -> None:
    invoice = make_invoice(30_000)
    payment = check(35_000, [(invoice.id, None)])

    rows = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "record_check")).all()
    assert [(row.subject, row.actor, row.after["cents"]) for row in rows] == [
        (f"payment:{payment.id}", FINANCE, 35_000)
    ]


def test_a_check_that_came_last_year_counts_for_its_day() -> None:
    invoice = make_invoice(30_000)
    with transaction():
        record_check(
            CheckFacts(number="5", cents=100, received_on=date(2026, 2, 27)),
            towards=[(invoice.id, None)],
            by=FINANCE,
        )
    assert ledger.account_balances(date(2026, 2, 28))[Account.CHECKS] == 100
    assert date(2026, 2, 28) < TODAY
