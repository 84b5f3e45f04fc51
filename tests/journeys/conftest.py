"""A real browser before the real application, with a clock that the test sets."""

import itertools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from cohorts.matching.jobs import Searches, TeamSearches
from consortium import clock, migrate
from consortium.adapters.demo_mailer import DemoMailer
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.database import db
from consortium.demonstration import story
from consortium.ports import Ports
from consortium.settings import NOBODY, Settings
from events.agenda.jobs.places import PlacesDrafts
from events.schedule.jobs.proposing import Proposals
from tests.cohorts.matching.meeting import Here, TeamsHere
from tests.events.agenda.ranking.working import Here as FoundHere
from tests.events.schedule.proposing import Here as PlannedHere
from tests.fakes.stripe_server import FakeStripe
from tests.journeys.site import Site
from tests.storage import MemoryStorage
from tests.templates import keep_compiled

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


PATIENCE = 60_000  # milliseconds; a busy machine says nothing about the pages
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/journeys" in item.path.as_posix():
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    known = ("chromium-headless-shell", "chromium", "google-chrome")
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, known)), None)
    assert path, (
        f"Install a Chromium browser (apt install {known[0]}), or set CHROMIUM to its path."
    )
    browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    yield browser
    browser.close()


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that sets the clock; from there it ticks a millisecond at each look."""

    def start_at(moment: str) -> None:
        monkeypatch.setattr(clock, "now", ticking(moment))

    return start_at


def ticking(moment: str) -> Callable[[], datetime]:
    """Return a clock that starts at a moment and ticks a millisecond at each look."""
    begin, ticks = datetime.fromisoformat(moment), itertools.count()
    return lambda: begin + timedelta(milliseconds=next(ticks))


def application(database: Path, base_url: str) -> Flask:
    """Return the application in demonstration mode on a database file."""
    app = create_app(
        Settings(
            database_url=f"sqlite:///{database}",
            secret_key="only-for-journeys-" + "x" * 32,
            base_url=base_url,
            demonstration=True,
        ),
        Ports(
            mailer=DemoMailer(),
            calendar=IcalendarWriter(),
            storage=MemoryStorage(),
            printer=TypstPrinter(),
            cards=StripeGateway(NOBODY),
        ),
        SEND_FILE_MAX_AGE_DEFAULT=3600,  # as the real server says of styles and scripts
    )
    app.extensions["peer_searches"] = Searches(Here)  # ended when a journey looks
    app.extensions["team_searches"] = TeamSearches(TeamsHere)
    app.extensions["places_drafts"] = PlacesDrafts(FoundHere)
    app.extensions["programme_proposals"] = Proposals(PlannedHere)
    return keep_compiled(app)


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated database with nothing in it, made once and to be copied."""
    path = tmp_path_factory.mktemp("empty") / "journey.db"
    app = application(path, "http://127.0.0.1")
    with app.app_context():
        with migrate.migrating(db.engine) as connection:
            migrate.upgrade(connection)
        db.engine.dispose()
    return path


@pytest.fixture(scope="session")
def story_file(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which the demonstration's story was told, to be copied."""
    path = Path(shutil.copy(empty, tmp_path_factory.mktemp("story") / "journey.db"))
    app = application(path, "http://127.0.0.1")
    with pytest.MonkeyPatch.context() as patch, app.test_request_context():
        patch.setattr(clock, "now", ticking("2026-03-02T12:00:00+00:00"))
        story.tell()
        db.engine.dispose()
    return path


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> Path:
    """Return the database file of the site; modules that want the story override this."""
    return Path(shutil.copy(empty, tmp_path / "journey.db"))


@pytest.fixture
def host() -> str:
    """Return the name people type; browsers make passkeys for ``localhost``, not for a number."""
    return "127.0.0.1"


@pytest.fixture
def site(database: Path, set_clock: Callable[[str], None], host: str) -> Iterator[Site]:
    """Return the application on a port of its own, with a database and working mail."""
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    app = application(database, f"http://{host}:{server.server_port}")
    server.app = app
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(app=app, set_clock=set_clock)
    server.shutdown()
    thread.join()
    server.server_close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def fake_stripe(site: Site) -> Iterator[FakeStripe]:
    """Return a made-up Stripe beside the site: it sends payers there, and is told of there."""
    fake = FakeStripe(lambda: clock.now().timestamp())
    fake.webhooks.default = f"{site.url}/{{key}}/webhooks/stripe", "whsec_{key}"
    fake.start()
    known = site.app.extensions
    known["ports"].cards.speak_to(fake.base)
    known["settings"] = replace(known["settings"], card_pages_origins=(fake.base,))
    yield fake
    fake.stop()


@pytest.fixture
def new_page(chromium: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a fresh browser profile.

    The test fails when any page asked another host for anything, but for the pages to pay at.
    """
    contexts: list[BrowserContext] = []
    strangers: set[str] = set()

    def watch(request: Request) -> None:
        pages = site.app.extensions["settings"].card_pages_origins
        if not request.url.startswith((site.url, *pages, "data:", "blob:", "about:")):
            strangers.add(request.url)

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(base_url=site.url, accept_downloads=True, **options)
        context.set_default_timeout(PATIENCE)
        context.on("request", watch)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == set()
