"""Teams and people as files for spreadsheet programs.

What is told in confidence stays out: dietary and access needs, a person's side, and what people
said for the peer matching. Texts stay texts: nothing becomes a formula, a telephone number keeps
its plus sign and an LEA id its zeros.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from consortium.spreadsheets import RISKY, guard
from events.board.domain.roster import Place
from events.board.domain.teams import RoleBook, TeamLine
from events.board.domain.words import SEAT_STATUS, TEAM_STATUS

Cell = str | int
BYTE_ORDER_MARK = "utf-8-sig"  # without it Excel reads a CSV file in the computer's old code page
WIDE, NARROW = 28, 14


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


def people_table(places: Iterable[Place], book: RoleBook, *, with_phones: bool) -> Table:
    """Return the people; their telephone numbers only for those who work with the teams."""
    phone_header = ("Phone",) if with_phones else ()
    return Table(
        name="People",
        header=(
            *("Name", "E-mail", *phone_header, "Role", "Further roles", "Seat", "First time"),
            *("Team", "Site", "LEA id", "State", "Team status", "Completeness"),
        ),
        rows=(
            (
                place.name,
                place.email,
                *((place.phone,) if with_phones else ()),
                book.label(place.role_codes[0]),
                _listed(book.labels(place.role_codes[1:])),
                SEAT_STATUS[place.status],
                "Yes" if place.new_member else "No",
                place.team,
                place.site,
                place.lea_id,
                place.state,
                TEAM_STATUS[place.team_status],
                place.completeness.words,
            )
            for place in places
        ),
    )


def teams_table(teams: Iterable[TeamLine], book: RoleBook, zone: ZoneInfo) -> Table:
    """Return the teams with what each lacks and whom to write to."""
    return Table(
        name="Teams",
        header=(
            *("Team", "Site", "LEA id", "State", "Kind", "Status", "Completeness"),
            *("Missing roles", "People", "Confirmed", "Leads", "Leads' e-mails"),
            *("Registered at", "Waitlist position"),
        ),
        rows=(
            (
                team.name,
                team.site,
                team.lea_id,
                team.state,
                "Visitors" if team.visitors else "Team",
                TEAM_STATUS[team.status],
                team.completeness.words,
                _listed(book.labels(team.missing)),
                len(team.members),
                team.confirmed,
                _listed([lead.name for lead in team.leads]),
                _listed([lead.email for lead in team.leads]),
                _moment(team.registered_at, zone),
                "" if team.waitlist_position is None else team.waitlist_position,
            )
            for team in teams
        ),
    )


def csv_file(table: Table) -> Written:
    """Write one table as CSV: UTF-8 that Excel recognises, every cell quoted and guarded."""
    file = io.BytesIO()
    text = io.TextIOWrapper(file, encoding=BYTE_ORDER_MARK, newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(table.header)
    rows = 0
    for row in table.rows:
        writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in row])
        rows += 1
    text.detach()
    file.seek(0)
    return Written(file=file, rows=rows)


def xlsx_file(tables: Sequence[Table], *, title: str, at: datetime) -> Written:
    """Write the tables as sheets of a workbook, each with a header row that is marked as one."""
    import xlsxwriter  # noqa: PLC0415  (most requests write no workbook)

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        workbook.set_properties({"title": title, "created": at.replace(tzinfo=None)})
        text = workbook.add_format({"num_format": "@"})
        # As if typed with a leading apostrophe: stays text when someone edits the cell.
        risky = workbook.add_format({"num_format": "@", "quote_prefix": True})
        head = workbook.add_format({"bold": True})
        rows = 0
        for table in tables:
            sheet = workbook.add_worksheet(table.name)
            written = 0
            for written, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
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
            "name": table.name,
            "style": "Table Style Light 1",
            "columns": [{"header": words, "header_format": head} for words in table.header],
        },
    )
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    for column, words in enumerate(table.header):
        sheet.set_column(column, column, NARROW if words in NARROW_COLUMNS else WIDE)


NARROW_COLUMNS = frozenset(
    {"LEA id", "State", "Kind", "People", "Confirmed", "First time", "Waitlist position"}
)


def _listed(words: Sequence[str]) -> str:
    return "; ".join(words)


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""
