"""What people agreed to show to matched peers of an institute. Off unless they said yes.

These are steps of other acts (confirming a seat, a page of one's own consents), which write the
audit row.
"""

from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.people.models import Consent


def give_consent(
    person_id: UUID,
    institute_id: UUID,
    *,
    shares_email: bool,
    shares_phone: bool,
    wording: str,
) -> Consent:
    """Keep what the person agreed to, in the words that were shown; an earlier consent ends."""
    withdraw_consent(person_id, institute_id)
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
    consent = consent_of(person_id, institute_id)
    if consent is None:
        return False
    consent.withdrawn_at = clock.now()
    db.session.flush()
    return True


def consent_of(person_id: UUID, institute_id: UUID) -> Consent | None:
    """Return the consent that holds at this moment, if any."""
    return db.session.scalar(
        select(Consent)
        .where(
            Consent.person_id == person_id,
            Consent.institute_id == institute_id,
            Consent.withdrawn_at.is_(None),
        )
        .order_by(Consent.given_at.desc())
    )
