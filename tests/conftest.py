"""Fixtures every test may use: an app, a clean database, a tenant, people, a strict browser."""

import gc
import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import hypothesis
import pytest
import structlog
from flask import Flask
from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from consortium import clock
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.database import db
from consortium.people.models import Person
from consortium.ports import Email, Ports
from consortium.settings import NOBODY, Settings
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.databases import database_with_tables
from tests.factories import NOON, make_person, make_tenant
from tests.statements import keep_written
from tests.storage import MemoryStorage
from tests.templates import keep_compiled

pytest_plugins = [
    "tests.national_list",
    "tests.judges",
    "tests.shared_files",
    "tests.fakes.stripe",
]

# How fast a busy machine thinks of examples, or tries them, says nothing about the code.
hypothesis.settings.register_profile(
    "patient", suppress_health_check=[hypothesis.HealthCheck.too_slow], deadline=None
)
hypothesis.settings.load_profile("patient")


PAGES = re.compile(r"/routes/|/matrix/|/test_(\w+_)?(pages?|routes|hostile)(_\w+)?\.py$")
ON_BOTH = re.compile(
    r"tests/(consortium/(auth|directory|outbox|verify|test_)|scenarios)|disclosures"
)
"""Where statements are written for each kind of database, and what ties everything together."""


LONG = (
    "matrix/test_matrix.py",
    "whole/test_query_counts.py",
    "whole/test_canaries.py",
    "consortium/test_server.py",
    "machine/test_machine.py",
    "machine/money/test_money_machine.py",
    "payments/stripe/test_orders.py",
)
"""Modules that take long as one piece come first, so that no worker ends alone with one."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what tries pages, and what no run leaves out on either database."""
    for item in items:
        for marker, where in (("page", PAGES), ("both", ON_BOTH)):
            if where.search(item.path.as_posix()):
                item.add_marker(marker)
    items.sort(key=lambda item: not item.path.as_posix().endswith(LONG))


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and log plainly: both would take a good part of the time."""
    structlog.configure(
        processors=[structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    )
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite", help="sqlite, postgresql, or a URL")


@event.listens_for(Engine, "connect")
def _turn_what_has_no_order(connection: Any, _record: Any) -> None:
    """Let SQLite give rows backwards where no order is asked for, as PostgreSQL may any day."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects = ON")


@event.listens_for(Engine, "connect")
def _leave_writing_to_the_system(connection: Any, _record: Any) -> None:
    """Let SQLite not wait for the disk: what tests store need not outlive a crash."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


def _say(statement: str) -> Any:
    return lambda _dialect, connection, name: connection.exec_driver_sql(f"{statement} {name}")


# Each test is a savepoint, and so is each request in it: SQLAlchemy writes these words anew each
# time by all of its compiler, which was a fourth of all statements that it wrote.
DefaultDialect.do_savepoint = _say("SAVEPOINT")
DefaultDialect.do_rollback_to_savepoint = _say("ROLLBACK TO SAVEPOINT")
DefaultDialect.do_release_savepoint = _say("RELEASE SAVEPOINT")


class FakeMailer:
    """Keeps what it is given, as a patient mail server would."""

    def __init__(self) -> None:
        self.sent: list[Email] = []

    def send(self, email: Email) -> None:
        self.sent.append(email)


@pytest.fixture(scope="session")
def mailer() -> FakeMailer:
    return FakeMailer()


@pytest.fixture(scope="session")
def settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Settings]:
    with database_with_tables(
        request.config.getoption("database"), tmp_path_factory.mktemp("database"), worker_id
    ) as url:
        yield Settings(
            database_url=url,
            secret_key="only-for-tests-" + "x" * 32,
            base_url="http://localhost",
            demonstration=True,
            stripe_api_base=NOBODY,
        )


@pytest.fixture(scope="session")
def cards() -> StripeGateway:
    """Return the real adapter; nobody answers it unless a test starts the fake Stripe."""
    return StripeGateway(NOBODY, retries=0)


@pytest.fixture(scope="session")
def app(settings: Settings, mailer: FakeMailer, cards: StripeGateway) -> Iterator[Flask]:
    app = create_app(
        settings,
        Ports(
            mailer=mailer,
            calendar=IcalendarWriter(),
            storage=MemoryStorage(),
            printer=TypstPrinter(),
            cards=cards,
        ),
        TESTING=True,
        WTF_CSRF_ENABLED=False,
        RATELIMIT_ENABLED=False,
    )
    app.test_client_class = Browser
    keep_compiled(app)
    keep_written(app)
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(autouse=True)
def database(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run each test inside one connection-level transaction, and undo it.

    Tests marked ``real_commits`` make their own database; tests marked ``pure`` have none.
    """
    if any(request.node.get_closest_marker(name) for name in ("pure", "real_commits", "journey")):
        yield
        return
    app: Flask = request.getfixturevalue("app")
    request.getfixturevalue("mailer").sent.clear()
    with app.app_context():
        engine = db.engine
        connection = engine.connect()
        outer = connection.begin()
        db.engines[None] = connection  # type: ignore[assignment]
        db.session.configure(join_transaction_mode="create_savepoint")
        try:
            yield
        finally:
            db.session.remove()
            db.engines[None] = engine
            outer.rollback()
            connection.close()


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that stops the clock at a moment."""

    def stop(at: datetime | str) -> datetime:
        moment = datetime.fromisoformat(at) if isinstance(at, str) else at
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return stop


@pytest.fixture(autouse=True)
def noon(frozen: Any) -> datetime:
    """Every test begins at noon of the same day unless it says otherwise."""
    stopped: datetime = frozen(NOON)
    return stopped


@pytest.fixture
def tenant(database: None) -> Iterator[Tenant]:
    """Return a consortium and work for it."""
    tenant = make_tenant()
    with as_tenant(tenant.id):
        yield tenant


@pytest.fixture
def coordinator(tenant: Tenant) -> Person:
    """Return the consortium's coordinator."""
    return make_person("coordinator@example.org", "Casey Coordinator", staff="coordinator")


@pytest.fixture
def lead(tenant: Tenant) -> Person:
    """Return someone who leads a team."""
    return make_person("lead@example.org", "Lee Lead")


@pytest.fixture
def client(app: Flask) -> Browser:
    """Return a strict browser; nobody is signed in before ``client.sign_in(email)``."""
    client = app.test_client()
    assert isinstance(client, Browser)
    return client
