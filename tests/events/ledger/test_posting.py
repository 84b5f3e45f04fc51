"""What is posted stays, once, and moves every balance by exactly what it says."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from consortium.database import db, transaction
from consortium.ids import new_id
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.ledger import service as ledger
from events.ledger.domain import Account, BadEntry, Entry, EntryKind, Line
from events.ledger.models import NEVER_CHANGED, JournalEntry, JournalLine
from tests.events.ledger.entries import INVOICE, PAYER, PAYMENT, check, invoice
from tests.factories import make_tenant

BY = "finance@example.org"


def test_an_entry_is_kept_as_it_was_posted(tenant: Tenant) -> None:
    entry = check(100_00, 60_00)

    with transaction():
        posted = ledger.post(entry, by=BY)
    db.session.expire_all()

    assert posted.as_entry == entry
    assert (posted.on, posted.by, posted.line_count) == (date(2026, 3, 2), BY, 3)


def test_balances_are_the_sums_of_what_was_posted(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY)
    ledger.post(check(100_00, 60_00), by=BY)
    stranger = new_id()

    assert ledger.invoice_balances([INVOICE, stranger]) == {INVOICE: 90_00, stranger: 0}
    assert ledger.payer_balances([PAYER, stranger]) == {PAYER: 90_00, stranger: 0}
    assert ledger.suspense_of_payments([PAYMENT, stranger]) == {PAYMENT: 40_00, stranger: 0}
    assert ledger.suspense_cents() == 40_00
    assert ledger.account_balances() == {
        **dict.fromkeys(Account, 0),
        Account.RECEIVABLE: 90_00,
        Account.REVENUE: -150_00,
        Account.CHECKS: 100_00,
        Account.UNAPPLIED: -40_00,
    }


def test_nothing_was_posted_yet(tenant: Tenant) -> None:
    assert ledger.suspense_cents() == 0
    assert ledger.account_balances() == dict.fromkeys(Account, 0)
    assert ledger.invoice_balances([]) == {}


def test_balances_of_accounts_on_a_day(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY, on=date(2026, 2, 27))
    ledger.post(check(150_00, 150_00), by=BY)

    assert ledger.account_balances(date(2026, 3, 1))[Account.RECEIVABLE] == 150_00
    assert ledger.account_balances(date(2026, 3, 2))[Account.RECEIVABLE] == 0


def test_open_invoices_are_those_on_which_something_is_owed(tenant: Tenant) -> None:
    open_one, paid = new_id(), new_id()
    ledger.post(invoice(50_00, source="a", invoice_id=open_one), by=BY)
    ledger.post(invoice(70_00, source="b", invoice_id=paid), by=BY)
    ledger.post(check(70_00, 70_00, invoice_id=paid), by=BY)

    (found,) = db.session.execute(ledger.open_invoices())
    assert found == (open_one, PAYER, 50_00)
    assert type(found.cents) is int


def test_a_source_is_posted_once(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY)

    with pytest.raises(ledger.AlreadyPosted) as refused:
        ledger.post(invoice(99_00), by=BY)
    assert refused.value.source == "invoice:1:1"
    assert not ledger.post_once(invoice(150_00), by=BY)
    assert ledger.post_once(invoice(10_00, source="invoice:1:2"), by=BY)

    assert ledger.invoice_balances([INVOICE]) == {INVOICE: 160_00}


def test_what_an_act_did_before_outlives_a_second_posting(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY)
    with transaction():
        tenant.name = "Renamed"
        ledger.post_once(invoice(150_00), by=BY)
    db.session.expire_all()

    assert tenant.name == "Renamed"


def test_two_consortia_may_use_the_same_source(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY)
    with as_tenant(make_tenant("prairie").id):
        assert not ledger.is_posted("invoice:1:1")
        ledger.post(invoice(20_00), by=BY)
        assert ledger.invoice_balances([INVOICE]) == {INVOICE: 20_00}

    assert ledger.invoice_balances([INVOICE]) == {INVOICE: 150_00}


def test_a_reversal_takes_everything_back_once(tenant: Tenant) -> None:
    ledger.post(invoice(150_00), by=BY)
    ledger.post(check(100_00, 60_00), by=BY)

    back = ledger.reverse("payment:1", by=BY, why="Check 001047 came back unpaid")

    assert (back.kind, back.source) == (EntryKind.REVERSAL, "reversal:payment:1")
    assert back.memo == "Check 001047 came back unpaid"
    assert ledger.invoice_balances([INVOICE]) == {INVOICE: 150_00}
    assert ledger.suspense_cents() == 0
    with pytest.raises(ledger.AlreadyPosted):
        ledger.reverse("payment:1", by=BY, why="again")


def test_a_reversal_can_be_reversed(tenant: Tenant) -> None:
    ledger.post(check(60_00, 60_00), by=BY)
    ledger.reverse("payment:1", by=BY, why="Disputed")
    ledger.reverse("reversal:payment:1", by=BY, why="Dispute won")

    assert ledger.invoice_balances([INVOICE]) == {INVOICE: -60_00}


def test_only_what_was_posted_can_be_reversed(tenant: Tenant) -> None:
    with pytest.raises(ledger.NotPosted):
        ledger.reverse("payment:9", by=BY, why="mistaken")


def test_an_entry_that_does_not_balance_is_not_posted(tenant: Tenant) -> None:
    wrong = Entry(
        kind=EntryKind.FEE, source="fee:1", memo="", lines=(Line(account=Account.BANK, cents=1),)
    )

    with pytest.raises(BadEntry, match="off by 1 cents"):
        ledger.post(wrong, by=BY)
    assert not ledger.is_posted("fee:1")


def test_an_entry_counts_for_the_day_it_is_where_the_consortium_is(
    tenant: Tenant, frozen: Any
) -> None:
    frozen("2026-04-01T03:30:00+00:00")  # still March 31 in New York

    assert ledger.post(invoice(), by=BY).on == date(2026, 3, 31)


@pytest.mark.parametrize("model", [JournalEntry, JournalLine])
def test_the_database_lets_nobody_change_the_journal(tenant: Tenant, model: Any) -> None:
    ledger.post(invoice(), by=BY)
    changes = [delete(model), update(model).values(id=new_id())]

    for change in changes:
        with pytest.raises(IntegrityError, match=NEVER_CHANGED), db.session.begin_nested():
            db.session.execute(change)
    assert ledger.invoice_balances([INVOICE]) == {INVOICE: 18_453_75}
