"""Time zones as calendar files define them: short, and right in every year since the rules hold.

A definition trimmed to one file's dates is short too, but some programs keep the first
definition they meet under a zone's name and read the next file with it, wrongly. And
icalendar's own ``Timezone.from_tzid`` lets summer time begin an hour late: RFC 5545 wants each
change in the wall time that ends with it.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Component, Timezone, TimezoneDaylight, TimezoneStandard

FIRST_YEAR, LAST_YEAR = 1990, 2037
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, kw_only=True)
class Change:
    """A moment at which clocks change, or from which an offset is known to hold."""

    wall: datetime
    """What clocks showed as it began, in the offset that ended."""
    offset_before: timedelta
    offset: timedelta
    name: str
    summer: bool

    @property
    def habit(self) -> tuple[object, ...]:
        """What stays the same from year to year where a rule holds, but for the week."""
        return (
            self.wall.month,
            self.wall.weekday(),
            self.wall.time(),
            self.offset_before,
            self.offset,
            self.name,
        )

    @property
    def weeks(self) -> frozenset[int]:
        """Which weekday of its month it is: the second is 2, the last -1."""
        day, days = self.wall.day, monthrange(self.wall.year, self.wall.month)[1]
        return frozenset({(day + 6) // 7} | ({-1} if day + 7 > days else set()))


@lru_cache(maxsize=256)
def zone_definition(zone: str, first_year: int, last_year: int) -> bytes:
    """Return the VTIMEZONE of a zone, right at least from the first to the last year."""
    changes = _changes(zone)
    steady, weeks = _steady_since(changes)
    definition = Timezone()
    definition.add("tzid", zone)
    ruled = [change for change in changes if change.wall.year == steady]
    if not ruled or first_year <= steady:
        begin = min(first_year, steady) - 1
        definition.add_component(_observance(_known_after(begin, changes, zone)))
        for change in changes:
            if begin < change.wall.year < min(steady, last_year + 2):
                definition.add_component(_observance(change))
    for change, week in zip(ruled, weeks, strict=True):
        observance = _observance(change)
        day = f"{week}{WEEKDAYS[change.wall.weekday()]}"
        observance.add("rrule", {"FREQ": "YEARLY", "BYMONTH": change.wall.month, "BYDAY": day})
        definition.add_component(observance)
    written: bytes = definition.to_ical()
    return written


def _observance(change: Change) -> Component:
    observance = TimezoneDaylight() if change.summer else TimezoneStandard()
    observance.add("dtstart", change.wall)
    observance.add("tzname", change.name)
    observance.add("tzoffsetfrom", change.offset_before)
    observance.add("tzoffsetto", change.offset)
    return observance


def _steady_since(changes: Iterable[Change]) -> tuple[int, Sequence[int]]:
    """Return the first year from which the changes keep one rule, and their weeks of the month."""
    by_year: dict[int, list[Change]] = {}
    for change in changes:
        by_year.setdefault(change.wall.year, []).append(change)
    model = by_year.get(LAST_YEAR, [])
    weeks = [change.weeks for change in model]
    steady = LAST_YEAR + 1
    for year in range(LAST_YEAR, FIRST_YEAR - 1, -1):
        there = by_year.get(year, [])
        if [change.habit for change in there] != [change.habit for change in model]:
            break
        common = [both & change.weeks for both, change in zip(weeks, there, strict=True)]
        if not all(common):
            break
        steady, weeks = year, common
    return steady, [min(common) for common in weeks] if steady <= LAST_YEAR else []


@lru_cache(maxsize=256)
def _changes(zone: str) -> Sequence[Change]:
    """Find the changes by weeks, then by halving down to the minute."""
    return tuple(_walk(ZoneInfo(zone)))


def _walk(local: ZoneInfo) -> Iterator[Change]:
    low = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    while low.year <= LAST_YEAR:
        high = low + timedelta(weeks=1)
        if _shown(low, local) != _shown(high, local):
            yield _change_between(low, high, local)
        low = high


def _change_between(low: datetime, high: datetime, local: ZoneInfo) -> Change:
    before = _shown(low, local)
    while high - low > timedelta(minutes=1):
        middle = low + timedelta(minutes=(high - low) // timedelta(minutes=2))
        if _shown(middle, local) == before:
            low = middle
        else:
            high = middle
    return _change(high, local, offset_before=before[0])


def _known_after(year: int, changes: Sequence[Change], zone: str) -> Change:
    """Return what clocks show as a year ends; some changed in its last hours."""
    new_year_eve = datetime(year, 12, 31)  # noqa: DTZ001  (wall time)
    last = next((change for change in reversed(changes) if change.wall.year <= year), None)
    if last is not None:
        wall = max(new_year_eve, last.wall)
        return replace(last, wall=wall, offset_before=last.offset)
    at, local = new_year_eve.replace(tzinfo=UTC), ZoneInfo(zone)
    return _change(at, local, offset_before=_shown(at, local)[0])


def _change(at: datetime, local: ZoneInfo, *, offset_before: timedelta) -> Change:
    offset, name = _shown(at, local)
    return Change(
        wall=(at + offset_before).replace(tzinfo=None),
        offset_before=offset_before,
        offset=offset,
        name=name,
        summer=bool(at.astimezone(local).dst()),
    )


def _shown(at: datetime, local: ZoneInfo) -> tuple[timedelta, str]:
    there = at.astimezone(local)
    return there.utcoffset() or timedelta(), there.tzname() or ""
