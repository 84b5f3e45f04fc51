"""The command and the nightly job, on a database of their own."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select, text

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from consortium.verify import commands, service
from consortium.verify.domain import Check
from consortium.verify.jobs import Nightly
from events.institutes.models import PEOPLE, Pool
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_institute, make_tenant

pytestmark = [pytest.mark.real_commits, pytest.mark.on_the_given_database]


@pytest.fixture(scope="module")
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("verify")
    kind = request.config.getoption("database")
    with application(kind, folder, mailer=FakeMailer()) as app, app.app_context():
        with as_tenant(make_tenant().id):
            make_institute()
        yield app


@pytest.fixture
def drifted(app: Flask) -> Iterator[str]:
    """Let one count be wrong for a while; return its pool."""

    def count(n: int) -> str:
        with transaction():
            pool_id = db.session.scalar(
                text("UPDATE pool SET taken = :n WHERE code = :code RETURNING id"),
                {"n": n, "code": PEOPLE},
            )
        return str(pool_id)

    with as_tenant(_tenant_id()):
        count(3)
        with transaction():
            pool = db.session.query(Pool).filter_by(code=PEOPLE).one()
            pool_id = str(pool.id)
    yield pool_id
    with as_tenant(_tenant_id()):
        count(0)


def _tenant_id() -> Any:
    found = db.session.query(Tenant.id).scalar()
    db.session.rollback()
    return found


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(commands.verify, arguments)
    return result.exit_code, result.output


def test_a_sound_database_is_ok(app: Flask) -> None:
    code, said = run()

    assert code == 0
    assert "VIOLATED" not in said
    assert "ok        I1       No pool and no session is oversold." in said


def test_a_violation_is_told_with_its_id(app: Flask, drifted: str) -> None:
    code, said = run()
    assert code == 1
    assert f"          pool:{drifted} (people): 3 taken, 0 held by teams." in said.splitlines()

    code, said = run("--json")
    found = {each["code"]: each["violations"] for each in json.loads(said)}
    assert (code, found["I3"], found["I1"]) == (
        1,
        [f"pool:{drifted} (people): 3 taken, 0 held by teams."],
        [],
    )


def test_a_check_cannot_change_anything(app: Flask) -> None:
    def careless() -> list[str]:
        db.session.execute(text("UPDATE tenant SET name = 'Mine'"))
        return []

    check = Check(code="X", words="Careless", find=careless)
    with pytest.raises(Exception, match=r"readonly|read-only"):
        service.verify([check])
    db.session.rollback()
    assert db.session.scalar(text("SELECT name FROM tenant")) == "Lakeshore Partnership"
    db.session.rollback()
    with transaction():  # and the connection is as good as before
        db.session.execute(text("UPDATE tenant SET version = version"))


def test_each_night_it_is_looked_and_kept(app: Flask, frozen: Any, drifted: str) -> None:
    step = Nightly()
    frozen(datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert step(app) == 0
    frozen(datetime(2026, 3, 3, 7, 59, tzinfo=UTC))
    assert step(app) == 0
    frozen(datetime(2026, 3, 3, 8, tzinfo=UTC))
    assert step(app) == len(app.extensions["checks"])
    assert step(app) == 0

    kept = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "verify")).one()
    assert (kept.at, kept.after["violations"]) == (datetime(2026, 3, 3, 8, tzinfo=UTC), {"I3": 1})
    db.session.rollback()
