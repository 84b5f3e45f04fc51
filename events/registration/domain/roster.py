"""Members pasted from a spreadsheet: lines in any usual order, each fault with its line number."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from consortium.people.domain import CATALOGUE, NotAnAddress, normalise_email
from consortium.words import say
from events.institutes.domain import RoleRule
from events.registration.domain.refusals import RegistrationRefused

MOST_LINES = 500
MOST_CHARACTERS = 100_000
LONGEST_NAME = 200
LONGEST_SHOWN = 80
SHORTEST_HINT = 4
"""From so many letters on, a part of a role's label is taken for the role if it fits only one."""
SEPARATORS = ("\t", ";", ",")
LOST_LETTER = "\ufffd"
MAILBOX = re.compile(r"^(?P<name>[^<>]*)<(?P<email>[^<>\s]+@[^<>\s]+)>$")


class Column(StrEnum):
    """What a column of the pasted table holds."""

    NAME = auto()
    FIRST = auto()
    LAST = auto()
    EMAIL = auto()
    ROLE = auto()


HEADINGS: Mapping[str, Column] = {
    **dict.fromkeys(("name", "full name", "member", "participant", "person"), Column.NAME),
    **dict.fromkeys(("first name", "first", "given name"), Column.FIRST),
    **dict.fromkeys(("last name", "last", "surname", "family name"), Column.LAST),
    **dict.fromkeys(("e mail", "email", "e mail address", "email address", "mail"), Column.EMAIL),
    **dict.fromkeys(("role", "office", "title", "job title", "position"), Column.ROLE),
}


@dataclass(frozen=True, kw_only=True)
class RosterLine:
    """One pasted line as it was understood; it can be saved when ``faults`` is empty."""

    number: int
    text: str
    name: str = ""
    email: str = ""
    role_code: str = ""
    faults: tuple[str, ...] = ()


def read_roster(text: str, rules: Sequence[RoleRule]) -> tuple[RosterLine, ...]:
    """Return every line that is not blank, understood or with what is wrong with it.

    A first line of headings decides the columns; without one, the address is the cell with the
    @, the role the cell that names a role by its label or code, and the name what remains.
    With no ``rules`` no role is expected. Raises ``RegistrationRefused`` for more than the page
    can take, or nothing at all.
    """
    if len(text) > MOST_CHARACTERS:
        raise RegistrationRefused(
            say("That is more than 100,000 characters. Paste it in parts."), field="lines"
        )
    rows = [(n, line.strip(" \r\ufeff")) for n, line in enumerate(text.split("\n"), 1)]
    rows = [(number, line) for number, line in rows if line.strip()]
    if len(rows) > MOST_LINES:
        raise RegistrationRefused(
            say("That is %(lines)s lines; %(most)s fit at once.", lines=len(rows), most=MOST_LINES),
            field="lines",
        )
    columns = _headings(rows[0][1]) if rows else None
    if columns:
        rows = rows[1:]
    if not rows:
        raise RegistrationRefused(
            say("Paste at least one line: name, e-mail address and role."), field="lines"
        )
    known = _role_names(rules)
    return _without_repeats([_read(number, line, columns, known) for number, line in rows])


def find_role(text: str, known: Mapping[str, str]) -> str | None:
    """Return the code of the role that ``text`` names, by code, label or part of one label."""
    wanted = _folded(text)
    if wanted in known:
        return known[wanted]
    if len(wanted) < SHORTEST_HINT:
        return None
    fits = {code for label, code in known.items() if f" {wanted} " in f" {label} "}
    return fits.pop() if len(fits) == 1 else None


def _role_names(rules: Sequence[RoleRule]) -> dict[str, str]:
    own = {rule.code for rule in rules}
    names = {_folded(kind.label): kind.code for kind in CATALOGUE if kind.code in own}
    names |= {_folded(rule.label): rule.code for rule in rules}
    return names | {_folded(rule.code): rule.code for rule in rules}


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _headings(line: str) -> list[Column | None] | None:
    if "@" in line:
        return None
    columns = [HEADINGS.get(_folded(cell)) for cell in _cells(line)]
    return columns if Column.EMAIL in columns else None


def _cells(line: str) -> list[str]:
    separator = next((mark for mark in SEPARATORS if mark in line), SEPARATORS[-1])
    cells = next(csv.reader([line], delimiter=separator, skipinitialspace=True))
    return [" ".join(cell.split()) for cell in cells]


def _read(
    number: int, line: str, columns: list[Column | None] | None, known: Mapping[str, str]
) -> RosterLine:
    cells = _cells(line)
    if columns is None:
        name, email, role = _guess(cells, known)
    else:
        named = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        parts = (named.get(Column.FIRST, ""), named.get(Column.LAST, ""))
        name = named.get(Column.NAME) or " ".join(filter(None, parts))
        email, role = named.get(Column.EMAIL, ""), named.get(Column.ROLE, "")
    faults = _faults_of_name(name)
    email = _address(email, faults)
    code = find_role(role, known) if role else None
    if known and not role:
        faults.append(say("The role is missing."))
    elif known and code is None:
        faults.append(say("“%(role)s” is not a role of this institute.", role=role[:LONGEST_SHOWN]))
    return RosterLine(
        number=number,
        text=line,
        name=name,
        email=email,
        role_code=code or "",
        faults=tuple(faults),
    )


def _guess(cells: list[str], known: Mapping[str, str]) -> tuple[str, str, str]:
    """Return name, address and role of a line whose columns nobody named."""
    email, rest = "", []
    for cell in filter(None, cells):
        mailbox = MAILBOX.match(cell)
        if "@" not in cell:
            rest.append(cell)
        elif mailbox and not email:
            rest.append(mailbox["name"].strip())
            email = mailbox["email"]
        else:
            email = f"{email} {cell}".strip()
    rest = [cell for cell in rest if cell]
    if not known:
        return " ".join(rest), email, ""
    first, last = _where_the_role_is(rest, known)
    return " ".join(rest[:first] + rest[last:]), email, ", ".join(rest[first:last])


def _where_the_role_is(cells: list[str], known: Mapping[str, str]) -> tuple[int, int]:
    """Return which cells together name a role; a label may itself hold a comma.

    When none does, the last of several cells is taken for the role nobody knows.
    """
    spans = [
        (first, last)
        for length in range(len(cells), 0, -1)
        for first in range(len(cells) - length, -1, -1)
        for last in (first + length,)
    ]
    for exactly in (True, False):
        for first, last in spans:
            words = ", ".join(cells[first:last])
            if _folded(words) in known if exactly else find_role(words, known):
                return first, last
    end = len(cells)
    return (end - 1, end) if end > 1 else (end, end)


def _faults_of_name(name: str) -> list[str]:
    if not name:
        return [say("The name is missing.")]
    if len(name) > LONGEST_NAME:
        return [say("The name has more than %(most)s characters.", most=LONGEST_NAME)]
    if LOST_LETTER in name:
        return [say("Letters of the name were lost on the way. Type the name again.")]
    return []


def _address(text: str, faults: list[str]) -> str:
    if not text:
        faults.append(say("The e-mail address is missing."))
        return ""
    try:
        return normalise_email(text.removeprefix("mailto:"))
    except NotAnAddress as refusal:
        faults.append(refusal.message)
        return text


def _without_repeats(lines: list[RosterLine]) -> tuple[RosterLine, ...]:
    first_use: dict[str, int] = {}
    checked = []
    for line in lines:
        earlier = first_use.setdefault(line.email, line.number) if line.email else line.number
        if earlier == line.number:
            checked.append(line)
            continue
        fault = say("The same address stands in line %(number)s.", number=earlier)
        checked.append(replace(line, faults=(*line.faults, fault)))
    return tuple(checked)
