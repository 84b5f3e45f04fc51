"""Licence numbers: only the person sees them, and who issues certificates, which is noted."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say
from events.credit.domain.licences import read_licence
from events.credit.domain.rules import CreditRefused, Licence
from events.credit.models import ONE_LICENCE, LicenceNumber


def give_licence(person: Person, licence: Licence, text: str, *, by: str) -> LicenceNumber:
    """Keep a person's number, as it is written right. Raises ``CreditRefused``.

    What the number is stands in no record of the act.
    """
    number = read_licence(text, licence)
    row = _find(person, licence.name)
    changed = row is not None
    if row is None:
        row = LicenceNumber(person_id=person.id, name=licence.name)
        db.session.add(row)
    row.number = number
    row.given_at = clock.now()
    with translating(ONE_LICENCE, into=CreditRefused(say("It was kept a moment ago."))):
        db.session.flush()
    audit.record(
        "give_licence",
        f"person:{person.id}",
        by=by,
        before={"given": changed},
        after={"name": licence.name},
    )
    return row


def take_back_licence(person: Person, name: str, *, by: str) -> None:
    """Forget a person's number; certificates that were issued keep it. Raises ``NotFound``."""
    row = _find(person, name)
    if row is None:
        raise NotFound(say("You have not given this number."))
    db.session.delete(row)
    db.session.flush()
    audit.record("take_back_licence", f"person:{person.id}", by=by, after={"name": name})


def record_look_at_licences(
    institute_id: UUID, person_id: UUID, names: Collection[str], *, by: str
) -> None:
    """Write down that one of the staff read someone's licence numbers; not what they are."""
    audit.record(
        "view_licence",
        f"person:{person_id}",
        by=by,
        after={"names": sorted(names), "institute": str(institute_id)},
    )


def _find(person: Person, name: str) -> LicenceNumber | None:
    return db.session.scalar(
        select(LicenceNumber).where(
            LicenceNumber.person_id == person.id, LicenceNumber.name == name
        )
    )
