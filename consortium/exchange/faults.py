"""Faults of a file: where each stands, and what whoever edits the file has to mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SHOWN = 50
"""How many faults are told at once: after these, a file is better looked at as a whole."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing to mend in a file."""

    sentence: str
    line: int | None = None
    path: str = ""
    """Where in the file's structure it is, such as ``people[3].choices``."""

    def told(self, file: Path) -> str:
        """Return the fault as one line: file, line, place, what to mend."""
        where = f"{file}:{self.line}" if self.line else str(file)
        what = f"{self.path}: {self.sentence}" if self.path else self.sentence
        return f"{where}: {what}"


class FaultyFile(Exception):
    """The file cannot be used; ``faults`` say why, in the order of its lines."""

    def __init__(self, file: Path, faults: Iterable[Fault]) -> None:
        self.file = file
        self.faults = tuple(sorted(faults, key=lambda one: (one.line or 0, one.path)))
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """The faults, one line each, the first ``SHOWN`` of them."""
        lines = [one.told(self.file) for one in self.faults[:SHOWN]]
        more = len(self.faults) - SHOWN
        return [*lines, f"{self.file}: And {more} more."] if more > 0 else lines
