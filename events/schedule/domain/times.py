"""Wall time and zone are the truth; instants follow from them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from consortium.words import say
from events.schedule.domain.sessions import SessionRefused


def instant_of(wall: datetime, zone: str, *, field: str | None = None) -> datetime:
    """Return the moment at which clocks in ``zone`` show ``wall``.

    On the two nights a year when clocks change, a wall time may not exist or may come twice.
    Raises ``SessionRefused`` that names both readings: nobody but the host knows which was meant.
    """
    local = ZoneInfo(zone)
    earlier = wall.replace(tzinfo=local, fold=0)
    later = wall.replace(tzinfo=local, fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return earlier.astimezone(UTC)
    first, second = sorted(
        moment.astimezone(UTC).astimezone(local).replace(tzinfo=None, fold=0)
        for moment in (earlier, later)
    )
    if first != second:
        raise SessionRefused(
            say(
                "Clocks go forward that night, so %(wall)s on %(day)s does not exist there. "
                "Choose %(first)s or %(second)s.",
                wall=_clock(wall),
                day=day_in_words(wall),
                first=_clock_or_day(first, wall),
                second=_clock_or_day(second, wall),
            ),
            field=field,
        )
    raise SessionRefused(
        say(
            "Clocks go back that night, so %(wall)s on %(day)s comes twice: first as %(first)s, "
            "then as %(second)s. Calendars cannot tell them apart; choose a time before %(begin)s "
            "or from %(end)s on.",
            wall=_clock(wall),
            day=day_in_words(wall),
            first=earlier.tzname(),
            second=later.tzname(),
            begin=_clock(_edge_of_overlap(wall, local, -1)),
            end=_clock(_edge_of_overlap(wall, local, +1)),
        ),
        field=field,
    )


def local_time(wall: datetime, zone: str, *, of: str) -> datetime | None:
    """Return the wall time ``wall`` in ``zone`` as people in the zone ``of`` see it.

    ``None`` when their clocks show the same, or when their zone is not known.
    """
    if not of:
        return None
    there = wall.replace(tzinfo=ZoneInfo(zone))
    here = there.astimezone(ZoneInfo(of))
    return None if here.replace(tzinfo=None) == wall else here


def _edge_of_overlap(wall: datetime, zone: ZoneInfo, direction: int) -> datetime:
    """Walk by minutes to where the wall time is no longer shown twice."""
    step = timedelta(minutes=direction)
    edge = wall.replace(second=0, microsecond=0)
    while _shown_twice(edge, zone):
        edge += step
    return edge if direction > 0 else edge - step


def _shown_twice(wall: datetime, zone: ZoneInfo) -> bool:
    once, again = (wall.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    return once != again


def _clock(wall: datetime) -> str:
    return wall.strftime("%I:%M %p").lstrip("0")


def _clock_or_day(moment: datetime, wall: datetime) -> str:
    """Name the day too where it is another one: clocks may skip midnight, or a whole day."""
    if moment.date() == wall.date():
        return _clock(moment)
    return say("%(clock)s on %(day)s", clock=_clock(moment), day=day_in_words(moment))


def moment_in_words(wall: datetime) -> str:
    """Return a day of this programme and a time, as lists name them: Sun, Mar 14, 9:00 AM."""
    return f"{wall:%a, %b} {wall.day}, {_clock(wall)}"


def day_in_words(wall: datetime) -> str:
    """Return the day as refusals name it: Sunday, March 14, 2027."""
    return f"{wall:%A, %B} {wall.day}, {wall.year}"
