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
    """Two consortia, and everybody's session at the first."""

    app: Flask
    here: World
    there: World
    sessions: dict[str, str]

    def browser(self, kind: str) -> FlaskClient:
        """Return the browser of someone of this kind, signed in unless it is nobody's."""
        client = self.app.test_client()
        if kind in self.sessions:
            with client.session_transaction() as session:
                auth.remember(session, self.sessions[kind])
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
        yield Stage(app=app, here=here, there=there, sessions=sessions)


def _begin(address: str) -> str:
    with transaction():
        return auth.begin_session(people.identity_for(address))


@pytest.fixture
def ask(stage: Stage) -> Ask:
    """Return a function that sends one request and undoes whatever it did."""
    browsers: dict[str, FlaskClient] = {}

    def send(kind: str, method: str, path: str, sent: Mapping[str, Any]) -> Asked:
        browser = browsers.setdefault(kind, stage.browser(kind))
        data = {name: value for name, value in sent.items() if value is not None}
        with _undone(stage.app) as commits, counting_queries() as count:
            response = browser.open(path, method=method, data=data if method == "POST" else None)
            response.get_data()
            writes = [one for one in count.statements if not one.lstrip().startswith("SELECT")]
            acts = _acts(stage.app, response.headers["X-Request-Id"]) if commits else ()
        return Asked(response=response, kept=tuple(writes) if commits else (), acts=acts)

    return send


def _acts(app: Flask, request_id: str) -> tuple[AuditEntry, ...]:
    with app.app_context():
        written = select(AuditEntry).where(AuditEntry.request_id == request_id)
        entries = tuple(db.session.scalars(written))
        db.session.expunge_all()
        return entries


@contextmanager
def _undone(app: Flask) -> Iterator[list[Session]]:
    commits: list[Session] = []
    note = commits.append
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
        event.listen(db.session, "after_commit", note)
    try:
        yield commits
    finally:
        event.remove(db.session, "after_commit", note)
        with app.app_context():
            db.session.remove()
            db.engines[None] = engine
        outer.rollback()
        connection.close()
