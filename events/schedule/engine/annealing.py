"""Move and swap sessions between slots, at first freely and then ever more choosily.

Each step takes one session and looks at once at every session it could change places with, or
every place it could move to, and takes one of them by Boltzmann's weights: the better, the
likelier; the colder, the choosier. What a step costs is the change of the sum of
``Case.costs`` over pairs side by side, which is kept by position and session.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from events.schedule.engine.case import Case
from events.schedule.engine.crowding import Crowding
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan, with_rooms

NEVER = 1e9
"""More points than there are: what may not be."""
TRIES = 4
LOOKS_EVERY = 256
POOL = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Cooling:
    """How long to search, and from which temperature to which (points of choices)."""

    steps: int
    hot: float = 40.0
    cold: float = 1.0


class Board:
    """A plan that sessions move about in, with what each would cost everywhere."""

    def __init__(self, case: Case, plan: Plan) -> None:
        self.case = case
        count = len(case.sessions)
        self.at = np.array(plan.at, dtype=np.int64)
        self.held = {n: plan.rooms[n] for n in range(count) if case.long[n]}
        self.crowding = Crowding(case, plan.at, self.held)
        every = case.costs + NEVER * case.conflicts
        self.between = np.ascontiguousarray(every[:count, :count])
        overlap = case.overlap.astype(np.float64)
        allowed = np.array([[bool(rooms) for rooms in row] for row in case.rooms]).T
        where = [*plan.at, *case.home]
        self.costs = np.where(allowed, 0.0, NEVER) + overlap[:, where] @ every[:, :count]
        self._rows = list(self.costs)
        self.overlapping = [[int(q) for q in np.flatnonzero(row)] for row in case.overlap]
        self.single = bool((case.overlap.sum(axis=1) == 1).all())
        self._overlap = overlap
        self._own = np.arange(count)
        self._before: dict[int, list[int]] = {}
        self._after: dict[int, list[int]] = {}
        for first, second in case.before:
            self._after.setdefault(first, []).append(second)
            self._before.setdefault(second, []).append(first)
        self._starts = [one.starts for one in case.positions]
        self._ends = [one.ends for one in case.positions]
        self._fast = np.array([n for n in range(count) if case.long[n]], dtype=np.int64)

    @property
    def energy(self) -> float:
        """What the plan costs: the sum over pairs of sessions side by side."""
        return float(self.costs[self.at, self._own].sum()) / 2

    def gains_of_swaps(self, n: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Return what it would cost to let ``n`` change places with each session."""
        here = self.at[n]
        cost = self.costs
        change: np.ndarray[tuple[int], np.dtype[np.float64]] = cost[:, n].take(self.at)
        change += cost[here]
        change -= cost[self.at, self._own]
        change -= cost[here, n]
        if self.single:
            change -= 2 * self.between[n]
        else:
            change -= 2 * self.between[n] * (1 - self._overlap[here].take(self.at))
        change[self.at == here] = np.inf
        change[self._fast] = np.inf
        change[n] = 0.0
        return change

    def in_order(self, moved: Mapping[int, int]) -> bool:
        """Tell whether what comes before what still does, once these are where they would be."""
        for n, q in moved.items():
            for other in self._before.get(n, ()):
                if self._ends[moved.get(other, int(self.at[other]))] > self._starts[q]:
                    return False
            for other in self._after.get(n, ()):
                if self._starts[moved.get(other, int(self.at[other]))] < self._ends[q]:
                    return False
        return True

    def move(self, n: int, q: int) -> None:
        """Bring a session to another position; its room is seen to elsewhere."""
        row = self.between[n]
        for one in self.overlapping[int(self.at[n])]:
            self._rows[one] -= row
        for one in self.overlapping[q]:
            self._rows[one] += row
        self.at[n] = q

    def put(self, n: int, q: int) -> None:
        """Bring a session of one tick to another position, whatever its rooms."""
        self.crowding.leave(n, int(self.at[n]))
        self.crowding.enter(n, q)
        self.move(n, q)

    def can_move(self, n: int, q: int) -> bool:
        """Tell whether rooms and order allow that a session of one tick moves there."""
        return self.crowding.admits(n, q) and self.in_order({n: q})

    def plan(self) -> Plan:
        """Return the plan as it stands, with some room for each session."""
        found = with_rooms(self.case, [int(q) for q in self.at], self.held)
        if found is None:  # pragma: no cover  (Crowding lets no moment be overcrowded)
            raise AssertionError
        return found

    def swap(self, n: int, other: int) -> None:
        """Let two sessions change places that take one tick each."""
        here, there = int(self.at[n]), int(self.at[other])
        self.crowding.leave(n, here)
        self.crowding.leave(other, there)
        self.crowding.enter(n, there)
        self.crowding.enter(other, here)
        self.move(n, there)
        self.move(other, here)

    def can_swap(self, n: int, other: int) -> bool:
        """Tell whether rooms and order allow that two sessions change places."""
        here, there = int(self.at[n]), int(self.at[other])
        crowding = self.crowding
        return (
            crowding.admits(n, there, leaving=other, at=there)
            and crowding.admits(other, here, leaving=n, at=here)
            and self.in_order({n: there, other: here})
        )


def anneal(
    board: Board,
    cooling: Cooling,
    deadline: Deadline,
    *,
    seed: int,
    tell: Callable[[float], None] = lambda _share: None,
) -> Plan:
    """Search as many steps as told, or until time is up; return the best plan met."""
    rng = np.random.default_rng(seed)
    noise = rng.gumbel(size=POOL + board.between.shape[0] + len(board.overlapping))
    movable = [n for n, where in enumerate(board.case.allowed) if len(where) > 1]
    best, least, now = board.at.copy(), board.energy, board.energy
    held = dict(board.held)
    falling = (cooling.cold / cooling.hot) ** (1 / max(1, cooling.steps))
    heat = cooling.hot
    for begin in range(0, cooling.steps, LOOKS_EVERY):
        if deadline.passed:
            break
        tell(begin / cooling.steps)
        several = min(LOOKS_EVERY, cooling.steps - begin)
        whom = rng.integers(len(movable), size=several) if movable else ()
        offset = rng.integers(POOL, size=several)
        for k, pick in enumerate(whom):
            heat *= falling
            n = movable[pick]
            if board.case.long[n]:
                now += long_step(board, n, noise, int(offset[k]), heat)
            elif k & 3:
                now += swap_step(board, n, noise, int(offset[k]), heat)
            else:
                now += move_step(board, n, noise, int(offset[k]), heat)
            if now < least - 1e-6:
                least, held = now, dict(board.held)
                best[:] = board.at
    found = with_rooms(board.case, [int(q) for q in best], held)
    if found is None:  # pragma: no cover  (Crowding lets no moment be overcrowded)
        raise AssertionError
    return found


def move_step(board: Board, n: int, noise: np.ndarray, offset: int, heat: float) -> float:
    """Move a session to where Boltzmann's weights choose and a room is free, or let it stay."""
    here = int(board.at[n])
    change = board.costs[:, n] - board.costs[here, n]
    weighed = change / heat - noise[offset : offset + len(change)]
    for _ in range(TRIES):
        there = int(weighed.argmin())
        if there == here:
            return 0.0
        if board.can_move(n, there):
            board.put(n, there)
            return float(change[there])
        weighed[there] = np.inf
    return 0.0


def long_step(board: Board, n: int, noise: np.ndarray, offset: int, heat: float) -> float:
    """Move a session of several slots, with its room, to where a room is free all the while."""
    here, room = int(board.at[n]), board.held[n]
    change = board.costs[:, n] - board.costs[here, n]
    weighed = change / heat - noise[offset : offset + len(change)]
    for _ in range(TRIES):
        there = int(weighed.argmin())
        if there == here:
            return 0.0
        if board.in_order({n: there}):
            board.crowding.free(here, room)
            rooms = board.crowding.can_hold(n, there)
            if rooms:
                board.held[n] = rooms.bit_length() - 1
                board.crowding.hold(there, board.held[n])
                cost = float(change[there])
                board.move(n, there)
                return cost
            board.crowding.hold(here, room)
        weighed[there] = np.inf
    return 0.0


def swap_step(board: Board, n: int, noise: np.ndarray, offset: int, heat: float) -> float:
    """Let a session change places with one that Boltzmann's weights choose, or stay."""
    change = board.gains_of_swaps(n)
    weighed = change / heat
    weighed -= noise[offset : offset + len(change)]
    for _ in range(TRIES):
        other = int(weighed.argmin())
        if other == n:
            return 0.0
        if board.can_swap(n, other):
            cost = float(change[other])
            board.swap(n, other)
            return cost
        weighed[other] = np.inf
    return 0.0
