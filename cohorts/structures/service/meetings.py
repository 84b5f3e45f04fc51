"""The log of a body's meetings."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from cohorts.structures.domain.drafts import MeetingDraft, StructureRefused, check_meeting
from cohorts.structures.models import ONE_MEETING_A_DAY, Body, BodyMeeting, House
from cohorts.structures.service.bodies import get_body
from cohorts.structures.service.reading import Opened
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say


def meetings_of(body_ids: Collection[UUID]) -> Mapping[UUID, Sequence[BodyMeeting]]:
    """Return what each of these bodies' logs says, the latest meeting first, in one query."""
    statement = select(BodyMeeting).where(BodyMeeting.body_id.in_(body_ids))
    found: dict[UUID, list[BodyMeeting]] = defaultdict(list)
    for meeting in db.session.scalars(statement.order_by(BodyMeeting.on.desc())):
        found[meeting.body_id].append(meeting)
    return found


def get_meeting(opened: Opened, body_id: UUID, meeting_id: UUID) -> tuple[Body, BodyMeeting]:
    """Return one entry of a body's log, and the body. Raises ``NotFound``."""
    body = get_body(opened, body_id)
    meeting = db.session.scalar(
        select(BodyMeeting).where(BodyMeeting.id == meeting_id, BodyMeeting.body_id == body.id)
    )
    if meeting is None:
        raise NotFound(say("There is no such meeting in the log any more."))
    return body, meeting


def log_meeting(opened: Opened, body_id: UUID, draft: MeetingDraft) -> BodyMeeting:
    """Write down that a body met; the next date that was set is the body's from now on.

    Raises ``NotFound``, or ``StructureRefused`` for a day that makes no sense or that has an
    entry already, perhaps of the other side's at this moment.
    """
    body = _held_body(opened, body_id, draft)
    meeting = BodyMeeting(body_id=body.id)
    _write(meeting, draft, by=opened.reader.email)
    db.session.add(meeting)
    with translating(ONE_MEETING_A_DAY, into=_there_already()):
        db.session.flush()
    _set_next(body, draft)
    audit.record(
        "log_meeting", f"body:{body.id}", by=opened.reader.email, after=_facts(meeting, body)
    )
    return meeting


def change_meeting(
    opened: Opened, body_id: UUID, meeting_id: UUID, draft: MeetingDraft, *, version: int
) -> BodyMeeting:
    """Correct an entry of the log.

    Raises as ``log_meeting`` does, and ``Conflict`` with both versions when someone else
    corrected it meanwhile.
    """
    body = _held_body(opened, body_id, draft)
    _, meeting = get_meeting(opened, body_id, meeting_id)
    db.session.refresh(meeting)
    if meeting.version != version:
        raise _changed_meanwhile(meeting, draft)
    before = _facts(meeting, body)
    _write(meeting, draft, by=opened.reader.email)
    meeting.version += 1
    with translating(ONE_MEETING_A_DAY, into=_there_already()):
        db.session.flush()
    _set_next(body, draft)
    audit.record(
        "change_meeting",
        f"body:{body.id}",
        by=opened.reader.email,
        before=before,
        after=_facts(meeting, body),
    )
    return meeting


def strike_meeting(opened: Opened, body_id: UUID, meeting_id: UUID) -> None:
    """Take an entry out of the log that was a mistake; the record keeps it. Raises ``NotFound``."""
    hold(Body.id, body_id)
    body, meeting = get_meeting(opened, body_id, meeting_id)
    before = _facts(meeting, body)
    db.session.delete(meeting)
    db.session.flush()
    audit.record("strike_meeting", f"body:{body.id}", by=opened.reader.email, before=before)


def _held_body(opened: Opened, body_id: UUID, draft: MeetingDraft) -> Body:
    hold(Body.id, body_id)
    body = get_body(opened, body_id)
    db.session.refresh(body)
    check_meeting(draft, today=opened.today, begins_on=body.begins_on, ends_on=body.ends_on)
    return body


def _write(meeting: BodyMeeting, draft: MeetingDraft, *, by: str) -> None:
    meeting.on, meeting.house = draft.on, House(draft.house)
    meeting.labor_came, meeting.management_came = draft.labor_came, draft.management_came
    meeting.others_came, meeting.decisions = draft.others_came, draft.decisions
    meeting.written_by, meeting.written_at = by, clock.now()


def _set_next(body: Body, draft: MeetingDraft) -> None:
    """Keep the next date; one that a meeting has reached is over, whatever was said before."""
    if draft.next_on is not None:
        body.next_on = draft.next_on
    elif body.next_on is not None and body.next_on <= draft.on:
        body.next_on = None
    db.session.flush()


def _there_already() -> StructureRefused:
    return StructureRefused(
        say("This day is in the log already. Open that entry to correct it."), field="on"
    )


def _changed_meanwhile(meeting: BodyMeeting, draft: MeetingDraft) -> Conflict:
    said = [
        (say("Day"), meeting.on.isoformat(), draft.on.isoformat()),
        (say("Labor"), str(meeting.labor_came), str(draft.labor_came)),
        (say("Management"), str(meeting.management_came), str(draft.management_came)),
        (say("Others"), str(meeting.others_came), str(draft.others_came)),
        (say("What was decided"), meeting.decisions, draft.decisions),
    ]
    return Conflict(
        say("Someone else corrected this while you were writing. Nothing of yours is lost:"),
        versions=tuple(one for one in said if one[1] != one[2]),
    )


def _facts(meeting: BodyMeeting, body: Body) -> dict[str, object]:
    return {
        "on": meeting.on.isoformat(),
        "house": meeting.house.value,
        "came": [meeting.labor_came, meeting.management_came, meeting.others_came],
        "next_on": body.next_on.isoformat() if body.next_on else None,
    }
