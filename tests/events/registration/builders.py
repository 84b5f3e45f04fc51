"""Teams made the way leads make them: by the services."""

from typing import Any

from sqlalchemy import select

from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.people.domain import Side
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Seat, Team
from events.registration.service import Editor, NamedPerson, Start

LEAD = "lead@example.org"


def lead_editor(email: str = LEAD) -> Editor:
    person = people.person_for(people.identity_for(email))
    return Editor(email=email, person_id=person.id)


def coordinating(email: str = "coordinator@example.org") -> Editor:
    return Editor(email=email, coordinates=True)


def start(
    institute: Institute, lea: Lea, *, by: str = LEAD, name: str = "Lee Lead", **values: Any
) -> Team:
    said = Start(**{"lea_id": lea.id, "lead_name": name, "side": Side.MANAGEMENT, **values})
    with transaction():
        return registration.start_team(institute, said, by=people.identity_for(by))


def draft(institute: Institute, lea: Lea, *members: str, by: str = LEAD, **values: Any) -> Team:
    """Return a draft; ``"ada superintendent"`` names a person and the roles."""
    team = start(institute, lea, by=by, **values)
    for member in members:
        name(team, member, by=by)
    return team


def name(team: Team, member: str, *, by: str = LEAD, **values: Any) -> Seat:
    who, *roles = member.split()
    email = who if "@" in who else f"{who}@{team.lea_id}.example.org"
    person = NamedPerson(
        name=who.split("@")[0].title(), email=email, role_codes=tuple(roles), **values
    )
    with transaction():
        return registration.add_member(team.id, person, lead_editor(by))


def submit(team: Team, *, by: str = LEAD) -> Team:
    with transaction():
        return registration.submit_team(team.id, lead_editor(by))


def wait(team: Team, *, by: str = LEAD) -> Team:
    with transaction():
        return registration.join_waitlist(team.id, lead_editor(by))


def taken(institute: Institute, code: str) -> int | None:
    """Return how many places of a pool are taken, as stored."""
    db.session.refresh(institute)
    pool = institute.pool(code)
    if pool is None:
        return None
    db.session.refresh(pool)
    return pool.taken


def seat_of(team: Team, who: str) -> Seat:
    seats = db.session.scalars(select(Seat).where(Seat.team_id == team.id)).all()
    return next(seat for seat in seats if seat.name == who)


def letters(to: str) -> list[OutboxEmail]:
    """Return the mails still promised to an address, oldest first."""
    statement = select(OutboxEmail).where(OutboxEmail.to == to, OutboxEmail.settled_at.is_(None))
    return list(db.session.scalars(statement.order_by(OutboxEmail.promised_at, OutboxEmail.id)))


def token_in(mail: OutboxEmail) -> str:
    return mail.text.split("/invitations/")[1].split()[0]
