#!/usr/bin/env python3
"""The year report of a state with 500 teams and 6,000 people: seconds, and memory at the highest.

    scripts/bench/year_report.py [--database sqlite|postgresql] [--teams 500] [--check]

Each run is a process of its own; the median of three counts. ``--check`` fails above 5 s or 500 MB.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

ROLES = ("superintendent", "union_leader", "principal", "board_member", "parent")
PEOPLE_IN_TEAM = 12
MEETINGS = 4
MOST_SECONDS, MOST_MEGABYTES = 5.0, 500


def fill(teams: int) -> None:
    """Store two institutes of one state's teams, the people's attendance at meetings, and money."""
    from uuid import uuid4

    from sqlalchemy import insert

    from cohorts.learning.models import Partnership
    from consortium.database import db
    from consortium.people.domain import Side
    from consortium.people.models import Identity, Person
    from consortium.tenancy import as_tenant
    from events.checkin.domain import Direction, Way
    from events.checkin.models import Scan
    from events.registration.models import Seat, SeatStatus, Team
    from tests.factories import NOON, make_institute, make_lea, make_session, make_tenant

    tenant = make_tenant(states=["NJ"])
    with as_tenant(tenant.id):
        roles = [
            {
                "code": code,
                "label": code.title(),
                "side": Side.LABOR if code == "union_leader" else Side.MANAGEMENT,
            }
            for code in ROLES
        ]
        seats, scans, identities, persons, rows, partnerships = [], [], [], [], [], []
        for which, slug in enumerate(("summer", "cohort")):
            institute = make_institute(slug, roles=roles, kind="cohort" if which else "institute")
            sessions = [
                make_session(
                    institute, f"m{n}", f"2026-05-0{n + 1}T09:00", f"2026-05-0{n + 1}T12:00"
                ).id
                for n in range(MEETINGS)
            ]
            for number in range(teams):
                lea_id = f"34{number:05}"
                if not which:
                    make_lea(lea_id, f"District {number}")
                    partnerships.append(
                        {
                            "id": uuid4(),
                            "tenant_id": tenant.id,
                            "lea_id": lea_id,
                            "site": "",
                            "name": f"District {number}",
                            "state": "NJ",
                            "since": NOON,
                        }
                    )
                team_id = uuid4()
                rows.append(
                    {
                        "id": team_id,
                        "tenant_id": tenant.id,
                        "institute_id": institute.id,
                        "lea_id": lea_id,
                        "name": f"District {number}",
                        "state": "NJ",
                        "admitted_as": "home",
                        "status": "registered",
                        "created_at": NOON,
                        "registered_at": NOON,
                        "complete": number % 7 > 0,
                        "kind": "team",
                    }
                )
                for place in range(PEOPLE_IN_TEAM):
                    key = number * PEOPLE_IN_TEAM + place
                    if not which:
                        identity_id, person_id = uuid4(), uuid4()
                        identities.append(
                            {"id": identity_id, "email": f"p{key}@example.org", "created_at": NOON}
                        )
                        persons.append(
                            {
                                "id": person_id,
                                "tenant_id": tenant.id,
                                "identity_id": identity_id,
                                "name": f"Person {key}",
                                "phone": "",
                                "created_at": NOON,
                            }
                        )
                    else:
                        person_id = persons[key]["id"]
                    seats.append(
                        {
                            "id": uuid4(),
                            "tenant_id": tenant.id,
                            "team_id": team_id,
                            "institute_id": institute.id,
                            "person_id": person_id,
                            "name": f"Person {key}",
                            "role_code": ROLES[place % len(ROLES)],
                            "status": SeatStatus.CONFIRMED,
                            "position": place,
                            "new_member": place % 3 == 0,
                        }
                    )
                    for n, session_id in enumerate(sessions):
                        at = datetime(2026, 5, n + 1, 13, tzinfo=UTC)
                        for direction, hours in ((Direction.IN, 0), (Direction.OUT, 3)):
                            moment = at + timedelta(hours=hours)
                            scans.append(
                                {
                                    "id": uuid4(),
                                    "tenant_id": tenant.id,
                                    "institute_id": institute.id,
                                    "client_id": f"{key}-{n}-{hours}",
                                    "person_id": person_id,
                                    "session_id": session_id,
                                    "on": at.date(),
                                    "at": moment,
                                    "device_at": moment,
                                    "received_at": moment,
                                    "direction": direction,
                                    "way": Way.BADGE,
                                    "by": "bench",
                                }
                            )
        for model, values in (
            (Identity, identities),
            (Person, persons),
            (Team, rows),
            (Seat, seats),
            (Scan, scans),
            (Partnership, partnerships),
        ):
            for start in range(0, len(values), 5000):
                db.session.execute(insert(model), values[start : start + 5000])
        db.session.commit()


def run() -> None:
    """Run the report once, in this process, on the database of the settings; print what it took."""
    from sqlalchemy import select

    from cohorts.reports.domain.scope import Period, ReportKind, Scope
    from cohorts.reports.domain.tables import written
    from cohorts.reports.service.running import run_report
    from consortium.database import db
    from consortium.tenancy import as_tenant
    from consortium.tenants.models import Tenant

    tenant = db.session.scalars(select(Tenant)).one()
    with as_tenant(tenant.id):
        began = time.perf_counter()
        period = Period(first=date(2025, 7, 1), last=date(2026, 6, 30))
        report = run_report(
            Scope(kind=ReportKind.YEAR, period=period, states=("NJ",)), tenant
        ).report
        seconds = time.perf_counter() - began
    whole = report.block("states").total
    print(
        json.dumps(
            {
                "seconds": seconds,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
                "people": whole.cells[2],
                "teams": whole.cells[1],
                "bytes": len(written(report)),
            }
        )
    )


def main() -> None:
    """Fill a database, then run the report in three processes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--teams", type=int, default=500)
    parser.add_argument("--check", action="store_true", help="fail above 5 s or 500 MB")
    parser.add_argument("--once", metavar="URL", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        with _app(asked.once).app_context():
            run()
        return
    from consortium import migrate
    from consortium.database import db
    from tests.databases import database_url

    with (
        tempfile.TemporaryDirectory() as folder,
        database_url(asked.database, Path(folder), "year_report") as url,
    ):
        app = _app(str(url))
        with app.app_context():
            with db.engine.begin() as connection:
                migrate.upgrade(connection)
            fill(asked.teams)
            db.session.remove()
            db.engine.dispose()
        found = [_once(str(url)) for _ in range(3)]
    seconds, megabytes = (
        median(one["seconds"] for one in found),
        max(one["megabytes"] for one in found),
    )
    print(
        f"{asked.database}: {found[0]['teams']} teams over two institutes, {found[0]['people']:,} people: {seconds:.2f} s, {megabytes} MB"
    )
    if asked.check and (seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES):
        sys.exit(1)


def _app(url: str) -> "Flask":
    from consortium.server import build_app
    from consortium.settings import Settings

    return build_app(
        Settings(
            database_url=url,
            secret_key="only-for-the-benchmark-" + "x" * 32,
            base_url="http://localhost",
        )
    )


def _once(url: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, __file__, "--once", url], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
