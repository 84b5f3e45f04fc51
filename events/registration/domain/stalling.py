"""When the leads of a draft that lies still are reminded of it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

BETWEEN_NUDGES = timedelta(days=7)
DAYS_BEFORE_CLOSING = 3
APART = timedelta(days=2)  # two mails closer than this would say the same thing twice
MOST_NUDGES = 2
DAYTIME = (time(8), time(20))


def nudge_moments(
    touched: datetime, closes: datetime | None, zone: ZoneInfo
) -> tuple[datetime, ...]:
    """Return when the leads of a draft last touched at ``touched`` are reminded: at most twice.

    After a week and after another; earlier where registration closes first: three days before
    it does, by the clock on the institute's wall. Never once it has closed.
    """
    moments = [touched + BETWEEN_NUDGES, touched + MOST_NUDGES * BETWEEN_NUDGES]
    if closes is None:
        return tuple(moments)
    wall = closes.astimezone(zone).replace(tzinfo=None) - timedelta(days=DAYS_BEFORE_CLOSING)
    last_call = wall.replace(tzinfo=zone)
    if last_call <= touched:
        return tuple(moment for moment in moments if moment < closes)
    first, second = (min(moment, last_call) for moment in moments)
    return (first, second) if second - first >= APART else (first,)


def nudges_due(touched: datetime, closes: datetime | None, zone: ZoneInfo, *, now: datetime) -> int:
    """Return how many reminders the leads should have had by now; 0 once registration closed."""
    if closes is not None and now >= closes:
        return 0
    return sum(moment <= now for moment in nudge_moments(touched, closes, zone))


def is_daytime(now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether people in the institute's zone are up, so that a mail does not wake them."""
    begins, ends = DAYTIME
    return begins <= now.astimezone(zone).time() < ends
