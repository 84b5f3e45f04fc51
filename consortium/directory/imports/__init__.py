"""Take a file of LEAs into the directory, and report each row that could not be taken."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from consortium.directory import service
from consortium.directory.domain import LeaRecord, RowRefused, UnknownShape, shape_of
from consortium.directory.imports.files import ENCODINGS, Rows, opened
from consortium.errors import Refusal
from consortium.sheets import FileRefused
from consortium.words import say

__all__ = ["ENCODINGS", "FileRefused", "ImportReport", "UnknownShape", "import_leas", "read_leas"]

REPORT_EVERY = 1000  # rows between two steps of the progress bar

Progress = Callable[[str, int, int], None]
"""Is told the step (``reading`` bytes or ``storing`` rows), how much is done, of how much."""


@dataclass(frozen=True, kw_only=True)
class LeaFile:
    """What a file of LEAs says, row by row."""

    records: tuple[LeaRecord, ...]
    refused: tuple[RowRefused, ...]
    zeros_restored: tuple[int, ...]
    """The lines whose id had lost its leading zero."""


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """What an import changed, and what it could not take."""

    added: int
    changed: int
    unchanged: int
    closed: int
    not_named: int
    """How many LEAs of the directory the file says nothing of; they stay as they are."""
    refused: tuple[RowRefused, ...]
    zeros_restored: tuple[int, ...]


def _quietly(_step: str, _done: int, _total: int) -> None:
    """Show no progress."""


def import_leas(
    path: Path,
    *,
    encoding: str | None = None,
    by: str = "command:directory import",
    progress: Progress = _quietly,
) -> ImportReport:
    """Bring the directory up to the list in the file.

    A second run changes nothing. Rows that cannot be read are reported and left out. Raises
    ``FileRefused`` or ``UnknownShape`` when the file as a whole cannot be read.
    """
    file = read_leas(path, encoding=encoding, progress=progress)
    taken = service.take_leas(
        file.records,
        source=path.name,
        by=by,
        refused=len(file.refused),
        progress=lambda done, total: progress("storing", done, total),
    )
    return ImportReport(
        added=taken.added,
        changed=taken.changed,
        unchanged=taken.unchanged,
        closed=taken.closed,
        not_named=taken.not_named,
        refused=file.refused,
        zeros_restored=file.zeros_restored,
    )


def read_leas(path: Path, *, encoding: str | None = None, progress: Progress = _quietly) -> LeaFile:
    """Return what the file says. Raises ``FileRefused`` or ``UnknownShape``."""
    with opened(path, encoding) as rows:
        return _read(rows, progress)


def _read(rows: Rows, progress: Progress) -> LeaFile:
    records: list[LeaRecord] = []
    refused: list[RowRefused] = []
    restored: list[int] = []
    line_of: dict[str, int] = {}
    lines = iter(rows)
    _, header = next(lines, (1, []))
    shape = shape_of([] if isinstance(header, Refusal) else header)
    for count, (line, row) in enumerate(lines, start=1):
        if count % REPORT_EVERY == 0:
            progress("reading", rows.position, rows.size)
        read = RowRefused(line, row.message) if isinstance(row, Refusal) else shape.read(line, row)
        if isinstance(read, RowRefused):
            refused.append(read)
        elif read.id in line_of:
            first = line_of[read.id]
            sentence = say("Line %(first)s has the id %(id)s already.", first=first, id=read.id)
            refused.append(RowRefused(line, sentence))
        else:
            line_of[read.id] = line
            records.append(read)
            if isinstance(row, list) and shape.lost_its_zero(row):
                restored.append(line)
    progress("reading", rows.size, rows.size)
    return LeaFile(records=tuple(records), refused=tuple(refused), zeros_restored=tuple(restored))
