"""Who people are in the current consortium."""

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


def get_person(person_id: UUID) -> Person:
    """Return someone this consortium knows. Raises ``NotFound``."""
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound(say("This consortium knows no such person."))
    return person


class _StoredAlready(Exception):
    """Someone else stored the same row at this moment."""


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
