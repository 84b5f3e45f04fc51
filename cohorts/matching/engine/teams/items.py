"""What is seated as one: a team, or the teams that a coordinator keeps together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cohorts.matching.engine.teams.values import Team, Wish

FRESH = 10
"""By how much more a goal counts that the team has not had at a table in an earlier round."""
STAY = 64 * FRESH
"""What it is worth that a team keeps its theme of the former result; a goal is worth 4 at most."""
SEAT = 8192 * FRESH
"""What it is worth that a team is seated at all: more than the moves of a hundred others."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """Teams that sit together, and the goals that all of them have."""

    teams: tuple[Team, ...]
    weights: Mapping[str, int]
    """Theme -> what it is worth to them and to staying near; never 0 for lack of worth."""
    pin: str | None = None
    lost: str = ""
    """Why they have no theme at all: ``no_goals``, ``no_common_goal``, ``pin_without_goal``."""

    @property
    def size(self) -> int:
        """How many teams they are."""
        return len(self.teams)

    @property
    def favourite(self) -> str:
        """The theme that is worth most, the first of the alphabet among equals."""
        return min(self.weights, key=lambda theme: (-self.weights[theme], theme))

    def value_of(self, theme: str) -> int:
        """Return what the theme is worth to all of them."""
        return sum(team.value_of(theme) for team in self.teams)


class CannotSeat(ValueError):
    """What the coordinator said of single teams contradicts itself; the message names them."""

    def __init__(self, reason: str, teams: Iterable[str], table: str = "") -> None:
        self.teams = tuple(sorted(teams))
        super().__init__(f"{reason}: {', '.join(self.teams)} {table}".strip())
        self.reason = reason
        self.table = table


def items_of(teams: Sequence[Team], wish: Wish) -> list[Item]:
    """Return the teams as they are seated, by their ids.

    Raises ``CannotSeat`` with reason ``two_tables`` (teams kept together are pinned to different
    tables), ``too_many`` (more teams kept together than a table holds) or ``together_and_apart``.
    """
    known = {team.id: team for team in teams}
    themes = {table.name: table.theme for table in wish.former}
    former = {id_: table.theme for table in wish.former for id_ in table.teams}
    pinned = {id_: name for id_, name in wish.locks.pinned.items() if id_ in known}
    items = []
    for group in _groups(sorted(known), wish, pinned):
        pins = {pinned[id_] for id_ in group if id_ in pinned}
        if len(pins) > 1:
            raise CannotSeat("two_tables", group)
        pin = pins.pop() if pins else None
        if len(group) > wish.largest:
            raise CannotSeat("too_many", group, pin or "")
        if any(len(group & apart) > 1 for apart in wish.locks.apart):
            raise CannotSeat("together_and_apart", group)
        members = tuple(known[id_] for id_ in sorted(group))
        its_theme = themes.get(pin or "", "")
        items.append(_item(members, former, pin, its_theme, wish.had))
    return sorted(items, key=lambda item: item.teams[0].id)


def apart_of(items: Sequence[Item], wish: Wish) -> list[frozenset[int]]:
    """Return sets of items of which no two may sit at one table."""
    of_team = {team.id: i for i, item in enumerate(items) for team in item.teams}
    sets = [frozenset(of_team[id_] for id_ in each if id_ in of_team) for each in wish.locks.apart]
    at_table: dict[str, dict[str, int]] = defaultdict(dict)
    for i, item in enumerate(items):
        if item.pin is not None and item.weights:
            at_table[item.favourite][item.pin] = i
    sets += [frozenset(tables.values()) for tables in at_table.values()]
    return [each for each in sets if len(each) > 1]


def support(items: Iterable[Item]) -> Counter[str]:
    """Return for each theme how many teams could have it."""
    count: Counter[str] = Counter()
    for item in items:
        for theme in item.weights:
            count[theme] += item.size
    return count


def _groups(ids: Sequence[str], wish: Wish, pinned: Mapping[str, str]) -> list[frozenset[str]]:
    """Return who sits with whom: sets of ids, no two of which have one in common."""
    known = set(ids)
    at_table: dict[str, set[str]] = defaultdict(set)
    for id_, name in pinned.items():
        at_table[name].add(id_)
    group = {id_: {id_} for id_ in ids}
    for together in (*wish.locks.together, *at_table.values()):
        merged = set().union(*(group[id_] for id_ in together if id_ in known))
        for id_ in merged:
            group[id_] = merged
    return [frozenset(group[id_]) for id_ in ids if id_ == min(group[id_])]


def _item(
    members: tuple[Team, ...],
    former: Mapping[str, str],
    pin: str | None,
    theme_of_pin: str,
    had: Mapping[str, frozenset[str]],
) -> Item:
    common = [goal for goal in members[0].goals if all(member.value_of(goal) for member in members)]
    lost = ""
    if not all(member.goals for member in members):
        lost = "no_goals"
    elif not common:
        lost = "no_common_goal"
    elif pin is not None:
        common = [goal for goal in common if goal == theme_of_pin]
        lost = "" if common else "pin_without_goal"
    stays = Counter(former[member.id] for member in members if member.id in former)
    weights = {
        goal: STAY * stays[goal]
        + sum(
            member.value_of(goal) * (1 if goal in had.get(member.id, frozenset()) else FRESH)
            for member in members
        )
        for goal in sorted(common)
    }
    return Item(teams=members, weights=weights, pin=pin, lost=lost)
