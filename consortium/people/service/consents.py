"""What people agreed to show to matched peers of an institute. Off unless they said yes.

These are steps of other acts (confirming a seat, a page of one's own consents), which write the
audit row. When an institute is over is not known here: whoever reads a consent asks
``people.domain.ConsentTerm`` whether it still holds.
"""

from uuid import UUID

from blinker import Signal
from sqlalchemy import Select, select

from consortium import clock
from consortium.database import db
from consortium.people.models import Consent, Person

consent_withdrawn = Signal("a person takes back what peers may see")
"""Sent with the person's id and ``institute_id=``, in the same transaction: whatever promised to
show the person to others takes that back, wherever the withdrawal came from."""


def give_consent(
    person_id: UUID,
    institute_id: UUID,
    *,
    shares_email: bool,
    shares_phone: bool,
    wording: str,
) -> Consent:
    """Keep what the person agreed to, in the words that were shown; an earlier consent ends."""
    _end(person_id, institute_id)
    consent = Consent(
        person_id=person_id,
        institute_id=institute_id,
        shares_email=shares_email,
        shares_phone=shares_phone,
        wording=wording,
        given_at=clock.now(),
    )
    db.session.add(consent)
    db.session.flush()
    return consent


def withdraw_consent(person_id: UUID, institute_id: UUID) -> bool:
    """End the person's consent at once, and tell whether there was one."""
    ended = _end(person_id, institute_id)
    if ended:
        consent_withdrawn.send(person_id, institute_id=institute_id)
    return ended


def consent_of(person_id: UUID, institute_id: UUID) -> Consent | None:
    """Return the consent that was given and not withdrawn, if any."""
    return db.session.scalars(_standing(person_id, institute_id)).first()


def _end(person_id: UUID, institute_id: UUID) -> bool:
    """End every consent that stands; the person is locked, so that two pages leave but one."""
    db.session.scalar(select(Person.id).where(Person.id == person_id).with_for_update())
    standing = db.session.scalars(_standing(person_id, institute_id)).all()
    for consent in standing:
        consent.withdrawn_at = clock.now()
    db.session.flush()
    return bool(standing)


def _standing(person_id: UUID, institute_id: UUID) -> Select[Consent]:
    return (
        select(Consent)
        .where(
            Consent.person_id == person_id,
            Consent.institute_id == institute_id,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.given_at.desc())
    )
