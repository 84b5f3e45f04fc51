"""Rows of teams, read strictly: every fault is told with its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consortium.exchange.csv_table import read_table
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import Sentence, say

SEVERAL = ";"
"""What stands between several words in one cell."""


@dataclass
class Faults:
    """What is wrong with one file, gathered while it is read."""

    file: Path
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, sentence: Sentence) -> None:
        """Note one fault."""
        self.found.append(Fault(sentence=sentence, line=line))

    def end(self) -> None:
        """Raise ``FaultyFile`` if anything is wrong."""
        if self.found:
            raise FaultyFile(self.file, self.found)


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


def read_rows(file: Path, columns: Sequence[str], others: Sequence[str] = ()) -> list[Row]:
    """Return the rows of a CSV file. Raises ``FaultyFile`` (see ``read_table``)."""
    names = (*columns, *others)
    return [
        Row(line=line, cells=dict(zip(names, cells, strict=True)))
        for line, cells in read_table(file, columns, others=others)
    ]


def ids_of(faults: Faults, rows: Sequence[Row], column: str) -> dict[str, Row]:
    """Return the rows by their id; noting ids that are missing or doubled."""
    by_id: dict[str, Row] = {}
    for row in rows:
        id_ = row[column]
        if not id_:
            sentence = say("The cell “%(name)s” is empty. Give every row an id.", name=column)
            faults.add(row.line, sentence)
        elif id_ in by_id:
            sentence = say(
                "The %(name)s %(id)s stands in line %(line)s already. Remove one.",
                name=column,
                id=id_,
                line=by_id[id_].line,
            )
            faults.add(row.line, sentence)
        else:
            by_id[id_] = row
    return by_id


def ranked(faults: Faults, row: Row, column: str, most: int) -> tuple[str, ...]:
    """Return what a cell ranks, noting what stands twice and what is too much."""
    words = row.several(column)
    if len(words) > most:
        sentence = say(
            "“%(name)s” has %(number)s entries; at most %(most)s count. Keep the most important "
            "%(most)s, with ; between them.",
            name=column,
            number=f"{len(words):,}",
            most=most,
        )
        faults.add(row.line, sentence)
        return words[:most]
    twice = sorted({word for word in words if words.count(word) > 1})
    if twice:
        faults.add(
            row.line,
            say("“%(name)s” has %(word)s twice. Name it once.", name=column, word=twice[0]),
        )
    return tuple(dict.fromkeys(words))


def check_known(faults: Faults, row: Row, ids: Sequence[str], known: Sequence[str]) -> None:
    """Note ids that are no team's."""
    there = set(known)
    for id_ in ids:
        if id_ not in there:
            sentence = say("There is no team %(id)s among the teams. Correct or remove it.", id=id_)
            faults.add(row.line, sentence)
