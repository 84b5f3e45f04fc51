"""How long ``consortium verify`` looks, for a very large installation.

    .venv-dev/bin/python scripts/bench/verify.py [--database postgresql] [--people 100000]

Makes teams of eight in a database of its own, in ten institutes, everyone with two peers, and
prints the seconds of each check. Sixty seconds for 100,000 people are the limit, and a sound
database has no violation.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask
from sqlalchemy import insert, select, update

from cohorts.matching.models import Disclosure, MatchRun, PeerMatch
from consortium import clock
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.ids import new_id
from consortium.people.domain import Side
from consortium.people.models import Identity, Person
from consortium.tenancy import as_tenant
from consortium.verify import service
from events.institutes.domain import AdmittedAs
from events.institutes.models import PEOPLE, TEAMS, Institute, Pool
from events.registration.models import Badge, Seat, SeatStatus, Team, TeamLead, TeamStatus
from events.registration.service import judge_again
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_institute, make_tenant

PER_TEAM = 8
INSTITUTES = 10
WANTED_SECONDS = 60
ROLES = ("superintendent", "union_leader", "board_member", *["principal"] * (PER_TEAM - 3))


def main() -> None:
    """Run with what the command line says; exit with 1 when it takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgresql, or a URL")
    parser.add_argument("--people", type=int, default=100_000)
    said = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        application(said.database, Path(folder), mailer=FakeMailer()) as app,
        app.app_context(),
    ):
        people = sum(fill(said.people // PER_TEAM))
        sys.exit(measure(app, said.database, people))


def fill(teams: int) -> Iterator[int]:
    """Store so many teams; yield how many people each institute has."""
    tenant_id = make_tenant().id
    each = teams // INSTITUTES
    with as_tenant(tenant_id), transaction():
        leas = [
            {"id": f"{n:07}", "name": f"Town {n}", "search_text": f"town {n}", "state": "NJ"}
            for n in range(each)
        ]
        db.session.execute(insert(Lea), leas)
    for number in range(INSTITUTES):
        with as_tenant(tenant_id):
            institute = make_institute(
                f"institute-{number}", pools={PEOPLE: each * PER_TEAM, TEAMS: each}
            )
            with transaction():
                yield _teams(institute, each)
                _meet(institute)
                judge_again(institute_id=institute.id)
        db.session.remove()


def _teams(institute: Institute, teams: int) -> int:
    now, rows = (
        clock.now(),
        {model: [] for model in (Identity, Person, Team, TeamLead, Seat, Badge)},
    )
    for n in range(teams):
        team_id = new_id()
        rows[Team].append(
            {
                "id": team_id,
                "institute_id": institute.id,
                "lea_id": f"{n:07}",
                "name": f"Town {n}",
                "state": "NJ",
                "admitted_as": AdmittedAs.HOME,
                "status": TeamStatus.REGISTERED,
                "created_at": now,
                "registered_at": now,
                "seats_held": PER_TEAM,
                "places_held": {PEOPLE: PER_TEAM, TEAMS: 1},
            }
        )
        for place, role in enumerate(ROLES):
            identity_id, person_id = new_id(), new_id()
            email = f"p{place}.t{n}@{institute.slug}.example.org"
            rows[Identity].append({"id": identity_id, "email": email, "created_at": now})
            rows[Person].append(
                {"id": person_id, "identity_id": identity_id, "name": email, "created_at": now}
            )
            rows[Seat].append(
                {
                    "id": new_id(),
                    "team_id": team_id,
                    "institute_id": institute.id,
                    "person_id": person_id,
                    "name": email,
                    "role_code": role,
                    "status": SeatStatus.CONFIRMED,
                    "position": place,
                }
            )
            rows[Badge].append(
                {
                    "id": new_id(),
                    "institute_id": institute.id,
                    "person_id": person_id,
                    "code": person_id.hex,
                    "made_at": now,
                }
            )
            if place == 0:
                rows[TeamLead].append(
                    {
                        "id": new_id(),
                        "team_id": team_id,
                        "person_id": person_id,
                        "side": Side.MANAGEMENT,
                        "since": now,
                    }
                )
    for model, values in rows.items():
        db.session.execute(insert(model), values)
    db.session.execute(
        update(Pool).where(Pool.institute_id == institute.id).values(taken=Pool.capacity)
    )
    return len(rows[Seat])


def _meet(institute: Institute) -> None:
    """Let everyone have two peers, in the teams before and after, who have seen the contact."""
    now = clock.now()
    run = MatchRun(
        institute_id=institute.id, ran_at=now, ran_by="bench", published_at=now, each=2, people=0
    )
    db.session.add(run)
    db.session.flush()
    found = select(Seat.person_id).where(Seat.institute_id == institute.id).order_by(Seat.id)
    people = db.session.scalars(found).all()
    pairs = [tuple(sorted(pair)) for pair in zip(people, people[PER_TEAM:], strict=False)]
    matches = [
        {"id": new_id(), "run_id": run.id, "first_id": first, "second_id": second, "score": 1}
        for first, second in pairs
    ]
    seen = [
        {
            "id": new_id(),
            "of_person_id": one,
            "to_person_id": other,
            "institute_id": institute.id,
            "fields": ["email"],
            "form": "page",
            "at": now,
        }
        for pair in pairs
        for one, other in (pair, pair[::-1])
    ]
    db.session.execute(insert(PeerMatch), matches)
    db.session.execute(insert(Disclosure), seen)


def measure(app: Flask, database: str, people: int) -> int:
    """Look, print what each check took, and return the exit code."""
    findings = service.verify(app.extensions["checks"])
    for each in findings:
        print(f"{each.seconds:7.1f} s  {each.code:<4} {len(each.violations)} violations")
        for violation in each.violations[:3]:
            print(f"           {violation}")
    took = sum(each.seconds for each in findings)
    violated = any(each.violations for each in findings)
    print(f"{database}: {people:,} people, {took:.1f} s (at most {WANTED_SECONDS} s)")
    return int(took > WANTED_SECONDS or violated)


if __name__ == "__main__":
    main()
