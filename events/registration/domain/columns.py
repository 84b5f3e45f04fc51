"""Which cell of a pasted line is the name, the address, the role."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from events.registration.domain.role_names import RoleNames, folded

SEPARATORS = ("\t", ";", ",")
LIST_MARK = re.compile(r"^(?:[•·*–-]|\d{1,3}[.)])\s+")
MAILBOX = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>\s]+@[^<>\s]+)>$")


class Column(StrEnum):
    """What a column of the pasted table holds."""

    EMAIL = auto()
    FIRST = auto()
    LAST = auto()
    ROLE = auto()
    NAME = auto()


WORDS: Mapping[Column, frozenset[str]] = {
    Column.EMAIL: frozenset({"email", "emails", "mail"}),
    Column.FIRST: frozenset({"first", "given"}),
    Column.LAST: frozenset({"last", "surname", "family"}),
    Column.ROLE: frozenset({"role", "office", "title", "position"}),
    Column.NAME: frozenset({"name", "member", "participant", "person"}),
}
"""The words by which a heading is known; an earlier column wins: e-mail of the participant."""
OF_OTHER_THINGS = frozenset({"district", "lea", "organization", "phone", "school", "union"})
Columns = Mapping[Column, int]


@dataclass(frozen=True, kw_only=True)
class Cells:
    """One line as its columns or its looks divide it."""

    name: str = ""
    email: str = ""
    role: str = ""
    has_more: bool = False
    """Something stands there that is none of the three, so the name may be wrong."""


def cells_of(line: str) -> list[str]:
    """Return the cells of a line as a spreadsheet or a person separates them."""
    line = LIST_MARK.sub("", line)
    separator = next((mark for mark in SEPARATORS if mark in line), SEPARATORS[-1])
    cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    return [" ".join(cell.split()) for cell in cells]


def headings_of(cells: Sequence[str]) -> Columns | None:
    """Return where each column is, if these are headings; a line with an @ is none.

    Headings without one for the addresses count when every one of them is known: the lines
    below then say what is missing.
    """
    if any("@" in cell for cell in cells):
        return None
    heads = [_heading(cell) for cell in cells]
    columns: dict[Column, int] = {}
    # A column called role comes before one called title, which may hold Dr. and Ms.
    for index in sorted(range(len(cells)), key=lambda n: "role" not in folded(cells[n])):
        head = heads[index]
        if head is not None:
            columns.setdefault(head, index)
    all_known = len(columns) > 1 and None not in heads
    return columns if Column.EMAIL in columns or all_known else None


def _heading(cell: str) -> Column | None:
    said = set(folded(cell).replace("e mail", "email").split())
    if Column.EMAIL in said:
        return Column.EMAIL
    if said & OF_OTHER_THINGS:
        return None
    return next((column for column, words in WORDS.items() if words & said), None)


def by_headings(cells: Sequence[str], columns: Columns) -> Cells:
    """Return the cells that the headings name."""
    said = {column: cells[n] for column, n in columns.items() if n < len(cells)}
    parts = (said.get(Column.FIRST, ""), said.get(Column.LAST, ""))
    return Cells(
        name=said.get(Column.NAME) or " ".join(filter(None, parts)),
        email=said.get(Column.EMAIL, ""),
        role=said.get(Column.ROLE, ""),
    )


def by_looks(cells: Sequence[str], roles: RoleNames) -> Cells:
    """Return the cells of a line whose columns nobody named.

    The address is the cell with the @, the role the cells that name one, the name what remains.
    Cells without any letter (a running number, a telephone) are left out.
    """
    email, rest = "", []
    for index, cell in enumerate(filter(None, cells)):
        mailbox = MAILBOX.match(cell)
        if mailbox and not email:
            email, cell = mailbox["email"], mailbox["name"].strip()  # noqa: PLW2901
        elif "@" in cell:
            email = f"{email} {cell}".strip()
            continue
        if any(character.isalpha() for character in cell):
            rest.append((index, cell))
    first, last = _where_the_role_is([cell for _, cell in rest], roles)
    named = rest[:first] + rest[last:]
    return Cells(
        name=" ".join(cell for _, cell in named),
        email=email,
        role=", ".join(cell for _, cell in rest[first:last]),
        has_more=bool(named) and named[-1][0] - named[0][0] >= len(named),
    )


def _where_the_role_is(cells: Sequence[str], roles: RoleNames) -> tuple[int, int]:
    """Return which cells together name a role; a label may itself hold a comma.

    When none does, the last of several cells is taken for the role nobody knows.
    """
    end = len(cells)
    if not roles:
        return end, end
    spans = [
        (first, first + length)
        for length in range(end, 0, -1)
        for first in range(end - length, -1, -1)
    ]
    said = {span: ", ".join(cells[slice(*span)]) for span in spans}
    exact = (span for span in spans if roles.is_name(said[span]))
    meant = (span for span in spans if len(roles.meant_by(said[span])) == 1)
    last = (end - 1, end) if end > 1 else (end, end)
    return next(exact, None) or next(meant, last)
