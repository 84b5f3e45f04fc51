"""A list as someone hands it in, and on its way through the page that shows what it would do."""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from consortium.errors import Refusal
from consortium.forms import clean_text, unsafe_characters
from consortium.sheets import FileRefused, read_sheet
from consortium.words import say
from consortium.workbook_cells import MOST_ROWS
from events.bulk.domain.columns import WHY, Layout, read_header
from events.bulk.domain.lines import FileRow
from events.questions.domain import QuestionRule
from events.registration.domain.role_names import folded

LARGEST_PACKED = 1_700_000  # letters; the list travels inside a form of at most 2 MiB
LARGEST_UNPACKED = 40_000_000  # bytes
RawRow = tuple[int, list[str] | str]
"""The row's number, and its cells or why it cannot be read."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list as it was understood."""

    layout: Layout
    rows: tuple[FileRow, ...]
    raw: tuple[RawRow, ...]
    """As it stood in the file, the header first."""

    @property
    def packed(self) -> str:
        """The list as text that a form carries."""
        return _packed(self.raw)

    def left_out(self, reasons: Mapping[int, str]) -> str:
        """Return the rows that have a reason as they stood, it in front, as ``packed`` does."""
        (first, header), *rows = self.raw
        names = header if isinstance(header, list) else []
        kept = [n for n, name in enumerate(names) if folded(name) != folded(WHY)]
        told: list[RawRow] = [(first, [WHY, *(names[n] for n in kept)])]
        for number, row in rows:
            if number in reasons:
                cells = row if isinstance(row, list) else []
                as_it_stood = [cells[n] if n < len(cells) else "" for n in kept]
                told.append((number, [str(reasons[number]), *as_it_stood]))
        return _packed(told)


def read(content: bytes, questions: Sequence[QuestionRule], *, encoding: str = "") -> Sheet:
    """Return what the file says. Raises ``Refusal`` when the file as a whole cannot be taken."""
    raw = [
        (number, row.message if isinstance(row, Refusal) else row)
        for number, row in read_sheet(content, encoding=encoding)
    ]
    sheet = _sheet(raw, questions)
    if len(sheet.packed) > LARGEST_PACKED:
        raise FileRefused(say("The list is too long to import at once. Split it."), field="file")
    return sheet


def unpacked(text: str, questions: Sequence[QuestionRule]) -> Sheet:
    """Return the list that a form carried. Raises ``Refusal`` when it is damaged."""
    return _sheet(_rows_in(text), questions)


def cells_in(text: str) -> Sequence[list[str]]:
    """Return the cells of a list that a form carried, the header first. Raises ``FileRefused``."""
    return [row for _, row in _rows_in(text) if isinstance(row, list)]


def _rows_in(text: str) -> Sequence[RawRow]:
    damaged = FileRefused(say("The list was damaged on the way. Choose the file again."))
    try:
        packed = base64.urlsafe_b64decode(text)
        unpacking = zlib.decompressobj()
        told = unpacking.decompress(packed, LARGEST_UNPACKED)
        raw = json.loads(told.decode("utf-8", "surrogatepass"))
    except (ValueError, binascii.Error, zlib.error, RecursionError) as error:
        raise damaged from error
    if not _is_list(raw) or not unpacking.eof:
        raise damaged
    return [(number, row) for number, row in raw]


def _packed(raw: Sequence[RawRow]) -> str:
    """Return rows as text that grows no more when a browser sends it."""
    told = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    packed = zlib.compress(told.encode("utf-8", "surrogatepass"), 9)
    return base64.urlsafe_b64encode(packed).decode("ascii")


def _is_list(raw: Any) -> bool:
    """Tell whether this is a list as ``packed`` writes it."""
    return (
        isinstance(raw, list)
        and 0 < len(raw) <= MOST_ROWS + 1
        and all(
            isinstance(one, list)
            and len(one) == 2  # noqa: PLR2004  (the number and the row)
            and isinstance(one[0], int)
            and (
                isinstance(one[1], str)
                or (isinstance(one[1], list) and all(isinstance(cell, str) for cell in one[1]))
            )
            for one in raw
        )
    )


def _sheet(raw: Sequence[RawRow], questions: Sequence[QuestionRule]) -> Sheet:
    if not raw:
        raise FileRefused(say("The file is empty."), field="file")
    header, *rows = raw
    names = header[1] if isinstance(header[1], list) else []
    layout = read_header([clean_text(name) or "" for name in names], questions)
    return Sheet(
        layout=layout, rows=tuple(_row(number, row, layout) for number, row in rows), raw=tuple(raw)
    )


def _row(number: int, row: list[str] | str, layout: Layout) -> FileRow:
    if isinstance(row, str):
        return FileRow(number=number, fault=row)
    cells = {key: clean_text(cell) or "" for key, cell in layout.cells(row).items()}
    if any(unsafe_characters(cell, lines=True) for cell in cells.values()):
        fault = say("The row has hidden control characters. Type its texts again.")
        return FileRow(number=number, fault=fault)
    return FileRow(number=number, cells=cells)
