"""Several workers look for overdue invoices at once: each reminder goes out once."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from events.invoices.models import Reminder
from events.invoices.service import dunning
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.invoices.stage import make_invoice
from tests.factories import make_tenant

WORKERS = 6
A_WEEK_LATE = datetime(2026, 4, 8, 16, tzinfo=UTC)

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


def rush(office: Flask, frozen: Any) -> tuple[int, int, list[BaseException]]:
    """Let all workers remind of one invoice; return reminders stored, mails, and what failed."""
    with office.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            invoice_id: UUID = make_invoice(30_000).id
    frozen(A_WEEK_LATE)
    together = threading.Barrier(WORKERS)
    broken: list[BaseException] = []

    def work() -> None:
        try:
            with office.app_context(), as_tenant(tenant_id):
                together.wait()
                with transaction():
                    dunning.remind_overdue(invoice_id, 1)
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.app_context(), as_tenant(tenant_id):
        stored = len(db.session.scalars(select(Reminder)).all())
        about = OutboxEmail.about == f"dunning:{invoice_id}"
        return stored, len(db.session.scalars(select(OutboxEmail).where(about)).all()), broken


def test_one_reminder_goes_out_whoever_looks(office: Flask, frozen: Any) -> None:
    assert rush(office, frozen) == (1, 1, [])


def test_without_the_look_the_database_refuses_the_second(
    office: Flask, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the workers do meet, and the table itself has each level once."""
    monkeypatch.setattr(dunning, "reminders_of", lambda _: [])

    stored, mails, broken = rush(office, frozen)

    assert (stored, mails, len(broken)) == (1, 1, WORKERS - 1)
    assert all(isinstance(error, IntegrityError) for error in broken)
