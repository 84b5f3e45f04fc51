"""From when to when, as clocks in different zones show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo


@dataclass(frozen=True, kw_only=True)
class Span:
    """From when to when, as clocks in ``time_zone`` show it."""

    starts: datetime
    ends: datetime
    time_zone: str

    @cached_property
    def begins_at(self) -> datetime:
        """The instant of the beginning."""
        return _instant(self.starts, self.time_zone)

    @cached_property
    def ends_at(self) -> datetime:
        """The instant of the end."""
        return _instant(self.ends, self.time_zone)

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two have time in common, wherever their clocks are."""
        return self.begins_at < other.ends_at and other.begins_at < self.ends_at

    def seen_from(self, zone: str) -> "Span":
        """Return the same time as clocks in ``zone`` show it."""
        if zone == self.time_zone:
            return self
        here = ZoneInfo(zone)
        return Span(
            starts=self.begins_at.astimezone(here).replace(tzinfo=None, fold=0),
            ends=self.ends_at.astimezone(here).replace(tzinfo=None, fold=0),
            time_zone=zone,
        )


def span_of(starts: datetime | None, ends: datetime | None, zone: str) -> Span | None:
    """Return the span, or ``None`` when no date is set."""
    if starts is None or ends is None:
        return None
    return Span(starts=starts, ends=ends, time_zone=zone)


def told_in(zone: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return what people in ``zone`` have to read: each span's own time where that is elsewhere.

    Their own time follows, unless clocks elsewhere show the same.
    """
    spans = tuple(spans)
    elsewhere = dict.fromkeys(span for span in spans if span.time_zone != zone)
    clocks = {(span.starts, span.ends) for span in elsewhere}
    here = dict.fromkeys(
        own
        for span in spans
        if (own := span.seen_from(zone)) == span or (own.starts, own.ends) not in clocks
    )
    return (*elsewhere, *here)


def _instant(wall: datetime, zone: str) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
