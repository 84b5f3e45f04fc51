"""A programme of 1,000 sessions: how long its file takes to load, its pages to open, all to publish.

    scripts/bench/programmes.py [--database sqlite|postgresql] [--sessions 1000] [--times 11]

Checks, plans and loads a file of so many sessions in 40 rooms with 300 presenters: as a new
institute, again unchanged, and with 300 sessions moved. Lets 3,000 people come to it. Then opens
its pages, warm, the public ones as a visitor and the others as a coordinator, asks for the printed
programme, and publishes every session anew. Prints medians. Ends with 1 if loading took ten
seconds, a page 150 ms of the processor, a printed programme that is printed already as much, what
a reader has already 150 ms, or publishing five seconds. The processor's time is not lengthened by
other work on the machine, or not much.
"""

import argparse
import json
import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from consortium import clock, migrate
from consortium.access import StaffRole
from consortium.auth import service as auth
from consortium.database import db, expect_writes, transaction
from consortium.people import service as people
from consortium.server import build_app
from consortium.settings import Settings
from consortium.tenancy import as_tenant
from consortium.tenants.models import StaffMember, Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.programmes import service as programmes
from events.programmes.domain import parse
from events.registration.models import Team, TeamStatus
from events.schedule import service as schedule
from events.schedule.models import Session
from scripts.bench.roster import ROLES, fill_team
from tests.databases import database_url

SLUG, TITLE, PLACE = "bench", "Bench Conference", "bench-conference"
SECRET = "only-for-the-benchmark-" + "x" * 32
WHO = "coordinator@example.org"
ROOMS, PRESENTERS, DAYS, MOVED, TEAMS = 40, 300, 4, 300, 500
MOST_SECONDS, MOST_MS, MOST_TO_PUBLISH = 10.0, 150.0, 5.0
KINDS = ("breakout", "panel", "training", "role_alike")
PAPER = f"/{SLUG}/institutes/{PLACE}/programme.pdf"
PUBLIC = {
    "programme page": f"/{SLUG}/institutes/{PLACE}/programme",
    "calendar (.ics)": f"/{SLUG}/institutes/{PLACE}/calendar.ics",
    "printed programme, again": PAPER,
}
EDITING = {
    "list of sessions": f"/{SLUG}/manage/institutes/{PLACE}/sessions",
    "grid of a day": f"/{SLUG}/manage/institutes/{PLACE}/grid",
    "before publishing": f"/{SLUG}/manage/institutes/{PLACE}/publish-programme",
}
UNLIMITED = frozenset({"calendar (.ics)"})


def programme_file(sessions: int, *, moved: int = 0) -> bytes:
    """Return a programme file of so many sessions; the first ``moved`` begin five minutes later."""
    return json.dumps(
        {
            "title": TITLE,
            "slug": PLACE,
            "timezone": "America/Chicago",
            "venue": "Grand Hotel",
            "days": [{"date": f"2027-06-{21 + n}", "label": f"Day {n + 1}"} for n in range(DAYS)],
            "states_admitted": {"home": ["IL"]},
            "roles": [
                {"code": code, "label": label, "side": side.value, "strength": "expected"}
                for code, label, side in ROLES
            ],
            "deadlines": [{"code": "register_by", "at": "2027-06-01"}],
            "rooms": [{"name": f"Room {n}", "capacity": 20 + n} for n in range(ROOMS)],
            "presenters": [
                {"name": f"Presenter {n}", "affiliation": f"District {n}"} for n in range(PRESENTERS)
            ],
            "sessions": [_session(n, later=n < moved) for n in range(sessions)],
        }
    ).encode()  # fmt: skip


def _session(n: int, *, later: bool) -> dict[str, Any]:
    slot, room = divmod(n, ROOMS)
    day, hour = slot % DAYS, 8 + slot // DAYS
    minute = 5 if later else 0
    chosen = {"choice_group": f"round {slot}", "capacity": 30} if n % 4 else {}
    return {
        "id": f"s{n}",
        "title": f"Session {n}: what districts learn from each other",
        "kind": KINDS[n % len(KINDS)],
        "start": f"2027-06-{21 + day}T{hour:02}:{minute:02}",
        "end": f"2027-06-{21 + day}T{hour:02}:50",
        "room": f"Room {room}",
        "track": f"Track {n % 8}",
        "presenters": [f"Presenter {n % PRESENTERS}"],
        "description": "District teams show what they tried, what came of it, and what they would "
        "do otherwise. Bring your own plan.",
        "audience_roles": ["*"] if n % 3 else ["superintendent"],
        **chosen,
    }


def load(content: bytes) -> tuple[float, float, float]:
    """Check, plan and load a file as the page does; return how long each took."""
    began = time.perf_counter()
    programme = parse(content).programme
    checked = time.perf_counter()
    with transaction():
        programmes.plan(programme)
    planned = time.perf_counter()
    db.session.remove()
    with transaction():
        programmes.load_programme(programme, by="bench")
    loaded = time.perf_counter()
    db.session.remove()
    return checked - began, planned - checked, loaded - planned


def opened(
    client: FlaskClient, path: str, *, times: int, headers: Mapping[str, str] | None = None
) -> tuple[float, float, int]:
    """Return the median milliseconds of a warm page, by clock and by processor, and its bytes."""
    took: list[float] = []
    busy: list[float] = []
    size = 0
    for n in range(times + 2):
        began, worked = time.perf_counter(), time.process_time()
        answer = client.get(path, headers=headers)
        if n > 1:
            took.append(1000 * (time.perf_counter() - began))
            busy.append(1000 * (time.process_time() - worked))
        size = len(answer.data)
        if answer.status_code != (304 if headers else 200):
            raise SystemExit(f"{path} answered {answer.status_code}")
    return statistics.median(took), statistics.median(busy), size


def pages(app: Flask, tenant_id: UUID, *, times: int) -> list[str]:
    """Open every page and print how long that took; return what took too long."""
    faults: list[str] = []
    visitor, editor = app.test_client(), app.test_client()
    with app.test_request_context(), as_tenant(tenant_id), transaction():
        token = auth.begin_session(people.identity_for(WHO))
    with editor.session_transaction() as session:
        auth.remember(session, token)
    began, worked = time.perf_counter(), time.process_time()
    has = {"If-None-Match": visitor.get(PAPER).headers["ETag"]}
    print(
        f"printed programme, the first time: {time.perf_counter() - began:.2f} s, of the processor "
        f"{time.process_time() - worked:.2f} s"
    )
    asked = [
        *((what, visitor, path, None) for what, path in PUBLIC.items()),
        ("printed programme, unchanged", visitor, PAPER, has),
        *((what, editor, path, None) for what, path in EDITING.items()),
    ]
    for what, client, path, headers in asked:
        took_ms, busy_ms, size = opened(client, path, times=times, headers=headers)
        print(
            f"{what}: {took_ms:.0f} ms in the median of {times}, "
            f"of the processor {busy_ms:.0f} ms, {size:,} bytes"
        )
        if what not in UNLIMITED and busy_ms >= MOST_MS:
            faults.append(f"{what} took {busy_ms:.0f} ms of the processor")
    return faults


def publish_everything() -> float:
    """Publish every session as if none had been public; return how many seconds it took."""
    db.session.execute(update(Session).values(published=False))
    db.session.commit()
    institute = db.session.scalars(select(Institute)).one()
    seen = schedule.pending(institute).seen
    db.session.rollback()
    began = time.perf_counter()
    with transaction():
        schedule.publish_programme(institute, seen=seen, accept=True, by="bench")
    return time.perf_counter() - began


def set_up() -> UUID:
    """Make the database and a consortium; return its id."""
    with db.engine.begin() as connection:
        migrate.upgrade(connection)
    expect_writes()
    with transaction():
        tenant = Tenant(
            slug=SLUG, name="Bench Partnership", states=["IL"], goals=[],
            reply_address="b@example.org", created_at=clock.now(),
        )  # fmt: skip
        db.session.add(tenant)
        db.session.flush()
        with as_tenant(tenant.id):
            person = people.person_for(people.identity_for(WHO), name="Casey")
            db.session.add(
                StaffMember(person_id=person.id, role=StaffRole.COORDINATOR, began_at=clock.now())
            )
            db.session.flush()
        return tenant.id


def let_people_come() -> None:
    """Give the institute 3,000 people, and let it be announced."""
    institute = db.session.scalars(select(Institute)).one()
    institute.status = Status.PUBLISHED
    for number in range(TEAMS):
        fill_team(institute, number)
    db.session.execute(update(Team).values(status=TeamStatus.REGISTERED))
    db.session.commit()


def measure(app: Flask, options: argparse.Namespace) -> list[str]:
    """Print what was measured; return what took too long."""
    faults: list[str] = []
    with app.test_request_context():
        tenant_id = set_up()
    plain = programme_file(options.sessions)
    files: dict[str, Callable[[], bytes]] = {
        "new": lambda: plain,
        "again, unchanged": lambda: plain,
        f"{MOVED} sessions moved": lambda: programme_file(options.sessions, moved=MOVED),
    }
    with app.test_request_context(), as_tenant(tenant_id):
        for what, file in files.items():
            expect_writes()
            took = load(file())
            check, planning, loading = took
            print(
                f"{what}: check {check:.2f} s, plan {planning:.2f} s, load {loading:.2f} s: "
                f"{sum(took):.2f} s"
            )
            if sum(took) >= MOST_SECONDS:
                faults.append(f"{what} took {sum(took):.1f} s")
        expect_writes()
        let_people_come()
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:
                connection.execute(text("ANALYZE"))
    faults += pages(app, tenant_id, times=options.times)
    with app.test_request_context(), as_tenant(tenant_id):
        expect_writes()
        seconds = publish_everything()
        print(f"publish every session: {seconds:.2f} s")
        if seconds >= MOST_TO_PUBLISH:
            faults.append(f"publishing took {seconds:.1f} s")
    return faults


def main() -> int:
    """Load, open, and judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--sessions", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=11)
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as name,
        database_url(options.database, Path(name), "programmes") as url,
    ):
        settings = Settings(
            database_url=url, secret_key=SECRET, base_url="http://127.0.0.1", demonstration=True,
            files_folder=Path(name) / "files",
        )  # fmt: skip
        app = build_app(settings)
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
        faults = measure(app, options)
        with app.app_context():
            db.engine.dispose()
    print("; ".join(faults) if faults else "in time")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
