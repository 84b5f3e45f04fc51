"""Many workers at one outbox: each mail goes out once."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.database import db, transaction
from consortium.outbox import jobs
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import delivery
from consortium.ports import Email
from tests.consortium.applications import application
from tests.consortium.outbox.conftest import ScriptedMailer

WORKERS, MAILS = 6, 30

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """Give an application whose outbox holds mails for a third as many addresses."""
    with application(request.param, tmp_path, mailer=ScriptedMailer()) as app:
        with app.app_context():
            for n in range(MAILS):
                with transaction():
                    to = f"p{n % (MAILS // 3)}@example.org"
                    outbox.promise(Email(to=to, subject=f"Mail {n}", text=""))
        yield app


def let_everybody_deliver(app: Flask, *, rounds: int) -> list[str]:
    """Let all workers deliver at once; return the subjects that went out."""
    together = threading.Barrier(WORKERS)
    broken: list[BaseException] = []

    def work() -> None:
        try:
            together.wait()
            with app.app_context():
                for _ in range(rounds):
                    jobs.deliver_due(app)
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=work) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return list(app.extensions["ports"].mailer.subjects)


def test_each_mail_goes_out_once(office: Flask) -> None:
    sent = let_everybody_deliver(office, rounds=20)

    assert sorted(sent) == sorted(f"Mail {n}" for n in range(MAILS))
    with office.app_context():
        assert set(db.session.scalars(select(OutboxEmail.outcome))) == {"sent"}


def test_mails_go_out_twice_when_nobody_claims_them(office: Flask, monkeypatch: Any) -> None:
    """The negative control: every worker helps itself to whatever is unsent."""

    def look(**_: Any) -> list[delivery.Claim]:
        rows = db.session.execute(
            select(OutboxEmail.id, OutboxEmail.attempts).where(OutboxEmail.settled_at.is_(None))
        )
        return [
            delivery.Claim(id=id_, attempt=attempts + 1, until=clock.now())
            for id_, attempts in rows
        ]

    def take(claim: delivery.Claim, *, host: str) -> Email:
        return outbox.as_email(db.session.get_one(OutboxEmail, claim.id), message_id=host)

    monkeypatch.setattr(delivery, "claim", look)
    monkeypatch.setattr(delivery, "take", take)

    sent = Counter(let_everybody_deliver(office, rounds=1))

    assert max(sent.values()) > 1
