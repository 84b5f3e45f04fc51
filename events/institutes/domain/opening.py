"""Whether people can still register, and whether it is over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from events.institutes.domain import TEAM_CLOSING, VISITOR_CLOSING, Due, closing


@dataclass(frozen=True, kw_only=True)
class Opening:
    """Where registration stands at one moment."""

    closes: Due | None
    """The deadline that ends registration; ``None`` when none was set."""
    closed: bool
    over: bool
    """The last day has passed, and no day is still to be set."""


def opening(
    dues: Iterable[Due],
    days: Iterable[date | None],
    *,
    zone: ZoneInfo,
    at: datetime,
    codes: tuple[str, ...] = TEAM_CLOSING,
) -> Opening:
    """Tell where registration stands at the moment ``at``; ``None`` is a day not set yet.

    ``codes`` name the deadlines that end it for teams.
    """
    dues, days = list(dues), list(days)
    closes = closing(dues, codes) or closing(dues, VISITOR_CLOSING)
    last = max((day for day in days if day), default=None)
    return Opening(
        closes=closes,
        closed=closes is not None and at >= closes.passes_at(zone),
        over=last is not None and None not in days and at.astimezone(zone).date() > last,
    )
