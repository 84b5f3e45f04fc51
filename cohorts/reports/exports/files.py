"""A report as CSV, XLSX and PDF: the same values in each, hidden figures as a dash."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from flask import current_app

from cohorts.reports.domain.tables import (
    HIDDEN,
    WHY_HIDDEN,
    Block,
    Cell,
    Line,
    Report,
    digest,
    written,
)
from consortium import spreadsheets
from consortium.ports import Printer
from consortium.spreadsheets import Table
from consortium.words import say

TEMPLATE = "report"
WIDEST = 7
"""Columns of figures beside each other on paper; a wider table goes on below itself."""
LONGEST_SHEET_NAME = 31
MIME_TYPES: Mapping[str, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, kw_only=True)
class Imprint:
    """What the files say of themselves: the report's number, and when it was published."""

    number: str
    at: datetime
    on: date
    """The day of publication where the consortium is."""


def files_of(report: Report, imprint: Imprint) -> Mapping[str, bytes]:
    """Return the report as every kind of file there is."""
    return {
        "csv": csv_of(report),
        "xlsx": xlsx_of(report, imprint),
        "pdf": pdf_of(report, imprint),
    }


def csv_of(report: Report) -> bytes:
    """Return one row for each figure: table, line, column, value."""
    table = Table(name="Report", header=("Table", "Line", "Column", "Value"), rows=_figures(report))
    return spreadsheets.csv_file(table).file.getvalue()


def xlsx_of(report: Report, imprint: Imprint) -> bytes:
    """Return a sheet for each table, and one that says what the report is about."""
    about: list[tuple[spreadsheets.Cell, ...]] = [
        ("Report", str(report.title)),
        ("Number", imprint.number),
        ("Published by", report.consortium),
        ("Published on", imprint.on.isoformat()),
        *((str(word), value) for word, value in report.about),
        *(("Note", str(note)) for note in report.notes),
        *(("Story", f"{one.title} ({one.partnership}): {one.text}") for one in report.stories),
        ("Check sum", digest(written(report))),
    ]
    sheets = [Table(name="About", header=("What", "Value"), rows=about)]
    sheets += [_sheet(block) for block in report.blocks]
    title = f"{imprint.number} {report.title}"
    return spreadsheets.xlsx_file(sheets, title=title, at=imprint.at).file.getvalue()


def pdf_of(report: Report, imprint: Imprint) -> bytes:
    """Return the report as a tagged PDF (PDF/UA)."""
    printer: Printer = current_app.extensions["ports"].printer
    return printer.print(TEMPLATE, paper_of(report, imprint))


def paper_of(report: Report, imprint: Imprint) -> Mapping[str, Any]:
    """Return what the paper says, word for word."""
    return {
        "title": str(report.title),
        "consortium": report.consortium,
        "colour": report.colour,
        "number": imprint.number,
        "published": say(
            "Report %(number)s, published %(day)s",
            number=imprint.number,
            day=format_date(imprint.on, "long", locale="en_US"),
        ),
        "about": [[str(word), value] for word, value in report.about],
        "blocks": [part for block in report.blocks for part in _parts(block)],
        "stories_title": say("What partnerships say"),
        "stories": [
            {"title": one.title, "partnership": one.partnership, "text": one.text}
            for one in report.stories
        ],
        "notes": [str(note) for note in report.notes],
        "sum": say("Check sum of the values: %(sum)s", sum=digest(written(report))),
    }


def shown(cell: Cell) -> str:
    """Return a figure as people read it: thousands apart, a dash where it is hidden."""
    if cell is None:
        return str(HIDDEN)
    if isinstance(cell, str):
        return cell
    return f"{cell:,}" if isinstance(cell, int) else f"{cell:,f}"


def _figures(report: Report) -> Iterator[tuple[spreadsheets.Cell, ...]]:
    for word, value in report.about:
        yield "About", str(word), "", value
    for block in report.blocks:
        for line in block.every_line:
            for column, cell in zip(block.columns, line.cells, strict=True):
                yield str(block.title), str(line.name), str(column.name), _cell(cell)
        if not block.lines:
            yield str(block.title), "", "", str(block.nothing)
    for one in report.stories:
        yield "Stories", one.partnership, one.title, one.text
    if report.hides:
        yield "Note", "", str(HIDDEN), str(WHY_HIDDEN)


def _sheet(block: Block) -> Table:
    rows: list[tuple[spreadsheets.Cell, ...]] = [
        (str(line.name), *map(_cell, line.cells)) for line in block.every_line
    ]
    if not rows:
        rows = [(str(block.nothing), *("" for _ in block.columns))]
    name = block.code.replace("_", " ").title()[:LONGEST_SHEET_NAME]
    heads = tuple(dict.fromkeys([str(block.named), *(str(one.name) for one in block.columns)]))
    return Table(name=name, header=heads, rows=rows)


def _cell(cell: Cell) -> spreadsheets.Cell:
    return str(HIDDEN) if cell is None else cell


def _parts(block: Block) -> Sequence[Mapping[str, Any]]:
    """Return a table for the paper; a wide one in equal parts, the lines' names in each."""
    columns = block.columns
    parts = max(1, -(-len(columns) // WIDEST))
    width = max(1, -(-len(columns) // parts))
    starts = range(0, max(len(columns), 1), width)
    return [
        {
            "title": str(block.title)
            if start == 0
            else say("%(title)s, continued", title=block.title),
            "columns": [
                str(block.named),
                *(str(one.name) for one in columns[start : start + width]),
            ],
            "rows": [_row(line, start, width) for line in block.lines],
            "total": _row(block.total, start, width) if block.total else [],
            "note": str(block.note) if start + width >= len(columns) else "",
            "nothing": str(block.nothing),
        }
        for start in starts
    ]


def _row(line: Line, start: int, width: int) -> list[str]:
    return [str(line.name), *(shown(cell) for cell in line.cells[start : start + width])]


def is_amount(cell: Cell) -> bool:
    """Tell whether a cell is a number, so that it stands to the right."""
    return cell is None or isinstance(cell, int | Decimal)
