"""Attendance, certificates and who answered are deleted when their time has passed."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, func, or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import NotFound
from consortium.outbox import service as outbox
from consortium.words import say
from events.checkin.models import CheckIn, Scan, Strike
from events.credit.domain.rules import CreditRefused
from events.credit.models import (
    Certificate,
    Evaluation,
    EvaluationPart,
    LicenceNumber,
    Purge,
)
from events.credit.service.keeping.finding import keeping_at
from events.institutes.models import Institute


def purge_attendance(institute: Institute, *, by: str) -> Purge:
    """Delete who was at an institute when, the certificates, and who answered evaluations.

    What people answered names nobody and stays; how many there were is written down. Raises
    ``CreditRefused`` before the earliest day, which it names with what keeps the records, and
    while they are held; ``NotFound`` where there is nothing.
    """
    db.session.refresh(institute, with_for_update=True)
    keeping = keeping_at(institute)
    people = _people_at(institute.id)
    if keeping is None or not people:
        raise NotFound(say("There is nothing of this kind to delete here."))
    refusal = keeping.refusal(clock.now().astimezone(institute.zone).date())
    if refusal is not None:
        raise refusal
    row = Purge(
        institute_id=institute.id,
        purged_at=clock.now(),
        purged_by=by,
        last_day=keeping.last_day,
        people=_attended(institute.id),
        scans=_forget_scans(institute.id),
        certificates=_forget_certificates(institute.id),
        answered=_forget_who_answered(institute.id),
    )
    db.session.add(row)
    numbers = _forget_numbers(people)
    db.session.flush()
    audit.record(
        "purge_attendance",
        f"institute:{institute.id}",
        by=by,
        after={
            "last_day": row.last_day.isoformat(),
            "people": row.people,
            "scans": row.scans,
            "certificates": row.certificates,
            "answered": row.answered,
            "licence_numbers": numbers,
        },
    )
    return row


def sweep(*, by: str) -> int:
    """Purge the current tenant's institutes whose records are past their time and not held.

    Returns how many institutes that were.
    """
    now = clock.now()
    purged = 0
    for institute in _with_records():
        keeping = keeping_at(institute)
        if keeping is not None and keeping.is_over(now.astimezone(institute.zone).date()):
            try:
                purge_attendance(institute, by=by)
            except CreditRefused:  # someone placed a hold a moment ago
                continue
            purged += 1
    return purged


def _with_records() -> Collection[Institute]:
    of_institute = (
        select(Scan.institute_id).where(Scan.person_id.is_not(None)),
        select(CheckIn.institute_id),
        select(Certificate.institute_id),
        select(Evaluation.institute_id).join(
            EvaluationPart, EvaluationPart.evaluation_id == Evaluation.id
        ),
    )
    has_some = or_(*(Institute.id.in_(one) for one in of_institute))
    return db.session.scalars(select(Institute).where(has_some).order_by(Institute.id)).all()


def _people_at(institute_id: UUID) -> frozenset[UUID]:
    """Return everyone of whom anything is kept."""
    statements = (
        select(Scan.person_id).where(
            Scan.institute_id == institute_id, Scan.person_id.is_not(None)
        ),
        select(CheckIn.person_id).where(CheckIn.institute_id == institute_id),
        select(Certificate.person_id).where(Certificate.institute_id == institute_id),
        select(EvaluationPart.person_id)
        .join(Evaluation, EvaluationPart.evaluation_id == Evaluation.id)
        .where(Evaluation.institute_id == institute_id),
    )
    return frozenset(
        person_id for one in statements for person_id in db.session.scalars(one) if person_id
    )


def _attended(institute_id: UUID) -> int:
    statement = select(func.count(func.distinct(CheckIn.person_id))).where(
        CheckIn.institute_id == institute_id, CheckIn.undone_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def _forget_scans(institute_id: UUID) -> int:
    gone = db.session.scalars(
        delete(Scan).where(Scan.institute_id == institute_id).returning(Scan.id)
    ).all()
    db.session.execute(delete(Strike).where(Strike.institute_id == institute_id))
    db.session.execute(delete(CheckIn).where(CheckIn.institute_id == institute_id))
    return len(gone)


def _forget_certificates(institute_id: UUID) -> int:
    gone = db.session.scalars(
        delete(Certificate)
        .where(Certificate.institute_id == institute_id)
        .returning(Certificate.id)
    ).all()
    for certificate_id in gone:
        outbox.forget(f"certificate:{certificate_id}")
    return len(gone)


def _forget_who_answered(institute_id: UUID) -> int:
    theirs = select(Evaluation.id).where(Evaluation.institute_id == institute_id)
    gone = db.session.scalars(
        delete(EvaluationPart)
        .where(EvaluationPart.evaluation_id.in_(theirs))
        .returning(EvaluationPart.id)
    )
    return len(gone.all())


def _forget_numbers(people: Collection[UUID]) -> int:
    """Forget licence numbers of people of whom no attendance and no certificate is kept."""
    kept = select(CheckIn.person_id).union(select(Certificate.person_id))
    gone = db.session.scalars(
        delete(LicenceNumber)
        .where(LicenceNumber.person_id.in_(list(people)), LicenceNumber.person_id.not_in(kept))
        .returning(LicenceNumber.id)
    )
    return len(gone.all())
