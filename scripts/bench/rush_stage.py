"""The stage of the rush: drafts of as many LEAs, each with a lead who is signed in."""

import secrets
from dataclasses import dataclass
from datetime import date, time, timedelta

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select

from consortium import clock
from consortium.auth import service as auth
from consortium.auth.models import SignInSession
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Identity, Person
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.domain import AdmittedAs, Status, Strength
from events.institutes.models import PEOPLE, TEAMS, Day, Deadline, Institute, Pool, RoleRequirement
from events.registration.models import Seat, Team, TeamLead, TeamStatus

SLUG, INSTITUTE = "rush", "rush"
COUPLE = (("superintendent", Side.MANAGEMENT), ("union_leader", Side.LABOR))
AT_ONCE = 500  # teams stored in one go
CSRF_SALT = "wtf-csrf-token"  # Flask-WTF's own


@dataclass(frozen=True)
class Lead:
    """A browser in which someone is signed in and about to press “Submit the team”."""

    cookie: str
    path: str
    form: dict[str, str]


def set_rush(app: Flask, *, teams: int, places: int) -> list[Lead]:
    """Store the drafts of ``teams`` couples who want ``places`` team places; needs a request."""
    with transaction():
        tenant = Tenant(
            slug=SLUG, name="Rush Partnership", states=["NJ"], reply_address="r@example.org",
            goals=[], created_at=clock.now(),
        )  # fmt: skip
        db.session.add(tenant)
        db.session.flush()
        tenant_id = tenant.id
        with as_tenant(tenant_id):
            institute_id = _institute(teams, places).id
    leads: list[Lead] = []
    for begin in range(0, teams, AT_ONCE):
        with as_tenant(tenant_id), transaction():
            numbers = range(begin, min(begin + AT_ONCE, teams))
            leads += [_draft(app, institute_id, number) for number in numbers]
        db.session.expunge_all()
    return leads


def faults_of(teams: int, places: int, *, answered: int) -> list[str]:
    """Return what is wrong in the database after everybody was answered; nothing, if all is well.

    Sees every consortium's rows, so call it ``for_every_tenant``.
    """
    here = select(Institute.id).where(Institute.slug == INSTITUTE).scalar_subquery()
    rows = db.session.execute(
        select(
            Team.lea_id, Team.status, Team.waitlist_position, Team.seats_held, Team.places_held
        ).where(Team.institute_id == here)
    ).all()
    counted = select(Pool.code, Pool.taken).where(Pool.institute_id == here)
    taken = {row.code: row.taken for row in db.session.execute(counted)}
    registered = [row for row in rows if row.status is TeamStatus.REGISTERED]
    positions = sorted(row.waitlist_position for row in rows if row.status is TeamStatus.WAITLISTED)
    mails = db.session.scalar(
        select(func.count(Seat.id)).where(
            Seat.institute_id == here, Seat.invitation_digest.is_not(None)
        )
    )
    said = {
        "oversold": max(0, len(registered) - places),
        "lost": teams - len(registered) - len(positions),
        "unanswered": teams - answered,
        "duplicate": len(rows) - len({row.lea_id for row in rows}),
        "places unsold": max(0, min(places, teams) - len(registered)),
        "gaps in the waitlist": positions != list(range(1, len(positions) + 1)),
        "drift of the counters": taken.get(TEAMS) != len(registered)
        or taken.get(PEOPLE) != sum(row.seats_held for row in registered),
        "invitations not of the registered": mails != len(COUPLE) * len(registered),
    }
    return [f"{name}: {int(n)}" for name, n in said.items() if n]


def _institute(teams: int, places: int) -> Institute:
    first = date.fromordinal(clock.now().toordinal() + 60)
    institute = Institute(
        slug=INSTITUTE, title="Rush Institute", status=Status.PUBLISHED,
        time_zone="America/New_York", venue="Rush Hall", gate="ideal", min_people=1,
        max_people=12, home_states=["NJ"], unit_types=["district"], waitlist="form",
        created_at=clock.now(), published_at=clock.now(),
        roles=[
            RoleRequirement(code=code, label=code.replace("_", " ").title(), side=side, min=1,
                            max=2, strength=Strength.EXPECTED, position=n)
            for n, (code, side) in enumerate(COUPLE)
        ],
        pools=[
            Pool(code=PEOPLE, capacity=len(COUPLE) * teams), Pool(code=TEAMS, capacity=places)
        ],
        deadlines=[Deadline(code="register_by", what="Registration closes",
                            on=first - timedelta(days=20), at=time(17), position=0)],
        days=[Day(on=first, label="Day 1")],
    )  # fmt: skip
    db.session.add(institute)
    db.session.flush()
    return institute


def _draft(app: Flask, institute_id: object, number: int) -> Lead:
    now = clock.now()
    lea = Lea(
        id=f"98{number:05d}", name=f"District {number}", search_text=f"district {number}",
        state="NJ", time_zone="America/New_York", locale="21", enrollment=1000,
    )  # fmt: skip
    people = [
        Person(
            identity=Identity(email=f"{code}{number}@rush.example.org", created_at=now),
            name=f"{code.title()} {number}", created_at=now,
        )
        for code, _ in COUPLE
    ]  # fmt: skip
    db.session.add_all([lea, *people])
    db.session.flush()
    seats = [
        Seat(institute_id=institute_id, person_id=person.id, name=person.name, role_code=code,
             position=position)
        for position, (person, (code, _)) in enumerate(zip(people, COUPLE, strict=True))
    ]  # fmt: skip
    team = Team(
        institute_id=institute_id, lea_id=lea.id, name=lea.name, state=lea.state,
        admitted_as=AdmittedAs.HOME, created_at=now, complete=True, seats=seats,
        leads=[TeamLead(person_id=people[0].id, side=COUPLE[0][1], since=now)],
    )  # fmt: skip
    token = secrets.token_urlsafe(auth.SESSION_BYTES)
    signed_in = SignInSession(
        identity_id=people[0].identity_id, token_digest=auth.digest(token), began_at=now,
        expires_at=now + auth.SESSION_LASTS,
    )  # fmt: skip
    db.session.add_all([team, signed_in])
    db.session.flush()
    return _lead(app, f"/{SLUG}/teams/{team.id}/submit", token)


def _lead(app: Flask, path: str, token: str) -> Lead:
    """Return the browser as it is after the team's page was shown: its cookie, its form."""
    raw = secrets.token_hex(20)
    kept: dict[str, str] = {"csrf_token": raw}
    auth.remember(kept, token)
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    form = {
        "csrf_token": str(URLSafeTimedSerializer(str(app.secret_key), salt=CSRF_SALT).dumps(raw)),
        "action_key": secrets.token_urlsafe(16),
        "or_wait": "y",
    }
    return Lead(cookie=f"session={signer.dumps(kept)}", path=path, form=form)
