"""A team's record of the year: which meetings it came to, and how it made up for others."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from cohorts.learning.domain.partners import TableSide

if TYPE_CHECKING:
    from events.facade.meetings import MeetingView


class Presence(StrEnum):
    """How a team, or one person, stands towards a meeting."""

    AHEAD = auto()
    LIVE = auto()
    SISTER = auto()
    """Came to the same meeting of a sister cohort: counts as attended."""
    MADE_UP = auto()
    """Recording and homework: flagged, not counted as live."""
    MISSED = auto()


COUNTED = frozenset({Presence.LIVE, Presence.SISTER})
"""What counts as attended."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What is known of a team's people and one meeting."""

    live: Mapping[UUID, TableSide | None]
    """Who was there, and on which side they sit."""
    sister: frozenset[UUID] = frozenset()
    """Who came to a sister cohort's meeting instead."""
    watched: frozenset[UUID] = frozenset()
    """Who watched the recording."""
    handed_in: bool = False
    """Whether the team handed its homework in."""


NOBODY = Seen(live={})


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One meeting in a team's record."""

    meeting: "MeetingView"
    presence: Presence
    people: int
    """How many of the team were there live."""
    both_sides: bool
    """Whether someone of each side was there live."""
    handed_in: bool
    asks_homework: bool


@dataclass(frozen=True, kw_only=True)
class TeamRecord:
    """A team's year at a cohort."""

    lines: tuple[RecordLine, ...]

    @property
    def held(self) -> int:
        """How many meetings have taken place."""
        return sum(line.presence is not Presence.AHEAD for line in self.lines)

    @property
    def attended(self) -> int:
        """To how many of them the team came, live or in a sister cohort."""
        return sum(line.presence in COUNTED for line in self.lines)

    @property
    def one_sided(self) -> int:
        """At how many meetings only one of its sides was there."""
        return sum(bool(line.people) and not line.both_sides for line in self.lines)

    @property
    def made_up(self) -> int:
        """How many it made up by recording and homework; none of them counts as attended."""
        return sum(line.presence is Presence.MADE_UP for line in self.lines)

    @property
    def homework_open(self) -> int:
        """How many meetings that are over ask for homework the team has not handed in."""
        return sum(
            line.asks_homework and not line.handed_in and line.presence is not Presence.AHEAD
            for line in self.lines
        )


def record_of(
    meetings: Iterable["MeetingView"],
    seen: Mapping[UUID, Seen],
    *,
    group: str,
    now: datetime,
) -> TeamRecord:
    """Return a team's record of the meetings its group is expected at, cancelled ones left out.

    A meeting is over when its end has passed; one without a date is ahead. A team came when any
    of its people did. Recording and homework make up for a meeting only together.
    """
    return TeamRecord(
        lines=tuple(
            _line(meeting, seen.get(meeting.id, NOBODY), now)
            for meeting in meetings
            if meeting.for_group(group) and not meeting.cancelled
        )
    )


def person_presence(
    person_id: UUID, meeting: "MeetingView", seen: Seen, *, now: datetime
) -> Presence:
    """Return how one member stands towards a meeting."""
    if person_id in seen.live:
        return Presence.LIVE
    if person_id in seen.sister:
        return Presence.SISTER
    if not _is_over(meeting, now):
        return Presence.AHEAD
    if person_id in seen.watched and seen.handed_in:
        return Presence.MADE_UP
    return Presence.MISSED


def _line(meeting: "MeetingView", seen: Seen, now: datetime) -> RecordLine:
    return RecordLine(
        meeting=meeting,
        presence=_team_presence(meeting, seen, now),
        people=len(seen.live),
        both_sides=_both(seen.live.values()),
        handed_in=seen.handed_in,
        asks_homework=bool(meeting.homework),
    )


def _team_presence(meeting: "MeetingView", seen: Seen, now: datetime) -> Presence:
    if seen.live:
        return Presence.LIVE
    if seen.sister:
        return Presence.SISTER
    if not _is_over(meeting, now):
        return Presence.AHEAD
    made_up = seen.watched and seen.handed_in
    return Presence.MADE_UP if made_up else Presence.MISSED


def _is_over(meeting: "MeetingView", now: datetime) -> bool:
    return meeting.ends_at is not None and meeting.ends_at <= now


def _both(sides: Collection[TableSide | None]) -> bool:
    return set(TableSide) <= set(sides)
