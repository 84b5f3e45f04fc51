"""The two worlds, told once, and a way to ask that leaves no trace in them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.auth import service as auth
from consortium.database import db, transaction
from consortium.people import service as people
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.matrix.policies import KINDS
from tests.consortium.matrix.worlds import World, furnish
from tests.factories import NOON
from tests.queries import counting_queries


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Two consortia, and the cookie that everybody has at the first."""

    app: Flask
    here: World
    there: World
    cookies: Mapping[str, str]

    def browser(self, kind: str) -> FlaskClient:
        """Return the browser of someone of this kind, signed in unless it is nobody's."""
        client = self.app.test_client()
        if kind in self.cookies:
            client.set_cookie(self.app.config["SESSION_COOKIE_NAME"], self.cookies[kind])
        return client


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An answer, and the statements by which something was written and committed."""

    response: TestResponse
    kept: tuple[str, ...]
    acts: tuple[AuditEntry, ...]
    """What was written down about it."""


Ask = Callable[[str, str, str, Mapping[str, Any]], Asked]


@pytest.fixture(scope="session")
def stage(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Tell of two consortia once for all tests of this folder."""
    with application(
        request.config.getoption("database"),
        tmp_path_factory.mktemp("stage"),
        mailer=FakeMailer(),
        settings={"demonstration": True},
        WTF_CSRF_ENABLED=False,
    ) as app:
        with pytest.MonkeyPatch.context() as patch, app.test_request_context():
            patch.setattr(clock, "now", lambda: NOON)
            here, there = furnish("lakeshore", 1), furnish("hillside", 2)
            sessions = {kind: _begin(here.address_of(kind)) for kind in KINDS[1:-1]}
            sessions["neighbor"] = _begin(there.address_of("owner"))
            db.session.remove()
        cookies = {kind: _cookie(app, token) for kind, token in sessions.items()}
        yield Stage(app=app, here=here, there=there, cookies=cookies)


def _begin(address: str) -> str:
    with transaction():
        return auth.begin_session(people.identity_for(address))


def _cookie(app: Flask, token: str) -> str:
    client = app.test_client()
    with client.session_transaction() as session:
        auth.remember(session, token)
    cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
    assert cookie is not None
    return cookie.value


@pytest.fixture
def ask(stage: Stage) -> Iterator[Ask]:
    """Return a function that sends one request and undoes whatever it did."""
    browsers: dict[str, FlaskClient] = {}

    with _noting_commits() as commits, counting_queries() as count:

        def send(kind: str, method: str, path: str, sent: Mapping[str, Any]) -> Asked:
            if kind not in browsers:
                browsers[kind] = stage.browser(kind)
            data = {name: value for name, value in sent.items() if value is not None}
            commits.clear()
            count.statements.clear()
            with _undone(stage.app):
                response = browsers[kind].open(
                    path, method=method, data=data if method == "POST" else None
                )
                response.get_data()
                writes = [one for one in count.statements if not one.lstrip().startswith("SELECT")]
                acts = _acts(stage.app, response.headers["X-Request-Id"]) if commits else ()
            return Asked(response=response, kept=tuple(writes) if commits else (), acts=acts)

        yield send


def _acts(app: Flask, request_id: str) -> tuple[AuditEntry, ...]:
    with app.app_context():
        written = select(AuditEntry).where(AuditEntry.request_id == request_id)
        entries = tuple(db.session.scalars(written))
        db.session.expunge_all()
        return entries


@contextmanager
def _noting_commits() -> Iterator[list[Session]]:
    commits: list[Session] = []
    note = commits.append
    event.listen(db.session, "after_commit", note)
    try:
        yield commits
    finally:
        event.remove(db.session, "after_commit", note)


@contextmanager
def _undone(app: Flask) -> Iterator[None]:
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        with app.app_context():
            db.session.remove()
            db.engines[None] = engine
        outer.rollback()
        connection.close()
