"""When those who have not handed in are reminded by themselves."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from events.registration.domain import is_daytime

BEFORE = (7, 2)
"""So many days before it is due, unless the host says otherwise."""
LATEST = timedelta(days=1)
"""How long after its day a reminder still goes out, when no worker ran on that day."""


def planned_day(
    days: Sequence[int], due: datetime, *, due_at: datetime, zone: ZoneInfo, now: datetime
) -> date | None:
    """Return the day whose reminder should go out at the moment ``now``, if there is one.

    Each of ``days`` counts back from the day on which it is due (``due`` is wall time in
    ``zone``). Nobody is reminded at night, or of what was due already.
    """
    if now >= due_at or not is_daytime(now, zone):
        return None
    today = now.astimezone(zone).date()
    planned = [due.date() - timedelta(days=n) for n in days]
    return max((on for on in planned if on <= today <= on + LATEST), default=None)
