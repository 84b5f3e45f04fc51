"""A database that others hold too long: a page that says so, and the same form works later."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from consortium.adapters.demo_mailer import DemoMailer
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.database import Base, db
from consortium.ports import Ports
from consortium.settings import NOBODY, Settings
from tests.storage import MemoryStorage

pytestmark = pytest.mark.real_commits


@pytest.fixture
def impatient(tmp_path: Path) -> Flask:
    app = create_app(
        Settings(
            database_url=f"sqlite:///{tmp_path / 'busy.db'}",
            secret_key="x" * 40,
            base_url="http://localhost",
            demonstration=True,
        ),
        Ports(
            mailer=DemoMailer(),
            calendar=IcalendarWriter(),
            storage=MemoryStorage(),
            printer=TypstPrinter(),
            cards=StripeGateway(NOBODY),
        ),
        WTF_CSRF_ENABLED=False,
        RATELIMIT_ENABLED=False,
    )
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.engine.dispose()
    return app


def test_a_writer_that_waits_too_long_is_told_and_can_send_again(
    impatient: Flask, tmp_path: Path
) -> None:
    holder = sqlite3.connect(tmp_path / "busy.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    client = impatient.test_client()

    held = client.post("/sign-in", data={"email": "ada@example.org"})
    holder.execute("ROLLBACK")
    holder.close()
    later = client.post("/sign-in", data={"email": "ada@example.org"})

    assert (held.status_code, held.headers["Retry-After"]) == (503, "5")
    assert "Nothing was saved." in held.text
    assert (later.status_code, later.location) == (302, "/sign-in/code")
    with impatient.app_context():
        db.engine.dispose()
