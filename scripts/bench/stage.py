"""The stage of the site benchmark: one institute, 150 teams of six, 60 sessions, and cookies."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar

from flask import Flask
from sqlalchemy import text

from consortium import clock, migrate
from consortium.access import StaffRole
from consortium.adapters.demo_mailer import DemoMailer
from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.adapters.stripe_gateway import StripeGateway
from consortium.adapters.typst_printer import TypstPrinter
from consortium.app import create_app
from consortium.auth import service as auth
from consortium.database import db, expect_writes, transaction
from consortium.directory.models import Lea
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.ports import Ports
from consortium.settings import NOBODY, Settings
from consortium.tenancy import as_tenant
from consortium.tenants.models import StaffMember, Tenant
from events.institutes.domain import AdmittedAs, Status, Strength
from events.institutes.models import PEOPLE, TEAMS, Day, Deadline, Institute, Pool, RoleRequirement
from events.registration.models import Seat, SeatStatus, Team, TeamLead, TeamStatus
from events.schedule.models import Session
from tests.storage import MemoryStorage

SLUG, INSTITUTE = "bench", "institute"
COORDINATOR = "coordinator@bench.example.org"
SETTLED_TEAMS, SIX, SESSIONS, DAYS = 150, 6, 60, 3
ROLES = (
    ("superintendent", Side.MANAGEMENT), ("union_leader", Side.LABOR),
    ("board_member", Side.GOVERNANCE), ("principal", Side.MANAGEMENT),
    ("teacher", Side.LABOR), ("esp", Side.LABOR),
)  # fmt: skip


@dataclass(frozen=True)
class Cookies:
    """Signed cookies of browsers that are signed in."""

    by_address: dict[str, str]

    def of(self, address: str) -> str:
        """Return the cookie header of this address's browser."""
        return self.by_address[address]


@dataclass(frozen=True)
class Stage:
    """What the visitors need to know."""

    secret: ClassVar[str] = "only-for-the-benchmark-" + "x" * 32
    slug: str
    port: int
    cookies: Cookies
    leads: list[str]
    fresh_leas: list[str]


def set_stage(url: str, *, port: int, fresh_teams: int) -> Stage:
    """Fill an empty database, and sign in a coordinator and the leads of teams to come."""
    settings = Settings(
        database_url=url,
        secret_key=Stage.secret,
        base_url=f"http://127.0.0.1:{port}",
        demonstration=True,
    )
    app = create_app(
        settings,
        Ports(
            mailer=DemoMailer(),
            calendar=IcalendarWriter(),
            storage=MemoryStorage(),
            printer=TypstPrinter(),
            cards=StripeGateway(NOBODY),
        ),
    )
    with app.test_request_context(base_url=settings.base_url):
        with db.engine.begin() as connection:
            migrate.upgrade(connection)
        expect_writes()
        with transaction():
            tenant = Tenant(
                slug=SLUG, name="Bench Partnership", states=["NJ"], reply_address="b@example.org",
                goals=["Literacy"], created_at=clock.now(),
            )  # fmt: skip
            db.session.add(tenant)
            db.session.flush()
            with as_tenant(tenant.id):
                leas = _leas(SETTLED_TEAMS + fresh_teams)
                institute = _institute()
                _sessions(institute)
                for number, lea in enumerate(leas[:SETTLED_TEAMS]):
                    _team(institute, lea, number)
                db.session.flush()
                fresh_leas = [lea.id for lea in leas[SETTLED_TEAMS:]]
                cookies = {COORDINATOR: _cookie(app, COORDINATOR, staff=True)}
                leads = [f"lead{n}@bench.example.org" for n in range(8)]
                cookies |= {address: _cookie(app, address) for address in leads}
        if db.engine.dialect.name == "postgresql":
            with db.engine.begin() as connection:  # autovacuum would do it within a minute
                connection.execute(text("ANALYZE"))
        db.session.remove()
        db.engine.dispose()
    return Stage(
        slug=SLUG, port=port, cookies=Cookies(cookies), leads=leads,
        fresh_leas=fresh_leas,
    )  # fmt: skip


def _leas(n: int) -> list[Lea]:
    leas = [
        Lea(
            id=f"34{number:05d}", name=f"District {number}", search_text=f"district {number}",
            state="NJ", time_zone="America/New_York", locale="21", enrollment=1000 + number,
        )
        for number in range(n)
    ]  # fmt: skip
    db.session.add_all(leas)
    db.session.flush()
    return leas


def _institute() -> Institute:
    first = date.fromordinal(clock.now().toordinal() + 60)
    institute = Institute(
        slug=INSTITUTE, title="Bench Institute", status=Status.PUBLISHED, time_zone="America/New_York",
        venue="Bench Hall", gate="ideal", min_people=1, max_people=12, home_states=["NJ"],
        unit_types=["district"], waitlist="form", created_at=clock.now(), published_at=clock.now(),
        roles=[
            RoleRequirement(code=code, label=code.replace("_", " ").title(), side=side, min=1, max=2,
                            strength=Strength.EXPECTED, position=n)
            for n, (code, side) in enumerate(ROLES)
        ],
        pools=[
            Pool(code=PEOPLE, capacity=100_000, taken=SETTLED_TEAMS * SIX),
            Pool(code=TEAMS, capacity=20_000, taken=SETTLED_TEAMS),
        ],
        deadlines=[Deadline(code="register_by", what="Registration closes", on=first - timedelta(days=20), at=time(17), position=0)],
        days=[Day(on=first + timedelta(days=n), label=f"Day {n + 1}") for n in range(DAYS)],
    )  # fmt: skip
    db.session.add(institute)
    db.session.flush()
    return institute


def _sessions(institute: Institute) -> None:
    for number in range(SESSIONS):
        day = institute.days[number % DAYS].on
        starts = datetime.combine(day, time(8 + number // DAYS % 10))
        ends = starts + timedelta(minutes=50)
        db.session.add(
            Session(
                institute_id=institute.id, code=f"s{number}", uid=f"s{number}@bench", kind="breakout",
                title=f"Session {number}", time_zone=institute.time_zone, starts=starts, ends=ends,
                starts_at=starts.replace(tzinfo=institute.zone), ends_at=ends.replace(tzinfo=institute.zone),
                room=f"Room {number % 8}", changed_at=clock.now(), position=number,
            )
        )  # fmt: skip


def _team(institute: Institute, lea: Lea, number: int) -> None:
    team = Team(
        institute_id=institute.id, lea_id=lea.id, name=lea.name, state=lea.state,
        admitted_as=AdmittedAs.HOME, status=TeamStatus.REGISTERED, created_at=clock.now(),
        registered_at=clock.now(), seats_held=SIX, complete=True,
    )  # fmt: skip
    db.session.add(team)
    db.session.flush()
    for position, (code, side) in enumerate(ROLES):
        address = f"member{number}.{position}@bench.example.org"
        person = people.person_for(people.identity_for(address), name=f"Member {number}.{position}")
        team.seats.append(
            Seat(institute_id=institute.id, person_id=person.id, name=person.name, role_code=code,
                 status=SeatStatus.CONFIRMED if position else SeatStatus.INVITED, position=position)
        )  # fmt: skip
        if position == 0:
            team.leads.append(TeamLead(person_id=person.id, side=side, since=clock.now()))


def _cookie(app: Flask, address: str, *, staff: bool = False) -> str:
    identity = people.identity_for(address)
    person = people.person_for(identity, name=address.split("@", maxsplit=1)[0].title())
    if staff:
        db.session.add(
            StaffMember(person_id=person.id, role=StaffRole.COORDINATOR, began_at=clock.now())
        )
    kept: dict[str, str] = {}
    auth.remember(kept, auth.begin_session(identity))
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"session={signer.dumps(kept)}"
