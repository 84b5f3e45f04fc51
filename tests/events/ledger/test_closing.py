"""A closed month takes nothing more; what comes late counts for the first open day."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.ids import new_id
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.ledger import service as ledger
from events.ledger.domain import EntryKind, Month
from events.ledger.models import MONTH_OPEN, JournalEntry
from tests.events.ledger.entries import check, invoice
from tests.factories import make_tenant

BY = "finance@example.org"
JANUARY, FEBRUARY = date(2026, 1, 20), date(2026, 2, 20)


def test_closing_counts_what_it_closes_and_is_on_record(tenant: Tenant) -> None:
    ledger.post(invoice(), by=BY, on=FEBRUARY)
    ledger.post(check(1, 1), by=BY)

    row = ledger.close_month(2026, 2, by=BY)
    db.session.flush()

    assert (row.until, row.entries, row.closed_by) == (date(2026, 2, 28), 1, BY)
    assert ledger.closed_until() == date(2026, 2, 28)
    said = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "close_month")).one()
    assert (said.subject, said.actor) == ("month:2026-02", BY)
    assert said.after == {"until": "2026-02-28", "entries": 1}


def test_what_comes_late_counts_for_the_first_open_day(tenant: Tenant) -> None:
    ledger.close_month(2026, 2, by=BY)

    late = ledger.post(invoice(memo="Invoice 2026-0001"), by=BY, on=FEBRUARY)

    assert late.on == date(2026, 3, 1)
    assert late.memo == "Invoice 2026-0001 (happened on 2026-02-20)"


def test_what_is_older_than_all_closed_months_comes_late_too(tenant: Tenant) -> None:
    ledger.close_month(2026, 2, by=BY)

    assert ledger.post(invoice(), by=BY, on=date(2024, 7, 1)).on == date(2026, 3, 1)


def test_what_is_late_is_still_posted_once(tenant: Tenant) -> None:
    ledger.post(invoice(), by=BY, on=FEBRUARY)
    ledger.close_month(2026, 2, by=BY)

    with pytest.raises(ledger.AlreadyPosted):
        ledger.post(invoice(), by=BY, on=FEBRUARY)


def test_the_database_refuses_a_closed_month(tenant: Tenant) -> None:
    ledger.close_month(2026, 2, by=BY)
    smuggled = insert(JournalEntry).values(
        id=new_id(),
        tenant_id=tenant.id,
        on=FEBRUARY,
        kind=EntryKind.FEE,
        source="fee:1",
        memo="",
        line_count=2,
        by=BY,
        posted_at=clock.now(),
    )

    with pytest.raises(IntegrityError, match=MONTH_OPEN), db.session.begin_nested():
        db.session.execute(smuggled)


def test_another_consortium_keeps_its_month_open(tenant: Tenant) -> None:
    ledger.close_month(2026, 2, by=BY)

    with as_tenant(make_tenant("prairie").id):
        assert ledger.closed_until() is None
        assert ledger.post(invoice(), by=BY, on=FEBRUARY).on == FEBRUARY


def test_a_month_that_has_not_ended_stays_open(tenant: Tenant, frozen: Any) -> None:
    frozen("2026-03-01T04:59:00+00:00")  # still February in New York
    with pytest.raises(ledger.ClosingRefused, match="February 2026 has not ended yet"):
        ledger.close_month(2026, 2, by=BY)

    frozen("2026-03-01T05:00:00+00:00")
    ledger.close_month(2026, 2, by=BY)
    with pytest.raises(ledger.ClosingRefused, match="March 2026 has not ended yet"):
        ledger.close_month(2026, 3, by=BY)
    with pytest.raises(ledger.ClosingRefused, match="February 2027 has not ended yet"):
        ledger.close_month(2027, 2, by=BY)


def test_months_are_closed_in_order_from_the_first_that_holds_something(tenant: Tenant) -> None:
    ledger.post(invoice(), by=BY, on=date(2025, 12, 31))

    with pytest.raises(ledger.ClosingRefused, match="close December 2025 before February 2026"):
        ledger.close_month(2026, 2, by=BY)
    ledger.close_month(2025, 12, by=BY)
    with pytest.raises(ledger.ClosingRefused, match="close January 2026 before February 2026"):
        ledger.close_month(2026, 2, by=BY)
    with pytest.raises(ledger.ClosingRefused, match="December 2025 is closed already"):
        ledger.close_month(2025, 12, by=BY)
    with pytest.raises(ledger.ClosingRefused, match="November 2025 is closed already"):
        ledger.close_month(2025, 11, by=BY)


def test_the_month_whose_turn_it_is(tenant: Tenant) -> None:
    assert ledger.next_to_close() is None
    ledger.post(invoice(), by=BY, on=JANUARY)
    assert ledger.next_to_close() == Month(2026, 1)
    ledger.close_month(2026, 1, by=BY)
    assert ledger.next_to_close() == Month(2026, 2)
    ledger.close_month(2026, 2, by=BY)
    assert ledger.next_to_close() is None


def test_a_month_is_reopened_by_name_and_closed_again(tenant: Tenant) -> None:
    ledger.close_month(2026, 2, by=BY)

    row = ledger.reopen_month(2026, 2, by="owner@example.org", why="A check was missed")
    ledger.post(invoice(), by=BY, on=FEBRUARY)
    again = ledger.close_month(2026, 2, by=BY)
    db.session.flush()

    assert row.reopened_by == "owner@example.org"
    assert (row.entries, again.entries) == (0, 1)
    said = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "reopen_month")).one()
    assert said.after == {"why": "A check was missed"}


def test_only_the_last_closed_month_can_be_reopened(tenant: Tenant) -> None:
    ledger.close_month(2026, 1, by=BY)
    ledger.close_month(2026, 2, by=BY)

    with pytest.raises(ledger.ClosingRefused, match="reopen February 2026 first"):
        ledger.reopen_month(2026, 1, by=BY)
    ledger.reopen_month(2026, 2, by=BY)
    ledger.reopen_month(2026, 1, by=BY)
    with pytest.raises(ledger.ClosingRefused, match="January 2026 is not closed"):
        ledger.reopen_month(2026, 1, by=BY)
    assert ledger.closed_until() is None
