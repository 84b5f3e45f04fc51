"""Tables as files for spreadsheet programs, whose texts stay texts and come back as they were.

A CSV file has no types: Excel, LibreOffice and Sheets take a cell that begins with one of
``RISKY`` for a formula, so ``+1 609 555 0142`` becomes a number and ``=HYPERLINK(…)`` a live
link. A leading apostrophe makes them take it as text; since an apostrophe that was already
there gets one more, ``unguard`` gives every text back as it was.

XLSX cells have a type. Write them as text cells (``write_string``); they need no guard.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

APOSTROPHE = "'"
# The last four are full-width forms, which Excel reads as the plain signs in some languages.
RISKY = frozenset("=+-@\t\r\n＝＋－＠") | {APOSTROPHE}
Cell = str | int | Decimal
"""A text, a whole number, or an amount of money to the cent."""
AMOUNT = "0.00"
BYTE_ORDER_MARK = "utf-8-sig"  # without it Excel reads a CSV file in the computer's old code page
WIDE, NARROW = 28, 14
NARROW_COLUMNS = frozenset(
    {"LEA id", "State", "Kind", "People", "Confirmed", "First time", "Waitlist position"}
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of one file: its name, its header row, and its rows in one pass."""

    name: str
    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


@dataclass(frozen=True, kw_only=True)
class Written:
    """A file ready to be sent, and how many rows went into it."""

    file: io.BytesIO
    rows: int


def guard(text: str) -> str:
    """Return the text as a CSV cell that no spreadsheet program takes for a formula."""
    return APOSTROPHE + text if text[:1] in RISKY else text


def unguard(cell: str) -> str:
    """Return the text that ``guard`` made the cell from; cells without a guard stay as they are."""
    guarded = cell[:1] == APOSTROPHE and cell[1:2] in RISKY
    return cell[1:] if guarded else cell


def csv_file(table: Table) -> Written:
    """Write one table as CSV: UTF-8 that Excel recognises, every cell quoted and guarded."""
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding=BYTE_ORDER_MARK, newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(map(_guarded, table.header))
    rows = 0
    for row in table.rows:
        writer.writerow(map(_guarded, row))
        rows += 1
    text.detach()
    file.seek(0)
    return Written(file=file, rows=rows)


def _guarded(cell: Cell) -> str | int:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return guard(cell) if isinstance(cell, str) else cell


def xlsx_file(tables: Sequence[Table], *, title: str, at: datetime) -> Written:
    """Write the tables as sheets of a workbook, each with a header row that is marked as one."""
    import xlsxwriter  # noqa: PLC0415  (most requests write no workbook)

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        text = workbook.add_format({"num_format": "@"})
        # As if typed with a leading apostrophe: stays text when someone edits the cell.
        risky = workbook.add_format({"num_format": "@", "quote_prefix": True})
        amount = workbook.add_format({"num_format": AMOUNT})
        head = workbook.add_format({"bold": True})
        rows = 0
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            written = 0
            for written, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, Decimal):
                        sheet.write_number(written, column, cell, amount)
                    elif isinstance(cell, int):
                        sheet.write_number(written, column, cell)
                    else:
                        form = risky if cell[:1] in RISKY else text
                        sheet.write_string(written, column, cell, form)
            _mark_header(sheet, table, written, head)
            rows += written
    file.seek(0)
    return Written(file=file, rows=rows)


def _mark_header(sheet: Any, table: Table, rows: int, head: Any) -> None:
    """Make the rows a table with a header that stays in sight, on screen and on paper."""
    sheet.add_table(
        0,
        0,
        max(rows, 1),
        len(table.header) - 1,
        {
            "name": table.name.replace(" ", "_"),
            "style": "Table Style Light 1",
            "columns": [{"header": words, "header_format": head} for words in table.header],
        },
    )
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    for column, words in enumerate(table.header):
        sheet.set_column(column, column, NARROW if words in NARROW_COLUMNS else WIDE)
