"""The paper with which a team asks its board, county or finance office for approval."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from events.packets.domain.approvals import Approval


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
    """Who goes, in which role, and what the host says of that role."""

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
    made_at: datetime
    title: str
    summary: str
    hosts: tuple[str, ...]
    contact: str
    team: str
    time_zone: str
    venue: str
    days: tuple[AgendaDay, ...]
    price: tuple[str, ...]
    """The host's fee rules in words."""
    travellers: tuple[Traveller, ...]
    kept_seats: int
    """Seats kept for people still to be named."""
    costs: tuple[CostLine, ...]
    notes: tuple[str, ...]
    total_cents: int
    approvals: tuple[Approval, ...]
    current: bool
    """Whether the quote is what the team would pay at this moment."""


def quote_row(lines: Sequence[Mapping[str, Any]]) -> tuple[CostLine, ...]:
    """Return the lines of a stored quote."""
    return tuple(
        CostLine(what=line["what"], how=line["how"], cents=int(line["cents"])) for line in lines
    )
