#!/usr/bin/env python3
"""The year report of a state with 500 teams and 6,000 people: seconds, and memory at the highest.

    scripts/bench/year_report.py [--database sqlite|postgresql] [--teams 500] [--check]

The year is one of three institutes: seats and scans, credit, plans with goals and what was measured
of them, standing bodies, offices, two waves of a survey, rounds of peers and lessons. Every table of
the report is printed with what it counted. Each run is a process of its own; the median of three
counts. ``--check`` fails above 5 s or 500 MB.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from flask import Flask

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

MOST_SECONDS, MOST_MEGABYTES = 5.0, 500
RUNS = 3


class Took(TypedDict):
    """What one run says of itself."""

    seconds: float
    processor: float
    files: float
    megabytes: int
    bytes: int
    figures: list[str]


def run() -> None:
    """Run the report once, in this process, on the database of the settings; print what it took."""
    from sqlalchemy import select

    from cohorts.reports.domain.scope import Period, ReportKind, Scope
    from cohorts.reports.domain.tables import Block, written
    from cohorts.reports.exports.files import Imprint, files_of
    from cohorts.reports.service.running import run_report
    from consortium import clock
    from consortium.database import db
    from consortium.tenancy import as_tenant
    from consortium.tenants.models import Tenant
    from scripts.bench.year_filling import TODAY

    def figures(block: Block) -> str:
        lines = [block.total] if block.total else block.lines
        shown = [
            (column.name, sum(one for line in lines if isinstance(one := line.cells[n], int)))
            for n, column in enumerate(block.columns)
        ]
        said = ", ".join(f"{name} {figure:,}" for name, figure in shown if figure)
        return f"{block.title}: {len(block.lines)} lines; {said}"

    clock.now = lambda: TODAY
    tenant = db.session.scalars(select(Tenant)).one()
    with as_tenant(tenant.id):
        began, worked = time.perf_counter(), time.process_time()
        period = Period(first=date(2025, 7, 1), last=date(2026, 6, 30))
        report = run_report(
            Scope(kind=ReportKind.YEAR, period=period, states=("NJ",)), tenant
        ).report
        seconds, processor = time.perf_counter() - began, time.process_time() - worked
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        began = time.perf_counter()
        files_of(report, Imprint(number="RP-2026-0001", at=TODAY, on=TODAY.date()))
        files = time.perf_counter() - began
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor": processor,
                "files": files,
                "megabytes": megabytes,
                "bytes": len(written(report)),
                "figures": [*map(figures, report.blocks), f"Stories: {len(report.stories)}"],
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
    from scripts.bench.year_filling import fill, stored
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
            rows = stored()
            db.session.remove()
            db.engine.dispose()
        found = [_once(str(url)) for _ in range(RUNS)]
    print(f"{asked.database}, stored: " + ", ".join(f"{n:,} {what}" for what, n in rows.items()))
    for line in found[0]["figures"]:
        print(f"  {line}")
    seconds = median(one["seconds"] for one in found)
    megabytes = max(one["megabytes"] for one in found)
    print(
        f"{asked.database}: {asked.teams} teams: {seconds:.2f} s, "
        f"processor {median(one['processor'] for one in found):.2f} s, {megabytes} MB; "
        f"its files another {median(one['files'] for one in found):.2f} s"
    )
    if asked.check and (seconds > MOST_SECONDS or megabytes > MOST_MEGABYTES):
        sys.exit(1)


def _app(url: str) -> "Flask":
    from consortium.server import build_app, look_for_garbage_seldom
    from consortium.settings import Settings

    app = build_app(
        Settings(
            database_url=url,
            secret_key="only-for-the-benchmark-" + "x" * 32,
            base_url="http://localhost",
        )
    )
    look_for_garbage_seldom()
    return app


def _once(url: str) -> Took:
    done = subprocess.run(
        [sys.executable, __file__, "--once", url], check=True, capture_output=True, text=True
    )
    found: Took = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
