"""The journal in order, statements with what is owed after each line, and the trial balance."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from consortium.database import db
from consortium.ids import new_id
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.ledger import service as ledger
from events.ledger.domain import Account, EntryKind, StatementLine, TrialLine
from tests.events.ledger.entries import INVOICE, PAYER, check, invoice
from tests.factories import make_tenant
from tests.plans import plans_of
from tests.queries import counting_queries

BY = "finance@example.org"
MARCH = date(2026, 3, 2)


def test_the_journal_comes_by_day_then_in_the_order_of_posting(tenant: Tenant) -> None:
    ledger.post(invoice(3_00, source="third"), by=BY, on=MARCH)
    ledger.post(invoice(1_00, source="first"), by=BY, on=date(2026, 2, 27))
    ledger.post(invoice(4_00, source="fourth"), by=BY, on=MARCH)
    ledger.post(invoice(2_00, source="second"), by=BY, on=date(2026, 3, 1))

    rows = list(ledger.journal(date(2026, 1, 1), date(2026, 12, 31)))

    assert [(row.number, row.source, row.cents) for row in rows] == [
        ("2026-02-0001", "first", 1_00),
        ("2026-02-0001", "first", -1_00),
        ("2026-03-0003", "second", 2_00),
        ("2026-03-0003", "second", -2_00),
        ("2026-03-0001", "third", 3_00),
        ("2026-03-0001", "third", -3_00),
        ("2026-03-0002", "fourth", 4_00),
        ("2026-03-0002", "fourth", -4_00),
    ]


def test_an_entry_has_the_same_number_whichever_days_are_asked_for(tenant: Tenant) -> None:
    for number in range(3):
        ledger.post(invoice(source=f"{number}"), by=BY, on=MARCH + timedelta(days=number))

    def numbers(since: date, until: date) -> set[str]:
        return {row.number for row in ledger.journal(since, until)}

    assert numbers(MARCH + timedelta(days=2), date(2027, 1, 1)) == {"2026-03-0003"}
    assert numbers(MARCH, MARCH) == {"2026-03-0001"}
    assert numbers(date(2026, 4, 1), date(2026, 4, 30)) == set()


def test_the_journal_of_another_consortium_is_another(tenant: Tenant) -> None:
    ledger.post(invoice(), by=BY)
    with as_tenant(make_tenant("prairie").id):
        ledger.post(invoice(20_00), by=BY)
        (row, _) = ledger.journal(MARCH, MARCH)

    assert (row.number, row.cents) == ("2026-03-0001", 20_00)


def test_a_statement_tells_what_is_owed_after_each_line(tenant: Tenant) -> None:
    other = new_id()
    ledger.post(invoice(150_00), by=BY, on=date(2026, 2, 1))
    ledger.post(check(60_00, 60_00), by=BY)
    ledger.post(invoice(5_00, source="other", invoice_id=other, memo="Invoice 2"), by=BY)

    bill = StatementLine(
        on=date(2026, 2, 1),
        kind=EntryKind.INVOICE,
        memo="Invoice 2026-0001",
        cents=150_00,
        running_cents=150_00,
        invoice_id=INVOICE,
        source="invoice:1:1",
    )
    paid = StatementLine(
        on=MARCH,
        kind=EntryKind.PAYMENT,
        memo="Check 001047",
        cents=-60_00,
        running_cents=90_00,
        invoice_id=INVOICE,
        source="payment:1",
    )
    assert ledger.lines_of_invoice(INVOICE) == (bill, paid)
    assert ledger.lines_of_invoice(new_id()) == ()
    told = ledger.lines_of_payers([PAYER])[PAYER]
    assert told[:2] == (bill, paid)
    assert [(line.invoice_id, line.running_cents) for line in told[2:]] == [(other, 95_00)]


def test_the_trial_balance_tells_before_movements_and_after(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY, on=date(2026, 2, 1))
    ledger.post(check(60_00, 60_00), by=BY)
    ledger.post(invoice(10_00, source="2"), by=BY)
    ledger.post(invoice(99_00, source="later"), by=BY, on=date(2026, 4, 1))

    lines = {line.account: line for line in ledger.trial_balance(MARCH, date(2026, 3, 31))}

    owed = lines[Account.RECEIVABLE]
    assert owed == TrialLine(
        account=Account.RECEIVABLE, before_cents=150_00, debit_cents=10_00, credit_cents=60_00
    )
    assert owed.after_cents == 100_00
    assert (lines[Account.REVENUE].before_cents, lines[Account.REVENUE].after_cents) == (
        -150_00,
        -160_00,
    )
    assert list(lines) == list(Account)
    for total in ("before_cents", "after_cents"):
        assert sum(getattr(line, total) for line in lines.values()) == 0
    assert sum(line.debit_cents - line.credit_cents for line in lines.values()) == 0


@pytest.mark.parametrize("invoices", [1, 3])
def test_many_balances_and_statements_are_one_look_each(tenant: Tenant, invoices: int) -> None:
    ids = [new_id() for _ in range(invoices)]
    for number, invoice_id in enumerate(ids):
        ledger.post(invoice(source=f"{number}", invoice_id=invoice_id), by=BY)

    with counting_queries() as count:
        ledger.invoice_balances(ids)
        ledger.payer_balances([PAYER])
        ledger.lines_of_invoices(ids)
        ledger.lines_of_payers([PAYER])
        db.session.execute(ledger.open_invoices()).all()
        ledger.trial_balance(MARCH, MARCH)
    assert len(count) == 6
    with counting_queries() as count:
        list(ledger.journal(MARCH, MARCH))
    assert len(count) == 2  # which days hold something, and the one month that does


def test_posting_sends_few_statements(tenant: Tenant) -> None:
    ledger.today()  # the consortium is loaded once for all

    for number in range(2):
        entry = check(100_00, 60_00, source=f"payment:{number}")
        with counting_queries() as count:
            ledger.post(entry, by=BY)
        assert len(count) == 2, count.statements  # the entry, and its lines at once


@pytest.mark.parametrize(
    ("look", "index"),
    [
        (ledger.invoice_balances, "ix_journal_line_invoice"),
        (ledger.lines_of_invoices, "ix_journal_line_invoice"),
        (ledger.payer_balances, "ix_journal_line_payer"),
        (ledger.suspense_of_payments, "ix_journal_line_payment"),
    ],
)
def test_balances_are_found_through_an_index(
    tenant: Tenant, look: Callable[[list[UUID]], object], index: str
) -> None:
    steps = plans_of(lambda: look([new_id(), new_id()]))

    if db.engine.dialect.name == "sqlite":
        assert any(f"journal_line USING INDEX {index} (tenant_id=?" in one for one in steps), steps
        assert not any(step.startswith("SCAN") for step in steps), steps
