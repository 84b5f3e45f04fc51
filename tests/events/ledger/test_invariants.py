"""Each check of the books finds what was broken by hand; sound books have no violation."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import IntegrityError

from consortium.database import db
from consortium.ids import new_id
from consortium.tenancy import for_every_tenant
from consortium.tenants.models import Tenant
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.ledger.models import BALANCED, JournalEntry, JournalLine, MonthClosing
from events.ledger.service import invariants
from tests.events.ledger.breaking import without_guards
from tests.events.ledger.entries import invoice

BY = "finance@example.org"


@pytest.fixture
def posted(tenant: Tenant) -> JournalEntry:
    """Return an entry of books that are sound and closed up to February."""
    ledger.post(invoice(7_00, source="old"), by=BY, on=date(2026, 2, 20))
    ledger.close_month(2026, 2, by=BY)
    row = ledger.post(invoice(150_00), by=BY)
    assert all_found() == []
    return row


def found(find: Callable[[], Iterator[str]]) -> list[str]:
    db.session.flush()
    with for_every_tenant():
        return [*find()]


def all_found() -> list[str]:
    finders = (
        invariants.unbalanced_books,
        invariants.unbalanced_entries,
        invariants.changed_closed_months,
    )
    return [said for finder in finders for said in found(finder)]


def test_a_changed_line(tenant: Tenant, posted: JournalEntry, frozen: Any) -> None:
    with without_guards():
        revenue = JournalLine.account == Account.REVENUE, JournalLine.entry_id == posted.id
        db.session.execute(update(JournalLine).where(*revenue).values(cents=-149_99))

    assert found(invariants.unbalanced_books) == [
        f"The books of tenant:{tenant.id} are off by $0.01."
    ]
    assert found(invariants.unbalanced_entries) == [
        f"journal_entry:{posted.id} (invoice:1:1) is off by $0.01."
    ]
    frozen("2026-04-02T12:00:00+00:00")
    with pytest.raises(ledger.ClosingRefused, match=r"off by \$0\.01, so nothing was closed"):
        ledger.close_month(2026, 3, by=BY)


def test_lines_that_went_away(posted: JournalEntry) -> None:
    with without_guards():
        db.session.execute(delete(JournalLine).where(JournalLine.entry_id == posted.id))

    assert found(invariants.unbalanced_books) == []
    assert found(invariants.unbalanced_entries) == [
        f"journal_entry:{posted.id} (invoice:1:1) has 0 of 2 lines."
    ]


def test_lines_that_were_added_later(tenant: Tenant, posted: JournalEntry) -> None:
    with without_guards():
        add_lines(posted, 5, -5)

    assert found(invariants.unbalanced_entries) == [
        f"journal_entry:{posted.id} (invoice:1:1) has 4 of 2 lines."
    ]


def test_an_entry_that_was_posted_without_lines(posted: JournalEntry) -> None:
    with without_guards():
        db.session.execute(delete(JournalLine).where(JournalLine.entry_id == posted.id))
        db.session.execute(
            update(JournalEntry).where(JournalEntry.id == posted.id).values(line_count=0)
        )

    assert found(invariants.unbalanced_entries) == [
        f"journal_entry:{posted.id} (invoice:1:1) was posted without lines."
    ]


def test_an_entry_in_a_closed_month(posted: JournalEntry) -> None:
    with without_guards():
        moved = update(JournalEntry).where(JournalEntry.id == posted.id)
        db.session.execute(moved.values(on=date(2026, 2, 28)))

    closing = db.session.query(MonthClosing).one()
    assert found(invariants.changed_closed_months) == [
        f"month_closing:{closing.id} closed 1 entries up to 2026-02-28; now there are 2."
    ]


def test_a_reopened_month_may_change(posted: JournalEntry) -> None:
    ledger.reopen_month(2026, 2, by=BY)
    ledger.post(invoice(9_00, source="found later"), by=BY, on=date(2026, 2, 21))

    assert all_found() == []


@pytest.mark.parametrize("cents", [(5,), (5, -5)])
def test_postgresql_looks_at_the_balance_when_the_transaction_ends(
    posted: JournalEntry, cents: tuple[int, ...]
) -> None:
    if db.session.connection().dialect.name == "sqlite":  # only verify finds it there
        add_lines(posted, *cents)
        assert found(invariants.unbalanced_entries) != []
        return
    with pytest.raises(IntegrityError, match=BALANCED), db.session.begin_nested():
        end_with_lines(posted, *cents)


def end_with_lines(entry: JournalEntry, *amounts: int) -> None:
    add_lines(entry, *amounts)
    db.session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))


def add_lines(entry: JournalEntry, *amounts: int) -> None:
    db.session.execute(
        insert(JournalLine),
        [
            {
                "id": new_id(),
                "tenant_id": entry.tenant_id,
                "entry_id": entry.id,
                "position": 2 + number,
                "account": Account.BANK,
                "cents": cents,
            }
            for number, cents in enumerate(amounts)
        ],
    )
