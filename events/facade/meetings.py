"""Meetings of a cohort, and who was there, as cohorts see and change them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.checkin.service.attending import present_in_sessions
from events.checkin.service.roll import Roll, call_roll, note_roll
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import SessionRefused as MeetingRefused
from events.schedule.domain import SessionSpec
from events.schedule.models import Session

__all__ = [
    "MeetingRefused",
    "MeetingView",
    "Roll",
    "SessionSpec",
    "add_meetings",
    "call_the_roll",
    "codes_at",
    "meeting_at",
    "meetings_of",
    "move_meeting",
    "note_present",
    "present_at",
]

BOTH = frozenset({"", "both"})
"""How a programme says that a meeting is for every group."""


@dataclass(frozen=True, kw_only=True)
class MeetingView:
    """A meeting of a cohort, or a session of an institute."""

    id: UUID
    institute_id: UUID
    code: str
    uid: str
    sequence: int
    version: int
    title: str
    kind: str
    description: str
    time_zone: str
    starts: datetime | None
    """Wall time where it is held; ``None`` while its date is not set."""
    ends: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    mode: str
    room: str
    venue: str
    link: str
    """For those with a place only."""
    homework: str
    group: str
    """The group of the cohort it is for; empty for all."""
    cancelled: bool
    published: bool

    def for_group(self, group: str) -> bool:
        """Tell whether a team of this group is expected."""
        return not self.group or self.group == group


def meetings_of(institute_id: UUID, *, drafts: bool = False) -> list[MeetingView]:
    """Return a cohort's meetings in order of time, undated ones last, in one query.

    ``drafts`` returns those too that are only planned, for those who plan them.
    """
    read = schedule.every_session_of if drafts else schedule.sessions_of
    return [_view(session) for session in read(institute_id)]


def meeting_at(institute_id: UUID, code: str, *, drafts: bool = False) -> MeetingView:
    """Return the meeting with this code. Raises ``NotFound``."""
    return _view(schedule.get_session(_institute(institute_id), code, drafts=drafts))


def codes_at(institute_id: UUID) -> frozenset[str]:
    """Return the short codes that meetings of the cohort have."""
    return schedule.codes_of(_institute(institute_id))


def add_meetings(institute_id: UUID, specs: Sequence[SessionSpec], *, by: str) -> list[MeetingView]:
    """Plan meetings in one act; people see them with the next publishing of the programme.

    Raises ``SessionRefused`` where one cannot be. Flushes.
    """
    return [_view(one) for one in schedule.add_sessions(_institute(institute_id), specs, by=by)]


def move_meeting(  # noqa: PLR0913  (where, when, and what others saw)
    institute_id: UUID,
    code: str,
    *,
    starts: datetime,
    ends: datetime,
    version: int,
    by: str,
    note: str,
) -> MeetingView:
    """Hold a meeting at another time, for everybody at once: same UID, raised sequence.

    Only those on whose agenda it is are told. Raises ``Conflict`` when someone changed it since
    ``version``, ``SessionRefused`` for times that cannot be.
    """
    institute = _institute(institute_id)
    session = schedule.get_session(institute, code, drafts=True)
    spec = replace(session.spec, starts=starts, ends=ends)
    schedule.move_at_once(institute, session, spec, version=version, by=by, note=note)
    return _view(session)


def call_the_roll(
    institute_id: UUID, code: str, *, present: Collection[UUID], among: Collection[UUID], by: str
) -> Roll:
    """Write down who of ``among`` was at a meeting. Raises as ``call_roll`` does."""
    institute = _institute(institute_id)
    session = schedule.get_session(institute, code)
    return call_roll(institute, session, present=present, among=among, by=by)


def note_present(institute_id: UUID, code: str, person_id: UUID, *, by: str) -> Roll:
    """Write down that a guest of a sister cohort was at a meeting: a step of another act."""
    institute = _institute(institute_id)
    session = schedule.get_session(institute, code)
    return note_roll(institute, session, present=[person_id], among=[person_id], by=by)


def present_at(
    institute_id: UUID,
    *,
    session_ids: Collection[UUID] | None = None,
    person_ids: Collection[UUID] | None = None,
) -> Mapping[UUID, frozenset[UUID]]:
    """Return who was at each meeting, by its id, in one query; at any other nobody was.

    Everyone counts whom a scan or the roll saw there.
    """
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    found.update(present_in_sessions(institute_id, session_ids=session_ids, person_ids=person_ids))
    return found


def _institute(institute_id: UUID) -> Institute:
    institute = db.session.scalar(select(Institute).where(Institute.id == institute_id))
    if institute is None:
        raise NotFound(say("There is no such institute."))
    return institute


def _view(session: Session) -> MeetingView:
    return MeetingView(
        id=session.id,
        institute_id=session.institute_id,
        code=session.code,
        uid=session.uid,
        sequence=session.sequence,
        version=session.version,
        title=session.title,
        kind=session.kind,
        description=session.description,
        time_zone=session.time_zone,
        starts=session.starts,
        ends=session.ends,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        mode=session.mode,
        room=session.room or "",
        venue=session.venue or "",
        link=session.online_link,
        homework=session.homework,
        group="" if session.cohort in BOTH else session.cohort,
        cancelled=session.cancelled_at is not None,
        published=session.published,
    )
