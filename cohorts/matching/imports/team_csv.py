"""Rows of teams, read strictly: every fault is told with its line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consortium.exchange.csv_table import Row
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import Sentence, say


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
