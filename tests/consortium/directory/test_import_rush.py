"""Two imports at the same moment: one takes the list, the other waits or is told to come again."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consortium.database import db, transaction
from consortium.directory import service
from consortium.directory.domain import LeaRecord
from consortium.directory.models import Lea
from consortium.directory.service import lists
from consortium.errors import Conflict
from tests.conftest import FakeMailer
from tests.consortium.applications import application

IMPORTS, LEAS = 4, 300

pytestmark = pytest.mark.real_commits


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app:
        yield app


def at_once(app: Flask) -> tuple[list[int], list[BaseException]]:
    """Import one list several times at the same moment; return who added how many, and errors."""
    records = [LeaRecord(id=f"34{n:05}", name=f"District {n}", state="NJ") for n in range(LEAS)]
    together = threading.Barrier(IMPORTS)
    added: list[int] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            with app.app_context():
                together.wait()
                with transaction():
                    taken = service.take_leas(records, source="a rush", by="a rush")
                added.append(taken.added)
        except BaseException as error:  # noqa: BLE001  (a thread's error must reach the test)
            errors.append(error)

    threads = [threading.Thread(target=run) for _ in range(IMPORTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return added, errors


def test_one_import_takes_the_list_and_the_others_are_told(app: Flask) -> None:
    added, errors = at_once(app)

    assert sum(added) == LEAS
    assert [type(error) for error in errors] == [Conflict] * (IMPORTS - len(added))
    with app.app_context():
        assert db.session.scalars(select(func.count(Lea.id))).one() == LEAS


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_taking_turns_postgresql_meets_the_same_id_twice(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control; SQLite has one writer at a time, so it cannot fail there."""
    everyone_has_looked = threading.Barrier(IMPORTS)

    def look_together() -> dict[str, dict[str, object]]:
        everyone_has_looked.wait()
        return {}

    monkeypatch.setattr(lists, "_alone", lambda: None)
    monkeypatch.setattr(lists, "_known", look_together)
    monkeypatch.setattr(lists, "ONE_LEA", "no constraint of this name")
    added, errors = at_once(app)

    assert added == [LEAS]
    assert [type(error) for error in errors] == [IntegrityError] * (IMPORTS - 1)
