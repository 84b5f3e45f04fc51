"""A bank's file as it was downloaded: its header is found by names, below whatever is above."""

from itertools import islice

from consortium.errors import Refusal
from consortium.forms import clean_text, unsafe_characters
from consortium.sheets import ZIP, FileRefused, read_sheet
from consortium.words import say
from events.payments.domain.bank_statements import Statement, find_columns, read_lines

MOST_ABOVE = 20
"""Rows above the header: the bank's name, the account, the balance."""
MOST_LINES = 5_000


def read_statement(content: bytes, *, encoding: str = "") -> Statement:
    """Return what a bank's file says. Raises ``FileRefused`` when nothing of it can be taken.

    Banks write lines of another shape above the header, from which the delimiter cannot be told;
    so the file is read again from each of its first lines on until a header is found.
    """
    for above in range(MOST_ABOVE + 1):
        rest = _below(content, above)
        if rest is None:
            break
        try:
            found = _read_from(rest, above, encoding)
        except FileRefused:
            if not above:
                raise
            continue
        if found is not None:
            return found
        if content.startswith(ZIP):
            break
    raise FileRefused(
        say(
            "No header was found. The file needs a line that names its columns: the date, a "
            "description, and the amount (or debit and credit)."
        ),
        field="file",
    )


def _read_from(content: bytes, above: int, encoding: str) -> Statement | None:
    rows = iter(read_sheet(content, encoding=encoding))
    for _, row in islice(rows, MOST_ABOVE):
        columns = None if isinstance(row, Refusal) else find_columns(_cleaned(row))
        if columns is not None:
            lines = [(number + above, _safe(row)) for number, row in islice(rows, MOST_LINES + 1)]
            if len(lines) > MOST_LINES:
                raise FileRefused(
                    say("The file has more than %(most)s lines. Split it.", most=f"{MOST_LINES:,}"),
                    field="file",
                )
            return read_lines(lines, columns)
    return None


def _safe(row: list[str] | Refusal) -> list[str] | Refusal:
    if isinstance(row, Refusal):
        return row
    cells = _cleaned(row)
    if any(unsafe_characters(cell, lines=True) for cell in cells):
        return Refusal(say("The row has hidden control characters."))
    return cells


def _cleaned(row: list[str]) -> list[str]:
    return [clean_text(cell) or "" for cell in row]


def _below(content: bytes, lines: int) -> bytes | None:
    """Return the file without so many of its first lines; ``None`` where it has not so many."""
    parts = content.split(b"\n", lines)
    return parts[lines] if len(parts) > lines and (not lines or parts[lines].strip()) else None
