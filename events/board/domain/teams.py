"""A team as the board shows it, and the filters that choose among teams."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from functools import cached_property
from uuid import UUID

from consortium.paging import Filter
from consortium.people.domain import CATALOGUE, Side
from consortium.words import say
from events.institutes.domain import RoleRule
from events.institutes.domain.wording import plain

# Statuses are registration's words, as its rows hold them; this module knows no rows.
DRAFT, REGISTERED, WAITLISTED, WITHDRAWN = "draft", "registered", "waitlisted", "withdrawn"
ASKING = "asking"
CONFIRMED = "confirmed"


class Completeness(StrEnum):
    """What the role rules say of a team."""

    COMPLETE = auto()
    INCOMPLETE = auto()
    NOT_JUDGED = auto()

    @property
    def words(self) -> str:
        """The answer as people read it."""
        return _COMPLETENESS[self]


def judged(complete: bool | None) -> Completeness:  # noqa: FBT001  (the row's own answer)
    """Return the answer of the role rules; None means that nobody asked them."""
    if complete is None:
        return Completeness.NOT_JUDGED
    return Completeness.COMPLETE if complete else Completeness.INCOMPLETE


_COMPLETENESS: Mapping[Completeness, str] = {
    Completeness.COMPLETE: say("Complete"),
    Completeness.INCOMPLETE: say("Incomplete"),
    Completeness.NOT_JUDGED: say("Not judged"),
}


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Someone to write to."""

    person_id: UUID
    name: str
    email: str


@dataclass(frozen=True, kw_only=True)
class Member(Contact):
    """Someone with a live seat in a team."""

    seat_id: UUID
    role_codes: tuple[str, ...]
    status: str
    asked_at: datetime | None = None
    """When the last invitation or reminder went out."""

    @property
    def confirmed(self) -> bool:
        """Whether this person has said yes."""
        return self.status == CONFIRMED


@dataclass(frozen=True, kw_only=True)
class TeamLine:
    """One team with its people, its leads, and what its registration lacks."""

    id: UUID
    name: str
    state: str
    status: str
    site: str = ""
    lea_id: str = ""
    registered_at: datetime | None = None
    waitlist_position: int | None = None
    visitors: bool = False
    """A group that comes without required roles."""
    complete: bool | None = None
    missing: tuple[str, ...] = ()
    """Codes of the roles it still lacks."""
    members: tuple[Member, ...] = ()
    leads: tuple[Contact, ...] = ()

    @property
    def title(self) -> str:
        """What tells it from the other teams of its LEA, too."""
        return f"{self.name}, {self.site}" if self.site else self.name

    @property
    def completeness(self) -> Completeness:
        """What the role rules last said."""
        return judged(self.complete)

    @property
    def unconfirmed(self) -> Sequence[Member]:
        """Those of whom nobody knows yet whether they come."""
        return [member for member in self.members if not member.confirmed]

    @property
    def confirmed(self) -> int:
        """How many have said yes."""
        return len(self.members) - len(self.unconfirmed)

    @property
    def asks_host(self) -> bool:
        """Whether the host has to decide now if it may come."""
        return self.status == ASKING


@dataclass(frozen=True, kw_only=True)
class RoleBook:
    """What the institute's roles are called, and the side each sits on."""

    rules: tuple[RoleRule, ...]

    def label(self, code: str) -> str:
        """Return the institute's word for the role, or the usual one."""
        return self._labels.get(code) or plain(code)

    def side(self, code: str) -> Side:
        """Return the side the role sits on."""
        return self._sides.get(code, Side.OTHER)

    def codes_of(self, side: Side) -> tuple[str, ...]:
        """Return the roles that sit on a side."""
        return tuple(code for code, its_side in self._sides.items() if its_side is side)

    def labels(self, codes: Iterable[str]) -> list[str]:
        """Return what the roles are called, in the given order."""
        return [self.label(code) for code in codes]

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides that the institute's own roles sit on."""
        named = {rule.side for rule in self.rules}
        return tuple(side for side in Side if side in named)

    @cached_property
    def _labels(self) -> dict[str, str]:
        usual = {kind.code: kind.label for kind in CATALOGUE}
        return usual | {rule.code: rule.label for rule in self.rules}

    @cached_property
    def _sides(self) -> dict[str, Side]:
        usual = {kind.code: kind.side for kind in CATALOGUE}
        return usual | {rule.code: rule.side for rule in self.rules}


@dataclass(frozen=True, kw_only=True)
class TeamFilter(Filter):
    """Which teams the board's table shows; an empty field asks nothing.

    ``role`` is one the team lacks, ``side`` one from which nobody comes: the board is read to
    find what is missing.
    """

    standing: str = ""
    completeness: str = ""
    state: str = ""
    role: str = ""
    side: str = ""

    def chosen(self, teams: Iterable[TeamLine], book: RoleBook) -> list[TeamLine]:
        """Return the teams that pass; withdrawn ones only when they are asked for."""
        return [team for team in teams if self._passes(team, book)]

    def _passes(self, team: TeamLine, book: RoleBook) -> bool:
        standing = team.status == self.standing if self.standing else team.status != WITHDRAWN
        return (
            standing
            and (not self.completeness or team.completeness == self.completeness)
            and (not self.state or team.state == self.state)
            and (not self.role or self.role in team.missing)
            and (not self.side or lacks_side(team, self.side, book))
        )


def lacks_side(team: TeamLine, side: str, book: RoleBook) -> bool:
    """Tell whether nobody of a side comes with the team; visitors owe no side."""
    sides = {book.side(code) for member in team.members for code in member.role_codes}
    return not team.visitors and side not in sides
