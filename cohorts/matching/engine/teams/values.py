"""What the engines for teams take in and give back: plain values, ids as text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

GOAL_VALUES = (4, 3, 2, 1)
"""What the goal at each place of a team's list is worth to it, the most important first."""
REQUIRED = ("superintendent", "union_president")
"""Without both sides at a table there is no labor-management conversation."""


@dataclass(frozen=True, kw_only=True)
class Team:
    """A district's team, as far as tables are concerned."""

    id: str
    state: str = ""
    goals: tuple[str, ...] = ()
    """Most important first; what stands behind the fourth counts for nothing."""
    roles: frozenset[str] = frozenset()
    """Roles of which at least one person is in the team."""

    def value_of(self, goal: str) -> int:
        """Return what this goal is worth to the team: 4, 3, 2, 1, or 0 if it is not its own."""
        ranked = self.goals[: len(GOAL_VALUES)]
        return GOAL_VALUES[ranked.index(goal)] if goal in ranked else 0


@dataclass(frozen=True, kw_only=True)
class Table:
    """Some teams at one table, and the goal they all have."""

    name: str
    theme: str
    teams: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Locks:
    """What a coordinator has said about single teams. It is kept, or said to be impossible."""

    together: tuple[frozenset[str], ...] = ()
    apart: tuple[frozenset[str], ...] = ()
    """Sets of which no two teams sit at one table."""
    pinned: Mapping[str, str] = field(default_factory=dict)
    """Team -> name of the former table at which it stays."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What tables should be like."""

    smallest: int = 4
    largest: int = 6
    required: tuple[str, ...] = REQUIRED
    """Roles that every table should have at least once."""
    locks: Locks = field(default_factory=Locks)
    former: tuple[Table, ...] = ()
    """The result so far: everyone stays there as far as possible. Empty for a first search."""
    past: tuple[frozenset[str], ...] = ()
    """Teams that sat at one table in an earlier round, and should meet others now."""
    had: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Team -> goals of its tables in earlier rounds: they count a tenth, so that it has another
    goal now, and with it other company, wherever that is possible."""
    seed: int = 1

    def __post_init__(self) -> None:
        if not 1 < self.smallest <= self.largest:
            raise ValueError(f"a table of {self.smallest} to {self.largest} teams is none")


def themes_had(tables: Iterable[Table]) -> dict[str, frozenset[str]]:
    """Return the themes that each team had at these tables."""
    had: dict[str, frozenset[str]] = {}
    for table in tables:
        for id_ in table.teams:
            had[id_] = had.get(id_, frozenset()) | {table.theme}
    return had


@dataclass(frozen=True, kw_only=True)
class Unseated:
    """A team without a table, and what stands in its way."""

    team: str
    why: str
    """One of the reasons in ``tables.REASONS``."""
    support: Mapping[str, int] = field(default_factory=dict)
    """For each of its goals, how many other teams that could be seated have it too."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """How good the tables are, each beside what could be had at best."""

    value: int
    """What the teams' themes are worth to them, 4 to 1 each."""
    bound: int
    """No tables of these teams have more, given that most teams are seated."""
    first_choices: int
    """What it would come to if every seated team had its first goal: reached by luck only."""
    proven: bool
    """Whether ``value`` is known to be the most."""
    state_pairs: int
    """Pairs of one state at one table."""
    state_bound: int
    """The fewest of them for as many tables of each theme."""
    roles_missing: int
    """How often a table lacks a role that every table should have."""
    roles_bound: int
    """How often one must lack, since too few teams of a theme have the role."""
    met_before: int
    """Pairs at one table that sat at one table in an earlier round."""
    moved: int
    """Teams of the former result that sit at another table now, or at none."""


@dataclass(frozen=True, kw_only=True)
class Seating:
    """Tables, who has none, and how good it is."""

    tables: tuple[Table, ...]
    unseated: tuple[Unseated, ...]
    figures: Figures
