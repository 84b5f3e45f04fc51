"""The programme as a whole: days, parallel sessions, rooms used twice, weeks left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from events.schedule.domain.sessions import PlannedSession, in_order, overlapping

WEEK = timedelta(weeks=1)
LONGEST_GAP = 3 * WEEK  # a longer one is the end of a series, not a week left out


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What happens at one time: one session, or several side by side."""

    starts: datetime
    ends: datetime
    sessions: tuple[PlannedSession, ...]

    @property
    def choose(self) -> int:
        """How many of the sessions one person takes; 0 where nobody has to choose."""
        rounds = {session.choice_group for session in self.sessions}
        if len(self.sessions) == 1 or len(rounds) != 1 or "" in rounds:
            return 0
        return max(session.pick for session in self.sessions)


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A week in which a weekly series does not meet, and when it meets next."""

    on: date
    next_on: date


@dataclass(frozen=True, kw_only=True)
class ProgrammeDay:
    """A day of the programme, with the weeks left out just before it."""

    on: date
    slots: tuple[Slot, ...]
    gaps: tuple[Gap, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Programme:
    """An institute's sessions as a page shows them."""

    days: tuple[ProgrammeDay, ...]
    undated: tuple[PlannedSession, ...]
    """Sessions whose date is not set yet: on pages, never in calendars."""


@dataclass(frozen=True, kw_only=True)
class Clash:
    """Two sessions in one room at the same time."""

    room: str
    one: PlannedSession
    other: PlannedSession


def programme_of(sessions: Iterable[PlannedSession]) -> Programme:
    """Return the sessions by day, then time, those side by side together."""
    slots: dict[date, dict[tuple[datetime, datetime], list[PlannedSession]]] = {}
    undated: list[PlannedSession] = []
    ordered = sorted(sessions, key=in_order)
    for session in ordered:
        if session.starts is None or session.ends is None:
            undated.append(session)
            continue
        at = (session.starts, session.ends)
        slots.setdefault(session.starts.date(), {}).setdefault(at, []).append(session)
    gaps = missing_weeks(ordered)
    return Programme(
        days=tuple(
            ProgrammeDay(
                on=on,
                slots=tuple(
                    Slot(starts=starts, ends=ends, sessions=tuple(side_by_side))
                    for (starts, ends), side_by_side in at.items()
                ),
                gaps=tuple(gap for gap in gaps if gap.next_on == on),
            )
            for on, at in slots.items()
        ),
        undated=tuple(undated),
    )


def missing_weeks(sessions: Iterable[PlannedSession]) -> tuple[Gap, ...]:
    """Return the weeks that weekly series leave out.

    A series is what meets at least three times on the same weekday at the same time, most
    often a week apart.
    """
    series: dict[tuple[str, int, time], set[date]] = {}
    for session in sessions:
        if session.starts is not None and not session.cancelled:
            begins = session.starts
            series.setdefault((session.kind, begins.weekday(), begins.time()), set()).add(
                begins.date()
            )
    return tuple(sorted((gap for days in series.values() for gap in _gaps(sorted(days))), key=_on))


def room_clashes(sessions: Iterable[PlannedSession]) -> tuple[Clash, ...]:
    """Return where one room is used for two things at once."""
    rooms: dict[str, list[PlannedSession]] = {}
    for session in sessions:
        if session.room and not session.cancelled:
            rooms.setdefault(session.room.casefold(), []).append(session)
    return tuple(
        Clash(room=one.room, one=one, other=other)
        for in_room in rooms.values()
        for one, other in overlapping(in_room)
    )


def _gaps(days: Sequence[date]) -> Sequence[Gap]:
    steps = [later - earlier for earlier, later in pairwise(days)]
    if len(steps) < 2 or steps.count(WEEK) * 2 <= len(steps):  # noqa: PLR2004
        return []
    return [
        Gap(on=earlier + n * WEEK, next_on=later)
        for earlier, later in pairwise(days)
        if WEEK < later - earlier <= LONGEST_GAP
        for n in range(1, (later - earlier) // WEEK)
    ]


def _on(gap: Gap) -> date:
    return gap.on
