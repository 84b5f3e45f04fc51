from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from dramatiq.brokers.stub import StubBroker
from flask import Flask
from sqlalchemy import func, select

from consortium.adapters.dramatiq_relay import DramatiqRelay
from consortium.database import db, transaction
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Email
from consortium.workforce import MAY_BE_SILENT, Workforce
from tests.conftest import FakeMailer
from tests.consortium.applications import application

MAILS = 5

pytestmark = pytest.mark.real_commits


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Flask]:
    """Give an application with some mails to send."""
    with application("sqlite", tmp_path, mailer=FakeMailer()) as app:
        with app.app_context(), transaction():
            for n in range(MAILS):
                outbox.promise(Email(to=f"p{n}@example.org", subject=f"Mail {n}", text=""))
        yield app


def sent_within(app: Flask, seconds: float) -> int:
    end = monotonic() + seconds
    with app.app_context():
        while monotonic() < end:
            waiting = db.session.scalar(
                select(func.count()).where(OutboxEmail.settled_at.is_(None))
            )
            db.session.rollback()
            if waiting == 0:
                break
            sleep(0.1)
    return len(app.extensions["ports"].mailer.sent)


def test_without_redis_the_worker_sends_what_is_due(office: Flask) -> None:
    workforce = Workforce.of(office)
    workforce.start()
    try:
        assert sent_within(office, 20) == MAILS
        assert workforce.health() == "ok"
    finally:
        workforce.stop()


def test_with_a_queue_its_helpers_send_what_is_due(office: Flask) -> None:
    broker = StubBroker()
    workforce = Workforce(office, DramatiqRelay(office, broker))
    workforce.start()
    try:
        assert sent_within(office, 20) == MAILS
    finally:
        workforce.stop()
        broker.close()


def test_a_worker_that_begins_nothing_is_noticed(
    office: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    workforce = Workforce.of(office)
    later = monotonic() + MAY_BE_SILENT + 5

    monkeypatch.setattr("consortium.jobs.monotonic", lambda: later)

    assert workforce.health() == "no sign of life for 65 seconds"
