"""Days as papers say them, without the name of the weekday, translatable like any sentence."""

from datetime import date

from consortium.words import Sentence, say
from events.ledger.domain.fiscal import NAMES


def day_in_words(day: date) -> Sentence:
    """Write a day in full: March 2, 2026."""
    month = NAMES[day.month - 1]
    return say("%(month)s %(day)s, %(year)s", month=month, day=day.day, year=day.year)
