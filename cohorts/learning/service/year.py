"""A cohort's year as pages read it: meetings with their facts, gaps, and every team's record."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from cohorts.learning.domain.partners import TableSide, table_side
from cohorts.learning.domain.record import Seen, TeamRecord, record_of
from cohorts.learning.domain.series import Span
from cohorts.learning.models import HomeworkDone, MakeUp, MakeUpWay, MeetingFacts, MeetingGap
from consortium import clock
from consortium.database import db
from events.facade import meetings as facade
from events.facade import teams as rosters
from events.facade.meetings import MeetingView
from events.facade.teams import TeamOfYear

Present = Mapping[UUID, Collection[UUID]]
"""Who was in each meeting, by meeting."""
MadeUp = Mapping[tuple[UUID, MakeUpWay], set[UUID]]
"""Who made up for which meeting of one team, by meeting and way."""


@dataclass(frozen=True, kw_only=True)
class YearMeeting:
    """A meeting with what the cohort knows of it beyond the programme."""

    meeting: MeetingView
    facts: MeetingFacts | None
    gaps_before: tuple[Span, ...] = ()
    """Named gaps since the meeting before it."""


@dataclass(frozen=True, kw_only=True)
class TeamYear:
    """A team and its record."""

    team: TeamOfYear
    record: TeamRecord


def year_of(institute_id: UUID, *, drafts: bool = False) -> list[YearMeeting]:
    """Return a cohort's meetings in order of time with houses, snow dates and gaps between them.

    Three queries for any number of meetings.
    """
    facts = facts_of(institute_id)
    gaps = gaps_of(institute_id)
    found: list[YearMeeting] = []
    before: date | None = None
    for meeting in facade.meetings_of(institute_id, drafts=drafts):
        on = meeting.starts.date() if meeting.starts else None
        between = tuple(
            gap for gap in gaps if on and gap.last < on and (before is None or gap.first > before)
        )
        found.append(YearMeeting(meeting=meeting, facts=facts.get(meeting.id), gaps_before=between))
        before = on or before
    return found


def facts_of(institute_id: UUID) -> Mapping[UUID, MeetingFacts]:
    """Return what is known of a cohort's meetings beyond the programme, by meeting."""
    rows = db.session.scalars(select(MeetingFacts).where(MeetingFacts.institute_id == institute_id))
    return {row.session_id: row for row in rows}


def gaps_of(institute_id: UUID) -> Sequence[Span]:
    """Return the named days without meetings, in order of time."""
    return [
        Span(name=row.name, first=row.first_day, last=row.last_day)
        for row in gap_rows_of(institute_id)
    ]


def gap_rows_of(institute_id: UUID) -> Sequence[MeetingGap]:
    """Return the rows of a cohort's gaps in order of time, for those who plan them."""
    statement = select(MeetingGap).where(MeetingGap.institute_id == institute_id)
    return db.session.scalars(statement.order_by(MeetingGap.first_day, MeetingGap.id)).all()


def record_of_team(team: TeamOfYear) -> TeamRecord:
    """Return one team's record of the year."""
    return records_of([team], facade.meetings_of(team.institute_id))[team.id]


def team_years(institute_id: UUID) -> list[TeamYear]:
    """Return every registered team of a cohort with its record, by name, in few queries."""
    teams = [team for team in rosters.teams_at(institute_id) if team.registered]
    records = records_of(teams, facade.meetings_of(institute_id))
    return [TeamYear(team=team, record=records[team.id]) for team in teams]


def records_of(
    teams: Collection[TeamOfYear],
    meetings: Sequence[MeetingView],
    *,
    present: Present | None = None,
) -> Mapping[UUID, TeamRecord]:
    """Return the records of teams of one cohort by team, in three queries for any number."""
    return records_from(seen_by(teams, present=present), teams, meetings)


def records_from(
    seen: Mapping[UUID, Mapping[UUID, Seen]],
    teams: Collection[TeamOfYear],
    meetings: Sequence[MeetingView],
) -> Mapping[UUID, TeamRecord]:
    """Return the records of teams of whom ``seen_by`` was read already."""
    now = clock.now()
    return {
        team.id: record_of(meetings, seen[team.id], group=team.group, now=now) for team in teams
    }


def seen_by(
    teams: Collection[TeamOfYear], *, present: Present | None = None
) -> Mapping[UUID, Mapping[UUID, Seen]]:
    """Return by team and meeting who was there, watched it later, or went to a sister cohort.

    Whoever has left the team since still counts for the meetings they came to. ``present`` is who
    was in each meeting of the cohort, for those who have read it already.
    """
    if not teams:
        return {}
    if present is None:
        few = None if len(teams) > 1 else _people(teams)
        present = facade.present_at(next(iter(teams)).institute_id, person_ids=few)
    at: dict[UUID, list[UUID]] = defaultdict(list)
    for session_id, people in present.items():
        for person_id in people:
            at[person_id].append(session_id)
    ids = [team.id for team in teams]
    made_up, handed_in = _make_ups(ids), _handed_in(ids)
    return {
        team.id: _seen_by_team(team, at, made_up.get(team.id, {}), handed_in[team.id])
        for team in teams
    }


def _seen_by_team(
    team: TeamOfYear, at: Mapping[UUID, Sequence[UUID]], made_up: MadeUp, handed_in: set[UUID]
) -> Mapping[UUID, Seen]:
    live: dict[UUID, dict[UUID, TableSide | None]] = defaultdict(dict)
    for seat in team.seats:
        if seat.person_id is None:
            continue
        for session_id in at.get(seat.person_id, ()):
            live[session_id][seat.person_id] = table_side(seat.side)
    return {
        session_id: Seen(
            live=live.get(session_id, {}),
            sister=frozenset(made_up.get((session_id, MakeUpWay.SISTER), ())),
            watched=frozenset(made_up.get((session_id, MakeUpWay.RECORDING), ())),
            handed_in=session_id in handed_in,
        )
        for session_id in {*live, *(key[0] for key in made_up), *handed_in}
    }


def _people(teams: Collection[TeamOfYear]) -> set[UUID]:
    return {seat.person_id for team in teams for seat in team.seats if seat.person_id}


def _make_ups(team_ids: Collection[UUID]) -> Mapping[UUID, MadeUp]:
    found: dict[UUID, dict[tuple[UUID, MakeUpWay], set[UUID]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for row in db.session.scalars(select(MakeUp).where(MakeUp.team_id.in_(team_ids))):
        found[row.team_id][row.session_id, row.way].add(row.person_id)
    return found


def _handed_in(team_ids: Collection[UUID]) -> Mapping[UUID, set[UUID]]:
    rows = db.session.execute(
        select(HomeworkDone.team_id, HomeworkDone.session_id).where(
            HomeworkDone.team_id.in_(team_ids)
        )
    )
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for team_id, session_id in rows:
        found[team_id].add(session_id)
    return found
