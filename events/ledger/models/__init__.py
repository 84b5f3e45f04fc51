"""The journal of a consortium and the months it closed. Nothing in the journal ever changes."""

from events.ledger.models.guards import BALANCED, CLOSE_ALONE, NEVER_CHANGED, guard_statements
from events.ledger.models.journal import (
    MONTH_OPEN,
    SOURCE_POSTED,
    JournalEntry,
    JournalLine,
    MonthClosing,
)

__all__ = [
    "BALANCED",
    "CLOSE_ALONE",
    "MONTH_OPEN",
    "NEVER_CHANGED",
    "SOURCE_POSTED",
    "JournalEntry",
    "JournalLine",
    "MonthClosing",
    "guard_statements",
]
