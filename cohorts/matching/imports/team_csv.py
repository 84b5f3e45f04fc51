"""Tables of teams as spreadsheets save them: read strictly, every fault with its line."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LARGEST = 64 * 1024 * 1024
SHOWN = 50
_LONGEST_CELL = 20_000
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class FaultyTable(Exception):
    """The file cannot be used; ``lines`` say where and what to mend."""

    def __init__(self, lines: Sequence[str]) -> None:
        more = len(lines) - SHOWN
        self.lines = [*lines[:SHOWN], *([f"And {more} more."] if more > 0 else [])]
        super().__init__("\n".join(self.lines))


@dataclass
class Faults:
    """What is wrong with one file, gathered while it is read."""

    file: Path
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, sentence: str) -> None:
        """Note one fault."""
        self.found.append((line, sentence))

    def end(self) -> None:
        """Raise ``FaultyTable`` if anything is wrong."""
        if self.found:
            raise FaultyTable([f"{self.file}:{line}: {what}" for line, what in sorted(self.found)])


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its line in the file, and its cells by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell without the space around it; nothing for a column that is not there."""
        return self.cells.get(column, "").strip()

    def several(self, column: str) -> tuple[str, ...]:
        """Return the words of a cell that holds several, with ; between them."""
        return tuple(word for part in self[column].split(";") if (word := part.strip()))


def read_rows(faults: Faults, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a CSV file with at least these columns.

    Excel's marks are welcome: a byte order mark, CR and LF, semicolons between cells where its
    language has them. Raises ``FaultyTable`` when the file as a whole cannot be read; what is
    wrong with single rows is noted in ``faults``.
    """
    text = _text(faults)
    head_line = text.partition("\n")[0]
    semicolons = "," not in head_line and ";" in head_line
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=";" if semicolons else ","
    )
    rows: list[Row] = []
    try:
        head = [name.strip() for name in next(reader, [])]
        for name in columns:
            if name not in head:
                faults.add(1, f"The column “{name}” is missing. Add it.")
        for name in sorted({name for name in head if name and head.count(name) > 1}):
            faults.add(1, f"The column “{name}” stands here twice. Remove one.")
        faults.end()
        rows += _rows(reader, head, faults)
    except csv.Error as error:
        faults.add(reader.line_num, f"This is not CSV ({error}). Save the sheet as CSV again.")
        faults.end()
    return rows


def ids_of(faults: Faults, rows: Sequence[Row], column: str) -> dict[str, Row]:
    """Return the rows by their id; noting ids that are missing or doubled."""
    by_id: dict[str, Row] = {}
    for row in rows:
        id_ = row[column]
        if not id_:
            faults.add(row.line, f"The cell “{column}” is empty. Give every row an id.")
        elif id_ in by_id:
            first = by_id[id_].line
            faults.add(row.line, f"The {column} {id_} stands in line {first} already. Remove one.")
        else:
            by_id[id_] = row
    return by_id


def ranked(faults: Faults, row: Row, column: str, most: int) -> tuple[str, ...]:
    """Return what a cell ranks, noting what stands twice and what is too much."""
    words = row.several(column)
    if len(words) > most:
        faults.add(
            row.line,
            f"“{column}” has {len(words):,} entries; at most {most} count. Keep the most important "
            f"{most}, with ; between them.",
        )
        return words[:most]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        faults.add(row.line, f"“{column}” has {twice[0]} twice. Name it once.")
    return tuple(dict.fromkeys(words))


def _text(faults: Faults) -> str:
    try:
        size = faults.file.stat().st_size
        if size > LARGEST:
            faults.add(1, f"The file has {size:,} bytes; more than {LARGEST:,} are not read.")
            faults.end()
        return faults.file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        faults.add(line, "This is no UTF-8 text. Save the sheet as “CSV UTF-8”.")
    except OSError as error:
        faults.add(1, f"The file cannot be read: {error.strerror}.")
    faults.end()
    raise AssertionError  # end() has raised


def _rows(reader: Iterator[list[str]], head: Sequence[str], faults: Faults) -> Iterator[Row]:
    line = _line(reader) + 1
    for cells in reader:
        here, line = line, _line(reader) + 1
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            faults.add(
                here,
                f"This row has {len(cells)} cells, the first row {len(head)}. Put cells that hold "
                "a comma in quotation marks.",
            )
        for cell in cells:
            if len(cell) > _LONGEST_CELL:
                faults.add(here, f"A cell has {len(cell):,} characters. Shorten it.")
            elif found := _UNSAFE.search(cell):
                faults.add(here, f"A cell holds a character that cannot be shown ({found[0]!a}).")
        yield Row(line=here, cells=dict(zip(head, cells, strict=False)))


def _line(reader: Iterator[list[str]]) -> int:
    return int(getattr(reader, "line_num"))  # noqa: B009  (csv's readers have no public type)
