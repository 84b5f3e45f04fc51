"""What a coordinator asks each morning, counted from the teams."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from consortium.people.domain import Side
from events.board.domain.teams import (
    REGISTERED,
    WITHDRAWN,
    Completeness,
    RoleBook,
    TeamLine,
    lacks_side,
)
from events.institutes.domain import Due
from events.institutes.domain.wording import plain


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A role, and how many teams still lack it."""

    code: str
    label: str
    registered: int
    others: int
    """Drafts, and teams on the waitlist."""


@dataclass(frozen=True, kw_only=True)
class SideLine:
    """How strongly one side will be in the room."""

    side: Side
    seats: int
    confirmed: int
    percent: int
    teams_without: int


@dataclass(frozen=True, kw_only=True)
class NextDue:
    """The deadline that comes next, and in how many days; 0 is today."""

    due: Due
    days_left: int

    @property
    def what(self) -> str:
        """What must have happened by then."""
        return self.due.what or plain(self.due.code)


@dataclass(frozen=True, kw_only=True)
class Overview:
    """The board's figures. Completeness, seats and sides are those of registered teams."""

    teams: Mapping[str, int]
    """How many teams have which status."""
    visitor_groups: int
    completeness: Mapping[Completeness, int]
    seats: int
    confirmed: int
    gaps: tuple[Gap, ...]
    sides: tuple[SideLine, ...]
    asking_host: tuple[TeamLine, ...]

    @property
    def unconfirmed(self) -> int:
        """How many seats of registered teams nobody has confirmed."""
        return self.seats - self.confirmed


def overview(lines: Sequence[TeamLine], book: RoleBook) -> Overview:
    """Count what the board shows."""
    teams = [line for line in lines if not line.visitors]
    coming = [line for line in lines if line.status == REGISTERED]
    registered = [line for line in coming if not line.visitors]
    return Overview(
        teams=Counter(line.status for line in teams),
        visitor_groups=len(coming) - len(registered),
        completeness=Counter(line.completeness for line in registered),
        seats=sum(len(line.members) for line in coming),
        confirmed=sum(line.confirmed for line in coming),
        gaps=_gaps(teams, book),
        sides=_sides(registered, book),
        asking_host=tuple(line for line in lines if line.asks_host),
    )


def _gaps(teams: Iterable[TeamLine], book: RoleBook) -> tuple[Gap, ...]:
    """Return the roles that some team lacks, the most wanted first."""
    registered: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for team in teams:
        if team.status != WITHDRAWN:
            (registered if team.status == REGISTERED else others).update(set(team.missing))
    gaps = [
        Gap(code=code, label=book.label(code), registered=registered[code], others=others[code])
        for code in registered.keys() | others.keys()
    ]
    return tuple(sorted(gaps, key=lambda gap: (-gap.registered, -gap.others, gap.label)))


def _sides(registered: Sequence[TeamLine], book: RoleBook) -> tuple[SideLine, ...]:
    """Return each side's seats; a person with two roles is counted by the first."""
    members = [(book.side(m.role_codes[0]), m) for team in registered for m in team.members]
    seats = Counter(side for side, _ in members)
    confirmed = Counter(side for side, member in members if member.confirmed)
    asked = [side for side in Side if side in book.sides or seats[side]]
    return tuple(
        SideLine(
            side=side,
            seats=seats[side],
            confirmed=confirmed[side],
            percent=round(100 * seats[side] / len(members)) if members else 0,
            teams_without=sum(lacks_side(team, side, book) for team in registered),
        )
        for side in asked
    )


def next_due(dues: Iterable[Due], zone: ZoneInfo, *, at: datetime) -> NextDue | None:
    """Return the deadline that passes next, if one is still ahead."""
    ahead = [due for due in dues if due.passes_at(zone) > at]
    if not ahead:
        return None
    due = min(ahead, key=lambda due: due.passes_at(zone))
    return NextDue(due=due, days_left=(due.on - at.astimezone(zone).date()).days)
