"""A call of two matched people: a time that one proposes and the other accepts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

SHORTEST, LONGEST, USUAL = 10, 240, 30
"""Minutes of a call."""


class TimeState(StrEnum):
    """What has become of a time that one of the two proposed."""

    PROPOSED = auto()
    AGREED = auto()
    REFUSED = auto()
    """The other cannot then; another time may be proposed."""
    REPLACED = auto()
    """Another time took its place."""


@dataclass(frozen=True, kw_only=True)
class CallSpan:
    """From when to when, by the clocks of the zone in which it was proposed."""

    starts: datetime
    """Wall time."""
    time_zone: str
    minutes: int

    @property
    def begins_at(self) -> datetime:
        """The instant, by the rules for clocks that hold now."""
        return self.starts.replace(tzinfo=ZoneInfo(self.time_zone)).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        """The instant at which it ends: so many minutes later, whatever clocks do meanwhile."""
        return self.begins_at + timedelta(minutes=self.minutes)

    @property
    def ends(self) -> datetime:
        """The wall time at which it ends, in its own zone."""
        return self.ends_at.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)

    def seen_from(self, zone: str) -> tuple[datetime, datetime]:
        """Return begin and end as clocks in another zone show them."""
        there = ZoneInfo(zone)
        return (
            self.begins_at.astimezone(there).replace(tzinfo=None),
            self.ends_at.astimezone(there).replace(tzinfo=None),
        )
