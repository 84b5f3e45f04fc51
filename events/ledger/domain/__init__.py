"""The rules of the books: accounts, entries that balance, fiscal years."""

from events.ledger.domain.entries import (
    ACCOUNT_WORDS,
    KIND_WORDS,
    MOST_CENTS,
    Account,
    BadEntry,
    Entry,
    EntryKind,
    Line,
    check_entry,
    reversed_entry,
)
from events.ledger.domain.fiscal import (
    Month,
    first_day,
    fiscal_months,
    fiscal_year,
    last_day,
    month_of,
    month_words,
    months_between,
    next_month,
)
from events.ledger.domain.reading import JournalRow, StatementLine, TrialLine

__all__ = [
    "ACCOUNT_WORDS",
    "KIND_WORDS",
    "MOST_CENTS",
    "Account",
    "BadEntry",
    "Entry",
    "EntryKind",
    "JournalRow",
    "Line",
    "Month",
    "StatementLine",
    "TrialLine",
    "check_entry",
    "first_day",
    "fiscal_months",
    "fiscal_year",
    "last_day",
    "month_of",
    "month_words",
    "months_between",
    "next_month",
    "reversed_entry",
]
