"""Mail through a queue: the same act as without one, however often a message comes."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from dramatiq import Message
from dramatiq.brokers.stub import StubBroker
from flask import Flask
from sqlalchemy import select

from consortium.adapters.dramatiq_relay import DramatiqRelay
from consortium.database import db, transaction
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.ports import Email
from tests.conftest import FakeMailer
from tests.consortium.applications import application

MAILS = 20

pytestmark = pytest.mark.real_commits


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Flask]:
    """Give an application with some mails to send."""
    with application("sqlite", tmp_path, mailer=FakeMailer()) as app:
        with app.app_context(), transaction():
            for n in range(MAILS):
                outbox.promise(Email(to=f"p{n}@example.org", subject=f"Mail {n}", text=""))
        yield app


@pytest.fixture
def broker() -> Iterator[StubBroker]:
    broker = StubBroker()
    yield broker
    broker.close()


def work_off(relay: DramatiqRelay, broker: StubBroker) -> None:
    workers = relay.workers(threads=4)
    workers.start()
    try:
        broker.join("mail")
        workers.join()
    finally:
        workers.stop()


def sent(app: Flask) -> list[str]:
    return sorted(email.to for email in app.extensions["ports"].mailer.sent)


EVERYBODY = sorted(f"p{n}@example.org" for n in range(MAILS))


def test_due_mails_go_through_the_queue_once(office: Flask, broker: StubBroker) -> None:
    relay = DramatiqRelay(office, broker)
    with office.app_context():
        assert relay.hand_over(office) == MAILS
        assert relay.hand_over(office) == 0

    work_off(relay, broker)

    assert sent(office) == EVERYBODY
    with office.app_context():
        assert set(db.session.scalars(select(OutboxEmail.outcome))) == {"sent"}


def test_message_that_comes_three_times_sends_once(office: Flask, broker: StubBroker) -> None:
    relay = DramatiqRelay(office, broker)
    with office.app_context():
        relay.hand_over(office)
    queued = [Message.decode(message) for message in broker.queues["mail"].queue]
    for message in queued * 2:
        broker.enqueue(message)

    work_off(relay, broker)

    assert sent(office) == EVERYBODY


def test_mail_that_was_lost_in_the_queue_is_claimed_again(
    office: Flask, broker: StubBroker, noon: Any, frozen: Any
) -> None:
    relay = DramatiqRelay(office, broker)
    with office.app_context():
        relay.hand_over(office)
        broker.flush_all()
        frozen(noon + timedelta(minutes=5))
        assert relay.hand_over(office) == MAILS

    work_off(relay, broker)

    assert sent(office) == EVERYBODY


def test_queue_that_is_away_gives_the_mails_back(office: Flask, broker: StubBroker) -> None:
    relay = DramatiqRelay(office, broker)

    class Away(Exception):
        pass

    def enqueue(_message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        raise Away

    broker.enqueue = enqueue  # type: ignore[method-assign]
    with office.app_context():
        with pytest.raises(Away):
            relay.hand_over(office)
        del broker.enqueue
        assert relay.hand_over(office) == MAILS
