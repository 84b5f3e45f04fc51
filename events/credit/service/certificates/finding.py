"""Certificates as their holders, staff, and anyone with the paper find them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from consortium.words import say
from events.credit.models import Certificate
from events.institutes.models import Institute
from events.invoices.emails import page

NONE_SUCH = say("There is no such certificate.")
LONGEST_TOKEN = 100


def certificates_of(person: Person) -> Sequence[Certificate]:
    """Return a person's certificates, those that stand no more among them, newest first."""
    statement = (
        select(Certificate)
        .where(Certificate.person_id == person.id)
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return db.session.scalars(statement).all()


def certificates_at(institute: Institute) -> Sequence[Certificate]:
    """Return all certificates of an institute, newest first."""
    statement = (
        select(Certificate)
        .where(Certificate.institute_id == institute.id)
        .order_by(Certificate.issued_at.desc(), Certificate.id.desc())
    )
    return db.session.scalars(statement).all()


def get_own(person: Person | None, certificate_id: UUID) -> Certificate:
    """Return a person's own certificate. Raises ``NotFound``."""
    found = (
        db.session.scalar(
            select(Certificate).where(
                Certificate.id == certificate_id, Certificate.person_id == person.id
            )
        )
        if person
        else None
    )
    if found is None:
        raise NotFound(NONE_SUCH)
    return found


def get_certificate(institute: Institute, certificate_id: UUID) -> Certificate:
    """Return a certificate of the institute. Raises ``NotFound``."""
    found = db.session.scalar(
        select(Certificate).where(
            Certificate.id == certificate_id, Certificate.institute_id == institute.id
        )
    )
    if found is None:
        raise NotFound(NONE_SUCH)
    return found


def find_by_token(token: str) -> Certificate | None:
    """Return the certificate whose address someone has, valid or not."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    return db.session.scalar(select(Certificate).where(Certificate.token == token))


def verify_address(certificate: Certificate) -> str:
    """Return the address at which anyone can check the certificate."""
    return page("credit.verify", token=certificate.token)
