"""Whoever was there is asked by mail when an evaluation opens, and once more if silent."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import or_, select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.outbox import service as outbox
from consortium.outbox.models import OutboxEmail
from events.agenda.domain import Member
from events.agenda.service.members import members_at
from events.checkin.domain import Stay
from events.checkin.models import CheckIn, Scan
from events.checkin.service import session_stays_of, stays_of
from events.credit.domain.asking import APART, Call, call_due
from events.credit.models import Evaluation, EvaluationPart
from events.credit.service.evaluations.answering import about
from events.credit.service.evaluations.asking import (
    SESSION,
    WHOLE,
    Form,
    Part,
    evaluations_of,
    kept_row,
)
from events.credit.service.evaluations.reminding import mail_to
from events.credit.service.records import records_of
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.domain import audience_refusal
from events.schedule.models import Session

BY = "worker"
MOST_AT_ONCE = 200
"""Writing a mail takes milliseconds, and until all are written nobody else writes to SQLite."""
LATELY = timedelta(days=60)
"""Who was somewhere before is asked nothing by itself any more, unless an evaluation closes."""
IN_PARTS = 500


def institutes_to_ask_at() -> Collection[tuple[UUID, UUID]]:
    """Return tenant and id of published institutes where people were lately, or can answer."""
    since = (clock.now() - LATELY).date()
    today = (clock.now() - timedelta(days=1)).date()
    statement = (
        select(Institute.tenant_id, Institute.id)
        .where(
            Institute.status == Status.PUBLISHED,
            or_(
                Institute.id.in_(select(Scan.institute_id).where(Scan.on >= since)),
                Institute.id.in_(select(CheckIn.institute_id).where(CheckIn.on >= since)),
                Institute.id.in_(
                    select(Evaluation.institute_id).where(Evaluation.closes_on >= today)
                ),
            ),
        )
        .order_by(Institute.id)
    )
    return [(row.tenant_id, row.id) for row in db.session.execute(statement)]


def ask_by_mail(institute_id: UUID) -> int:
    """Promise what is due at this moment; return how many mails. Safe to do again.

    Each who was there gets one mail when an evaluation opens and, without an answer, one more
    later; nobody gets two within ``APART``, whoever sends them.
    """
    institute = db.session.get_one(Institute, institute_id)
    now = clock.now()
    due = [
        (form, call)
        for form in evaluations_of(institute)
        if form.by_mail
        and (call := call_due(form.opens, form.closes_on, zone=institute.zone, now=now))
    ]
    if not due:
        return 0
    hold(Institute.id, institute.id)  # another worker's turn ends first
    there = _There(institute)
    return sum(_ask(institute, form, call, there.at(form.part)) for form, call in due)


def _ask(institute: Institute, form: Form, call: Call, there: frozenset[UUID]) -> int:
    if not there:
        return 0
    row = kept_row(institute, form.part.key)
    answered = select(EvaluationPart.person_id).where(EvaluationPart.evaluation_id == row.id)
    silent = there.difference(db.session.scalars(answered))
    asked = _not_asked(row.id, silent, call)[:MOST_AT_ONCE]
    people = [
        record
        for record in (records_of(institute, person_ids=asked).people if asked else ())
        if record.attendee.email
    ]
    for record in people:
        subject = about(row.id, record.attendee.person_id)
        mail = mail_to(institute, form, record)
        outbox.promise(mail, about=subject, dedupe_key=f"{subject}:{call}")
    if people:
        row.reminded_at = clock.now()
        audit.record(
            "ask_for_evaluation",
            f"evaluation:{row.id}",
            by=BY,
            after={"people": len(people), "call": call.value},
        )
    return len(people)


def _not_asked(evaluation_id: UUID, people: Collection[UUID], call: Call) -> list[UUID]:
    """Leave out who had this mail, or any about it of late."""
    by_subject = {about(evaluation_id, person_id): person_id for person_id in sorted(people)}
    subjects = list(by_subject)
    had: set[str] = set()
    for first in range(0, len(subjects), IN_PARTS):
        mails = select(OutboxEmail.about, OutboxEmail.dedupe_key, OutboxEmail.promised_at).where(
            OutboxEmail.about.in_(subjects[first : first + IN_PARTS])
        )
        had.update(
            subject
            for subject, key, at in db.session.execute(mails)
            if key == f"{subject}:{call}" or clock.now() - at < APART
        )
    return [person_id for subject, person_id in by_subject.items() if subject not in had]


class _There:
    """Who was at an institute, read once for all its evaluations."""

    def __init__(self, institute: Institute) -> None:
        self._institute = institute

    def at(self, part: Part) -> frozenset[UUID]:
        """Return who was at the whole, on the day or in the session that is asked about.

        Where nobody was scanned into a session, that is who had it on the agenda and was in the
        building meanwhile.
        """
        if part.key == WHOLE:
            return frozenset(self._stays)
        if not part.key.startswith(SESSION):
            days = {one.starts.date() for one in part.sessions if one.starts}
            return _who(self._stays, lambda stay: stay.on in days)
        (session,) = part.sessions
        scanned = self._in_sessions.get(session.id)
        if scanned:
            return frozenset(scanned)
        return self._meant(session) & _who(self._stays, lambda stay: _overlaps(stay, session))

    @cached_property
    def _in_sessions(self) -> Mapping[UUID, Mapping[UUID, tuple[Stay, ...]]]:
        return session_stays_of(self._institute.id)

    @cached_property
    def _stays(self) -> Mapping[UUID, tuple[Stay, ...]]:
        found = {who: tuple(stays) for who, stays in stays_of(self._institute.id).items()}
        for people in self._in_sessions.values():
            for who, stays in people.items():
                found[who] = (*found.get(who, ()), *stays)
        return {who: stays for who, stays in found.items() if stays}

    @cached_property
    def _members(self) -> Collection[Member]:
        return members_at(self._institute.id)

    def _meant(self, session: Session) -> frozenset[UUID]:
        planned = session.planned
        return frozenset(
            member.person_id
            for member in self._members
            if session.id in member.chosen
            or not (
                planned.choice_group or audience_refusal(planned, member.attendee, role_labels={})
            )
        )


def _who(stays: Mapping[UUID, Iterable[Stay]], fits: Callable[[Stay], bool]) -> frozenset[UUID]:
    return frozenset(who for who, theirs in stays.items() if any(map(fits, theirs)))


def _overlaps(stay: Stay, session: Session) -> bool:
    begins, ends = session.starts_at, session.ends_at
    if begins is None or ends is None:
        return False
    stayed_on = begins < stay.left if stay.left else stay.on == _day_of(session)
    return stay.arrived < ends and stayed_on


def _day_of(session: Session) -> date | None:
    return session.starts.date() if session.starts else None
