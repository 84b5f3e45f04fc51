"""Who people are in the current consortium."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased

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
    known = _known_by([identity.id])
    found = db.session.execute(known).one_or_none()
    person = found and found.Person
    if person is None:
        person = Person(identity=identity, name=name, created_at=clock.now())
        if not _stored_first(person, ONE_PERSON):
            person = db.session.execute(known).one().Person
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
    addresses = {identity.id: email for email, identity in identities.items()}
    here = db.session.execute(_known_by(addresses)).all()
    people = {addresses[row.identity_id]: row.Person for row in here}
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
    """Return someone this consortium knows; who was merged into another is that other person.

    Raises ``NotFound``.
    """
    named = aliased(Person)
    known = select(Person).join(named, is_or_became(named)).where(named.id == person_id)
    person = db.session.scalar(known)
    if person is None:
        raise NotFound(say("This consortium knows no such person."))
    return person


def find_person_at(email: str) -> Person | None:
    """Return who has this address here, if anyone; who was merged is the person who was kept."""
    named = aliased(Person)
    statement = (
        select(Person)
        .join(named, is_or_became(named))
        .join(Identity, Identity.id == named.identity_id)
        .where(Identity.email == email)
    )
    return db.session.scalar(statement)


def is_or_became(named: type[Person]) -> ColumnElement[bool]:
    """Match the person whom a record means: its own, or the one it was merged into."""
    return and_(
        named.tenant_id == Person.tenant_id,
        Person.id == func.coalesce(named.merged_into_id, named.id),
    )


def _known_by(identity_ids: Iterable[UUID]) -> Select[UUID, Person]:
    """Find the people of these identities; who was merged into another is that other person.

    The rows are held against a merge, which waits, so that nobody writes down a person who is
    gone by then.
    """
    named = aliased(Person)
    return (
        select(named.identity_id, Person)
        .join(named, is_or_became(named))
        .where(named.identity_id.in_(tuple(identity_ids)))
        .with_for_update(read=True, key_share=True, of=[named, Person])
    )


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
