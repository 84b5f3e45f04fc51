"""When those who were there are asked by mail how it was: as it opens, and once more."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from events.registration.domain.reminding import day_in_turn

BEFORE_IT_CLOSES = timedelta(days=2)
AFTER_IT_OPENED = timedelta(days=7)
"""When who has not answered hears once more, where it never closes."""
APART = timedelta(days=2)
"""At least so long between two mails about one evaluation, whoever sends them."""


class Call(StrEnum):
    """One of the two mails that go out by themselves."""

    OPENED = auto()
    LAST = auto()


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What a mail asks about."""

    key: str
    """As addresses name it: ``whole``, ``day:2019-11-14``, ``session:opening``."""
    part: str
    """The day or session in words; empty: the whole institute."""
    closes_on: date | None
    unlocks: bool
    """Whether the person's certificate waits for the answers."""


def call_due(
    opens: datetime | None, closes_on: date | None, *, zone: ZoneInfo, now: datetime
) -> Call | None:
    """Return which mail goes out at the moment ``now``, if one does; never at night in ``zone``.

    An evaluation that is open for a few days only gets no second mail: the first says until when.
    """
    today = now.astimezone(zone).date()
    if opens is None or now < opens or (closes_on is not None and today > closes_on):
        return None
    opened = opens.astimezone(zone).date()
    last = opened + AFTER_IT_OPENED if closes_on is None else closes_on - BEFORE_IT_CLOSES
    if last - opened >= APART and day_in_turn([last], zone=zone, now=now):
        return Call.LAST
    return Call.OPENED if day_in_turn([opened], zone=zone, now=now) else None
