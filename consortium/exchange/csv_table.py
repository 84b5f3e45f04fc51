"""CSV as spreadsheets save it: read strictly, each row with its line."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from consortium.exchange.faults import Fault, FaultyFile
from consortium.exchange.text import UNSAFE, read_text, unsafe_text
from consortium.words import Sentence, say

LONGEST_CELL = 1 << 20  # for the reader itself; what is too long is told with its line

SEVERAL = ";"
"""What stands between several words in one cell."""

Rows = list[tuple[int, list[str]]]

_limit = Lock()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: its line in the file, and its cells by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell without the space around it; nothing for a column that is not there."""
        return self.cells.get(column, "").strip()

    def several(self, column: str) -> tuple[str, ...]:
        """Return the words of a cell that holds several."""
        return tuple(word for part in self[column].split(SEVERAL) if (word := part.strip()))


def read_rows(file: Path, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a file that has at least these columns. Raises as ``read_table`` does."""
    head, rows = _read(file, columns)
    return [Row(line=line, cells=dict(zip(head, cells, strict=True))) for line, cells in rows]


def read_table(file: Path, columns: Sequence[str]) -> Rows:
    """Return the line and the cells of each row, in the order of ``columns``.

    Excel's marks are welcome: a byte order mark, CR and LF, semicolons or tabs between cells where
    its language has them. Raises ``FaultyFile`` for columns that are missing or doubled, rows that
    are too long or too short, and text that no page can show.
    """
    head, rows = _read(file, columns)
    wanted = [head.index(name) for name in columns]
    return [(line, [cells[place] for place in wanted]) for line, cells in rows]


def _read(file: Path, columns: Sequence[str]) -> tuple[list[str], Rows]:
    text = read_text(file)
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_between_cells(text, columns)
    )
    with _long_cells():
        head, rows, faults = _rows_of(file, reader, columns)
    if UNSAFE.search(text):
        faults += _unsafe(rows)
    if faults:
        raise FaultyFile(file, faults)
    return head, rows


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be long for as long as one file is read: the limit is the whole process's."""
    with _limit:
        before = csv.field_size_limit(LONGEST_CELL)
        try:
            yield
        finally:
            csv.field_size_limit(before)


def _rows_of(
    file: Path, reader: Iterator[list[str]], columns: Sequence[str]
) -> tuple[list[str], Rows, list[Fault]]:
    try:
        head = [name.strip() for name in next(reader, [])]
        faults = [Fault(sentence=sentence, line=1) for sentence in _faults_of(head, columns)]
        if faults:
            raise FaultyFile(file, faults)
        rows: Rows = []
        for line, cells in _with_lines(reader):
            if len(cells) != len(head):
                if any(cell.strip() for cell in cells):
                    faults.append(Fault(sentence=_uneven(len(cells), len(head)), line=line))
                continue
            if any(cells):
                rows.append((line, cells))
    except csv.Error as error:
        sentence = say("This is not CSV (%(why)s). Save the sheet as CSV again.", why=str(error))
        raise FaultyFile(file, [Fault(sentence=sentence, line=_line_of(reader))]) from error
    return head, rows, faults


def _between_cells(text: str, columns: Sequence[str]) -> str:
    """Return the mark that gives the first line the most of the columns."""
    head = text.partition("\n")[0]

    def found(mark: str) -> int:
        return len(set(columns) & {cell.strip().strip('"') for cell in head.split(mark)})

    return max(",;\t", key=found)


def _with_lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line in which it begins; a cell may have several lines."""
    line = _line_of(reader) + 1
    for cells in reader:
        yield line, cells
        line = _line_of(reader) + 1


def _line_of(reader: Iterator[list[str]]) -> int:
    return int(getattr(reader, "line_num"))  # noqa: B009  (csv's readers have no public type)


def _faults_of(head: Sequence[str], columns: Sequence[str]) -> Iterator[Sentence]:
    for name in columns:
        if name not in head:
            yield say("The column “%(name)s” is missing. Add it.", name=name)
    for name in sorted({name for name in head if name and head.count(name) > 1}):
        yield say("The column “%(name)s” stands here twice. Remove one.", name=name)


def _uneven(has: int, named: int) -> Sentence:
    return say(
        "This row has %(has)s cells; the first row names %(named)s columns. Put cells that hold a "
        "comma in quotation marks.",
        has=has,
        named=named,
    )


def _unsafe(rows: Rows) -> Iterator[Fault]:
    for line, cells in rows:
        for cell in cells:
            if UNSAFE.search(cell) and (sentence := unsafe_text(cell)):
                yield Fault(sentence=sentence, line=line)
