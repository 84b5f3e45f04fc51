"""CSV as spreadsheets save it: read strictly, each row with its line."""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from consortium.exchange.faults import Fault, FaultyFile
from consortium.exchange.text import UNSAFE, read_text, unsafe_text
from consortium.words import Sentence, say

LONGEST_CELL = 1 << 20  # for the reader itself; what is too long is told with its line

Rows = list[tuple[int, list[str]]]


def read_table(file: Path, columns: Sequence[str], *, others: Sequence[str] = ()) -> Rows:
    """Return the line and the cells of each row, in the order of ``columns`` and ``others``.

    ``others`` need not be there; their cells are empty then. Excel's marks are welcome: a byte
    order mark, CR and LF, semicolons or tabs between cells where its language has them. Raises
    ``FaultyFile`` for columns that are missing or doubled, rows that are too long or too short,
    and text that no page can show.
    """
    text = read_text(file)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=_between_cells(text, columns)
    )
    try:
        head = [name.strip() for name in next(reader, [])]
        faults = [Fault(sentence=sentence, line=1) for sentence in _faults_of(head, columns)]
        if faults:
            raise FaultyFile(file, faults)
        wanted = [head.index(name) if name in head else -1 for name in (*columns, *others)]
        rows: Rows = []
        for line, cells in _with_lines(reader):
            if len(cells) != len(head):
                if any(cell.strip() for cell in cells):
                    faults.append(Fault(sentence=_uneven(len(cells), len(head)), line=line))
                continue
            if any(cells):
                cells.append("")
                rows.append((line, [cells[place] for place in wanted]))
    except csv.Error as error:
        sentence = say("This is not CSV (%(why)s). Save the sheet as CSV again.", why=str(error))
        raise FaultyFile(file, [Fault(sentence=sentence, line=reader.line_num)]) from error
    if UNSAFE.search(text):
        faults += _unsafe(rows)
    if faults:
        raise FaultyFile(file, faults)
    return rows


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
