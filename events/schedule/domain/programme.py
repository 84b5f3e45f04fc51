"""The programme as a whole: days, parallel sessions, weeks left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from events.schedule.domain.sessions import PlannedSession, in_order
from events.schedule.domain.spans import Span, told_in

WEEK = timedelta(weeks=1)
LONGEST_GAP = 3 * WEEK  # a longer one is the end of a series, not a week left out


@dataclass(frozen=True, kw_only=True)
class Slot:
    """What happens at one time: one session, or several side by side."""

    time: Span
    """The time in the programme's zone."""
    sessions: tuple[PlannedSession, ...]

    @property
    def times(self) -> tuple[Span, ...]:
        """The time where the sessions are held, then in the programme's zone if it differs."""
        spans = (session.span for session in self.sessions)
        return told_in(self.time.time_zone, (span for span in spans if span))

    @property
    def is_mixed(self) -> bool:
        """Whether its sessions are held in different zones, so that each has to name its own."""
        return len({session.time_zone for session in self.sessions}) > 1

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

    @property
    def sessions(self) -> tuple[PlannedSession, ...]:
        """The sessions that have a date, in order of time."""
        slots = (slot for day in self.days for slot in day.slots)
        return tuple(session for slot in slots for session in slot.sessions)


def programme_of(sessions: Iterable[PlannedSession], *, zone: str) -> Programme:
    """Return the sessions by day, then time, those side by side together.

    Days are those of ``zone``; what is held in another zone stands where it falls in this one.
    """
    days: dict[date, dict[tuple[datetime, datetime], list[PlannedSession]]] = {}
    undated: list[PlannedSession] = []
    ordered = sorted(sessions, key=in_order)
    for session in ordered:
        span = session.span
        if span is None:
            undated.append(session)
            continue
        on = span.seen_from(zone).starts.date()
        days.setdefault(on, {}).setdefault((span.begins_at, span.ends_at), []).append(session)
    gaps = missing_weeks(ordered)
    return Programme(
        days=tuple(_day(on, slots.values(), gaps, zone) for on, slots in days.items()),
        undated=tuple(undated),
    )


def days_of(sessions: Iterable[PlannedSession], *, zone: str) -> frozenset[date]:
    """Return the days of ``zone`` on which sessions begin."""
    spans = (session.span for session in sessions)
    return frozenset(span.seen_from(zone).starts.date() for span in spans if span)


def missing_weeks(sessions: Iterable[PlannedSession]) -> tuple[Gap, ...]:
    """Return the weeks that weekly series leave out.

    A series is what meets at least three times on the same weekday at the same time, most
    often a week apart.
    """
    series: dict[tuple[str, str, int, time], set[date]] = {}
    for session in sessions:
        if session.starts is not None and not session.cancelled:
            begins = session.starts
            meets = (session.kind, session.time_zone, begins.weekday(), begins.time())
            series.setdefault(meets, set()).add(begins.date())
    return tuple(sorted((gap for days in series.values() for gap in _gaps(sorted(days))), key=_on))


def _day(
    on: date, slots: Iterable[Sequence[PlannedSession]], gaps: Iterable[Gap], zone: str
) -> ProgrammeDay:
    found = tuple(
        Slot(time=span.seen_from(zone), sessions=tuple(side_by_side))
        for side_by_side in slots
        if (span := side_by_side[0].span)
    )
    # A series names its weeks by its own days, which elsewhere may be the day before or after.
    met = {session.starts.date() for slot in found for session in slot.sessions if session.starts}
    return ProgrammeDay(on=on, slots=found, gaps=tuple(gap for gap in gaps if gap.next_on in met))


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
