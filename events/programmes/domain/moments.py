"""Dates and times as a file writes them: wall times, read strictly, in the institute's zone."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from consortium.words import Sentence, say

YEARS = range(1990, 2101)
_MOMENT = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:T(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?P<offset>Z|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_LAST_OFFSET = timedelta(hours=14)


class NotAMoment(ValueError):
    """The text is no date or time; ``sentence`` says what to write."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Said:
    """A date or a time as it stands in the file."""

    text: str
    on: date
    at: time | None
    offset: timezone | None

    @property
    def wall(self) -> datetime:
        """The date with its time, without any zone."""
        return datetime.combine(self.on, self.at or time())


def said(text: str) -> Said:
    """Read ``2017-06-20``, ``2017-06-20T09:00`` or the latter with an offset.

    Raises ``NotAMoment``.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise NotAMoment(
            say(
                "“%(text)s” is not a date or time. Write it like 2017-06-20 or 2017-06-20T09:00.",
                text=text[:40],
            )
        )
    on = _day(int(match["year"]), int(match["month"]), int(match["day"]))
    if match["hour"] is None:
        return Said(text=text, on=on, at=None, offset=None)
    if int(match["hour"]) > 23 or int(match["minute"]) > 59:  # noqa: PLR2004  (a clock's ends)
        raise NotAMoment(
            say("There is no %(at)s on a clock. Write 00:00 to 23:59.", at=text[11:16])
        )
    if match["second"] not in {None, "00"}:
        raise NotAMoment(say("Leave out the seconds: write %(text)s.", text=text[:16]))
    at = time(int(match["hour"]), int(match["minute"]))
    return Said(text=text, on=on, at=at, offset=_offset(match["offset"]))


def said_day(text: str) -> date:
    """Read a bare date. Raises ``NotAMoment``."""
    moment = said(text)
    if moment.at is not None:
        raise NotAMoment(say("Only the date goes here: write %(on)s.", on=moment.on))
    return moment.on


def in_zone(moment: Said, zone: ZoneInfo, *, first_if: datetime | None = None) -> datetime:
    """Return the wall time in ``zone`` (naive) that the file means.

    A time with an offset is an instant and is moved into the zone. A wall time that clocks skip,
    or show twice, is nobody's to guess: ``first_if`` is the instant the file gives beside it.
    Raises ``NotAMoment``.
    """
    if moment.offset is not None:
        instant = moment.wall.replace(tzinfo=moment.offset)
        local = instant.astimezone(zone)
        wall = local.replace(tzinfo=None, fold=0)
        return _shown_once(wall, zone, first_if=instant) if comes_twice(wall, zone) else wall
    return _shown_once(moment.wall, zone, first_if=first_if)


def comes_twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Tell whether clocks in the zone show this time a second time, mostly an hour later."""
    once, again = _readings(wall, zone)
    return once < again


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment (aware, UTC) at which clocks in the zone first show ``wall``."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _shown_once(wall: datetime, zone: ZoneInfo, *, first_if: datetime | None) -> datetime:
    once, again = _readings(wall, zone)
    if once > again:
        before, after = (
            moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M") for moment in (again, once)
        )
        raise NotAMoment(
            say(
                "Clocks go forward that night, so %(wall)s does not exist in %(zone)s. "
                "Write %(before)s or %(after)s.",
                wall=f"{wall:%Y-%m-%dT%H:%M}",
                zone=zone.key,
                before=before,
                after=after,
            )
        )
    if once < again and first_if != once:
        raise NotAMoment(_twice(wall, zone, once, second_meant=first_if == again))
    return wall


def _twice(wall: datetime, zone: ZoneInfo, once: datetime, *, second_meant: bool) -> Sentence:
    if second_meant:
        return say(
            "Clocks go back that night, so %(wall)s comes twice in %(zone)s. The second one is "
            "meant here, and calendars cannot tell it from the first. Choose another time.",
            wall=f"{wall:%Y-%m-%dT%H:%M}",
            zone=zone.key,
        )
    return say(
        "Clocks go back that night, so %(wall)s comes twice in %(zone)s. Say which: write "
        "%(first)s for the first, or choose another time.",
        wall=f"{wall:%Y-%m-%dT%H:%M}",
        zone=zone.key,
        first=once.astimezone(zone).isoformat(timespec="minutes"),
    )


def _readings(wall: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return the two instants the wall time may stand for; they are one for most times."""
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first, second


def _day(year: int, month: int, day: int) -> date:
    if year not in YEARS:
        raise NotAMoment(say("The year %(year)s is not meant, is it? Correct it.", year=year))
    if not 1 <= month <= 12:  # noqa: PLR2004  (a year's months)
        raise NotAMoment(say("There is no month %(month)s. Write 01 to 12.", month=month))
    last = monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise NotAMoment(
            say(
                "This date does not exist: that month has the days 01 to %(last)s.",
                last=last,
            )
        )
    return date(year, month, day)


def _offset(text: str | None) -> timezone | None:
    if text is None:
        return None
    if text == "Z":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    size = timedelta(hours=hours, minutes=minutes)
    if size > _LAST_OFFSET or minutes > 59:  # noqa: PLR2004  (an hour's minutes)
        raise NotAMoment(say("No place on Earth is %(text)s away from UTC.", text=text))
    return timezone(size if text[0] == "+" else -size)
