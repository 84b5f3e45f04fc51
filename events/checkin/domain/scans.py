"""What a scan counts for, and why one does not: clocks, days, badges of others."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from events.checkin.domain.stays import day_of

CLOCKS_AGREE = timedelta(seconds=10)
"""A difference up to this is the way through the network, not a wrong clock."""
AHEAD = timedelta(minutes=2)
OLDEST = timedelta(days=14)
LONGEST_CODE = 200
SEAT = "seat:"
"""What begins the code of someone expected who has no badge yet, e.g. ``seat:4f1c…``."""


class Way(StrEnum):
    """How someone was checked in or out."""

    BADGE = auto()
    NAME = auto()
    KIOSK = auto()
    WALK_IN = auto()
    STAFF = auto()
    """Written down afterwards, with a reason."""


class Problem(StrEnum):
    """Why a scan does not count. It is kept, and staff can look at it."""

    UNKNOWN = auto()
    OTHER_EVENT = auto()
    REPLACED = auto()
    NOT_COMING = auto()
    OFF_DAY = auto()
    CLOCK = auto()
    CLOSED = auto()
    """The institute is cancelled."""


@dataclass(frozen=True, kw_only=True)
class Clocks:
    """What the clocks said when a desk sent its scans."""

    sent_at: datetime
    """By the desk's own clock."""
    received_at: datetime

    @property
    def offset(self) -> timedelta:
        """By how much the desk's clock is behind ours; nothing where they agree."""
        behind = self.received_at - self.sent_at
        return behind if abs(behind) > CLOCKS_AGREE else timedelta(0)

    def right(self, device_at: datetime) -> datetime:
        """Return when it was by our clock; never ahead of what only the network delayed."""
        at = device_at + self.offset
        if self.received_at < at <= self.received_at + CLOCKS_AGREE:
            return self.received_at
        return at


def clean_code(text: str) -> str:
    """Return a badge's code as it is stored: scanners add spaces, phones write small letters.

    A code may also come as the address that a phone's camera reads.
    """
    said = unicodedata.normalize("NFKC", text).strip()
    if said.lower().startswith(SEAT):
        return said.lower()[:LONGEST_CODE]
    last = said.rstrip("/").rsplit("/", 1)[-1]
    return "".join(c for c in last if c.isalnum()).upper()[:LONGEST_CODE]


def problem_of_time(
    at: datetime, received_at: datetime, days: Collection[date], zone: ZoneInfo
) -> Problem | None:
    """Return why a moment cannot count, or ``None``. Without ``days`` any day is one."""
    if at > received_at + AHEAD or at < received_at - OLDEST:
        return Problem.CLOCK
    if days and day_of(at, zone) not in days:
        return Problem.OFF_DAY
    return None
