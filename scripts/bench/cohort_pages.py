"""How long the pages of a cohort take with 60 teams of eight people and a year of meetings.

    .venv-dev/bin/python scripts/bench/cohort_pages.py [--database postgresql] [--teams 60]

Fills a database of its own, asks for each page through the application (no network), and prints
in milliseconds the median on the clock, the median of the processor's time, and how often the
page asks the database. Wanted: under 200 ms.
"""

import argparse
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from flask import Flask
from sqlalchemy import select, text

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cohorts.learning import service as learning
from cohorts.learning.domain.series import Span
from cohorts.learning.models import House
from cohorts.learning.service import attending, planning
from cohorts.learning.service.planning import Facts
from consortium import clock
from consortium.auth import service as auth
from consortium.database import db, transaction
from consortium.people import service as people
from consortium.server import look_for_garbage_seldom
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from events.registration.models import Team
from scripts.bench.cohort_filling import fill_work
from scripts.bench.roster import COORDINATOR, quiet_application
from tests.factories import (
    make_institute,
    make_lea,
    make_person,
    make_session,
    make_team,
    make_tenant,
)
from tests.queries import counting_queries

WANTED_MS = 200
HELD, AHEAD, PER_TEAM, TIMES = 12, 6, 8, 15
ROLES = ("superintendent", "union_leader", "principal", "teacher")


def fill(teams: int) -> dict[str, str]:
    """Store a cohort in the middle of its year; return the pages to ask for, by name."""
    tenant = make_tenant("bench")
    with as_tenant(tenant.id):
        make_person(COORDINATOR, "Casey", staff="coordinator")
        cohort = make_institute("year", kind="cohort", title="The year")
        today = clock.now().astimezone(UTC).replace(hour=16, minute=0, second=0, microsecond=0)
        for n in range(-HELD, AHEAD):
            starts = (today + timedelta(days=14 * n + 7)).replace(tzinfo=None)
            _meeting(cohort, f"m{n + HELD}", starts)
        for number in range(teams):
            lea = make_lea(f"34{number:05d}", f"District {number}")
            roster = {
                f"p{number}.{n}@example.org": ROLES[min(n, len(ROLES) - 1)] for n in range(PER_TEAM)
            }
            team = make_team(cohort, lea, roster)
            with transaction():
                partnership = learning.partnership_of_team(team.id)
        gap = Span(name="spring break", first=today.date(), last=today.date() + timedelta(days=4))
        with transaction():
            planning.add_gap(cohort.id, gap, by="bench")
        _rolls(cohort)
        shown = fill_work(cohort, HELD)
        base, managed = "/bench/cohorts/year", "/bench/manage/institutes/year/year"
        return {
            "who came": base,
            "a meeting's roll": f"{base}/meetings/m{HELD - 1}",
            "a team's year": f"/bench/cohorts/teams/{team.id}",
            "a partnership": f"/bench/partnerships/{partnership.id if partnership else None}",
            "meetings": managed,
            "groups": f"{managed}/groups",
            "board": "/bench/manage/institutes/year",
            **shown,
        }


def _meeting(cohort: Institute, code: str, starts: datetime) -> None:
    ends = starts + timedelta(hours=2)
    make_session(cohort, code, starts.isoformat(), ends.isoformat(), meeting=True, homework="Read")
    with transaction():
        facts = Facts(house=House.LABOR, house_name="Union hall")
        planning.put_facts(cohort.id, code, facts, version=0, by="bench")


def _rolls(cohort: Institute) -> None:
    teams = db.session.scalars(select(Team).where(Team.institute_id == cohort.id)).unique().all()
    everyone = [seat.person_id for team in teams for seat in team.seats]
    for n in range(HELD):
        present = [one for m, one in enumerate(everyone) if (m + n) % 9]
        with transaction():
            attending.take_roll(cohort.id, f"m{n}", present=present, among=everyone, by="bench")
            for team in teams[n % 3 :: 3]:
                attending.hand_homework_in(team.id, f"m{n}", note="Done", link="", by="bench")


def measure(app: Flask, pages: dict[str, str]) -> bool:
    """Ask for each page several times; tell whether all were fast enough."""
    client = app.test_client()
    with app.app_context(), client.session_transaction() as kept, transaction():
        auth.remember(kept, auth.begin_session(people.identity_for(COORDINATOR)))
    look_for_garbage_seldom()
    fast = True
    for name, path in pages.items():
        answer = client.get(path)
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"{path}: {answer.status}")
        with app.app_context(), counting_queries() as asked:
            client.get(path)
        wall, cpu = [], []
        for _ in range(TIMES):
            begun, worked = time.perf_counter(), time.process_time()
            client.get(path)
            wall.append(1000 * (time.perf_counter() - begun))
            cpu.append(1000 * (time.process_time() - worked))
        median = statistics.median(wall)
        fast &= median < WANTED_MS
        print(
            f"{name:20} {median:6.0f} ms, processor {statistics.median(cpu):6.0f} ms, "
            f"{len(asked):3} statements, {len(answer.data) // 1024:4} kB"
            f"{'' if median < WANTED_MS else '  too slow'}",
            flush=True,
        )
    return fast


def main() -> int:
    """Fill, measure, and say by the exit code whether every page was fast enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--teams", type=int, default=60)
    said = parser.parse_args()
    with quiet_application(said.database) as app:
        with app.test_request_context():
            pages = fill(said.teams)
            if db.engine.dialect.name == "postgresql":
                db.session.execute(text("ANALYZE"))
                db.session.commit()
        print(f"{said.teams} teams of {PER_TEAM}, {HELD + AHEAD} meetings, {said.database}")
        return 0 if measure(app, pages) else 1


if __name__ == "__main__":
    sys.exit(main())
