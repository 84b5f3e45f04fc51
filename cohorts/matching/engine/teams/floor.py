"""The tables of one theme while they are dealt and improved, and what they cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cohorts.matching.engine.teams.items import Item

# A fault of one kind weighs more than whatever one swap can change of the kinds below it.
APART = 10**10
SIZE = 10**9
ROLE = 2 * 10**7
MOVED = 4 * 10**6
MET = 2 * 10**5
UNEVEN = 2 * 10**4
STATE = 10**3
SPREAD = 1


@dataclass(frozen=True, kw_only=True)
class House:
    """What holds at every table of a theme."""

    smallest: int
    largest: int
    required: tuple[str, ...]
    apart: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Item -> items that must not sit with it."""
    met: Mapping[int, frozenset[int]] = field(default_factory=dict)
    """Item -> items with a team that sat with one of its teams before."""
    former: Mapping[int, str] = field(default_factory=dict)
    """Item -> name of the table where it sat in the former result."""


class Floor:
    """Items at the tables of one theme. Everything is found again from who sits where."""

    def __init__(
        self, items: Mapping[int, Item], house: House, names: Sequence[str | None]
    ) -> None:
        self.items = items
        self.house = house
        self.names = list(names)
        self.tables: list[list[int]] = [[] for _ in names]
        self.table_of: dict[int, int] = {}
        self._known: dict[int, int] = {}
        self._states = {
            i: tuple(team.state for team in item.teams if team.state) for i, item in items.items()
        }
        self._roles = {
            i: tuple(role for team in item.teams for role in sorted(team.roles))
            for i, item in items.items()
        }

    def put(self, i: int, table: int) -> None:
        """Seat an item that sits nowhere yet."""
        self.tables[table].append(i)
        self.table_of[i] = table
        self._known.pop(table, None)

    def move(self, i: int, table: int) -> None:
        """Seat an item at another table."""
        here = self.table_of[i]
        self.tables[here].remove(i)
        self._known.pop(here, None)
        self.put(i, table)

    def swap(self, one: int, other: int) -> None:
        """Let two items change places."""
        here, there = self.table_of[one], self.table_of[other]
        self.move(one, there)
        self.move(other, here)

    def size(self, table: int) -> int:
        """Return how many teams sit there."""
        return sum(self.items[i].size for i in self.tables[table])

    def cost(self, table: int) -> int:
        """Return what is wrong with a table."""
        if table not in self._known:
            self._known[table] = self.cost_with(table, self.tables[table])
        return self._known[table]

    def cost_with(self, table: int, its: Sequence[int]) -> int:
        """Return what would be wrong with a table where these sit."""
        house = self.house
        size = sum(self.items[i].size for i in its)
        states: dict[str, int] = {}
        roles: dict[str, int] = {}
        cost = 0
        for i in its:
            for state in self._states[i]:
                cost += STATE * states.get(state, 0)
                states[state] = states.get(state, 0) + 1
            for role in self._roles[i]:
                roles[role] = roles.get(role, 0) + 1
            if house.former and house.former.get(i, self.names[table]) != self.names[table]:
                cost += MOVED * self.items[i].size
            cost += APART * sum(j in house.apart[i] for j in its) // 2 if i in house.apart else 0
            cost += MET * sum(j in house.met[i] for j in its) // 2 if i in house.met else 0
        cost += SIZE * max(0, house.smallest - size, size - house.largest)
        cost += ROLE * sum(role not in roles for role in house.required)
        cost += SPREAD * sum(number * number for number in roles.values())
        return cost + UNEVEN * size * size

    def is_faulty(self, table: int) -> bool:
        """Tell whether a table has a fault that is more than people of one state at it."""
        return self.cost(table) - UNEVEN * self.size(table) ** 2 > MET // 2

    def faulty(self) -> list[int]:
        """Return the tables with such a fault."""
        return [table for table in range(len(self.tables)) if self.is_faulty(table)]

    def differ(self, one: int, other: int) -> bool:
        """Tell whether two items of one state could make a difference at each other's table."""
        return self.table_of[one] != self.table_of[other] and self._roles[one] != self._roles[other]

    def gain_of_swap(self, one: int, other: int) -> int:
        """Return by how much two items' changing places makes the tables better."""
        here, there = self.table_of[one], self.table_of[other]
        new_here = [other if i == one else i for i in self.tables[here]]
        new_there = [one if i == other else i for i in self.tables[there]]
        before = self.cost(here) + self.cost(there)
        return before - self.cost_with(here, new_here) - self.cost_with(there, new_there)

    def gain_of_move(self, i: int, table: int) -> int:
        """Return by how much an item's going to another table makes the tables better."""
        here = self.table_of[i]
        without = [j for j in self.tables[here] if j != i]
        before = self.cost(here) + self.cost(table)
        return (
            before - self.cost_with(here, without) - self.cost_with(table, [*self.tables[table], i])
        )

    def state_pairs(self) -> int:
        """Return how many pairs of one state sit at one table."""
        pairs = 0
        for its in self.tables:
            states = [state for i in its for state in self._states[i]]
            pairs += sum(states[:n].count(state) for n, state in enumerate(states))
        return pairs

    def roles_missing(self) -> int:
        """Return how often a table lacks a role that it should have."""
        return sum(
            all(role not in self._roles[i] for i in its)
            for its in self.tables
            for role in self.house.required
        )

    def apart_broken(self) -> list[tuple[int, int]]:
        """Return the pairs at one table that must not sit together."""
        return [
            (i, j)
            for its in self.tables
            for i in its
            for j in its
            if i < j and j in self.house.apart.get(i, frozenset())
        ]
