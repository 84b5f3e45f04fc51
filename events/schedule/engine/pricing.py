"""The dearest set of sessions for one slot: what people get of it, less the sessions' prices.

What people get is submodular: a further session adds the less, the more there are already. So a
set can never be worth more than what it has and the best that could each be added to it, which
lets the search leave out nearly everything and still be exact.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.case import Case
from events.schedule.engine.rooming import unions_of

SCALE = 1_000
"""Parts of a point that prices are counted in, so that sums are whole and exact."""
AWAY = 1 << 40
"""More than any wish: who has to be at one of the sessions gains nothing by another."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Sets:
    """Which sets of sessions one slot can have at all, and what each session brings to whom."""

    count: int
    size: int
    """How many rooms there are, at most."""
    rows: Numbers
    points: Numbers
    starts: Numbers
    """Wishes by session: people and parts of points, from one start to the next."""
    on_duty: Numbers
    duty_starts: Numbers
    people: int
    conflicts: NDArray[np.bool_]
    crowded: tuple[tuple[NDArray[np.bool_], int], ...]
    """Sessions of which so many at most find rooms."""
    empty: NDArray[np.bool_]
    """Sessions that nobody wishes for."""
    idle: NDArray[np.bool_]
    """Sessions at which nobody has to be."""

    def gains(self, had: Numbers, prices: Numbers) -> Numbers:
        """Return what each session would add to a set, less its price.

        ``had`` is what each person gets of the set so far.
        """
        padded = np.append(np.maximum(self.points - had[self.rows], 0), 0)
        gains = np.add.reduceat(padded, self.starts)
        gains[self.empty] = 0
        lost = np.append(had[self.on_duty], 0)
        lost[lost >= AWAY] = 0
        losses = np.add.reduceat(lost, self.duty_starts)
        losses[self.idle] = 0
        found: Numbers = gains - losses - prices
        return found

    def room_after(self, room: Sequence[int], n: int) -> list[int]:
        """Return how many more each set of rooms takes, once the session is in the set."""
        return [
            most - bool(within[n]) for most, (within, _) in zip(room, self.crowded, strict=True)
        ]

    def add(self, had: Numbers, n: int) -> Numbers:
        """Return what each person gets once the session is in the set."""
        new = had.copy()
        part = slice(self.starts[n], self.starts[n + 1] if n + 1 < self.count else len(self.rows))
        new[self.rows[part]] = np.maximum(new[self.rows[part]], self.points[part])
        end = self.duty_starts[n + 1] if n + 1 < self.count else len(self.on_duty)
        new[self.on_duty[self.duty_starts[n] : end]] = AWAY
        return new


def sets_of(case: Case) -> Sets:
    """Return the sets of a case: availability, order and lengths are left out of account."""
    count = len(case.sessions)
    points, duty = case.wishes.points[:, :count], case.wishes.duty[:, :count]
    rows, starts = _columns(points > 0)
    on_duty, duty_starts = _columns(duty)
    masks = [0] * count
    for n, row in enumerate(case.rooms):
        for rooms in row:
            masks[n] |= rooms
    crowded = []
    for rooms in unions_of(masks)[0]:
        within = np.array([mask & ~rooms == 0 for mask in masks])
        crowded.append((within, rooms.bit_count()))
    worth = points.T[(points > 0).T].astype(np.int64) * SCALE
    return Sets(
        count=count,
        size=_most_at_once(case),
        rows=rows,
        points=worth,
        starts=starts,
        on_duty=on_duty,
        duty_starts=duty_starts,
        people=len(case.wishes.people),
        conflicts=case.conflicts[:count, :count],
        crowded=tuple(crowded),
        empty=(points > 0).sum(axis=0) == 0,
        idle=duty.sum(axis=0) == 0,
    )


def _most_at_once(case: Case) -> int:
    at_once = [0] * case.number_of_ticks
    for q, ticks in enumerate(case.ticks):
        rooms = 0
        for row in case.rooms:
            rooms |= row[q]
        for tick in ticks:
            at_once[tick] |= rooms
    return max((rooms.bit_count() for rooms in at_once), default=0)


def _columns(flags: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    by_column = flags.T
    rows = by_column.nonzero()[1].astype(np.int64)
    starts = np.concatenate([[0], np.cumsum(by_column.sum(axis=1))])[:-1].astype(np.int64)
    return rows, starts


def worth_of(sets: Sets, members: Iterable[int]) -> int:
    """Return what people get of a set, in parts of points."""
    had = np.zeros(sets.people, dtype=np.int64)
    for n in members:
        had = sets.add(had, n)
    return int(had[had < AWAY].sum())


class OutOfTime(Exception):
    """The search could not be brought to its end."""


@dataclass
class Search:
    """A search for the dearest sets; ``found`` are the ``wanted`` that exceed their prices most."""

    sets: Sets
    prices: Numbers
    nodes: int
    """How many sets may still be looked into."""
    beyond: int = 0
    """What a set must exceed its prices by to be of use."""
    wanted: int = 1
    found: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def run(self) -> int:
        """Return by how much the dearest set exceeds its prices, exactly; at least ``beyond``."""
        had = np.zeros(self.sets.people, dtype=np.int64)
        every = np.ones(self.sets.count, dtype=np.bool_)
        least = self.beyond
        self._below((), had, 0, every, [most for _, most in self.sets.crowded])
        return max((total for total, _ in self.found), default=least)

    def _take(self, total: int, members: tuple[int, ...]) -> None:
        heappush(self.found, (total, members))
        if len(self.found) > self.wanted:
            heappop(self.found)
        if len(self.found) == self.wanted:
            self.beyond = max(self.beyond, self.found[0][0])

    def _below(
        self,
        members: tuple[int, ...],
        had: Numbers,
        worth: int,
        left: NDArray[np.bool_],
        room: Sequence[int],
    ) -> None:
        self.nodes -= 1
        if self.nodes < 0:
            raise OutOfTime
        sets = self.sets
        gains = sets.gains(had, self.prices)
        more = sets.size - len(members)
        candidates = np.flatnonzero(left & (gains > 0))
        candidates = candidates[np.argsort(-gains[candidates], kind="stable")]
        sums = np.concatenate([[0], np.cumsum(gains[candidates])])
        ends = np.minimum(np.arange(len(candidates)) + more, len(candidates))
        bounds = worth + sums[ends] - sums[:-1]
        still = left.copy()
        for place, n in enumerate(candidates):
            if bounds[place] <= self.beyond:
                return  # nor is any that follows better
            still[n] = False
            new = [
                most - bool(within[n]) for most, (within, _) in zip(room, sets.crowded, strict=True)
            ]
            if min(new, default=0) < 0:
                continue
            total = worth + int(gains[n])
            grown = (*members, int(n))
            if total > self.beyond:
                self._take(total, tuple(sorted(grown)))
            if more > 1:
                possible = still & ~sets.conflicts[n]
                for full, (within, _) in zip(new, sets.crowded, strict=True):
                    if full == 0:
                        possible &= ~within
                self._below(grown, sets.add(had, int(n)), total, possible, new)


def good_sets(sets: Sets, prices: Numbers) -> list[tuple[int, tuple[int, ...]]]:
    """Return good sets quickly, each with what it exceeds its prices by.

    From each session on, what adds most is added as long as it adds; then each member is replaced
    by what is better in its stead.
    """
    found = {}
    for first in range(sets.count):
        grown = _Grown(sets, prices)
        grown.add(first)
        grown.fill()
        found[grown.key] = grown.worth
        for out in grown.members[1:]:
            other = _Grown(sets, prices)
            for n in grown.members:
                if n != out:
                    other.add(n)
            other.fill()
            found[other.key] = other.worth
    return [(worth, key) for key, worth in found.items()]


class _Grown:
    """A set that sessions are added to."""

    def __init__(self, sets: Sets, prices: Numbers) -> None:
        self.sets, self.prices = sets, prices
        self.members: list[int] = []
        self.worth = 0
        self._had = np.zeros(sets.people, dtype=np.int64)
        self._left = np.ones(sets.count, dtype=np.bool_)
        self._room = [most for _, most in sets.crowded]
        self._gains = sets.gains(self._had, prices)

    @property
    def key(self) -> tuple[int, ...]:
        return tuple(sorted(self.members))

    def add(self, n: int) -> None:
        gain = self.sets.gains(self._had, self.prices)[n] if self.members else self._gains[n]
        self.worth += int(gain)
        self.members.append(n)
        self._had = self.sets.add(self._had, n)
        self._left = self._left & ~self.sets.conflicts[n]
        self._left[n] = False
        self._room = self.sets.room_after(self._room, n)
        for full, (within, _) in zip(self._room, self.sets.crowded, strict=True):
            if full <= 0:
                self._left &= ~within

    def fill(self) -> None:
        """Add what adds most, as long as anything adds."""
        while len(self.members) < self.sets.size:
            gains = np.where(self._left, self.sets.gains(self._had, self.prices), 0)
            best = int(gains.argmax())
            if gains[best] <= 0:
                return
            self.add(best)
