"""Many browsers follow one link at the same moment."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, true

from consortium.auth.models import SignInSession
from consortium.auth.service import requests
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.auth.conftest import Mail, read

MANY = 32

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer(), WTF_CSRF_ENABLED=False) as app:
        yield app


def asked(site: Flask) -> tuple[Mail, str]:
    """Ask for a mail; return it with the token of the browser that asked."""
    client = site.test_client()
    client.post("/sign-in", data={"email": "ada@example.org"})
    cookie = client.get_cookie("req")
    assert cookie is not None
    with site.app_context():
        return read(db.session.scalars(select(OutboxEmail.text)).one()), cookie.value


def follow_at_once(site: Flask, mail: Mail, browser: str) -> Counter[int]:
    """Let many browsers with the same cookie press the button together; count the answers."""
    together = threading.Barrier(MANY)
    answers: list[int] = []
    broken: list[BaseException] = []

    def press() -> None:
        try:
            client = site.test_client()
            client.set_cookie("req", browser)
            together.wait()
            answers.append(client.post(mail.link).status_code)
        except BaseException as error:  # noqa: BLE001  (a thread's error must fail the test)
            broken.append(error)

    threads = [threading.Thread(target=press) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    return Counter(answers)


def sessions(site: Flask) -> int:
    with site.app_context():
        return len(db.session.scalars(select(SignInSession.id)).all())


def test_one_link_gives_one_session(site: Flask) -> None:
    answers = follow_at_once(site, *asked(site))

    # On a machine under load SQLite may keep one waiting too long, who is told to try again.
    assert answers[302] == 1
    assert answers.keys() <= {302, 410, 503}
    assert sessions(site) == 1


def test_one_link_gives_many_sessions_without_the_guard(site: Flask, monkeypatch: Any) -> None:
    """The negative control: an UPDATE that does not ask whether the link is still good."""
    monkeypatch.setattr(requests, "_alive", lambda _now: true())

    answers = follow_at_once(site, *asked(site))

    assert answers[302] > 1
    assert sessions(site) == answers[302]
