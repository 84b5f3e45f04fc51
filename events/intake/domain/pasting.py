"""A pasted list of LEAs to invite: what each line means, or what is wrong with it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from consortium.people.domain import NotAnAddress, normalise_email
from consortium.words import say
from events.intake.domain.refusals import IntakeRefused

LEA_ID = re.compile(r"[0-9]{7}")
MOST_LINES = 300
TWICE = say("This LEA stands in the list twice.")


class Listed(Protocol):
    """An LEA as the directory lists it."""

    @property
    def id(self) -> str:
        """Its NCES id."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def state(self) -> str:
        """Its state."""


@dataclass(frozen=True, kw_only=True)
class InviteLine:
    """One line: the LEA's id or name, the address, perhaps a person's name."""

    number: int
    said: str
    """The LEA as it was written: its NCES id, or its whole name."""
    email: str = ""
    name: str = ""
    lea_id: str = ""
    lea: str = ""
    """The LEA that is meant, with its state."""
    fault: str = ""

    @property
    def is_id(self) -> bool:
        """Whether the LEA was written as its number."""
        return LEA_ID.fullmatch(self.said) is not None

    def meaning(
        self, leas: Mapping[str, Sequence[Listed]], invited: Collection[str]
    ) -> "InviteLine":
        """Return the line with the LEA that is meant, or with what is wrong."""
        if self.fault:
            return self
        found = leas.get(self.said if self.is_id else self.said.lower(), ())
        if not found:
            fault = say(
                "The directory lists no LEA “%(said)s”. Write its seven-digit NCES id.",
                said=self.said[:80],
            )
            return replace(self, fault=fault)
        if len(found) > 1:
            places = ", ".join(sorted(f"{lea.id} ({lea.state})" for lea in found))
            fault = say("Several LEAs have this name: %(places)s. Write the id.", places=places)
            return replace(self, fault=fault)
        (lea,) = found
        known = replace(self, lea_id=lea.id, lea=f"{lea.name} ({lea.state})")
        if lea.id in invited:
            return replace(known, fault=say("This LEA is invited already."))
        return known


def read_invitations(text: str) -> Sequence[InviteLine]:
    """Read lines of ``LEA, address, name``, parted by tabs, semicolons or commas.

    Raises ``IntakeRefused`` for a list that is too long.
    """
    rows = [(n, row.strip()) for n, row in enumerate(text.splitlines(), start=1) if row.strip()]
    if len(rows) > MOST_LINES:
        raise IntakeRefused(
            say("Paste at most %(most)s lines at once.", most=MOST_LINES), field="lines"
        )
    lines: list[InviteLine] = []
    for number, row in rows:
        line = _read(number, row)
        if not line.fault and line.said.lower() in {other.said.lower() for other in lines}:
            line = replace(line, fault=TWICE)
        lines.append(line)
    return lines


def _read(number: int, row: str) -> InviteLine:
    parting = next((mark for mark in ("\t", ";") if mark in row), ",")
    cells = [cell.strip() for cell in row.split(parting)]
    address = next((n for n, cell in enumerate(cells) if "@" in cell), None)
    if address is None or address == 0:
        return InviteLine(
            number=number,
            said=cells[0],
            fault=say("Write the LEA, then the e-mail address: 3400001, chief@district.org."),
        )
    said = f"{parting} ".join(cells[:address]) if parting == "," else cells[0]
    name = " ".join(cells[address + 1 :])
    line = InviteLine(number=number, said=said, email=cells[address], name=name)
    try:
        return replace(line, email=normalise_email(cells[address]))
    except NotAnAddress as wrong:
        return replace(line, fault=wrong.message)
