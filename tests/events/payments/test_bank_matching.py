"""Proposals have reasons, nothing is applied by itself, and each line is one thing."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.errors import NotFound
from events.invoices.domain import MoneyRefused
from events.ledger.domain import Account
from events.payments.domain import LineEnd, PaymentStatus
from events.payments.domain.bank_matching import Known, KnownInvoice, Line, Strength, proposals
from events.payments.domain.bank_statements import ReadLine
from events.payments.models import BankLine, Payment
from events.payments.service.bank import import_lines, settled_lines, waiting_lines
from events.payments.service.bank_matching import ASIDE, match_lines
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import TODAY, accounts, balance, check, deposit, transfer, waiting
from tests.queries import counting_queries

pytestmark = pytest.mark.usefixtures("tenant")


def read(*lines: tuple[int, str], on: date = TODAY) -> tuple[int, int]:
    with transaction():
        done = import_lines(
            [ReadLine(on=on, cents=cents, words=words) for cents, words in lines], by=FINANCE
        )
    return done.new, done.known


def proposed() -> list[list[tuple[str, Strength]]]:
    return [
        [(one.key.partition(":")[0], one.strength) for one in line.proposals]
        for line in waiting_lines()
    ]


def choose(**of: str) -> tuple[str, ...]:
    """Settle lines: the proposal of this kind for the line that has this word."""
    choices: dict[UUID, str] = {}
    for one in waiting_lines():
        for word, kind in of.items():
            if word in one.line.words:
                keys = [p.key for p in one.proposals if p.key.partition(":")[0] == kind]
                choices[one.line.id] = keys[0] if keys else kind
    with transaction():
        return match_lines(choices, by=FINANCE)


def test_lines_are_read_once_whatever_files_hold_them() -> None:
    assert read((30_000, "DEPOSIT"), (-1_500, "FEE"), (-1_500, "FEE")) == (3, 0)
    assert read((30_000, "DEPOSIT"), (-1_500, "FEE"), (-1_500, "FEE")) == (0, 3)
    assert read((-1_500, "fee"), (4_200, "WIRE")) == (1, 1)
    assert accounts() == {}
    with pytest.raises(MoneyRefused, match="no lines"):
        read()


def test_a_deposit_a_check_and_a_transfer_are_recognised() -> None:
    payer = make_payer("Elgin Unit 46")
    one, two = check(30_000, number="1187"), check(12_000, number="44")
    deposit(two.id)
    transfer(9_900, payer_id=payer.id, number="")
    before = accounts()

    read((12_000, "BRANCH DEPOSIT"), (30_000, "CHECK 001187"), (9_900, "ACH ELGIN 46 REF 7"))

    assert sorted(proposed()) == [
        [("deposit", Strength.SURE)],
        [("payment", Strength.SURE)],
        [("payment", Strength.SURE)],
    ]
    assert accounts() == before
    choose(BRANCH="deposit", CHECK="payment", ACH="payment")
    assert db.session.get_one(Payment, one.id).status is PaymentStatus.DEPOSITED
    assert accounts()[Account.BANK] == 51_900
    assert {line.settled_as for line in settled_lines()} == {LineEnd.DEPOSIT, LineEnd.PAYMENT}
    assert waiting_lines() == []


def test_an_open_invoice_is_paid_by_a_transfer_when_finance_says_so() -> None:
    invoice = make_invoice(30_000, make_payer("Elgin SD"))
    make_invoice(30_000, make_payer("Another SD"))
    read((30_000, "WIRE FROM ELGIN SD"), (25_000, f"REF {invoice.number.replace('-', '')}"))

    assert sorted(proposed(), key=len) == [
        [("invoice", Strength.LIKELY)],
        [("invoice", Strength.LIKELY), ("invoice", Strength.MAYBE)],
    ]
    (words,) = choose(WIRE="invoice")
    assert words == "A transfer of $300.00 is recorded; $300.00 of it pays the invoice."
    assert balance(invoice.id) == 0
    assert accounts()[Account.BANK] == 30_000
    assert proposed() == [[]]


def test_a_check_that_came_back_and_what_stripe_paid_out() -> None:
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)], number="1187")
    deposit(payment.id)
    read((-30_000, "RETURNED ITEM CHK 1187 NSF"), (50_000, "STRIPE TRANSFER"))

    assert sorted(proposed()) == [
        [("payout", Strength.LIKELY)],
        [("returned", Strength.SURE)],
    ]
    choose(RETURNED="returned", STRIPE="payout")
    assert balance(invoice.id) == 30_000
    assert accounts() == {
        Account.BANK: 50_000,
        Account.STRIPE: -50_000,
        Account.RECEIVABLE: 30_000,
        Account.REVENUE: -30_000,
    }
    assert [cents for _, cents in waiting()] == [30_000]


def test_what_stripe_takes_from_the_bank_is_no_expense() -> None:
    read((-4_000, "STRIPE TRANSFER"))

    assert choose(STRIPE="payout") == ("$40.00 went from the bank to Stripe.",)

    assert accounts() == {Account.BANK: -4_000, Account.STRIPE: 4_000}


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("ACH INV-2026-1000 ELGIN", True),
        ("ach inv20261000", True),
        ("PMT INV 2026 1000/7", True),
        ("INV-2026-10000", False),
        ("INV-2026-0100", False),
        ("20261000", False),
    ],
)
def test_an_invoice_is_named_by_its_own_number_alone(words: str, named: bool) -> None:
    invoice = KnownInvoice(id=uuid4(), number="INV-2026-1000", cents=5_000, payer="Elgin 46")
    line = Line(on=TODAY, cents=4_000, words=words)

    assert bool(proposals(line, Known(invoices=[invoice]))) is named


def test_what_is_none_of_ours_is_set_aside() -> None:
    read((-250_000, "RENT"))

    assert choose(RENT=ASIDE) == ("The line for -$2,500.00 is set aside.",)
    assert accounts() == {}
    assert [line.settled_as for line in settled_lines()] == [LineEnd.SET_ASIDE]


def test_a_choice_that_does_not_hold_changes_nothing() -> None:
    payment = transfer(9_900)
    read((9_900, "WIRE A"), (9_900, "WIRE B"))
    lines = [one.line.id for one in waiting_lines()]
    key = f"payment:{payment.id}"
    for choices, words in (
        ({lines[0]: key, lines[1]: key}, "Two lines"),
        ({lines[0]: ASIDE, lines[1]: f"payment:{uuid4()}"}, "not that any more"),
        ({lines[0]: "sell the house"}, "not that any more"),
        ({}, "at least one line"),
    ):
        with pytest.raises(MoneyRefused, match=words), transaction():
            match_lines(choices, by=FINANCE)
    with pytest.raises(NotFound), transaction():
        match_lines({uuid4(): ASIDE}, by=FINANCE)
    assert len(waiting_lines()) == 2
    with transaction():
        match_lines({lines[0]: key}, by=FINANCE)
    with pytest.raises(MoneyRefused, match="Someone else settled"), transaction():
        match_lines({lines[0]: ASIDE}, by=FINANCE)
    assert proposed() == [[]]


def test_many_lines_take_no_more_statements_than_one() -> None:
    invoice = make_invoice(30_000)
    check(100, number="1")
    read((100, "CHECK 1"))
    db.session.expire_all()
    with counting_queries() as one:
        waiting_lines()
    read((200, "CHECK 2"), (30_000, f"REF {invoice.number}"))
    db.session.expire_all()
    with counting_queries() as three:
        assert len(waiting_lines()) == 3
    assert len(three) <= len(one)
    assert len(db.session.scalars(select(BankLine)).all()) == 3
