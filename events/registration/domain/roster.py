"""Members pasted from a spreadsheet: lines in any usual order, each fault with its line number."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consortium.people.domain import NotAnAddress, normalise_email
from consortium.words import say
from events.institutes.domain import RoleRule
from events.registration.domain.columns import (
    MAILBOX,
    Cells,
    Columns,
    by_headings,
    by_looks,
    cells_of,
    headings_of,
)
from events.registration.domain.names import lost_letters
from events.registration.domain.refusals import RegistrationRefused
from events.registration.domain.role_names import RoleNames

MOST_LINES = 500
MOST_CHARACTERS = 100_000
MOST_CELLS = 20
MOST_LINES_OF_A_CELL = 5
LONGEST_NAME = 200
LONGEST_SHOWN = 80
LINE_ENDS = re.compile(r"\r\n?|\n")
QUOTED = re.compile(r'(?:^|[\t;,])\s*"')
AROUND_AN_ADDRESS = " <>;,."


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

    A first line of headings decides the columns; without one, the looks of the cells. With no
    ``rules`` no role is expected. Raises ``RegistrationRefused`` for more than the page can
    take, or nothing at all.
    """
    if len(text) > MOST_CHARACTERS:
        raise RegistrationRefused(
            say("That is more than 100,000 characters. Paste it in parts."), field="lines"
        )
    rows = [(number, line) for number, line in _lines(text) if line.strip("\t;, ")]
    if len(rows) > MOST_LINES:
        raise RegistrationRefused(
            say("That is %(lines)s lines; %(most)s fit at once.", lines=len(rows), most=MOST_LINES),
            field="lines",
        )
    columns = headings_of(cells_of(rows[0][1])) if rows else None
    if columns:
        rows = rows[1:]
    if not rows:
        raise RegistrationRefused(
            say("Paste at least one line: name, e-mail address and role."), field="lines"
        )
    roles = RoleNames(rules)
    return _without_repeats([_read(number, line, columns, roles) for number, line in rows])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines with their numbers; a cell of a spreadsheet may hold line breaks itself."""
    lines = LINE_ENDS.split(text)
    at = 0
    while at < len(lines):
        end = _end_of_row(lines, at)
        yield at + 1, " ".join(lines[at:end]).strip(" \ufeff")
        at = end


def _end_of_row(lines: Sequence[str], at: int) -> int:
    """Return where the row ends whose first line this is: with the quotes that it opens."""
    if not QUOTED.search(lines[at]):
        return at + 1
    quotes = 0
    for end, line in enumerate(lines[at : at + MOST_LINES_OF_A_CELL], at + 1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return end
    return at + 1


def _read(number: int, line: str, columns: Columns | None, roles: RoleNames) -> RosterLine:
    cells = cells_of(line)
    if columns is not None:
        return _understood(number, line, by_headings(cells, columns), roles)
    told = [cell for cell in cells if cell]
    if len(told) > MOST_CELLS:
        return RosterLine(number=number, text=line, faults=(_too_much(roles),))
    if len(told) == 1 and "@" in told[0] and " " in told[0] and not MAILBOX.match(told[0]):
        fault = say("Put commas or tabs between what belongs to one person, like: %(example)s.",
                    example=_example(roles))  # fmt: skip
        return RosterLine(number=number, text=line, faults=(fault,))
    return _understood(number, line, by_looks(cells, roles), roles)


def _understood(number: int, line: str, cells: Cells, roles: RoleNames) -> RosterLine:
    faults = [_too_much(roles)] if cells.has_more else _faults_of_name(cells.name)
    email = _address(cells.email, faults)
    codes = roles.meant_by(cells.role)
    if roles and len(codes) != 1:
        faults.append(_fault_of_role(cells.role, codes, roles))
    return RosterLine(
        number=number,
        text=line,
        name=cells.name,
        email=email,
        role_code=codes[0] if len(codes) == 1 else "",
        faults=tuple(faults),
    )


def _too_much(roles: RoleNames) -> str:
    return say(
        "There is more in this line than one person needs, which is: %(example)s. Delete the rest, "
        "or copy the line of headings with it.",
        example=_example(roles),
    )


def _example(roles: RoleNames) -> str:
    return say("name, e-mail address, role") if roles else say("name, e-mail address")


def _fault_of_role(said: str, codes: Sequence[str], roles: RoleNames) -> str:
    if not said:
        return say("The role is missing.")
    if codes:
        return say(
            "“%(role)s” can mean: %(roles)s. Write which one.",
            role=said[:LONGEST_SHOWN],
            roles="; ".join(roles.labels[code] for code in codes),
        )
    return say(
        "“%(role)s” is not a role of this institute. Write one of the roles listed below.",
        role=said[:LONGEST_SHOWN],
    )


def _faults_of_name(name: str) -> list[str]:
    if not name:
        return [say("The name is missing.")]
    if len(name) > LONGEST_NAME:
        return [say("The name has more than %(most)s characters.", most=LONGEST_NAME)]
    lost = lost_letters(name)
    return [lost] if lost else []


def _address(text: str, faults: list[str]) -> str:
    """Return the address as we compare it; copied pages and lists leave marks around it."""
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    text = text.strip(AROUND_AN_ADDRESS).removeprefix("mailto:")
    if not text:
        faults.append(say("The e-mail address is missing."))
        return ""
    try:
        return normalise_email(text)
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
