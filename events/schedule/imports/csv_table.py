"""CSV as spreadsheets save it: read strictly, each row with its line."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from consortium.words import say
from events.schedule.imports.faults import Fault, FaultyFile
from events.schedule.imports.json_text import read_text, unsafe_text

SEVERAL = ";"
"""What stands between several words in one cell."""


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


def read_table(file: Path, columns: Sequence[str]) -> list[Row]:
    """Return the rows of a file that has at least these columns.

    Raises ``FaultyFile`` for columns that are missing or doubled, rows that are too long or too
    short, and text that no page can show.
    """
    reader = csv.reader(io.StringIO(read_text(file), newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    try:
        head = [name.strip() for name in next(reader, [])]
        faults += _faults_of(head, columns)
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(head):
                    sentence = say(
                        "This row has %(has)s cells; the first row names %(named)s columns.",
                        has=len(cells),
                        named=len(head),
                    )
                    faults.append(Fault(sentence=sentence, line=line))
                faults += [
                    Fault(sentence=wrong, line=line)
                    for cell in cells
                    if (wrong := unsafe_text(cell))
                ]
                rows.append(Row(line=line, cells=dict(zip(head, cells, strict=False))))
            line = reader.line_num + 1
    except csv.Error as error:
        sentence = say("This is not CSV (%(why)s).", why=str(error))
        raise FaultyFile(file, [Fault(sentence=sentence, line=reader.line_num)]) from error
    if faults:
        raise FaultyFile(file, faults)
    return rows


def _faults_of(head: Sequence[str], columns: Sequence[str]) -> list[Fault]:
    missing = [name for name in columns if name not in head]
    twice = sorted({name for name in head if name and head.count(name) > 1})
    return [
        *(
            Fault(line=1, sentence=say("The column “%(name)s” is missing. Add it.", name=name))
            for name in missing
        ),
        *(
            Fault(line=1, sentence=say("The column “%(name)s” stands here twice.", name=name))
            for name in twice
        ),
    ]
