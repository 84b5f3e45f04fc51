"""The rules of calendars: a feed's secret address, and what each person was told of each thing."""

from consortium.calendar.domain.feeds import TOKEN_SHAPE, digest_of, token_of
from consortium.calendar.domain.ledger import (
    NOTHING,
    Facts,
    Known,
    Told,
    about_calendar,
    facts_of,
)

__all__ = [
    "NOTHING",
    "TOKEN_SHAPE",
    "Facts",
    "Known",
    "Told",
    "about_calendar",
    "digest_of",
    "facts_of",
    "token_of",
]
