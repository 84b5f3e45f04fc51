"""On which days people are asked by themselves to choose their sessions."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from events.institutes.domain import Due
from events.registration.domain.reminding import day_in_turn
from events.schedule.domain import Window

APART = timedelta(days=2)
"""Whoever heard that choosing has opened is not asked again sooner."""


def asking_day(
    window: Window,
    first_day: date | None,
    days: Sequence[int],
    *,
    zone: ZoneInfo,
    now: datetime,
) -> date | None:
    """Return the day whose mail should go out at the moment ``now``, if there is one.

    The first goes on the day on which choosing opens, where that has a date; then one so many
    ``days`` before it closes, or before the first day of the institute. No ``days``: never any.
    """
    closes = window.closes or _as_due(first_day)
    if not days or not window.is_open or (closes and now >= closes.passes_at(zone)):
        return None
    opened = [window.opens.on] if window.opens else []
    before = [closes.on - timedelta(days=n) for n in days] if closes else []
    later = [on for on in before if all(on - first >= APART for first in opened)]
    return day_in_turn([*opened, *later], zone=zone, now=now)


def _as_due(first_day: date | None) -> Due | None:
    """Return the beginning of the first day as what is too late."""
    if first_day is None:
        return None
    return Due(code="first_day", what="", on=first_day, at=time())
