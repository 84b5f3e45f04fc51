"""Certificates are issued, replaced by right ones, and withdrawn."""

import secrets
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.outbox import service as outbox
from consortium.words import as_sentence, say
from events.credit.domain.certificates import Snapshot, written_snapshot
from events.credit.domain.keeping import full_years_after
from events.credit.domain.rules import USUAL_YEARS, CreditRefused
from events.credit.emails import certificate_ready
from events.credit.models import ONE_CERTIFICATE, Certificate
from events.credit.service.certificates.finding import get_certificate
from events.credit.service.certificates.writing import Ground, differs, ground_of, says_now
from events.credit.service.records import Record, records_of
from events.institutes.models import Institute
from events.invoices.domain import Series
from events.invoices.service.numbers import next_number

TOKEN_BYTES = 20
"""160 bits that nobody guesses."""


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What issuing all of them did."""

    new: int
    replaced: int
    stand: int
    """People whose certificate says already what it should."""
    waiting: int
    """People who get none yet."""


def issue(
    institute: Institute, person_id: UUID, *, by: str, after_withdrawal: bool = False
) -> Certificate:
    """Issue a person's certificate; where one stands that says something else, replace it.

    One that says the same stays as it is. The person gets a mail with it. Raises
    ``CreditRefused`` while something is missing: attendance, a departure, the evaluation; and
    where staff withdrew the last one, which staff alone can put right (``after_withdrawal``).
    """
    found = records_of(institute, person_ids=[person_id])
    record = next(iter(found.people), None)
    if record is None:
        raise CreditRefused(say("This person was not there and has no place."))
    record.due.check()
    if record.withdrawn is not None and not after_withdrawal:
        raise CreditRefused(
            say(
                "Your certificate was withdrawn: %(why)s Write to the host if that is wrong.",
                why=as_sentence(record.withdrawn.withdrawn_why),
            )
        )
    certificate, made = _issue(ground_of(institute), record, by=by)
    if made:
        audit.record(
            "issue_certificate",
            f"certificate:{certificate.id}",
            by=by,
            after={
                "number": certificate.number,
                "person": str(person_id),
                "replaces": str(certificate.replaces_id or ""),
            },
        )
    return certificate


def issue_all(institute: Institute, *, by: str) -> Issued:
    """Issue the certificates of everyone for whom nothing is missing, and replace wrong ones.

    Whose certificate was withdrawn gets none this way: that is decided for each person.
    """
    found, ground = records_of(institute), ground_of(institute)
    new = replaced = stand = waiting = 0
    for record in found.people:
        if record.due.lacks is not None or record.withdrawn is not None:
            waiting += bool(record.stays)
            continue
        before = record.certificate
        _, made = _issue(ground, record, by=by)
        new += made and before is None
        replaced += made and before is not None
        stand += not made
    audit.record(
        "issue_all_certificates",
        f"institute:{institute.id}",
        by=by,
        after={"new": new, "replaced": replaced, "stand": stand, "waiting": waiting},
    )
    return Issued(new=new, replaced=replaced, stand=stand, waiting=waiting)


def withdraw(institute: Institute, certificate_id: UUID, *, why: str, by: str) -> Certificate:
    """Let a certificate hold no more; whoever checks it reads so. Raises ``CreditRefused``."""
    certificate = get_certificate(institute, certificate_id)
    _end(certificate, withdrawn_at=clock.now(), withdrawn_why=why)
    audit.record("withdraw_certificate", f"certificate:{certificate.id}", by=by, after={"why": why})
    return certificate


def _end(certificate: Certificate, **facts: Any) -> None:
    """Let a certificate hold no more, once: of two who end it at a time one is refused."""
    ended = db.session.execute(
        update(Certificate)
        .where(
            Certificate.id == certificate.id,
            Certificate.withdrawn_at.is_(None),
            Certificate.replaced_at.is_(None),
        )
        .values(**facts)
        .returning(Certificate.id)
    )
    if ended.scalar() is None:
        raise CreditRefused(say("It stands no more already. Open the page anew."))
    db.session.refresh(certificate)
    outbox.supersede(f"certificate:{certificate.id}")


def _issue(ground: Ground, record: Record, *, by: str) -> tuple[Certificate, bool]:
    institute, said = ground.institute, says_now(ground, record)
    before = record.certificate
    if before is not None and not differs(before, said):
        return before, False
    now = clock.now()
    _, number = next_number(Series.CERTIFICATE, said.issued_on.year)
    if before is not None:
        _end(before, replaced_at=now)
    certificate = Certificate(
        institute_id=institute.id,
        person_id=record.attendee.person_id,
        number=number,
        token=secrets.token_urlsafe(TOKEN_BYTES),
        said=written_snapshot(said),
        issued_at=now,
        issued_by=by,
        keep_until=_keep_until(said),
        replaces_id=before.id if before else None,
    )
    db.session.add(certificate)
    twice = CreditRefused(say("It was issued a moment ago. Open the page anew."))
    with translating(ONE_CERTIFICATE, into=twice):
        db.session.flush()
    outbox.promise(
        certificate_ready(institute, record.attendee.email, certificate, said),
        about=f"certificate:{certificate.id}",
        dedupe_key=f"certificate:{certificate.id}",
    )
    return certificate, True


def _keep_until(said: Snapshot) -> date:
    years = max((one.keep_years for one in said.credits), default=USUAL_YEARS)
    return full_years_after(max(said.days, default=said.last_day), years)
