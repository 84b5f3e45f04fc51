"""A list of staff as a spreadsheet: whom a survey asks."""

from collections.abc import Iterator, Sequence

from cohorts.surveys.domain.listing import read_list
from cohorts.surveys.domain.places import Listed
from consortium.errors import Refusal
from consortium.forms import clean_text, unsafe_characters
from consortium.sheets import read_sheet
from consortium.words import say


def read_staff(content: bytes, *, encoding: str = "") -> list[Listed]:
    """Return the people of an XLSX or CSV file. Raises ``Refusal``; nothing is taken then."""
    return read_list(_cleaned(content, encoding))


def _cleaned(content: bytes, encoding: str) -> Iterator[tuple[int, Sequence[str] | Refusal]]:
    for number, row in read_sheet(content, encoding=encoding):
        if isinstance(row, Refusal):
            yield number, row
            continue
        cells = [clean_text(cell) or "" for cell in row]
        if any(unsafe_characters(cell, lines=False) for cell in cells):
            yield (
                number,
                Refusal(say("The row has hidden control characters. Type its texts again.")),
            )
        else:
            yield number, cells
