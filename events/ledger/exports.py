"""The journal as tables for spreadsheet and bookkeeping programs.

Rows are written while they are read from the books, so a table is written inside the same
request, once.
"""

from collections.abc import Iterable

from consortium.spreadsheets import Table
from events.ledger.domain import JournalRow
from events.ledger.domain.exporting import (
    JOURNAL_HEADER,
    QUICKBOOKS_HEADER,
    Names,
    journal_rows,
    quickbooks_rows,
)


def journal_table(rows: Iterable[JournalRow], names: Names, *, year_starts: int) -> Table:
    """Return the journal, a row for each line, for CSV or XLSX."""
    return Table(
        name="Journal",
        header=JOURNAL_HEADER,
        rows=journal_rows(rows, names, year_starts=year_starts),
    )


def quickbooks_table(rows: Iterable[JournalRow], names: Names, *, year_starts: int) -> Table:
    """Return the journal as QuickBooks imports journal entries, for CSV."""
    return Table(
        name="General journal",
        header=QUICKBOOKS_HEADER,
        rows=quickbooks_rows(rows, names, year_starts=year_starts),
    )
