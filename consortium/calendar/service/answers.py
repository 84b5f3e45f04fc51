"""What people answered to invitations: whether they will come."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.calendar.domain.answers import ANSWERS, Answer
from consortium.calendar.models import CalendarInvitation as Invitation
from consortium.calendar.service.ledger import hold_rows
from consortium.database import db
from consortium.people.models import Person
from consortium.ports import SaidOfEvent
from consortium.tenancy import for_every_tenant

LONGEST_COMMENT = 500


class Outcome(StrEnum):
    """What came of one answer that came by mail."""

    TAKEN = auto()
    KNOWN = auto()
    OLD = auto()
    """It answers an earlier invitation, or was overtaken by a later answer."""
    STRANGER = auto()
    """Someone else answers, or to something this person was not invited to."""
    NO_ANSWER = auto()
    """It proposes another time, sends someone else, or says nothing of coming."""


def answers_of(person_id: UUID, institute_id: UUID) -> Mapping[str, Answer]:
    """Return what someone answered at an institute, by UID."""
    statement = select(Invitation.uid, Invitation.answer).where(
        Invitation.person_id == person_id,
        Invitation.institute_id == institute_id,
        Invitation.answer.is_not(None),
    )
    return {uid: answer for uid, answer in db.session.execute(statement) if answer}


def answer_here(person: Person, institute_id: UUID, uid: str, answer: Answer, *, by: str) -> None:
    """Note what someone says on a page of ours about coming to a session. Flushes.

    It frees no seat and no place: those are given back by acts of their own.
    """
    row = hold_rows(person.id, institute_id, [uid])[uid]
    now = clock.now()
    _write(row, answer, at=now, stamp=now, comment="", by=by)


def take_answer(person: Person, said: SaidOfEvent) -> Outcome:
    """Note what someone's calendar program answered by mail. Flushes.

    The message proves only that it knows the person's secret address. So it can do no more than
    say whether this person comes to what this person was invited to.
    """
    fault = _fault(person, said)
    if fault is not None:
        return fault
    row = db.session.scalar(
        select(Invitation)
        .where(Invitation.person_id == person.id, Invitation.uid == said.uid)
        .with_for_update()
    )
    if row is None or row.sequence < 0:
        return Outcome.STRANGER
    now = clock.now()
    stamp = min(said.stamp or now, now)
    overtaken = row.answer_stamp is not None and stamp < row.answer_stamp
    if said.sequence != row.sequence or overtaken:
        return Outcome.OLD
    answer, comment = Answer(said.attendees[0][1]), said.comment[:LONGEST_COMMENT]
    if (row.answer, row.comment) == (answer, comment):
        return Outcome.KNOWN
    _write(row, answer, at=now, stamp=stamp, comment=comment, by=person.email)
    return Outcome.TAKEN


def _fault(person: Person, said: SaidOfEvent) -> Outcome | None:
    """Return why the message is no answer of this person, whatever it speaks of."""
    if said.method != "REPLY" or len(said.attendees) != 1:
        return Outcome.NO_ANSWER
    ((address, partstat),) = said.attendees
    if address.lower() != person.email.lower():
        return Outcome.STRANGER
    return None if partstat in ANSWERS else Outcome.NO_ANSWER


def find_answerer(person_id: UUID) -> Person | None:
    """Return whose answers these are, in whichever consortium; the kept one of merged records."""
    with for_every_tenant():
        person = db.session.scalar(select(Person).where(Person.id == person_id))
        if person is not None and person.merged_into_id is not None:
            person = db.session.scalar(select(Person).where(Person.id == person.merged_into_id))
        return person


def answers_at(
    institute_id: UUID, person_ids: Collection[UUID] | None = None
) -> Iterable[Invitation]:
    """Return the rows of those who answered at an institute."""
    statement = select(Invitation).where(
        Invitation.institute_id == institute_id, Invitation.answer.is_not(None)
    )
    if person_ids is not None:
        statement = statement.where(Invitation.person_id.in_(person_ids))
    return db.session.scalars(statement.order_by(Invitation.answered_at, Invitation.id))


def declined_between(first: datetime, last: datetime) -> Sequence[Invitation]:
    """Return the rows of those who said in this time that they cannot come, and still say so."""
    statement = select(Invitation).where(
        Invitation.answer == Answer.DECLINED,
        Invitation.answered_at >= first,
        Invitation.answered_at < last,
    )
    return db.session.scalars(statement.order_by(Invitation.answered_at, Invitation.id)).all()


def _write(  # noqa: PLR0913  (what an answer consists of)
    row: Invitation, answer: Answer, *, at: datetime, stamp: datetime, comment: str, by: str
) -> None:
    before = row.answer
    row.answer, row.comment = answer, comment
    row.answered_at, row.answer_stamp = at, stamp
    row.answer_sequence = row.sequence
    db.session.flush()
    audit.record(
        "answer_invitation",
        f"person:{row.person_id}",
        by=by,
        before={"answer": before.value if before else ""},
        after={"answer": answer.value, "uid": row.uid},
    )
