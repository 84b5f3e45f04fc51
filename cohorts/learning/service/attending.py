"""Who was at a meeting, and how those who missed it make up for it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.models import ONE_HOMEWORK, ONE_MAKE_UP, HomeworkDone, MakeUp, MakeUpWay
from cohorts.learning.service.partnerships import team_at
from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound, Refusal
from consortium.words import say
from events.facade import meetings as facade
from events.facade.meetings import MeetingView, Roll
from events.facade.teams import TeamOfYear


class AttendingRefused(Refusal):
    """It cannot be written down this way."""


@dataclass(frozen=True, kw_only=True)
class Sister:
    """A meeting of another group or cohort at which someone made up for their own."""

    institute_id: UUID
    code: str


def take_roll(
    institute_id: UUID, code: str, *, present: Collection[UUID], among: Collection[UUID], by: str
) -> Roll:
    """Write down who of ``among`` was at a meeting. Raises as ``call_the_roll`` does."""
    return facade.call_the_roll(institute_id, code, present=present, among=among, by=by)


def hand_homework_in(team_id: UUID, code: str, *, note: str, link: str, by: str) -> HomeworkDone:
    """Keep that a team handed in a meeting's homework; again, it replaces what was said.

    Raises ``AttendingRefused`` where the meeting asks for none, ``NotFound``.
    """
    team = team_at(team_id)
    meeting = facade.meeting_at(team.institute_id, code)
    if not meeting.homework:
        raise AttendingRefused(say("This meeting has no homework."))
    row = _handed_in(team_id, meeting.id)
    if row is None:
        row = HomeworkDone(team_id=team_id, session_id=meeting.id, at=clock.now(), by=by)
        db.session.add(row)
    row.note, row.link, row.at, row.by = note, link, clock.now(), by
    with translating(ONE_HOMEWORK, into=AttendingRefused(say("Someone else just handed it in."))):
        db.session.flush()
    audit.record("hand_homework_in", f"team:{team_id}", by=by, after={"meeting": code})
    return row


def take_homework_back(team_id: UUID, code: str, *, by: str) -> None:
    """Let homework not be handed in after all. Raises ``NotFound``."""
    team = team_at(team_id)
    meeting = facade.meeting_at(team.institute_id, code)
    row = _handed_in(team_id, meeting.id)
    if row is None:
        raise NotFound(say("This homework was not handed in."))
    db.session.delete(row)
    db.session.flush()
    audit.record("take_homework_back", f"team:{team_id}", by=by, before={"meeting": code})


def make_up(
    team_id: UUID, person_id: UUID, code: str, *, sister: Sister | None = None, by: str
) -> MakeUp:
    """Keep how a member made up for a meeting: in a sister cohort, else by its recording.

    Whoever came to the ``sister`` meeting counts as there too, so that its hours are theirs. A
    recording is flagged and never counts as live. Raises ``AttendingRefused`` for a meeting that
    is not over, that the member came to, or a sister meeting that is the same one or not begun;
    ``NotFound`` for who was never in the team.
    """
    team = team_at(team_id)
    meeting = facade.meeting_at(team.institute_id, code)
    _check_missed(team, meeting, person_id)
    elsewhere = _sister(meeting, sister) if sister else None
    row = MakeUp(
        team_id=team_id,
        person_id=person_id,
        session_id=meeting.id,
        way=MakeUpWay.SISTER if elsewhere else MakeUpWay.RECORDING,
        at_session_id=elsewhere.id if elsewhere else None,
        at=clock.now(),
        by=by,
    )
    db.session.add(row)
    twice = AttendingRefused(say("This meeting was made up for already. Undo that first."))
    with translating(ONE_MAKE_UP, into=twice):
        db.session.flush()
    if elsewhere and sister:
        facade.note_present(sister.institute_id, sister.code, person_id, by=by)
    audit.record(
        "make_up",
        f"team:{team_id}",
        by=by,
        after={"meeting": code, "person": str(person_id), "way": row.way.value},
    )
    return row


def undo_make_up(team_id: UUID, person_id: UUID, code: str, *, by: str) -> None:
    """Take back that a member made up for a meeting. Raises ``NotFound``.

    That they were at the sister cohort's meeting stays on that meeting's roll.
    """
    team = team_at(team_id)
    meeting = facade.meeting_at(team.institute_id, code)
    row = db.session.scalar(
        select(MakeUp).where(
            MakeUp.team_id == team_id,
            MakeUp.session_id == meeting.id,
            MakeUp.person_id == person_id,
        )
    )
    if row is None:
        raise NotFound(say("Nobody made up for this meeting."))
    db.session.delete(row)
    db.session.flush()
    audit.record(
        "undo_make_up",
        f"team:{team_id}",
        by=by,
        before={"meeting": code, "person": str(person_id), "way": row.way.value},
    )


def _check_missed(team: TeamOfYear, meeting: MeetingView, person_id: UUID) -> None:
    if person_id not in {seat.person_id for seat in team.seats}:
        raise NotFound(say("This person is not in the team."))
    if not meeting.for_group(team.group):
        raise AttendingRefused(say("This team is not expected at that meeting."))
    if meeting.ends_at is None or meeting.ends_at > clock.now():
        raise AttendingRefused(say("This meeting is not over. Nobody has missed it yet."))
    present = facade.present_at(team.institute_id, person_ids=[person_id])
    if person_id in present[meeting.id]:
        raise AttendingRefused(say("This person was at the meeting."))


def _sister(missed: MeetingView, sister: Sister) -> MeetingView:
    found = facade.meeting_at(sister.institute_id, sister.code)
    if found.id == missed.id:
        raise AttendingRefused(say("Choose the meeting of another group or cohort."))
    if found.ends_at is None or found.ends_at > clock.now() or found.cancelled:
        raise AttendingRefused(say("That meeting has not taken place."))
    return found


def _handed_in(team_id: UUID, session_id: UUID) -> HomeworkDone | None:
    return db.session.scalar(
        select(HomeworkDone).where(
            HomeworkDone.team_id == team_id, HomeworkDone.session_id == session_id
        )
    )
