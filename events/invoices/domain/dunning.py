"""When a payer is reminded of an overdue invoice, and how urgently."""

from collections.abc import Sequence
from datetime import date

from consortium.words import Sentence, say

LEVEL_WORDS: Sequence[Sentence] = (
    say("First reminder"),
    say("Second reminder"),
    say("Last reminder"),
)


def level_due(due_on: date, on: date, days: Sequence[int]) -> int:
    """Return the highest level whose day has come on ``on``: 1 to 3, or 0 for none.

    ``days`` are counted from the day the invoice was due. Levels that lie behind are skipped:
    an invoice that nobody reminded of for two months gets one mail and not three.
    """
    late = (on - due_on).days
    return sum(1 for day in days if late >= day)
