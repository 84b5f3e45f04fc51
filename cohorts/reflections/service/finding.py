"""Who reads what of a cohort's reflections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import defer

from cohorts.learning.service.access import Reader, belongs, reader_of, team_for
from cohorts.reflections.domain import USUAL, Reading, may_read
from cohorts.reflections.models import Reflection, ReflectionPrompts
from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.facade import meetings as facade
from events.facade.meetings import MeetingView
from events.facade.teams import TeamOfYear, teams_at


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A meeting as one team looks back on it."""

    team: TeamOfYear
    meeting: MeetingView
    reader: Reader
    writes: bool
    """Whether the reader sits in the team, and so writes."""


def spot_at(team_id: UUID, code: str, person_id: UUID | None, *, hosts: bool) -> Spot:
    """Return a team's meeting for its people, its coaches and its hosts. Raises ``NotFound``."""
    team, reader = team_for(team_id, person_id, hosts=hosts)
    meeting = facade.meeting_at(team.institute_id, code)
    return Spot(team=team, meeting=meeting, reader=reader, writes=belongs(team, person_id))


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A reflection as one reader sees it."""

    reflection: Reflection
    by: str
    """Who wrote it; other teams see the office and the team, and no name."""


def reading_of(institute_id: UUID, person_id: UUID | None, *, hosts: bool) -> Reading:
    """Return where someone belongs in a cohort, as far as reading goes."""
    teams = [team for team in teams_at(institute_id) if team.registered]
    reader = reader_of(institute_id, person_id, hosts=hosts)
    return Reading(
        person_id=person_id,
        institute_id=institute_id,
        teams=frozenset(team.id for team in teams if belongs(team, person_id)),
        runs=frozenset(team.id for team in teams if reader.runs(team)),
    )


def shared_after(reading: Reading) -> Mapping[UUID, int]:
    """Return after which meetings how many were written that this reader may read."""
    written = (
        select(Reflection)
        .where(Reflection.institute_id == reading.institute_id)
        .options(defer(Reflection.answers))  # by far the longest of it
    )
    return Counter(
        one.session_id for one in db.session.scalars(written) if may_read(one.written, reading)
    )


def readable(reading: Reading, session_id: UUID) -> Sequence[Shared]:
    """Return all of one meeting that this reader may read, oldest first, in one query."""
    statement = (
        select(Reflection)
        .where(Reflection.institute_id == reading.institute_id, Reflection.session_id == session_id)
        .order_by(Reflection.written_at, Reflection.id)
    )
    found = db.session.scalars(statement)
    knows = reading.teams | reading.runs
    return [
        Shared(reflection=one, by=one.author if one.team_id in knows else one.office)
        for one in found
        if may_read(one.written, reading)
    ]


def prompts_of(institute_id: UUID) -> tuple[str, ...]:
    """Return what is asked after the meetings of a cohort."""
    statement = select(ReflectionPrompts).where(ReflectionPrompts.institute_id == institute_id)
    own = db.session.scalar(statement)
    return tuple(own.prompts) if own is not None and own.prompts else USUAL


def find_own(spot: Spot, person_id: UUID | None) -> Reflection | None:
    """Return what this person wrote after the meeting; the team's where no person is given."""
    statement = select(Reflection).where(
        Reflection.session_id == spot.meeting.id,
        Reflection.team_id == spot.team.id,
        Reflection.person_id.is_(None) if person_id is None else Reflection.person_id == person_id,
    )
    return db.session.scalar(statement.execution_options(populate_existing=True))


def require_writing(spot: Spot) -> UUID:
    """Return who writes. Raises ``NotFound`` for who does not sit in the team."""
    if not spot.writes or spot.reader.person_id is None:
        raise NotFound(say("People of the team look back on their meetings."))
    return spot.reader.person_id
