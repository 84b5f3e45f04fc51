"""Many post at the same moment, and someone closes the month meanwhile."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from consortium.database import db, transaction
from consortium.tenancy import as_tenant, for_every_tenant
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.ledger.models import SOURCE_POSTED
from events.ledger.service import invariants
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.ledger.breaking import take_down_guards
from tests.events.ledger.entries import INVOICE, invoice
from tests.factories import make_tenant
from tests.meeting import Meeting

HANDS = 8
FEBRUARY = date(2026, 2, 27)

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def tenant_id(office: Flask) -> UUID:
    with office.app_context():
        return make_tenant().id


def rush(office: Flask, tenant_id: UUID, *acts: Callable[[], None]) -> None:
    """Let each act have a thread of its own; all begin together and none may break."""
    together = threading.Barrier(len(acts))
    broken: list[BaseException] = []

    def do(act: Callable[[], None]) -> None:
        try:
            with office.app_context(), as_tenant(tenant_id):
                together.wait()
                act()
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []


def test_what_many_post_at_once_is_posted_once(office: Flask, tenant_id: UUID) -> None:
    did: list[bool] = []

    def apply_webhook() -> None:
        with transaction():
            done = ledger.post_once(invoice(150_00), by="rush")
        did.append(done)

    rush(office, tenant_id, *[apply_webhook] * HANDS)

    assert sorted(did) == [False] * (HANDS - 1) + [True]
    with office.app_context(), as_tenant(tenant_id):
        assert ledger.invoice_balances([INVOICE]) == {INVOICE: 150_00}


def test_looking_first_posts_it_many_times(office: Flask, tenant_id: UUID) -> None:
    """The negative control: without the constraint, who looks first sees nothing yet."""
    with office.app_context():
        forget_that_sources_are_posted_once()
    all_looked = Meeting(HANDS)

    def look_then_post() -> None:
        posted = ledger.is_posted("invoice:1:1")
        db.session.rollback()
        all_looked.wait()
        if not posted:
            with transaction():
                ledger.post(invoice(150_00), by="rush")

    rush(office, tenant_id, *[look_then_post] * HANDS)

    with office.app_context(), as_tenant(tenant_id):
        assert ledger.invoice_balances([INVOICE]) == {INVOICE: HANDS * 150_00}


def post_numbered(number: int) -> None:
    ledger.post(invoice(100, source=f"invoice:{number}"), by="rush", on=FEBRUARY)


def violations(office: Flask) -> list[str]:
    with office.app_context(), for_every_tenant():
        return [*invariants.changed_closed_months(), *invariants.unbalanced_entries()]


def test_a_month_that_closes_meanwhile_counted_everything_in_it(
    office: Flask, tenant_id: UUID
) -> None:
    def post(number: int) -> None:
        for each in range(5):
            with transaction():
                post_numbered(number * 10 + each)

    def close() -> None:
        with transaction():
            ledger.close_month(2026, 2, by="rush")

    rush(office, tenant_id, close, *(lambda n=n: post(n) for n in range(HANDS)))

    assert violations(office) == []
    with office.app_context(), as_tenant(tenant_id):
        assert ledger.account_balances()[Account.RECEIVABLE] == HANDS * 5 * 100
        rows = list(ledger.journal(date(2026, 1, 1), date(2026, 12, 31)))
        assert len(rows) == HANDS * 5 * 2
        assert {row.on for row in rows} <= {FEBRUARY, date(2026, 3, 1)}


def test_many_who_close_the_same_month_close_it_once(office: Flask, tenant_id: UUID) -> None:
    refused: list[str] = []

    def close() -> None:
        try:
            with transaction():
                ledger.close_month(2026, 2, by="rush")
        except ledger.ClosingRefused as refusal:
            refused.append(refusal.message)

    rush(office, tenant_id, *[close] * HANDS)

    assert refused == ["February 2026 is closed already."] * (HANDS - 1)


def test_who_posted_before_the_closing_is_waited_for(office: Flask, tenant_id: UUID) -> None:
    """On SQLite writers wait for each other anyway; on PostgreSQL they would not."""
    is_posted, may_commit = threading.Event(), threading.Event()

    def post() -> None:
        with transaction():
            post_numbered(1)
            is_posted.set()
            assert may_commit.wait(60)

    def close() -> None:
        assert is_posted.wait(60)
        threading.Timer(0.3, may_commit.set).start()
        with transaction():
            ledger.close_month(2026, 2, by="rush")

    rush(office, tenant_id, post, close)

    assert violations(office) == []
    with office.app_context(), as_tenant(tenant_id):
        assert [row.on for row in ledger.journal(FEBRUARY, FEBRUARY)] == [FEBRUARY] * 2


def test_without_its_guards_a_closed_month_takes_what_was_looked_at_before(
    office: Flask, tenant_id: UUID
) -> None:
    """The negative control: look whether the month is open, then post."""
    with office.app_context(), transaction():
        take_down_guards()
    all_looked = Meeting(2)

    def look_then_post() -> None:
        until = ledger.closed_until()
        db.session.rollback()
        assert until is None
        all_looked.wait()
        assert is_closed.wait(60)
        with transaction():
            post_numbered(1)

    is_closed = threading.Event()

    def close() -> None:
        all_looked.wait()
        with transaction():
            ledger.close_month(2026, 2, by="rush")
        is_closed.set()

    rush(office, tenant_id, look_then_post, close)

    (said,) = violations(office)
    assert "closed 0 entries up to 2026-02-28; now there are 1." in said


def forget_that_sources_are_posted_once() -> None:
    with transaction():
        connection = db.session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE journal_entry DROP CONSTRAINT {SOURCE_POSTED}"))
            return
        # SQLite cannot drop a rule: the table is made anew without it.
        made = connection.scalar(
            text("SELECT sql FROM sqlite_master WHERE name = 'journal_entry' AND type = 'table'")
        )
        kept = " ".join(made.split()).replace(
            f"CONSTRAINT {SOURCE_POSTED} UNIQUE (tenant_id, source), ", ""
        )
        assert SOURCE_POSTED not in kept
        take_down_guards()
        connection.execute(text("DROP TABLE journal_entry"))
        connection.execute(text(kept))
