"""Many browsers send one answer of a passkey at the same moment."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.auth import service as auth
from consortium.auth.models import SignInSession
from consortium.auth.service import proofs
from consortium.database import db, transaction
from consortium.people import service as people
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.auth.authenticator import Authenticator

MANY = 20
SIGN_IN = "/sign-in/passkey"

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer(), WTF_CSRF_ENABLED=False) as app:
        yield app


def answered(site: Flask) -> tuple[str, str]:
    """Make a passkey that does not count; return an answer of it, and who was asked for it."""
    with site.app_context(), transaction():
        token = auth.begin_session(people.identity_for("ada@example.org"))
    device, client = Authenticator(counts=False), site.test_client()
    with client.session_transaction() as session:
        auth.remember(session, token)
    made = device.make(client.post("/account/passkeys/options").json or {})
    assert client.post("/account/passkeys", data={"credential": made}).status_code == 302
    told = client.post(f"{SIGN_IN}/options").json or {}
    cookie = client.get_cookie("req")
    assert cookie is not None
    return device.prove(told), cookie.value


def send_at_once(site: Flask, answer: str, browser: str) -> Counter[int]:
    """Let many browsers with the same cookie send the answer together; count what they get."""
    together = threading.Barrier(MANY)
    statuses: list[int] = []

    def send() -> None:
        client = site.test_client()
        client.set_cookie("req", browser)
        together.wait()
        statuses.append(client.post(SIGN_IN, data={"credential": answer}).status_code)

    threads = [threading.Thread(target=send) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


def sessions_by_passkey(site: Flask) -> int:
    """Return how many sessions began, but for the one in which the passkey was made."""
    with site.app_context():
        return len(db.session.scalars(select(SignInSession.id)).all()) - 1


def test_one_answer_gives_one_session(site: Flask) -> None:
    statuses = send_at_once(site, *answered(site))

    assert statuses == {302: 1, 422: MANY - 1}
    assert sessions_by_passkey(site) == 1


def test_one_answer_gives_many_sessions_without_the_guard(site: Flask, monkeypatch: Any) -> None:
    """The negative control: challenges that are not used up."""
    monkeypatch.setattr(proofs, "use_challenge", lambda *_, **__: None)

    send_at_once(site, *answered(site))

    assert sessions_by_passkey(site) > 1
