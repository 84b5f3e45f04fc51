"""A list that someone made in a spreadsheet program, as rows of text: XLSX or CSV.

The file says in its first bytes what it is; its name does not count. A CSV file is read as UTF-8
(or UTF-16 where it says so itself); if it is neither, the person is asked in which encoding it
was saved. Nothing is guessed, so no letter is ever exchanged for another unseen.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from consortium.errors import Refusal
from consortium.spreadsheets import unguard
from consortium.words import say
from consortium.workbook_cells import MOST_COLUMNS, MOST_ROWS
from consortium.workbooks import first_sheet

if TYPE_CHECKING:
    from _csv import Reader

ENCODINGS = ("cp1252", "mac-roman", "latin-1")
"""What a person may say of a file that is not in Unicode."""
LARGEST = 8 * 1024 * 1024  # bytes
DELIMITERS = ",\t;"
SAYS_DELIMITER = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)
"""A first line by which Excel is told what stands between the cells; it is no row."""
ZIP = b"PK\x03\x04"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OTHER_KINDS = (
    (b"\xd0\xcf\x11\xe0", say("an old Excel workbook, or one with a password")),
    (b"%PDF", say("a PDF")),
    (b"<", say("a web page")),
    (b"{", say("JSON")),
    (b"\x1f\x8b", say("packed")),
)
Row = tuple[int, "list[str] | Refusal"]


class FileRefused(Refusal):
    """The file as a whole cannot be read; nothing of it was taken."""


def read_sheet(content: bytes, *, encoding: str = "") -> Iterator[Row]:
    """Give each row that is not empty with its number, or why that row cannot be read.

    ``encoding`` is what the person says of a CSV file that is not in Unicode. Raises
    ``FileRefused`` (or ``WorkbookRefused``) where the file as a whole cannot be read.
    """
    if len(content) > LARGEST:
        raise FileRefused(
            say("The file is larger than %(limit)s MB. Split it.", limit=LARGEST >> 20),
            field="file",
        )
    if content.startswith(ZIP):
        yield from first_sheet(content)
        return
    text = _decoded(content, encoding)
    for seen, (number, row) in enumerate(csv_rows(io.StringIO(text, newline=""))):
        if seen > MOST_ROWS:
            raise FileRefused(
                say("The file has more than %(most)s rows. Split it.", most=f"{MOST_ROWS:,}"),
                field="file",
            )
        if isinstance(row, Refusal):
            yield number, row
        elif len(row) > MOST_COLUMNS:
            yield number, Refusal(say("The row has far too many cells."))
        else:
            cells = [unguard(cell) for cell in row]
            if any(cell.strip() for cell in cells):
                yield number, cells


def csv_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Give each row that is not empty with the line on which it begins.

    The first line that is not empty decides between comma, semicolon and tab. Raises
    ``FileRefused`` when a quotation mark swallowed the lines after it.
    """
    every = iter(lines)
    blank, first = _begin(every)
    said = SAYS_DELIMITER.fullmatch(first)
    if said:
        blank, first = blank + 1, next(every, "")
    delimiter = said[1] if said else max(DELIMITERS, key=first.count)
    reader = csv.reader(chain((first,), every), strict=True, delimiter=delimiter)
    line = 1
    while (row := _next_row(reader, line, above=blank)) is not None:
        if isinstance(row, Refusal) or any(cell.strip() for cell in row):
            yield blank + line, row
        line = reader.line_num + 1


def _begin(lines: Iterator[str]) -> tuple[int, str]:
    """Return how many lines at the top are empty, and the first that is not."""
    for blank, line in enumerate(lines):
        if line.strip():
            return blank, line
    return 0, ""


def _next_row(reader: "Reader", line: int, *, above: int) -> list[str] | Refusal | None:
    """Return the row that begins on this line, or why it cannot be read; None at the end.

    ``above`` are the lines that the reader was not given.
    """
    try:
        return next(reader, None)
    except csv.Error as error:
        if reader.line_num == line:
            return Refusal(
                say(
                    "The row cannot be read: a quotation mark stands in the wrong place, or a cell "
                    "is far too long. Save the file as CSV again."
                )
            )
        raise FileRefused(
            say(
                "The row that begins on line %(line)s cannot be read: a quotation mark stands in "
                "the wrong place or is never closed. Save the file as CSV again.",
                line=above + line,
            )
        ) from error


def _decoded(content: bytes, encoding: str) -> str:
    if not content.strip():
        raise FileRefused(say("The file is empty."), field="file")
    for signature, kind in OTHER_KINDS:
        if content.startswith(signature):
            raise FileRefused(
                say("The file is %(kind)s. Save the list as XLSX or “CSV UTF-8”.", kind=kind),
                field="file",
            )
    if content.startswith(UTF_16_MARKS):
        return _text(content, "utf-16")
    try:
        return _checked(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        if encoding in ENCODINGS:
            return _text(content, encoding)
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            say(
                "Line %(line)s has letters that are not in UTF-8. Save the file as XLSX or “CSV "
                "UTF-8”, or choose below in which encoding it was saved.",
                line=line,
            ),
            field="encoding",
        ) from error


def _text(content: bytes, encoding: str) -> str:
    try:
        return _checked(content.decode(encoding))
    except UnicodeDecodeError as error:
        raise FileRefused(
            say("The file is not in this encoding. Save it as XLSX or “CSV UTF-8”."),
            field="encoding",
        ) from error


def _checked(text: str) -> str:
    if "\0" in text:
        raise FileRefused(say("The file holds NUL bytes: it is no list."), field="file")
    return text
