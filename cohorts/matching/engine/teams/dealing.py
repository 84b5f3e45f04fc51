"""Deal the teams of one theme to tables: evenly by state, both sides at each, few moves."""

import random
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cohorts.matching.engine.teams.counts import balanced_pairs, fewest_tables, most_tables
from cohorts.matching.engine.teams.floor import Floor, House
from cohorts.matching.engine.teams.items import Item

_SPREADING = 8
"""Swaps tried for each team to spread the other roles evenly."""
_DRIFTING = 100
_LONGEST = 10_000
"""Swaps tried for each team, and for each theme, while a fault remains that may be avoidable."""
_FEW = 150


def tables_for(items: Mapping[int, Item], house: House, *, apart: int, former: int) -> int:
    """Return at how many tables these sit.

    As many as before, if they were seated before and still fill them. Otherwise tables of the
    middle size, since these can bear that a team cancels or one more comes; but no more than
    there are teams with each required role, so that every table can have one. At least ``apart``.
    """
    teams = sum(item.size for item in items.values())
    fewest = max(fewest_tables(teams, house.largest), apart)
    most = most_tables(teams, house.smallest)
    if former:
        return min(max(former, fewest), most)
    rarest = min((_carriers(items.values(), role) for role in house.required), default=most)
    most = max(fewest, min(most, rarest))
    middle = (house.smallest + house.largest) / 2
    return min(range(fewest, most + 1), key=lambda k: (abs(teams / k - middle), k))


def roles_bound(items: Mapping[int, Item], required: Sequence[str], tables: int) -> int:
    """Return how often a table must lack a required role: fewer have it than there are tables."""
    return sum(max(0, tables - _carriers(items.values(), role)) for role in required)


def state_bound(items: Mapping[int, Item], tables: int) -> int:
    """Return the fewest pairs of one state that so many tables come to."""
    states = Counter(team.state for item in items.values() for team in item.teams if team.state)
    return balanced_pairs(states, tables)


def deal(items: Mapping[int, Item], house: House, tables: int, *, seed: str) -> Floor:
    """Return the items at so many tables.

    A first search deals state after state around the tables, so that every state and every size
    is even, and then only swaps. Where something is known of single items (former tables, teams
    kept together or apart) they are put one by one where they cost least, and may also move.

    With at most two required roles the swaps end with a table lacking one only where that cannot
    be helped: while a table lacks a role that another table has twice, some swap mends it.
    """
    names = _names(items, house, tables)
    floor = Floor(items, house, names)
    chance = random.Random(seed)  # noqa: S311  (the same tables again for the same seed)
    plain = not house.former and not house.apart and all(item.size == 1 for item in items.values())
    if plain:
        for place, i in enumerate(_by_state(items, chance, again=bool(house.met))):
            floor.put(i, place % tables)
    else:
        _put_one_by_one(floor)
    _improve(floor, chance, moving=not plain)
    return floor


def _carriers(items: Collection[Item], role: str) -> int:
    return sum(any(role in team.roles for team in item.teams) for item in items)


def _names(items: Mapping[int, Item], house: House, tables: int) -> list[str | None]:
    """Return which of the former tables these are: those with most who stay, pins first."""
    pins = {item.pin for item in items.values() if item.pin is not None}
    stay = Counter(house.former[i] for i in items if i in house.former)
    ranked = sorted(stay | Counter(pins), key=lambda name: (name not in pins, -stay[name], name))
    return [*ranked[:tables], *[None] * (tables - len(ranked))]


def _by_state(items: Mapping[int, Item], chance: random.Random, *, again: bool) -> list[int]:
    """Return the items state by state, the largest first, in each those with like roles together.

    Dealt in this order, what is alike ends at different tables. When people meet ``again``, chance
    says more than roles: the order of the former round would seat them as before.
    """
    sizes = Counter(item.teams[0].state for item in items.values())
    luck = {i: chance.random() for i in sorted(items)}
    order = {state: -chance.random() if again else -sizes[state] for state in sorted(sizes)}

    def place(i: int) -> tuple[float, str, list[str], float]:
        team = items[i].teams[0]
        roles = [] if again else sorted(team.roles)
        return (order[team.state], team.state, roles, luck[i])

    return sorted(items, key=place)


def _put_one_by_one(floor: Floor) -> None:
    """Seat first who has a table already, then the largest groups, then one by one."""
    at = {name: table for table, name in enumerate(floor.names) if name is not None}
    later = []
    for i in sorted(floor.items):
        pin = floor.items[i].pin
        name = pin if pin is not None else floor.house.former.get(i)
        if name in at:
            floor.put(i, at[name])
        else:
            later.append(i)
    states = Counter(item.teams[0].state for item in floor.items.values())
    wanted = sum(item.size for item in floor.items.values()) / len(floor.tables)
    for i in sorted(
        later, key=lambda i: (-floor.items[i].size, -states[floor.items[i].teams[0].state], i)
    ):
        apart = floor.house.apart.get(i, frozenset())

        def price(table: int, i: int = i, apart: frozenset[int] = apart) -> tuple[int, float, int]:
            full = max(0.0, floor.size(table) + floor.items[i].size - wanted)
            clash = sum(j in apart for j in floor.tables[table])
            return (
                clash,
                full,
                floor.cost_with(table, [*floor.tables[table], i]) - floor.cost(table),
            )

        floor.put(i, min(range(len(floor.tables)), key=price))


def _improve(floor: Floor, chance: random.Random, *, moving: bool) -> None:
    if len(floor.tables) < 2:  # noqa: PLR2004  (nothing to swap with)
        return
    free = [i for i in sorted(floor.items) if floor.items[i].pin is None]
    if not free:
        return
    _mend(floor, free, chance, moving=moving)
    bound = state_bound(floor.items, len(floor.tables))
    if floor.faulty() or floor.state_pairs() > bound:
        _drift(floor, free, chance, bound, moving=moving)
    _spread(floor, free, chance)


@dataclass(frozen=True)
class _Step:
    """An item's going to a table, in exchange for another item if one is named."""

    gain: int
    item: int
    partner: int | None
    table: int


def _mend(floor: Floor, free: Sequence[int], chance: random.Random, *, moving: bool) -> None:
    """Take each faulty table and do what mends most, until nothing does.

    Among very many teams a few, drawn by lot, are asked first: nearly always one of them helps.
    """
    open_ = floor.faulty()
    while open_:
        table = open_.pop()
        if not floor.is_faulty(table):
            continue
        step = None
        if len(free) > _FEW:
            step = _best_step(floor, table, chance.sample(free, _FEW), moving=moving)
        step = step or _best_step(floor, table, free, moving=moving)
        if step is None:
            continue
        here = floor.table_of[step.item]
        if step.partner is None:
            floor.move(step.item, step.table)
        else:
            floor.swap(step.item, step.partner)
        open_ += [step.table, here, table]


def _best_step(floor: Floor, table: int, among: Sequence[int], *, moving: bool) -> _Step | None:
    """Return what makes the tables most better: an exchange with this table, or a move."""
    steps = []
    for one in [i for i in floor.tables[table] if floor.items[i].pin is None]:
        for other in among:
            there = floor.table_of[other]
            if there != table and floor.items[one].size == floor.items[other].size:
                steps.append(_Step(floor.gain_of_swap(one, other), one, other, there))
    if moving:
        steps += [
            _Step(floor.gain_of_move(one, there), one, None, there)
            for one in among
            for there in (range(len(floor.tables)) if floor.table_of[one] == table else (table,))
            if there != floor.table_of[one]
        ]
    best = max(steps, key=lambda step: step.gain, default=None)
    return best if best is not None and best.gain > 0 else None


def _drift(
    floor: Floor, free: Sequence[int], chance: random.Random, bound: int, *, moving: bool
) -> None:
    """Try swaps by chance, also such as change nothing, to come out of where no swap helps."""
    movable = set(free)
    troubled: list[int] = []
    for trial in range(min(_DRIFTING * len(free), _LONGEST)):
        if trial % 200 == 0:
            faulty = floor.faulty()
            if not faulty and floor.state_pairs() <= bound:
                return
            troubled = [i for table in faulty for i in floor.tables[table] if i in movable]
        one = chance.choice(troubled if troubled and trial % 4 else free)
        if moving and trial % 8 == 0:
            there = chance.randrange(len(floor.tables))
            if there != floor.table_of[one] and floor.gain_of_move(one, there) > 0:
                floor.move(one, there)
            continue
        other = chance.choice(free)
        same = floor.items[one].size == floor.items[other].size
        if same and floor.table_of[one] != floor.table_of[other]:
            gain = floor.gain_of_swap(one, other)
            if gain >= 0:
                floor.swap(one, other)


def _spread(floor: Floor, free: Sequence[int], chance: random.Random) -> None:
    """Swap within states what spreads the roles more evenly."""
    alike: dict[tuple[str, int], list[int]] = {}
    for i in free:
        alike.setdefault((floor.items[i].teams[0].state, floor.items[i].size), []).append(i)
    for group in alike.values():
        for _ in range(_SPREADING * len(group)):
            one, other = chance.choice(group), chance.choice(group)
            if floor.differ(one, other) and floor.gain_of_swap(one, other) > 0:
                floor.swap(one, other)
