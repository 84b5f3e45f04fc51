"""An export writes its audit row although it began as a reader, whoever writes meanwhile."""

import sqlite3
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from consortium.audit.models import AuditEntry
from consortium.auth import service as auth
from consortium.database import db, transaction
from consortium.people import service as people
from consortium.tenancy import as_tenant
from events.board import routes
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.board.rows import store_team
from tests.factories import make_institute, make_person, make_tenant

pytestmark = pytest.mark.real_commits

COORDINATOR = "coordinator@example.org"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Give an application on SQLite, where one connection writes at a time."""
    with application(
        "sqlite", tmp_path, mailer=FakeMailer(), settings={"demonstration": True}
    ) as app:
        with app.app_context(), as_tenant(make_tenant().id):
            make_person(COORDINATOR, staff="coordinator")
            store_team(make_institute(), 1, ("Ada", "superintendent", "confirmed"))
            db.session.remove()
            db.engine.dispose()
            event.listen(db.engine, "connect", _wait_less)
        yield app


def _wait_less(connection: sqlite3.Connection, _record: Any) -> None:
    connection.execute("PRAGMA busy_timeout = 1500")


def export_while_another_writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> HTTPStatus:
    """Ask for the file; another connection writes between the reading and the audit row."""
    others: list[threading.Thread] = []

    def transaction_of_another_first() -> Any:
        wrote = threading.Event()
        others.append(threading.Thread(target=_write, args=(_file_of(app), wrote)))
        others[0].start()
        assert wrote.wait(timeout=10)
        return transaction()

    monkeypatch.setattr(routes, "transaction", transaction_of_another_first)
    client = app.test_client()
    with app.app_context(), transaction():
        token = auth.begin_session(people.identity_for(COORDINATOR))
    with client.session_transaction() as session:
        auth.remember(session, token)
    status = client.get("/lakeshore/manage/institutes/summer/roster.csv").status_code
    others[0].join()
    return HTTPStatus(status)


def _write(file: str, wrote: threading.Event) -> None:
    connection = sqlite3.connect(file, timeout=10, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE tenant SET name = 'Changed meanwhile'")
    wrote.set()
    connection.execute("COMMIT")
    connection.close()


def _file_of(app: Flask) -> str:
    return str(app.config["SQLALCHEMY_DATABASE_URI"].removeprefix("sqlite:///"))


def _exports(app: Flask) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count(AuditEntry.id))).one()


def test_an_export_waits_for_its_turn_to_write(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    assert export_while_another_writes(app, monkeypatch) == HTTPStatus.OK
    assert _exports(app) == 1


def test_a_reader_that_did_not_end_its_reading_could_not_write(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the route does before the audit row is needed."""

    monkeypatch.setattr(routes, "end_reading", lambda: None)

    assert export_while_another_writes(app, monkeypatch) == HTTPStatus.SERVICE_UNAVAILABLE
    assert _exports(app) == 0
