"""When someone was there, as it counts: stays by the minute, open ones settled."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from events.credit.domain.rules import OpenStays

EVERYONE = "*"
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class Presence:
    """A stay as it was recorded; moments are aware, in the institute's zone."""

    on: date
    arrived: datetime
    left: datetime | None = None
    assumed: bool = False
    """Whether nobody saw the end, and check-in took that of the day's programme."""


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A session as far as credit asks: when it is, of what kind, for whom."""

    kind: str
    starts: datetime
    ends: datetime
    roles: tuple[str, ...] = (EVERYONE,)
    for_some: bool = False
    """Whether not everyone in these roles has it: newcomers only, one cohort, an optional day."""

    def is_for(self, role_codes: Iterable[str]) -> bool:
        """Tell whether everyone in these roles has it on the agenda."""
        return EVERYONE in self.roles or not set(self.roles).isdisjoint(role_codes)


@dataclass(frozen=True, kw_only=True)
class Trace:
    """What else is known of someone's day, for a stay that nobody ended."""

    last_scan: datetime | None = None
    """The last moment at which they were seen anywhere."""
    last_session_ends: datetime | None = None
    """The end of the last session into which they were scanned."""


@dataclass(frozen=True, kw_only=True)
class Stayed:
    """A stay as it counts, in whole minutes of the clock on the wall."""

    on: date
    arrived: datetime
    left: datetime
    settled: bool = False
    """Whether nobody recorded its end, and the institute's rule set it."""
    open: bool = False
    """Whether it still waits for staff, and counts for nothing."""

    @property
    def minutes(self) -> int:
        """Whole minutes from arrival to departure."""
        return minutes_in((self.arrived, self.left))


NOTHING_ELSE = Trace()


def settled(
    presences: Iterable[Presence], rule: OpenStays, traces: Mapping[date, Trace]
) -> tuple[Stayed, ...]:
    """Return the stays in order, seconds cut off as people read them, open ones by the rule.

    Stays that overlap are one: two desks may both have let someone in, and nobody is there twice.
    """
    stays = [_settled(one, rule, traces.get(one.on, NOTHING_ELSE)) for one in presences]
    joined: list[Stayed] = []
    for stay in sorted(stays, key=lambda one: (one.arrived, one.left)):
        last = joined[-1] if joined else None
        if last is None or last.on != stay.on or stay.arrived >= last.left or stay.open:
            joined.append(stay)
        elif stay.left > last.left:
            joined[-1] = Stayed(
                on=last.on, arrived=last.arrived, left=stay.left, settled=stay.settled
            )
    return tuple(joined)


def _settled(one: Presence, rule: OpenStays, trace: Trace) -> Stayed:
    arrived = _minute(one.arrived)
    if one.left is not None:
        left = max(arrived, _minute(one.left))
        return Stayed(on=one.on, arrived=arrived, left=left, settled=one.assumed)
    ends = {
        OpenStays.LAST_SCAN: trace.last_scan,
        OpenStays.LAST_SESSION: trace.last_session_ends,
        OpenStays.NOTHING: None,
    }[rule]
    if ends is None:
        return Stayed(on=one.on, arrived=arrived, left=arrived, open=True)
    return Stayed(on=one.on, arrived=arrived, left=max(arrived, _minute(ends)), settled=True)


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Return the same time without overlaps, in order."""
    joined: list[Interval] = []
    for starts, ends in sorted(one for one in intervals if one[0] < one[1]):
        if joined and starts <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], ends))
        else:
            joined.append((starts, ends))
    return tuple(joined)


def within(intervals: Sequence[Interval], others: Sequence[Interval]) -> int:
    """Return for how many whole minutes both hold; neither has overlaps of its own."""
    return sum(
        minutes_in((max(one[0], other[0]), min(one[1], other[1])))
        for one in intervals
        for other in others
        if max(one[0], other[0]) < min(one[1], other[1])
    )


def minutes_in(interval: Interval) -> int:
    """Return how many whole minutes pass, also over a change of clocks."""
    return max(0, int((interval[1].timestamp() - interval[0].timestamp()) // 60))


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
