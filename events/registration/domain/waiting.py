"""How long a place that was freed is kept for a team that waited for it."""

from datetime import datetime, timedelta

SHORTEST_OFFER = timedelta(hours=2)
SHARE_OF_WHAT_IS_LEFT = 4
MISSED_AT_MOST = 2
"""A team that lets so many offers run out leaves the waitlist."""


def offer_until(now: datetime, *, hours: int, begins: datetime | None) -> datetime | None:
    """Return when an offer made now runs out; ``None`` when it is too late for offers.

    It holds for the host's number of hours, but for no more than a quarter of the time that is
    left before the institute begins: whoever comes next on the waitlist must have time to
    answer too. Closer to the beginning it holds two hours, and never beyond it. That
    registration has closed meanwhile shortens nothing: the waitlist is what comes after.
    """
    until = now + timedelta(hours=hours)
    if begins is not None:
        left = begins - now
        if left < SHORTEST_OFFER:
            return None
        until = min(until, now + max(left / SHARE_OF_WHAT_IS_LEFT, SHORTEST_OFFER))
    return until.replace(second=0, microsecond=0)
