"""Times as other programs write them, and the zone whose clocks they mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from consortium.words import Sentence, say
from events.programmes.domain.moments import NotAMoment, Said, said

US_ZONES = (
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Anchorage", "Pacific/Honolulu", "America/Phoenix", "America/Puerto_Rico",
    "Pacific/Guam", "Pacific/Pago_Pago",
)  # fmt: skip
"""Those with daylight saving first: of two that fit a summer's day, more people live there."""
_MOMENT = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?", re.ASCII)
_TWELVE_HOURS = re.compile(
    r"(0?[1-9]|1[0-2])(?::([0-5]\d))?(?::00)?\s*([ap])\.?m\.?", re.ASCII | re.IGNORECASE
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ISO_DURATION = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:0S)?", re.ASCII | re.IGNORECASE)
_SECONDS = (10**8, 10**10)  # of a timestamp; beyond them it counts milliseconds
_MOST_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, kw_only=True)
class Zoned:
    """The zone that was found, and what to tell of how."""

    name: str
    warning: Sentence | None = None


def moment(value: Any, *, day: str = "") -> str:
    """Return a date and time as programme files write them; what is none comes back as it is.

    ``day`` is the day that a bare time of day belongs to.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _stamp(value)
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if day and (clock := clock_in(text)):
        return f"{day}T{clock}"
    match = _MOMENT.fullmatch(text)
    if match is None:
        return text
    seconds = "" if match[4] in {None, "00"} else f":{match[4]}"
    return f"{match[1]}T{int(match[2]):02}:{match[3]}{seconds}{_offset(match[5] or '')}"


def clock_in(value: Any) -> str:
    """Return a mere time of day, ``9:30``, ``09:30:00`` or ``9:30 AM``, as 09:30; else nothing."""
    text = value.strip() if isinstance(value, str) else ""
    if twelve := _TWELVE_HOURS.fullmatch(text):
        hour = int(twelve[1]) % 12 + (12 if twelve[3] in "pP" else 0)
        return f"{hour:02}:{twelve[2] or '00'}"
    clock = _CLOCK.fullmatch(text)
    return f"{int(clock[1]):02}:{clock[2]}" if clock else ""


def day_in(value: Any) -> str:
    """Return the day that a date, or a moment, is on, like 2027-06-21; else nothing."""
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    return found[0] if found else ""


def duration(value: Any) -> timedelta | None:
    """Return how long ``00:45``, ``PT45M`` or 45 (minutes) is; ``None`` when it says nothing."""
    minutes: float | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        minutes = value
    elif isinstance(value, str):
        text = value.strip()
        if clock := _CLOCK.fullmatch(text):
            minutes = int(clock[1]) * 60 + int(clock[2])
        elif (iso := _ISO_DURATION.fullmatch(text)) and (iso[1] or iso[2]):
            minutes = int(iso[1] or 0) * 60 + int(iso[2] or 0)
        elif text.isascii() and text.isdigit() and len(text) <= 4:  # noqa: PLR2004  (a week)
            minutes = int(text)
    if minutes is None or not 0 < minutes <= _MOST_MINUTES:
        return None
    return timedelta(minutes=minutes)


def later(start: str, by: timedelta) -> str:
    """Return the moment so much later, as clocks with the same offset show it."""
    begins = read(start)
    if begins is None:
        return ""
    ends = begins.wall + by
    return f"{ends:%Y-%m-%dT%H:%M}{begins.text[16:] if begins.offset is not None else ''}"


def read(text: str) -> Said | None:
    """Return the moment, if it is one with a time of day."""
    try:
        found = said(text)
    except NotAMoment:
        return None
    return found if found.at is not None else None


def at_home(text: str, zone: ZoneInfo) -> str:
    """Return an instant as clocks in the zone show it, with the zone's own offset."""
    found = read(text)
    if found is None or found.offset is None:
        return text
    local = found.wall.replace(tzinfo=found.offset).astimezone(zone)
    return local.isoformat(timespec="minutes")


def zone_for(moments: Iterable[str], *, home: str) -> Zoned | Sentence:
    """Return the zone that all offsets fit: the consortium's own, else the one in the US.

    Returns a sentence that asks for the zone where none fits.
    """
    dated = [found for text in moments if (found := read(text)) is not None]
    offsets = [found for found in dated if found.offset is not None]
    if not offsets:
        return _without_offsets(home)
    candidates = ((home,) if home else ()) + US_ZONES
    fitting = [name for name in dict.fromkeys(candidates) if _fits(offsets, ZoneInfo(name))]
    if not fitting:
        return _none_fits(offsets)
    if fitting[0] == home:
        return Zoned(name=home)
    return Zoned(
        name=fitting[0],
        warning=say(
            "The file names no zone. Its offsets are those of %(zone)s, so this zone was taken. "
            "If it is another one, choose it beside the file (on the command line: --zone).",
            zone=fitting[0],
        ),
    )


def is_foreign(moments: Iterable[str], zone: ZoneInfo) -> bool:
    """Tell whether a time has an offset that is neither the zone's nor UTC's."""
    dated = (found for text in moments if (found := read(text)) is not None)
    return any(
        found.offset not in {None, UTC}
        and found.wall.replace(tzinfo=found.offset).utcoffset() != timedelta(0)
        and not _fits([found], zone)
        for found in dated
    )


def _stamp(value: float) -> str:
    low, high = _SECONDS
    seconds = value if low <= value < high else value / 1000
    if not low <= seconds < high:
        return str(value)
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%MZ")


def _offset(text: str) -> str:
    if text.upper() in {"Z", "UTC", "GMT"}:
        return "Z"
    digits = text[1:].replace(":", "")
    return f"{text[0]}{digits[:2]}:{digits[2:] or '00'}" if text else ""


def _fits(moments: Sequence[Said], zone: ZoneInfo) -> bool:
    for found in moments:
        there = found.wall.replace(tzinfo=found.offset)
        if there.astimezone(zone).utcoffset() != there.utcoffset():
            return False
    return True


def _without_offsets(home: str) -> Zoned | Sentence:
    if not home:
        return say(
            "The file does not say in which zone its times are. Choose the zone of the place "
            "beside the file (on the command line: --zone), or write “timezone” into the file, "
            "like America/Chicago."
        )
    return Zoned(
        name=home,
        warning=say(
            "The file does not say in which zone its times are; your own, %(zone)s, was taken. "
            "If it is another one, choose it beside the file (on the command line: --zone).",
            zone=home,
        ),
    )


def _none_fits(moments: Sequence[Said]) -> Sentence:
    offsets = sorted({found.wall.replace(tzinfo=found.offset).strftime("%z") for found in moments})
    if offsets == ["+0000"]:
        return say(
            "All times are in UTC, so the file does not say where the clocks are. Choose the zone "
            "of the place beside the file (on the command line: --zone), or write “timezone” into "
            "the file, like America/Chicago."
        )
    return say(
        "No one zone of the United States has all the offsets of this file (%(offsets)s). Choose "
        "the zone of the place beside the file (on the command line: --zone), or write “timezone” "
        "into the file, like Europe/Berlin.",
        offsets=", ".join(f"{offset[:3]}:{offset[3:]}" for offset in offsets[:6]),
    )
