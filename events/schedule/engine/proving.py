"""How good a plan is: a bound that no plan can pass, and the prices that prove it.

Give each session a price. Any plan's value is the sum of the prices and, over its slots, of what
people get there less the prices of what is held there. So no plan is worth more than all prices
together and, for each slot, the most by which any set of sessions exceeds its prices. Prices that
make this least come from a linear program over sets of sessions, to which the dearest sets are
added until none is dearer than known (column generation).
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan
from events.schedule.engine.pricing import (
    SCALE,
    Numbers,
    OutOfTime,
    Search,
    Sets,
    good_sets,
    sets_of,
    worth_of,
)

ENOUGH = 0.0007
"""A gap between bound and linear program, as a share, below which going on is not worth it."""
FEW = 4
"""Where quick searches find no more dear sets than these, the exact one is worth its time."""
MOST_NODES = 400_000
SMOOTH = 0.5
COLUMNS = 60
"""How many of the dearest sets are added at once."""


@dataclass(frozen=True, kw_only=True)
class Proof:
    """No plan has more points than ``bound``: it follows from the prices, in points."""

    bound: int
    prices: dict[str, float]
    price_of_slot: float
    rounds: int


def prove(
    case: Case,
    plan: Plan,
    deadline: Deadline,
    *,
    tell: Callable[[float], None] = lambda _share: None,
) -> Proof | None:
    """Return the best bound found in time, or ``None`` where there was not time for any."""
    sets = sets_of(case)
    usable = {tick for row in case.allowed for q in row for tick in case.ticks[q]}
    slots = len(usable)
    columns = _Columns(sets)
    columns.add(members for members in _begun(case, plan) if members)
    columns.add((n,) for n in range(sets.count))
    best: tuple[int, Numbers, int] | None = None
    rounds = 0
    centre: Numbers | None = None
    while not deadline.passed:
        rounds += 1
        prices, value = columns.prices(slots)
        asked = prices if centre is None else _between(centre, prices)
        tell(0.0 if best is None else min(1.0, value / max(1, best[0])))
        known = columns.count
        fresh = columns.dearer(good_sets(sets, asked), prices, slots)
        columns.add(fresh)
        if len(fresh) > FEW:
            centre = asked if centre is None else centre
            continue
        search = Search(sets, asked, nodes=MOST_NODES, wanted=COLUMNS)
        try:
            over = search.run()
        except OutOfTime:
            break
        bound = int(asked.sum()) + slots * over
        if best is None or bound < best[0]:
            best = (bound, asked, over)
            centre = asked
        columns.add(members for _, members in search.found)
        if best[0] - value <= ENOUGH * best[0]:
            break
        if columns.count == known:
            if centre is None or (asked == prices).all():
                break
            centre = None
    if best is None:
        return None
    bound, asked, over = best
    return Proof(
        bound=math.floor(bound / SCALE),
        prices={one.id: int(asked[n]) / SCALE for n, one in enumerate(case.sessions)},
        price_of_slot=over / SCALE,
        rounds=rounds,
    )


def _begun(case: Case, plan: Plan) -> list[list[int]]:
    """Return what begins at each tick: each session once, however many ticks it takes."""
    begun: list[list[int]] = [[] for _ in range(case.number_of_ticks)]
    for n, q in enumerate(plan.at):
        begun[case.ticks[q][0]].append(n)
    return begun


def _between(centre: Numbers, prices: Numbers) -> Numbers:
    mixed: Numbers = np.round(SMOOTH * centre + (1 - SMOOTH) * prices).astype(np.int64)
    return mixed


class _Columns:
    """Sets of sessions, and the linear program over them."""

    def __init__(self, sets: Sets) -> None:
        self._sets = sets
        self._known: dict[tuple[int, ...], int] = {}

    @property
    def count(self) -> int:
        """How many sets are known."""
        return len(self._known)

    def add(self, found: Iterable[Iterable[int]]) -> None:
        """Take further sets into account."""
        for members in found:
            key = tuple(sorted(members))
            if key not in self._known:
                self._known[key] = worth_of(self._sets, key)

    def dearer(
        self, found: Iterable[tuple[int, tuple[int, ...]]], prices: Numbers, slots: int
    ) -> list[tuple[int, ...]]:
        """Return the sets that are new and dearer than a slot's price."""
        _ = slots
        return [
            members
            for _, members in found
            if members not in self._known
            and worth_of(self._sets, members) - int(prices[list(members)].sum()) > self._slot + 1
        ]

    def prices(self, slots: int) -> tuple[Numbers, int]:
        """Return the prices that make the bound over the known sets least, and that bound."""
        from scipy import optimize, sparse  # noqa: PLC0415  (slow to import)

        keys = list(self._known)
        worth = np.array([self._known[key] for key in keys], dtype=np.float64)
        rows = np.concatenate([np.full(len(key), k) for k, key in enumerate(keys)])
        columns = np.concatenate([np.array(key) for key in keys])
        held = sparse.csr_array(
            (np.ones(len(rows)), (columns, rows)), shape=(self._sets.count, len(keys))
        )
        solved = optimize.linprog(
            -worth / SCALE,
            A_eq=held,
            b_eq=np.ones(self._sets.count),
            A_ub=np.ones((1, len(keys))),
            b_ub=[slots],
            method="highs",
        )
        self._slot = max(0.0, -float(solved.ineqlin.marginals[0])) * SCALE
        prices: Numbers = np.round(-solved.eqlin.marginals * SCALE).astype(np.int64)
        return prices, round(-solved.fun * SCALE)
