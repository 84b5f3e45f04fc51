"""How long the coordinator's pages and files take, for an institute and for a very large one.

    .venv-dev/bin/python scripts/bench/roster.py [--database postgresql] [--teams 150 900]

Makes teams of six people in a database of its own, asks for each page through the application
(no network), and prints in milliseconds the median and the p95 on the clock, and the median of
the processor's time, which says more on a busy machine and is what the limit is for.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select, text

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consortium import clock
from consortium.access import StaffRole
from consortium.auth import service as auth
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Identity, Person
from consortium.ports import Email
from consortium.tenancy import as_tenant
from consortium.tenants.models import StaffMember, Tenant
from events.institutes.domain import AdmittedAs, Status, Strength
from events.institutes.models import PEOPLE, TEAMS, Institute, Pool, RoleRequirement
from events.questions.domain import AnswerKind, Scope
from events.questions.models import Answer, Question
from events.registration.models import Seat, SeatStatus, Team, TeamLead, TeamStatus
from tests.consortium.applications import application

COORDINATOR = "coordinator@example.org"
PER_TEAM = 6
QUESTIONS = 4  # each of which everyone must answer; one person of every other team did not
WANTED_MS = 300  # the roster page's limit
ROLES = (
    ("superintendent", "Superintendent", Side.MANAGEMENT),
    ("union_leader", "Association president", Side.LABOR),
    ("board_member", "Board member", Side.GOVERNANCE),
    ("principal", "Principal", Side.MANAGEMENT),
    ("teacher", "Teacher", Side.LABOR),
    ("parent", "Parent", Side.COMMUNITY),
)
STATES = ("NJ", "DE", "PA", "NY")
SURNAMES = ("Muñoz", "O'Brien", "Nguyễn", "Smith", "Okafor", "Åkesson", "Lee", "García")


class Nowhere:
    """A mailer for mails that nobody sends."""

    def send(self, email: Email) -> None:
        """Drop the mail."""


@contextmanager
def quiet_application(database: str) -> Iterator[Flask]:
    """Yield an application with an empty database of its own, whose mails go nowhere."""
    with (
        tempfile.TemporaryDirectory() as folder,
        application(
            database,
            Path(folder),
            mailer=Nowhere(),
            settings={"demonstration": True},
            WTF_CSRF_ENABLED=False,
        ) as app,
    ):
        yield app


def fill(teams: int, others: int = 0) -> None:
    """Store a consortium with an institute of so many teams, and ``others`` as large beside it."""
    now = clock.now()
    tenant = Tenant(slug="bench", name="Bench", reply_address="hello@example.org", created_at=now)
    db.session.add(tenant)
    db.session.flush()
    with as_tenant(tenant.id):
        staff = people.person_for(people.identity_for(COORDINATOR), name="Casey")
        db.session.add(StaffMember(person_id=staff.id, role=StaffRole.COORDINATOR, began_at=now))
        for number in range(1 + others):
            slug = f"earlier-{number}" if number else "large"
            _fill_institute(slug, range(number * teams, (number + 1) * teams))
    if db.engine.dialect.name == "postgresql":
        # What autovacuum does within a minute; without it plans are made for empty tables.
        db.session.execute(text("ANALYZE"))
        db.session.commit()


def _fill_institute(slug: str, numbers: range) -> None:
    institute = Institute(
        slug=slug,
        title="A Large Institute",
        status=Status.PUBLISHED,
        time_zone="America/New_York",
        home_states=list(STATES),
        created_at=clock.now(),
    )
    institute.roles = [
        RoleRequirement(
            code=code,
            label=label,
            side=side,
            strength=Strength.EXPECTED,
            min=1,
            max=6,
            position=position,
        )
        for position, (code, label, side) in enumerate(ROLES)
    ]
    institute.pools = [
        Pool(code=PEOPLE, capacity=len(numbers) * 10, taken=len(numbers) * PER_TEAM),
        Pool(code=TEAMS, capacity=len(numbers) * 2, taken=len(numbers)),
    ]
    db.session.add(institute)
    db.session.flush()
    db.session.add_all(
        Question(
            institute_id=institute.id,
            code=f"question_{number}",
            label=f"Question {number}?",
            scope=Scope.PERSON,
            kind=AnswerKind.TEXT,
            required=True,
            position=number,
        )
        for number in range(QUESTIONS)
    )
    db.session.flush()
    asked = db.session.scalars(select(Question).where(Question.institute_id == institute.id)).all()
    for number in numbers:
        fill_team(institute, number, asked)
    db.session.commit()


def fill_team(institute: Institute, number: int, asked: Sequence[Question] = ()) -> None:
    """Store a team of six people, who answered what was asked."""
    now = clock.now()
    state = STATES[number % len(STATES)]
    lea = Lea(
        id=f"34{number:05}",
        name=f"District {number} of {state}",
        search_text=f"district {number}",
        state=state,
    )
    lacking = number % 2
    team = Team(
        institute_id=institute.id,
        lea_id=lea.id,
        name=lea.name,
        state=state,
        admitted_as=AdmittedAs.HOME,
        status=TeamStatus.REGISTERED if number % 10 else TeamStatus.DRAFT,
        created_at=now,
        registered_at=now + timedelta(minutes=number),
        complete=not lacking,
        missing=["board_member"] if lacking else [],
    )
    named = list(islice(cycle(SURNAMES), number, number + PER_TEAM))
    persons = [
        Person(
            identity=Identity(email=f"p{number}.{seat}@example.org", created_at=now),
            name=f"Person {number} {surname}",
            phone=f"+1609555{seat:04}",
            created_at=now,
        )
        for seat, surname in enumerate(named)
    ]
    db.session.add_all([lea, *persons])
    db.session.flush()
    for seat, person in enumerate(persons):
        role = ROLES[seat][0] if not lacking or ROLES[seat][0] != "board_member" else "teacher"
        status = SeatStatus.INVITED if seat == PER_TEAM - 1 else SeatStatus.CONFIRMED
        team.seats.append(
            Seat(
                institute_id=institute.id,
                person_id=person.id,
                name=person.name,
                role_code=role,
                status=status,
                position=seat,
            )
        )
    team.leads.append(TeamLead(person_id=persons[0].id, side=Side.MANAGEMENT, since=now))
    db.session.add(team)
    db.session.flush()
    db.session.add_all(
        Answer(
            question_id=question.id,
            of_id=seat.id,
            value=f"Answer {number}",
            answered_by=COORDINATOR,
            answered_at=now,
        )
        for seat in team.seats[lacking:]
        for question in asked
    )
    db.session.flush()


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What one request took, in milliseconds, and how many bytes it gave."""

    clock: float
    processor: float
    length: int


def asked(app: Flask, repeats: int) -> Iterator[tuple[str, list[Reply]]]:
    """Give the name and the answers of each page."""
    client = app.test_client()
    with app.app_context(), transaction():
        token = auth.begin_session(people.identity_for(COORDINATOR))
    with client.session_transaction() as session:
        auth.remember(session, token)
    home = "/bench/manage/institutes/large"

    def ask(path: str, method: Callable[..., Any] = client.get, **sent: object) -> Reply:
        began, began_work = time.perf_counter(), time.process_time()
        answer = method(f"{home}/{path}", **sent)
        worked, took = time.process_time() - began_work, time.perf_counter() - began
        if answer.status_code not in {200, 302}:
            raise SystemExit(f"{path}: {answer.status}")
        return Reply(clock=1000 * took, processor=1000 * worked, length=len(answer.data))

    for name, path in (
        ("board", "board"),
        ("board, one role missing", "board?role=board_member"),
        ("roster, first page", "roster"),
        ("roster, last page", "roster?page=999"),
        ("roster, role + side + state", "roster?role=teacher&side=labor&state=DE"),
        ("roster, incomplete teams", "roster?completeness=incomplete"),
        ("roster, text search", "roster?q=munoz"),
        ("roster, answers missing", "roster?answers=missing"),
        ("roster, team status", "roster?standing=draft"),
        ("counts", "counts"),
        ("reminders, preview", "reminders"),
        ("roster.csv", "roster.csv"),
        ("roster.xlsx", "roster.xlsx"),
    ):
        ask(path)  # the first request compiles templates and statements
        yield name, [ask(path) for _ in range(repeats)]
    kinds = ["confirm", "submit", "complete"]
    form = {"kinds": kinds, "action_key": "x" * 20}
    yield "remind (200 mails at most)", [ask("remind", client.post, data=form)]


def main() -> None:
    """Print a table for each size; leave with 1 when a roster page takes too long."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", default="sqlite", choices=["sqlite", "postgresql"])
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--teams", type=int, nargs="+", default=[150, 900])
    parser.add_argument("--others", type=int, default=0, help="as large institutes beside it")
    options = parser.parse_args()
    slow = []
    for teams in options.teams:
        print(f"{options.database}, {teams} teams x {PER_TEAM} = {teams * PER_TEAM:,} people")
        print(f"  {'what':<30}{'median':>9}{'p95':>9}{'processor':>11}{'KB':>7}")
        with quiet_application(options.database) as app:
            with app.app_context():
                fill(teams, options.others)
            for name, answers in asked(app, options.repeats):
                clock_times = sorted(answer.clock for answer in answers)
                median = statistics.median(clock_times)
                p95 = clock_times[int(0.95 * (len(clock_times) - 1))]
                work = statistics.median(answer.processor for answer in answers)
                size = answers[0].length / 1024
                print(f"  {name:<30}{median:>9.1f}{p95:>9.1f}{work:>11.1f}{size:>7.0f}")
                if name.startswith("roster, ") and work > WANTED_MS:
                    slow.append(f"{name}, {teams} teams: {work:.0f} ms")
    if slow:
        raise SystemExit(f"Over {WANTED_MS} ms: {'; '.join(slow)}")


if __name__ == "__main__":
    main()
