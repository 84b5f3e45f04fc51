"""The paper with which a team asks its board, county or finance office for approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from consortium.words import Sentence, say
from events.institutes.domain import Strength
from events.packets.domain.approvals import Approval

WHY: Mapping[Strength, Sentence] = {
    Strength.REQUIRED: say("The host requires this office of every team."),
    Strength.EXPECTED: say("The host expects this office in every team."),
    Strength.IDEAL: say("This office belongs to a full team."),
    Strength.IF_APPLICABLE: say("The host asks for this office where the LEA has it."),
    Strength.ENCOURAGED: say("The host encourages teams to bring this office."),
    Strength.INVITED: say("The host invites this office."),
    Strength.OPTIONAL: say("The team may bring this office."),
    Strength.EXTRA_FEE: say("The team may bring this office, at an extra fee."),
    Strength.NOT_ADMITTED: say("The host does not admit this office."),
}
"""Why somebody goes: what the host says of the office."""


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One item of the programme: wall times in the institute's zone."""

    starts: datetime
    ends: datetime
    title: str
    room: str


@dataclass(frozen=True, kw_only=True)
class AgendaDay:
    """A day: from when to when, and what happens."""

    on: date
    label: str
    optional: bool
    lines: tuple[AgendaLine, ...]

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """When the day begins and ends; ``None`` when no session is set yet."""
        if not self.lines:
            return None
        return min(line.starts for line in self.lines), max(line.ends for line in self.lines)


@dataclass(frozen=True, kw_only=True)
class Traveller:
    """Who goes, in which role, and why."""

    name: str
    role: str
    side: str
    why: str


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """One line of the quote, in words and cents."""

    what: str
    how: str
    cents: int


@dataclass(frozen=True, kw_only=True)
class Packet:
    """Everything an approval needs, as of the moment its quote was made."""

    number: str
    made_on: date
    """By the institute's own calendar."""
    title: str
    summary: str
    hosts: tuple[str, ...]
    contact: str
    team: str
    time_zone: str
    venue: str
    days: tuple[AgendaDay, ...]
    register_by: str
    """Until when the host must know; empty once the team is registered, or without a deadline."""
    price: tuple[str, ...]
    """The host's fee rules in words."""
    payment: tuple[str, ...]
    """The ways to pay."""
    travellers: tuple[Traveller, ...]
    kept_seats: int
    """Seats kept for people still to be named."""
    costs: tuple[CostLine, ...]
    notes: tuple[str, ...]
    total_cents: int
    approvals: tuple[Approval, ...]
    cancelled_on: date | None
    """When the host cancelled the institute, by its own calendar: nothing is to approve then."""
    current: bool
    """Whether the quote is what the team would pay at this moment."""

    @property
    def priced(self) -> bool:
        """Whether anything could be counted: no price yet is not the same as coming free."""
        return bool(self.costs)


def quote_row(lines: Sequence[Mapping[str, Any]]) -> tuple[CostLine, ...]:
    """Return the lines of a stored quote."""
    return tuple(
        CostLine(what=line["what"], how=line["how"], cents=int(line["cents"])) for line in lines
    )
