"""On which day a reminder goes out by itself: so many days before a deadline, in daytime."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from events.registration.domain.stalling import is_daytime

LATEST = timedelta(days=1)
"""How long after its day a reminder still goes out, when no worker ran on that day."""


def planned_day(
    days: Sequence[int], deadline: date, *, passes_at: datetime, zone: ZoneInfo, now: datetime
) -> date | None:
    """Return the day whose reminder should go out at the moment ``now``, if there is one.

    Each of ``days`` counts back from the deadline's day. Nobody is reminded at night in ``zone``,
    or from ``passes_at`` on.
    """
    if now >= passes_at:
        return None
    return day_in_turn([deadline - timedelta(days=n) for n in days], zone=zone, now=now)


def day_in_turn(planned: Sequence[date], *, zone: ZoneInfo, now: datetime) -> date | None:
    """Return the last of these days whose mail still goes out at ``now``; never one at night."""
    if not is_daytime(now, zone):
        return None
    today = now.astimezone(zone).date()
    return max((on for on in planned if on <= today <= on + LATEST), default=None)
