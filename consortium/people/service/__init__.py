"""Who people are in the current consortium."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.people.domain import normalise_email
from consortium.people.models import ONE_IDENTITY, ONE_PERSON, Identity, Person
from consortium.words import say


def identity_for(email: str) -> Identity:
    """Return the sign-in identity of an address, made when it is new. Flushes."""
    email = normalise_email(email)
    known = select(Identity).where(Identity.email == email)
    identity = db.session.scalar(known)
    if identity is None:
        identity = Identity(email=email, created_at=clock.now())
        if not _stored_first(identity, ONE_IDENTITY):
            identity = db.session.scalars(known).one()
    return identity


def person_for(identity: Identity, *, name: str = "") -> Person:
    """Return what the current consortium knows of this identity, made when it is new. Flushes.

    ``name`` is taken only when nothing better is known: nobody renames another person.
    """
    known = select(Person).where(Person.identity_id == identity.id)
    person = db.session.scalar(known)
    if person is None:
        person = Person(identity=identity, name=name, created_at=clock.now())
        if not _stored_first(person, ONE_PERSON):
            person = db.session.scalars(known).one()
    elif name and not person.name:
        person.name = name
    return person


def people_for(names: Mapping[str, str]) -> Mapping[str, Person]:
    """Return the people of these e-mail addresses, made where new; ``names`` by address. Flushes.

    What ``identity_for`` and ``person_for`` do, in a few statements however many they are.
    """
    wanted = {normalise_email(email): name for email, name in names.items()}
    known = select(Identity).where(Identity.email.in_(wanted))
    identities = {identity.email: identity for identity in db.session.scalars(known)}
    here = select(Person).where(Person.identity_id.in_([one.id for one in identities.values()]))
    people = {person.identity.email: person for person in db.session.scalars(here)}
    for email, person in people.items():
        person.name = person.name or wanted[email]
    now = clock.now()
    # Everyone makes new rows in one order, so that two lists cannot block each other.
    missing = sorted(wanted.keys() - people.keys())
    new = {
        email: Person(
            identity=identities.get(email) or Identity(email=email, created_at=now),
            name=wanted[email],
            created_at=now,
        )
        for email in missing
    }
    if new and not _all_stored_first(new.values()):
        new = {email: person_for(identity_for(email), name=wanted[email]) for email in missing}
    return {**people, **new}


def get_person(person_id: UUID) -> Person:
    """Return someone this consortium knows. Raises ``NotFound``."""
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound(say("This consortium knows no such person."))
    return person


class _StoredAlready(Exception):
    """Someone else stored the same row at this moment."""


def _all_stored_first(people: Iterable[Person]) -> bool:
    """Store new people with their new identities, or tell that someone else stored one of them."""
    try:
        with (
            translating(ONE_IDENTITY, into=_StoredAlready()),
            translating(ONE_PERSON, into=_StoredAlready()),
            db.session.begin_nested(),
        ):
            db.session.add_all(people)
    except _StoredAlready:
        return False
    return True


def _stored_first(row: Identity | Person, constraint: str) -> bool:
    """Store a new row, or tell that someone else did at the same moment.

    The savepoint keeps the transaction usable, so that their row can be read.
    """
    try:
        with translating(constraint, into=_StoredAlready()), db.session.begin_nested():
            db.session.add(row)
    except _StoredAlready:
        return False
    return True
