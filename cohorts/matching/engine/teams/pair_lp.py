"""The cheapest pairs, proven: linear programming with odd sets, pricing all pairs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from cohorts.matching.engine.teams.odd_sets import violated
from cohorts.matching.engine.teams.pair_programme import Programme, reduced

_NEAREST = 8
"""So many cheapest partners of each team are columns from the start; others come when they pay."""
_PAYING = 6
_CUTTING = 600
"""So many rounds of cutting; what is not whole then is made whole by branching."""
_TIDYING = 25
"""After so many rounds odd sets that cost nothing are dropped; in the second half none are."""
_PRICING = 3
"""After so many rounds, and at the end, all pairs are asked whether they pay."""
_FRACTION = 1e-4
_DUST = 1e-6


@dataclass(frozen=True, kw_only=True)
class Cheapest:
    """Pairs, what they cost, and what any such number of pairs costs at least."""

    pairs: tuple[tuple[int, int], ...]
    cost: int
    bound: int


def cheapest_pairs(
    cost: np.ndarray,
    allowed: np.ndarray,
    start: Sequence[tuple[int, int]],
    tell: Callable[[float], None] = lambda _share: None,
) -> Cheapest:
    """Return the cheapest pairs, as many as ``start`` has: the most that can be made.

    ``cost`` is a symmetric table of whole numbers, ``allowed`` says which pairs may be made. The
    programme over all pairs with all of Edmonds' odd sets has the best pairing as its best point.
    It is solved with a few columns and few odd sets; its prices tell of every other pair whether
    it could pay, and of the solution whether an odd set is broken. Without either it is the best.
    ``tell`` hears which share of the teams has had a whole partner in some solution so far.
    """
    teams = len(cost)
    alone = teams - 2 * len(start)
    columns = _nearest(cost, allowed, start)
    odd_sets: list[np.ndarray] = []
    known = {(int(a), int(b)) for a, b in columns}
    rounds, settled = 0, 0.0
    while True:
        programme = Programme(cost, columns, odd_sets, alone)
        answer = programme.relaxed()
        settled = max(settled, 2 * int((answer.share > 1 - _FRACTION).sum()) / teams)
        tell(settled)
        cuts = violated(teams, columns, answer.share, answer.alone)
        rounds += 1
        if rounds % _PRICING == 0 or not cuts or rounds > _CUTTING:
            left = reduced(cost, allowed, answer, odd_sets)
            new = _paying(left, known)
            if not len(new) and (not cuts or rounds > _CUTTING):
                break
            known.update((int(a), int(b)) for a, b in new)
            columns = np.concatenate([columns, new])
        if rounds % _TIDYING == 0 and rounds < _CUTTING // 2:
            odd_sets = [its for its, price in zip(odd_sets, answer.odd_price, strict=True) if price]
        odd_sets += cuts
    bound = int(np.ceil(answer.value - 1e-3))
    share = answer.share
    if np.abs(share - share.round()).max(initial=0) > _FRACTION:
        share, columns = _whole(programme, left, bound)
    pairs = tuple(sorted((int(a), int(b)) for a, b in columns[share > 1 / 2]))
    return Cheapest(pairs=pairs, cost=sum(int(cost[a, b]) for a, b in pairs), bound=bound)


def _whole(programme: Programme, left: np.ndarray, bound: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the best whole pairing where cutting took too long, and its columns.

    First among the columns. What it costs says which other pairs could still belong to a better
    one: those whose reduced cost is less than what lies between it and the bound.
    """
    share = programme.whole()
    total = round(float(share @ programme.cost_of_columns()))
    if total == bound:
        return share, programme.columns
    columns = np.argwhere(np.triu(left < total - bound + 1, 1))
    return programme.over(columns).whole(), columns


def _nearest(cost: np.ndarray, allowed: np.ndarray, start: Sequence[tuple[int, int]]) -> np.ndarray:
    """Return each team's cheapest partners and the pairs to start from, as columns."""
    far = np.where(allowed, cost, np.iinfo(np.int64).max)
    near = np.argsort(far, axis=1, kind="stable")[:, :_NEAREST]
    pairs = {
        (min(i, int(j)), max(i, int(j))) for i, row in enumerate(near) for j in row if allowed[i, j]
    }
    pairs |= {(min(a, b), max(a, b)) for a, b in start}
    return np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2)


def _paying(left: np.ndarray, known: set[tuple[int, int]]) -> np.ndarray:
    """Return pairs that are no columns yet and would make the solution cheaper."""
    few = min(_PAYING, len(left) - 1)
    best = np.argpartition(left, few, axis=1)[:, :few]
    pairs = {
        (min(i, int(j)), max(i, int(j)))
        for i, row in enumerate(best)
        for j in row
        if left[i, j] < -_DUST
    }
    return np.array(sorted(pairs - known), dtype=np.int64).reshape(-1, 2)
