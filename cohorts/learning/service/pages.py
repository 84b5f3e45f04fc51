"""What the pages of a cohort's year show, read in few queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.domain.partners import TableSide, table_side
from cohorts.learning.domain.record import NOBODY, Presence, RecordLine, Seen, person_presence
from cohorts.learning.models import HomeworkDone, MeetingFacts
from cohorts.learning.service.access import Reader
from cohorts.learning.service.attending import Sister
from cohorts.learning.service.year import (
    TeamYear,
    YearMeeting,
    facts_of,
    records_from,
    seen_by,
    team_years,
    year_of,
)
from consortium import clock
from consortium.database import db
from events.facade import every_institute
from events.facade import meetings as facade
from events.facade import teams as rosters
from events.facade.meetings import MeetingView
from events.facade.teams import TeamOfYear

NEAR = timedelta(days=60)
"""How far from a missed meeting its sister meeting may lie."""


@dataclass(frozen=True, kw_only=True)
class OwnLine:
    """A meeting on a team's page: the team's record, and each member's."""

    meeting: YearMeeting
    line: RecordLine
    members: tuple[tuple[UUID, str, Presence], ...]
    """Who is in the team now, and how they stand towards the meeting; once it is over."""
    homework: HomeworkDone | None


@dataclass(frozen=True, kw_only=True)
class OwnYear:
    """A team's page of the year."""

    team: TeamOfYear
    year: TeamYear
    lines: tuple[OwnLine, ...]
    next: MeetingView | None
    """The next dated meeting; ``None`` where none is ahead."""


@dataclass(frozen=True, kw_only=True)
class RollLine:
    """One member on a meeting's roll."""

    person_id: UUID
    name: str
    office: str
    side: TableSide | None
    here: bool


@dataclass(frozen=True, kw_only=True)
class RollTeam:
    """A team on a meeting's roll."""

    team: TeamOfYear
    lines: tuple[RollLine, ...]
    both_sides: bool
    homework: bool


@dataclass(frozen=True, kw_only=True)
class RollPage:
    """A meeting for whoever runs it."""

    meeting: MeetingView
    facts: MeetingFacts | None
    teams: tuple[RollTeam, ...]

    @property
    def here(self) -> int:
        """How many people are there."""
        return sum(line.here for team in self.teams for line in team.lines)

    @property
    def expected(self) -> int:
        """How many people the roll names."""
        return sum(len(team.lines) for team in self.teams)


def own_year(team: TeamOfYear) -> OwnYear:
    """Return a team's page of the year: its record, its people's, and what is next."""
    months = [
        one
        for one in year_of(team.institute_id)
        if one.meeting.for_group(team.group) and not one.meeting.cancelled
    ]
    meetings = [one.meeting for one in months]
    known = seen_by([team])
    seen, record = known[team.id], records_from(known, [team], meetings)[team.id]
    homework = _homework(team.id)
    now = clock.now()
    lines = {line.meeting.id: line for line in record.lines}
    ahead = [one for one in meetings if one.ends_at is not None and one.ends_at > now]
    return OwnYear(
        team=team,
        year=TeamYear(team=team, record=record),
        lines=tuple(
            OwnLine(
                meeting=one,
                line=lines[one.meeting.id],
                members=_members(team, one.meeting, seen.get(one.meeting.id, NOBODY)),
                homework=homework.get(one.meeting.id),
            )
            for one in months
        ),
        next=ahead[0] if ahead else None,
    )


def board_of(institute_id: UUID, reader: Reader) -> tuple[Sequence[YearMeeting], list[TeamYear]]:
    """Return a cohort's meetings and the records of the teams that this reader looks after."""
    meetings = [one for one in year_of(institute_id) if not one.meeting.cancelled]
    teams = [one for one in team_years(institute_id) if reader.runs(one.team)]
    return meetings, teams


def roll_of(meeting: MeetingView, reader: Reader) -> RollPage:
    """Return a meeting's roll: the teams that are expected and whom this reader looks after."""
    teams = [
        team
        for team in rosters.teams_at(meeting.institute_id)
        if team.registered and meeting.for_group(team.group) and reader.runs(team)
    ]
    here = facade.present_at(meeting.institute_id, session_ids=[meeting.id])[meeting.id]
    done = frozenset(
        db.session.scalars(
            select(HomeworkDone.team_id).where(HomeworkDone.session_id == meeting.id)
        )
    )
    return RollPage(
        meeting=meeting,
        facts=facts_of(meeting.institute_id).get(meeting.id),
        teams=tuple(_roll_team(team, here, homework=team.id in done) for team in teams),
    )


def members_at(team: TeamOfYear, code: str) -> Sequence[tuple[UUID, str, Presence]]:
    """Return a team's members and how they stand towards a meeting. Raises ``NotFound``."""
    meeting = facade.meeting_at(team.institute_id, code)
    return _members(team, meeting, seen_by([team])[team.id].get(meeting.id, NOBODY))


def sister_meetings(team: TeamOfYear, code: str) -> Sequence[tuple[str, str]]:
    """Return the meetings of other groups and cohorts at which one can make up for this one.

    They have taken place no more than 60 days before or after it. Each comes with its title and
    the key by which ``sister_named`` knows it.
    """
    missed = facade.meeting_at(team.institute_id, code)
    if missed.starts_at is None:
        return ()
    now = clock.now()
    found: list[tuple[str, str]] = []
    for institute in every_institute():
        if not institute.is_cohort:
            continue
        for one in facade.meetings_of(institute.id):
            elsewhere = institute.id != team.institute_id or not one.for_group(team.group)
            held = one.starts_at and one.ends_at and one.ends_at <= now and not one.cancelled
            near = one.starts_at and abs(one.starts_at - missed.starts_at) <= NEAR
            if elsewhere and held and near:
                found.append((f"{institute.id} {one.code}", f"{one.title} ({institute.title})"))
    return found


def sister_named(key: str) -> Sister | None:
    """Return the sister meeting of a key; ``None`` for the empty one."""
    institute_id, _, code = key.partition(" ")
    return Sister(institute_id=UUID(institute_id), code=code) if key else None


def groups_at(institute_id: UUID) -> list[str]:
    """Return the groups of a cohort: those of its teams and of its meetings, in order."""
    teams = {team.group for team in rosters.teams_at(institute_id)}
    meetings = {one.group for one in facade.meetings_of(institute_id, drafts=True)}
    return sorted((teams | meetings) - {""})


def _roll_team(team: TeamOfYear, here: frozenset[UUID], *, homework: bool) -> RollTeam:
    lines = tuple(
        RollLine(
            person_id=seat.person_id,
            name=seat.name,
            office=seat.label,
            side=table_side(seat.side),
            here=seat.person_id in here,
        )
        for seat in team.seats
        if seat.person_id is not None
        and (seat.person_id in here or (seat.ended_at is None and seat.confirmed))
    )
    sides = {line.side for line in lines if line.here}
    return RollTeam(team=team, lines=lines, both_sides=set(TableSide) <= sides, homework=homework)


def _members(
    team: TeamOfYear, meeting: MeetingView, seen: Seen
) -> tuple[tuple[UUID, str, Presence], ...]:
    now = clock.now()
    if meeting.ends_at is None or meeting.ends_at > now:
        return ()
    return tuple(
        (seat.person_id, seat.name, person_presence(seat.person_id, meeting, seen, now=now))
        for seat in team.seats
        if seat.person_id is not None and seat.ended_at is None and seat.confirmed
    )


def _homework(team_id: UUID) -> Mapping[UUID, HomeworkDone]:
    rows = db.session.scalars(select(HomeworkDone).where(HomeworkDone.team_id == team_id))
    return {row.session_id: row for row in rows}
