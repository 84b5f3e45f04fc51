"""A plan that sessions move about in, with what each would cost everywhere, kept as they move."""

from collections.abc import Mapping, Sequence

import numpy as np

from events.schedule.engine.case import Case
from events.schedule.engine.crowding import Crowding
from events.schedule.engine.feasible import Plan, with_rooms

NEVER = 1e9
"""More points than there are: what may not be."""
ELSEWHERE = 300
"""Of so many people one has to win a point for each session that leaves the place it had."""
TRIES = 4
"""How many of the likeliest changes a step tries, where rooms or order forbid the first."""


def leaving(case: Case) -> float:
    """Return the points that have to be won for a session to leave the place it had."""
    return max(1.0, len(case.programme.people) / ELSEWHERE)


class Board:
    """A plan that sessions move about in, with what each would cost everywhere."""

    def __init__(self, case: Case, plan: Plan, near: Mapping[int, int] | None = None) -> None:
        """Take a plan up; where sessions are ``near`` it is a little dearer to be elsewhere."""
        self.case, self.first = case, plan
        count = len(case.sessions)
        self.at = np.array(plan.at, dtype=np.int64)
        self.held = {n: plan.rooms[n] for n in range(count) if case.long[n]}
        self.crowding = Crowding(case, plan.at, self.held)
        every = case.costs + NEVER * case.conflicts
        self.between = np.ascontiguousarray(every[:count, :count])
        self._overlap = case.overlap.astype(np.float64)
        allowed = np.array([[bool(rooms) for rooms in row] for row in case.rooms]).T
        fixed = self._overlap[:, list(case.home)] @ every[count:, :count]
        self._alone = np.where(allowed, 0.0, NEVER) + fixed
        for n, home in (near or {}).items():
            self._alone[np.arange(len(self._alone)) != home, n] += leaving(case)
        self.costs = self._alone + self._overlap[:, self.at] @ self.between
        self._rows = list(self.costs)
        self.overlapping = [[int(q) for q in np.flatnonzero(row)] for row in case.overlap]
        self.single = bool((case.overlap.sum(axis=1) == 1).all())
        self._own = np.arange(count)
        self._before: dict[int, list[int]] = {}
        self._after: dict[int, list[int]] = {}
        for first, second in case.before:
            self._after.setdefault(first, []).append(second)
            self._before.setdefault(second, []).append(first)
        self._starts = [one.starts for one in case.positions]
        self._ends = [one.ends for one in case.positions]
        self.apart = [
            [int(m) for m in np.flatnonzero(row)] for row in case.conflicts[:count, :count]
        ]
        """By session: those that may never be beside it."""
        self._fast = np.array([n for n in range(count) if case.long[n]], dtype=np.int64)

    @property
    def energy(self) -> float:
        """What the plan costs: alone, and over pairs of sessions side by side."""
        alone = float(self._alone[self.at, self._own].sum())
        return alone + (float(self.costs[self.at, self._own].sum()) - alone) / 2

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

    def restore(self, at: Sequence[int], held: Mapping[int, int]) -> None:
        """Bring every session back to where it was."""
        changed = [n for n in range(len(at)) if self.at[n] != at[n]]
        changed += [n for n in held if self.held[n] != held[n] and n not in changed]
        for n in changed:
            here = int(self.at[n])
            if n in held:
                self.crowding.free(here, self.held[n])
            else:
                self.crowding.leave(n, here)
        for n in changed:
            there = int(at[n])
            if n in held:
                self.held[n] = held[n]
                self.crowding.hold(there, held[n])
            else:
                self.crowding.enter(n, there)
            self.move(n, there)

    def can_move(self, n: int, q: int) -> bool:
        """Tell whether rooms and order allow that a session of one tick moves there."""
        return self.crowding.admits(n, q) and self.in_order({n: q})

    def plan(self) -> Plan:
        """Return the plan as it stands, with some room for each session.

        ``Crowding`` lets no moment be overcrowded; if one were all the same, the plan that the
        board began with is returned.
        """
        return with_rooms(self.case, [int(q) for q in self.at], self.held) or self.first

    def swap(self, n: int, other: int) -> None:
        """Let two sessions change places that take one tick each."""
        here, there = int(self.at[n]), int(self.at[other])
        self.crowding.exchange(n, other, here, there)
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
