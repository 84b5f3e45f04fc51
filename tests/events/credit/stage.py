"""People at an institute, from when to when, as the tests of credit need them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import select

from consortium.database import db, transaction
from consortium.people import service as people
from consortium.people.models import Person
from events.checkin.domain import Direction
from events.checkin.service.correcting import Correction, write_down
from events.credit.models import Certificate
from events.credit.service import certificates, evaluations
from events.institutes.models import Institute
from tests.factories import make_lea, make_team

BY = "desk@example.org"
BO = "bo@example.org"
DAY = "2026-02-20"
"""On which the workshop was: it is over at the tests' noon."""
ILLINOIS = {
    "type": "ISBE professional development hours",
    "rule": "clock hours to the nearest quarter hour from arrival and departure; IEIN needed; "
    "evaluation before Evidence of Completion; keep 6 years",
    "roles": ["principal"],
}
ACADEMY = {"type": "NJSBA Board Member Academy credits", "amount": 4, "roles": ["board_member"]}
ANSWERS = {"useful": 5, "well-run": 4}
_numbers = count(60_000)


def seat(
    institute: Institute, email: str, *roles: str, lea: dict[str, Any] | None = None
) -> Person:
    """Give someone a seat in these roles, and return the person."""
    known = {"id": f"34{next(_numbers):05d}", "name": "Highland Park", **(lea or {})}
    team = make_team(institute, make_lea(**known), {email: roles[0]})
    team.seats[0].also_role_codes = list(roles[1:])
    db.session.commit()
    return person_of(email)


def person_of(email: str) -> Person:
    return people.person_for(people.identity_for(email))


def was_there(institute: Institute, person: Person, *times: str, on: str) -> None:
    """Write down arrivals and departures in turn, wall times at the institute: 08:07, 11:52."""
    with transaction():
        for n, text in enumerate(times):
            at = datetime.fromisoformat(f"{on}T{text}").replace(tzinfo=institute.zone)
            way = Direction.OUT if n % 2 else Direction.IN
            said = Correction(at=at, direction=way, reason="Sign-in sheet")
            write_down(institute, person.id, said, by=BY)


def give(institute: Institute, *kinds: dict[str, Any], **more: Any) -> None:
    """Let the institute give these kinds of credit."""
    credit: Any = {"types": list(kinds), **more} if more else list(kinds)
    institute.extras = {**(institute.extras or {}), "pd_credit": credit}
    db.session.commit()


def answered(institute: Institute, person: Person, **said: Any) -> None:
    with transaction():
        evaluations.answer(institute, person, {**ANSWERS, **said}, by=person.email)


def issued(institute: Institute, person: Person) -> Certificate:
    with transaction():
        return certificates.issue(institute, person.id, by=person.email)


def certificates_of(person: Person) -> Iterable[Certificate]:
    db.session.expire_all()
    rows = select(Certificate).where(Certificate.person_id == person.id)
    return db.session.scalars(rows.order_by(Certificate.number)).all()
