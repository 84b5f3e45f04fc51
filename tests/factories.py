"""Rows that tests stand on, made the way the application would."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from consortium import clock
from consortium.access import StaffRole
from consortium.auth.models import Passkey
from consortium.database import db
from consortium.directory.models import Lea
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.tenants.models import StaffMember, Tenant
from events.institutes.domain import AdmittedAs, Status, Strength
from events.institutes.models import PEOPLE, TEAMS, Day, Deadline, Institute, Pool, RoleRequirement
from events.registration.models import Seat, SeatStatus, Team, TeamLead, TeamStatus
from events.schedule.domain import SessionSpec
from events.schedule.models import Session
from events.schedule.service.places import Names

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def soon(days: int = 7) -> datetime:
    """Return the moment so many days after the tests' noon."""
    return NOON + timedelta(days=days)


def make_tenant(slug: str = "lakeshore", **values: Any) -> Tenant:
    """Store a consortium."""
    tenant = Tenant(
        **{
            "slug": slug,
            "name": f"{slug.title()} Partnership",
            "states": ["NJ"],
            "time_zone": "America/New_York",
            "reply_address": f"hello@{slug}.example.org",
            "goals": ["Literacy", "Attendance", "Mentoring", "Staff retention"],
            "created_at": clock.now(),
            **values,
        }
    )
    db.session.add(tenant)
    db.session.commit()
    return tenant


def make_person(email: str, name: str = "", *, staff: str | None = None) -> Person:
    """Store a person of the current consortium, perhaps with a staff role."""
    person = people.person_for(people.identity_for(email), name=name)
    if staff:
        db.session.add(
            StaffMember(person_id=person.id, role=StaffRole(staff), began_at=clock.now())
        )
    db.session.commit()
    return person


def make_lea(id: str, name: str, state: str = "NJ", **values: Any) -> Lea:  # noqa: A002
    """Store an LEA."""
    lea = Lea(
        **{
            "id": id,
            "name": name,
            "search_text": name.lower(),
            "state": state,
            "city": "Somewhere",
            "time_zone": "America/New_York",
            "locale": "21",
            "enrollment": 2000,
            **values,
        }
    )
    db.session.add(lea)
    db.session.commit()
    return lea


def make_institute(slug: str = "summer", **values: Any) -> Institute:
    """Store a published institute with four usual roles and plenty of places."""
    roles = values.pop("roles", USUAL_ROLES)
    pools = values.pop("pools", {PEOPLE: 60, TEAMS: 10})
    deadlines = values.pop("deadlines", [("register_by", soon(30).date(), time(17, 0))])
    days = values.pop("days", [soon(60).date(), soon(61).date()])
    institute = Institute(
        **{
            "slug": slug,
            "title": f"{slug.title()} Institute",
            "kind": "institute",
            "status": Status.PUBLISHED,
            "time_zone": "America/New_York",
            "venue": "Rutgers University, New Brunswick",
            "gate": "ideal",
            "min_people": 1,
            "max_people": 12,
            "home_states": ["NJ"],
            "guest_states": ["DE"],
            "unit_types": ["district"],
            "waitlist": "form",
            "created_at": clock.now(),
            "published_at": clock.now(),
            **values,
        }
    )
    institute.roles = [
        RoleRequirement(position=n, **{"strength": Strength.EXPECTED, "min": 1, "max": 1, **role})
        for n, role in enumerate(roles)
    ]
    institute.pools = [Pool(code=code, capacity=places) for code, places in pools.items()]
    institute.deadlines = [
        Deadline(code=code, what=code, on=on, at=at, position=n)
        for n, (code, on, at) in enumerate(deadlines)
    ]
    institute.days = [Day(on=on, label=f"Day {n + 1}") for n, on in enumerate(days)]
    db.session.add(institute)
    db.session.commit()
    return institute


USUAL_ROLES: tuple[dict[str, Any], ...] = (
    {"code": "superintendent", "label": "Superintendent", "side": Side.MANAGEMENT},
    {"code": "union_leader", "label": "Association president", "side": Side.LABOR, "max": 2},
    {"code": "board_member", "label": "Board member", "side": Side.GOVERNANCE, "max": 2},
    {
        "code": "principal",
        "label": "Principal",
        "side": Side.MANAGEMENT,
        "min": 0,
        "max": 6,
        "strength": Strength.OPTIONAL,
    },
)


def make_team(
    institute: Institute, lea: Lea, members: dict[str, str] | None = None, **values: Any
) -> Team:
    """Store a registered team; ``members`` maps e-mail addresses to role codes."""
    members = members if members is not None else {f"lead@{lea.id}.example.org": "superintendent"}
    team = Team(
        **{
            "institute_id": institute.id,
            "lea_id": lea.id,
            "name": lea.name,
            "state": lea.state,
            "admitted_as": AdmittedAs.HOME,
            "status": TeamStatus.REGISTERED,
            "created_at": clock.now(),
            "registered_at": clock.now(),
            "seats_held": len(members),
            "complete": True,
            **values,
        }
    )
    db.session.add(team)
    db.session.flush()
    for n, (email, role) in enumerate(members.items()):
        person = people.person_for(people.identity_for(email), name=email.split("@")[0].title())
        team.seats.append(
            Seat(
                institute_id=institute.id,
                person_id=person.id,
                name=person.name,
                role_code=role,
                status=SeatStatus.CONFIRMED,
                position=n,
            )
        )
        if n == 0:
            team.leads.append(
                TeamLead(person_id=person.id, side=Side.MANAGEMENT, since=clock.now())
            )
    db.session.commit()
    return team


def make_session(institute: Institute, code: str, starts: str, ends: str, **values: Any) -> Session:
    """Store a session; ``starts`` and ``ends`` are wall times like ``2026-05-01T09:00``."""
    first, last = datetime.fromisoformat(starts), datetime.fromisoformat(ends)
    zone = ZoneInfo(values.get("time_zone", institute.time_zone))
    session = Session(
        **{
            "institute_id": institute.id,
            "code": code,
            "uid": f"{institute.id}-{code}@consortium.test",
            "kind": "plenary",
            "title": code.title(),
            "time_zone": institute.time_zone,
            "starts": first,
            "ends": last,
            "starts_at": first.replace(tzinfo=zone),
            "ends_at": last.replace(tzinfo=zone),
            "changed_at": clock.now(),
            "position": 0,
            **values,
        }
    )
    _settle_names(institute, session)
    db.session.add(session)
    db.session.commit()
    return session


def _settle_names(institute: Institute, session: Session) -> None:
    """Let what the session names be rows."""
    named = SessionSpec(
        code=session.code,
        title=session.title,
        kind=session.kind,
        time_zone=session.time_zone,
        room=session.room or "",
        venue=session.venue or "",
        presenters=tuple(session.presenters or ()),
        facilitators=tuple(session.facilitators or ()),
    )
    settled = Names(institute).settle(named)
    session.room, session.venue = settled.room or None, settled.venue or None


def make_passkey(email: str, name: str = "My phone", **values: Any) -> Passkey:
    """Store a passkey that no device holds."""
    passkey = Passkey(
        **{
            "identity_id": people.identity_for(email).id,
            "credential_id": uuid4().hex,
            "public_key": b"",
            "sign_count": 0,
            "name": name,
            "created_at": clock.now(),
            **values,
        }
    )
    db.session.add(passkey)
    db.session.commit()
    return passkey
