"""Who people are in the current consortium."""

from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.people.domain import normalise_email
from consortium.people.models import ONE_IDENTITY, Identity, Person
from consortium.words import say


def identity_for(email: str) -> Identity:
    """Return the sign-in identity of an address, made when it is new. Flushes."""
    email = normalise_email(email)
    identity = db.session.scalar(select(Identity).where(Identity.email == email))
    if identity is None:
        identity = Identity(email=email, created_at=clock.now())
        db.session.add(identity)
        with translating(ONE_IDENTITY, into=Conflict(say("Please send the form again."))):
            db.session.flush()
    return identity


def person_for(identity: Identity, *, name: str = "") -> Person:
    """Return what the current consortium knows of this identity, made when it is new. Flushes.

    ``name`` is taken only when nothing better is known: nobody renames another person.
    """
    person = db.session.scalar(select(Person).where(Person.identity_id == identity.id))
    if person is None:
        person = Person(identity=identity, name=name, created_at=clock.now())
        db.session.add(person)
        db.session.flush()
    elif name and not person.name:
        person.name = name
    return person


def get_person(person_id: UUID) -> Person:
    """Return someone this consortium knows. Raises ``NotFound``."""
    person = db.session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound(say("This consortium knows no such person."))
    return person
