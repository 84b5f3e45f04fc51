"""Teams made the way leads make them: by the services."""

from typing import Any
from uuid import UUID

from sqlalchemy import inspect, select

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
    with transaction():
        return _started(institute, lea, by=by, name=name, **values)


def _started(
    institute: Institute, lea: Lea, *, by: str, name: str = "Lee Lead", **values: Any
) -> Team:
    said = Start(**{"lea_id": lea.id, "lead_name": name, "side": Side.MANAGEMENT, **values})
    return registration.start_team(institute, said, by=people.identity_for(by))


def draft(institute: Institute, lea: Lea, *members: str, by: str = LEAD, **values: Any) -> Team:
    """Return a draft; ``"ada superintendent"`` names a person and the roles."""
    with transaction():
        team = _started(institute, lea, by=by, **values)
        editor = lead_editor(by) if members else None
        for member in members:
            registration.add_member(team.id, named(member, lea.id), editor)
    return team


def name(team: Team, member: str, *, by: str = LEAD, **values: Any) -> Seat:
    with transaction():
        person = named(member, team.lea_id, **values)
        return registration.add_member(team.id, person, lead_editor(by))


def named(member: str, lea_id: str | None, **values: Any) -> NamedPerson:
    """Return who is meant by ``"ada superintendent"`` or ``"ada@x.org superintendent"``."""
    who, *roles = member.split()
    email = who if "@" in who else f"{who}@{lea_id}.example.org"
    return NamedPerson(
        name=who.split("@")[0].title(), email=email, role_codes=tuple(roles), **values
    )


def submit(team: Team, *, by: str = LEAD) -> Team:
    with transaction():
        return registration.submit_team(id_of(team), lead_editor(by))


def wait(team: Team, *, by: str = LEAD) -> Team:
    with transaction():
        return registration.join_waitlist(id_of(team), lead_editor(by))


def id_of(row: Team) -> UUID:
    """Return the id of a row without reading the row anew."""
    (known,) = inspect(row).identity
    return known


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
