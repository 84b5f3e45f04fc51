"""When owners are reminded of the partnership's next meeting."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_BEFORE = 3
"""Unless the partnership says otherwise."""
MOST_DAYS = 30
NOT_BEFORE = time(8)
"""Nobody gets this mail at night."""


def reminder_due(meeting: date, days_before: int, *, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether owners should have heard of the meeting by now: so many days before, from eight.

    What a stopped worker missed goes out later, but not on the day after. With 0 days nobody is
    reminded.
    """
    local = now.astimezone(zone)
    first = meeting - timedelta(days=days_before)
    in_time = first <= local.date() <= meeting
    return days_before > 0 and in_time and local.time() >= NOT_BEFORE
