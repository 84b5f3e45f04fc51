"""Partner teams: every team with one other, as like as can be, and proven so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from cohorts.matching.engine.teams.cardinality import Shortage, most_pairs, shortage
from cohorts.matching.engine.teams.items import CannotSeat
from cohorts.matching.engine.teams.pair_costs import Partner, costs
from cohorts.matching.engine.teams.pair_lp import cheapest_pairs
from consortium.answering import Tell, quiet

_STAYING = 10
"""A former pair is kept unless that costs more than so many times the dearest pair."""


@dataclass(frozen=True, kw_only=True)
class PairWish:
    """What pairs should be like."""

    other_state: bool = True
    """Whether partners must come from different states."""
    threes: bool = True
    """Whether a team that finds no partner joins a pair as the third."""
    pinned: tuple[frozenset[str], ...] = ()
    """Pairs that a coordinator has made; whatever else forbids them."""
    apart: tuple[frozenset[str], ...] = ()
    """Pairs that a coordinator has forbidden."""
    former: tuple[frozenset[str], ...] = ()
    """The pairs so far: as many of them stay as can."""


@dataclass(frozen=True, kw_only=True)
class PartnerGroup:
    """Two teams, or three, and what it costs to join them."""

    teams: tuple[str, ...]
    cost: int


@dataclass(frozen=True, kw_only=True)
class Alone:
    """A team without a partner, and why."""

    team: str
    why: str
    """``nobody`` may be its partner; ``few``: the teams in its place (``rivals``, with itself)
    may only have partners among ``partners`` others, who are fewer; ``odd``: the number is odd."""
    rivals: int = 0
    partners: int = 0


@dataclass(frozen=True, kw_only=True)
class Pairing:
    """Who works with whom."""

    groups: tuple[PartnerGroup, ...]
    alone: tuple[Alone, ...]
    cost: int
    """What all pairs cost, before a third joins one."""
    bound: int
    """No pairing of as many teams costs less; the same as ``cost``, by which it is proven."""
    changed: int
    """How many former pairs, or threes, are no more."""


def pair_up(teams: Sequence[Partner], wish: PairWish, tell: Tell = quiet) -> Pairing:
    """Return the most pairs that can be made, and of all such pairings one that costs least.

    The same input gives the same pairs, in whatever order the teams come. Raises ``CannotSeat``
    with reason ``two_partners`` when a team is pinned to two others, and ``pinned_and_apart``.
    """
    tell("most_pairs", 0.0)
    sorted_teams = sorted(teams, key=lambda team: team.id)
    place = _order(teams)
    pinned = pinned_pairs(teams, wish)
    cost = costs(sorted_teams)
    allowed = _allowed(sorted_teams, wish, place)
    held = {i for pair in pinned for i in pair}
    rest = [i for i in range(len(sorted_teams)) if i not in held]
    found, bound, short = _rest(cost, allowed, rest, _places(wish.former, place), tell)
    pairs = sorted([*pinned, *found])
    fixed = sum(int(cost[a, b]) for a, b in pinned)
    single = sorted(set(rest) - {i for pair in found for i in pair})
    groups = {pair: [*pair] for pair in pairs}
    alone = []
    for i in single:
        joined = _third(i, groups, cost, allowed) if wish.threes else None
        if joined is None:
            alone.append(_why(sorted_teams[i].id, short, anyone=bool(allowed[i].any())))
        else:
            groups[joined].append(i)
    now = [{sorted_teams[i].id for i in its} for its in groups.values()]
    return Pairing(
        groups=tuple(_group(sorted_teams, members, cost) for members in groups.values()),
        alone=tuple(alone),
        cost=fixed + sum(int(cost[a, b]) for a, b in found),
        bound=fixed + bound,
        changed=sum(not any(group <= its for its in now) for group in wish.former),
    )


def pinned_pairs(teams: Sequence[Partner], wish: PairWish) -> list[tuple[int, int]]:
    """Return the pairs that a coordinator has made, by the places of their teams.

    Raises ``CannotSeat`` as ``pair_up`` does.
    """
    place = _order(teams)
    pairs = _places(wish.pinned, place)
    apart = set(_places(wish.apart, place))
    seen: set[int] = set()
    ids = {i: id_ for id_, i in place.items()}
    for pair in pairs:
        if seen & set(pair):
            raise CannotSeat("two_partners", (ids[i] for i in pair if i in seen))
        seen |= set(pair)
        if pair in apart:
            raise CannotSeat("pinned_and_apart", (ids[i] for i in pair))
    return pairs


def _order(teams: Sequence[Partner]) -> dict[str, int]:
    """Return the place of each team, in whatever order they come."""
    return {id_: i for i, id_ in enumerate(sorted(team.id for team in teams))}


def _rest(
    cost: np.ndarray,
    allowed: np.ndarray,
    rest: Sequence[int],
    former: Collection[tuple[int, int]],
    tell: Tell,
) -> tuple[list[tuple[int, int]], int, Shortage | None]:
    """Return pairs of those who are not pinned, the bound of their cost, and why some are alone."""
    if not rest:
        return [], 0, None
    among = np.ix_(rest, rest)
    price, may = cost[among].copy(), allowed[among]
    index = {i: k for k, i in enumerate(rest)}
    stays = [(index[a], index[b]) for a, b in former if a in index and b in index]
    stays = [(a, b) for a, b in stays if may[a, b]]
    change = _STAYING * (int(price[may].max(initial=0)) + 1) if stays else 0
    price += change
    for a, b in stays:
        price[[a, b], [b, a]] -= change
    partner = most_pairs(may, _greedy(price, may))
    start = [(i, other) for i, other in enumerate(partner) if other > i]
    short = shortage(may, partner)
    if not start:
        return [], 0, short
    best = cheapest_pairs(price, may, start, lambda share: tell("cheapest", share))
    pairs = [(rest[a], rest[b]) for a, b in best.pairs]
    total = sum(int(cost[a, b]) for a, b in pairs)
    return pairs, total - (best.cost - best.bound), short


def _greedy(cost: np.ndarray, allowed: np.ndarray) -> list[tuple[int, int]]:
    """Return pairs taken one after another, the cheapest first: a start."""
    every = np.argwhere(np.triu(allowed, 1))
    order = np.argsort(cost[every[:, 0], every[:, 1]], kind="stable")
    free = np.ones(len(cost), dtype=bool)
    pairs = []
    for a, b in every[order].tolist():
        if free[a] and free[b]:
            free[a] = free[b] = False
            pairs.append((a, b))
    return pairs


def _allowed(teams: Sequence[Partner], wish: PairWish, place: Mapping[str, int]) -> np.ndarray:
    number = len(teams)
    allowed = ~np.eye(number, dtype=bool)
    if wish.other_state:
        state = np.array([team.state for team in teams], dtype=object)
        allowed &= state[:, None] != state[None, :]
    barred = [(i, place[id_]) for i, team in enumerate(teams) for id_ in team.past if id_ in place]
    for a, b in [*barred, *_places(wish.apart, place)]:
        allowed[a, b] = allowed[b, a] = False
    return allowed


def _places(groups: Collection[frozenset[str]], place: Mapping[str, int]) -> list[tuple[int, int]]:
    """Return every pair of teams that stand in one group."""
    found: set[tuple[int, int]] = set()
    for group in groups:
        found.update(combinations(sorted(place[id_] for id_ in group if id_ in place), 2))
    return sorted(found)


def _third(
    i: int, groups: Mapping[tuple[int, int], list[int]], cost: np.ndarray, allowed: np.ndarray
) -> tuple[int, int] | None:
    """Return the pair that this team joins at least cost; None where it may join none."""
    open_ = [
        pair
        for pair, its in groups.items()
        if len(its) == 2 and allowed[i, list(pair)].all()  # noqa: PLR2004
    ]
    return min(open_, key=lambda pair: (int(cost[i, list(pair)].sum()), pair), default=None)


def _group(teams: Sequence[Partner], its: Sequence[int], cost: np.ndarray) -> PartnerGroup:
    total = sum(int(cost[a, b]) for n, a in enumerate(its) for b in its[n + 1 :])
    return PartnerGroup(teams=tuple(teams[i].id for i in its), cost=total)


def _why(team: str, short: Shortage | None, *, anyone: bool) -> Alone:
    if not anyone:
        return Alone(team=team, why="nobody")
    if short is None or not short.hubs:
        return Alone(team=team, why="odd")
    return Alone(team=team, why="few", rivals=len(short.groups), partners=len(short.hubs))
