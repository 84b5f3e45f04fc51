"""The ledger of invitations: what each person's calendar was told of each dated thing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select

from consortium import clock
from consortium.calendar.domain import NOTHING, Facts, Known, Told
from consortium.calendar.models import CalendarInvitation as Invitation
from consortium.database import db, insert_into
from consortium.ids import new_id
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import BOUNCED, FAILED, SENT
from consortium.ports import Method

AT_ONCE = 500
"""People asked about in one statement."""

Ledger = Mapping[str, Known]
"""What one person's calendar knows, by UID."""


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is told of one dated thing, under which number and by how much that is lifted."""

    uid: str
    sequence: int
    lift: int
    told: Told


def known_of(
    person_ids: Collection[UUID],
    institute_id: UUID | None = None,
    *,
    uids: Collection[str] | None = None,
) -> Mapping[UUID, Ledger]:
    """Return what these people's calendars were told, at one institute or at all of them."""
    found: dict[UUID, dict[str, Known]] = {}
    for some in in_parts(person_ids):
        statement = _rows().where(Invitation.person_id.in_(some), Invitation.sequence >= 0)
        if institute_id is not None:
            statement = statement.where(Invitation.institute_id == institute_id)
        if uids is not None:
            statement = statement.where(Invitation.uid.in_(uids))
        for row in db.session.execute(statement):
            found.setdefault(row.person_id, {})[row.uid] = _known(row)
    return found


def digests_of(
    person_ids: Collection[UUID], institute_id: UUID
) -> Mapping[UUID, Mapping[str, str]]:
    """Return the digest of what each calendar shows for sure, by UID; empty where nobody knows.

    Of thousands of people's sessions most are as they were told: only the others have to be read.
    """
    sure = case((_left(), Invitation.digest), else_="")
    # A row for each person, not for each session: the database then also reads person by person.
    theirs = func.aggregate_strings(Invitation.uid + "\x1f" + sure, "\x1e")
    found: dict[UUID, Mapping[str, str]] = {}
    for some in in_parts(person_ids):
        rows = (
            select(Invitation.person_id, theirs)
            .outerjoin(OutboxEmail, OutboxEmail.id == Invitation.mail_id)
            .where(
                Invitation.person_id.in_(some),
                Invitation.institute_id == institute_id,
                Invitation.sequence >= 0,
            )
            .group_by(Invitation.person_id)
        )
        for person_id, written in db.session.execute(rows):
            parts = (part.partition("\x1f") for part in written.split("\x1e"))
            found[person_id] = {uid: digest for uid, _, digest in parts}
    return found


def invited_to(person_id: UUID, institute_id: UUID) -> frozenset[str]:
    """Return the UIDs that may stand in someone's calendar because of a mail, and are not over."""
    known = known_of([person_id], institute_id).get(person_id, {})
    now = clock.now()
    return frozenset(
        uid
        for uid, one in known.items()
        if one.invited and one.last is not None and one.last.facts.over_at > now
    )


def cancelled_since(person_id: UUID, since: datetime) -> Sequence[tuple[str, datetime]]:
    """Return what was taken out of someone's calendar by mail since then, and when."""
    statement = (
        select(Invitation.uid, Invitation.told_at)
        .where(
            Invitation.person_id == person_id,
            Invitation.method == Method.CANCEL,
            Invitation.told_at > since,
        )
        .order_by(Invitation.told_at, Invitation.uid)
    )
    return [(uid, told_at) for uid, told_at in db.session.execute(statement) if told_at]


def people_invited(institute_id: UUID) -> frozenset[UUID]:
    """Return in whose calendars something of an institute may stand because of a mail."""
    requested = (Invitation.method, Invitation.method_before)
    statement = select(Invitation.person_id).where(
        Invitation.institute_id == institute_id,
        or_(*(method == Method.REQUEST for method in requested)),
    )
    return frozenset(db.session.scalars(statement.distinct()))


def note(
    person_id: UUID, institute_id: UUID, messages: Sequence[Message], *, mail_id: UUID
) -> None:
    """Note what a mail tells someone's calendar, before it leaves. Flushes.

    An answer stays with what was answered: who said yes to another time has to say it anew.
    """
    rows = hold_rows(person_id, institute_id, [message.uid for message in messages])
    known = known_of([person_id], institute_id).get(person_id, {})
    now = clock.now()
    for message in messages:
        row = rows[message.uid]
        _write(row, message, known.get(message.uid, NOTHING), mail_id)
        row.told_at = now
    db.session.flush()


def hold_rows(
    person_id: UUID, institute_id: UUID, uids: Collection[str]
) -> Mapping[str, Invitation]:
    """Return a row for each UID, made where there is none, and hold them until the act is done.

    A person answers on a page while a worker tells of the same session for the first time: the
    later of the two finds the other's row.
    """
    new = [
        {"id": new_id(), "person_id": person_id, "institute_id": institute_id, "uid": uid}
        for uid in sorted(uids)
    ]
    if new:
        db.session.execute(insert_into(Invitation).on_conflict_do_nothing(), new)
    rows = (
        select(Invitation)
        .where(Invitation.person_id == person_id, Invitation.uid.in_(uids))
        .order_by(Invitation.uid)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.uid: row for row in db.session.scalars(rows)}


def in_parts(ids: Iterable[UUID]) -> Iterable[Sequence[UUID]]:
    """Give the ids, each once, in parts that a statement can hold."""
    every = sorted(set(ids))
    for first in range(0, len(every), AT_ONCE):
        yield every[first : first + AT_ONCE]


def _write(row: Invitation, message: Message, known: Known, mail_id: UUID) -> None:
    if row.mail_id != mail_id:  # else the same mail is tried again: what was before it stays
        kept = known.last if known.last is not None else known.before
        row.method_before = kept.method if kept else None
        row.told_before = kept.facts.as_json() if kept else None
    if _moved(known.last, message.told):
        row.answer = row.answered_at = row.answer_stamp = None
        row.comment = ""
    row.mail_id = mail_id
    row.sequence = message.sequence
    row.lift = message.lift
    row.method = message.told.method
    row.told = message.told.facts.as_json()
    row.digest = message.told.digest


def _moved(last: Told | None, told: Told) -> bool:
    """Tell whether what someone answered is another matter now."""
    if last is None:
        return False
    if told.method is Method.CANCEL or last.method is Method.CANCEL:
        return True
    before, after = last.facts, told.facts
    return (before.begins_at, before.over_at) != (after.begins_at, after.over_at)


def _rows() -> Select[Any]:
    """Select the ledger with what became of the mail that each row was told by last."""
    return select(
        Invitation.person_id,
        Invitation.uid,
        Invitation.sequence,
        Invitation.lift,
        Invitation.method,
        Invitation.told,
        Invitation.method_before,
        Invitation.told_before,
        case((_left(), "told"), (OutboxEmail.outcome == FAILED, "lost"), else_="unsure").label(
            "fate"
        ),
    ).outerjoin(OutboxEmail, OutboxEmail.id == Invitation.mail_id)


def _left() -> ColumnElement[bool]:
    """Return the condition that the mail has left, or is so old that it is kept no longer."""
    return OutboxEmail.id.is_(None) | OutboxEmail.outcome.in_((SENT, BOUNCED))


def _known(row: Row[Any]) -> Known:
    last, before = _told(row.method, row.told), _told(row.method_before, row.told_before)
    if row.fate == "lost":
        last, before = before, None
    return Known(
        sequence=row.sequence,
        lift=row.lift,
        last=last,
        before=before,
        unsure=row.fate == "unsure",
    )


def _told(method: Method | None, facts: dict[str, Any] | None) -> Told | None:
    if method is None or facts is None:
        return None
    return Told(method=method, facts=Facts(**facts))
