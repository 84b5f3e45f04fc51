"""Chains of exchanges: give someone a peer, take that peer from another, and so on, where it pays.

With good prices a pair that should be added is worth nearly its two prices, and one that may go is
hardly worth more. So a chain's cost is a sum of small numbers that are hardly ever below 0, and the
cheapest way from a free place to wherever it pays is found as the shortest way in a road map is.
"""

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, Protocol

import numpy as np

from cohorts.matching.engine.bidding import beyond
from cohorts.matching.engine.board import Board
from cohorts.matching.engine.scan import Pairs, Singles

LOOKED_AT = 80
BEST = 40
"""So many of a person's candidates are looked at, the cheapest first."""
TRIED = 12
"""So many chains are tried, the best first, until one keeps the rules."""
LEAST = 0.5
TINY = 1e-9
COVERED = 1 << 30
"""That one more person has a peer is worth more than any weights."""


class Candidate(NamedTuple):
    """Someone a person could be matched with."""

    cost: float
    """What the two prices ask beyond the weight."""
    peer: int
    weight: int


class Map(Protocol):
    """Where chains may lead: everyone's candidates and prices."""

    @property
    def prices(self) -> Sequence[float]:
        """What a place with each person is worth."""

    @property
    def reluctance(self) -> float:
        """What a chain must gain for each pair that it parts."""

    def of(self, one: int) -> Sequence[Candidate]:
        """Return whom this person could be matched with, the cheapest first."""


class Roads:
    """Everyone's candidates, the cheapest first, and everyone's price."""

    reluctance = 0.0

    def __init__(self, pairs: Pairs, prices: Singles, seed: int = 0) -> None:
        """Sort the pairs by whose they are; a person's list is made when it is first asked for."""
        self.prices: list[float] = prices.tolist()
        cost = np.tile(-beyond(pairs, prices), 2)
        who = np.concatenate([pairs.ones, pairs.others])
        peer = np.concatenate([pairs.others, pairs.ones])
        # Among equals everyone begins with another one, or people who are all alike would all
        # look at the same few.
        order = np.lexsort(((peer - who + seed) % max(1, len(prices)), cost, who))
        self._cost, self._peer = cost[order], peer[order]
        self._weight = np.tile(pairs.weights, 2)[order]
        self._first: list[int] = np.searchsorted(who[order], np.arange(len(prices) + 1)).tolist()
        self._known: dict[int, list[Candidate]] = {}

    def of(self, one: int) -> Sequence[Candidate]:
        """Return whom this person could be matched with."""
        known = self._known.get(one)
        if known is None:
            first = self._first[one]
            part = slice(first, min(first + BEST, self._first[one + 1]))
            columns = (each[part].tolist() for each in (self._cost, self._peer, self._weight))
            known = self._known[one] = list(map(Candidate, *columns))
        return known


class _Visit(NamedTuple):
    """How a search came to a person who needs a peer instead of ``lost``."""

    cost: float
    lost: int
    by: int
    """Who takes ``lost``; -1 at the start."""


def exchange(
    board: Board,
    roads: Map,
    starts: Iterable[int],
    *,
    looked_at: int = LOOKED_AT,
    stops: Callable[[], bool] = lambda: False,
) -> list[int]:
    """Walk the best chain from each of these people's free places; return who was touched.

    A search goes through ``looked_at`` people at most before it takes the best it has seen.
    """
    touched: list[int] = []
    for start in starts:
        if stops():
            break
        while not board.full(start):
            walked = _Search(board, roads, start, looked_at).walk()
            if not walked:
                break
            touched += walked
    return touched


def free(board: Board, roads: Map) -> list[int]:
    """Return who has a free place that is worth something, the dearest first."""
    able = (
        one
        for one, most in enumerate(board.most)
        if len(board.peers[one]) < most and (roads.prices[one] > 0 or not board.peers[one])
    )
    return sorted(able, key=lambda one: (bool(board.peers[one]), -roads.prices[one], one))


class _Search:
    """One search from one person's free place."""

    def __init__(self, board: Board, roads: Map, start: int, looked_at: int) -> None:
        self.board, self.roads, self.start = board, roads, start
        self.looked_at = looked_at
        self.visits: dict[int, _Visit] = {}
        self.ends: list[tuple[float, int, int]] = []
        """What a chain gains, who finds a peer at its end, and whom; nobody (-1) at a shift."""
        self.reward = roads.prices[start] + (0 if board.peers[start] else COVERED)

    def walk(self) -> list[int]:
        """Walk the best chain found; return whom it touched, nobody where none pays."""
        self._look()
        for _, one, peer in sorted(self.ends, key=lambda end: -end[0])[:TRIED]:
            touched = self._apply(one, peer)
            if touched:
                return touched
        return []

    def _look(self) -> None:
        queue: list[tuple[float, int]] = [(0.0, self.start)]
        self.visits[self.start] = _Visit(0.0, -1, -1)
        done: set[int] = set()
        while queue and len(done) < self.looked_at:
            cost, one = heappop(queue)
            if one in done:
                continue
            done.add(one)
            if one != self.start and len(self.board.peers[one]) > 1:
                self._offer(self.reward - cost - self.roads.prices[one], one, -1)
            for ahead, person in self._ahead(one, cost):
                if person not in done:
                    heappush(queue, (ahead, person))

    def _ahead(self, one: int, cost: float) -> Iterable[tuple[float, int]]:
        """Try everyone whom ``one`` could be matched with; give who would lose a peer by it."""
        board, prices = self.board, self.roads.prices
        mine, path = board.peers[one], self._path(one)
        leas = {board.lea[peer] for peer in mine if peer != self.visits[one].lost}
        for candidate in self.roads.of(one):
            peer = candidate.peer
            gain = self.reward - cost - candidate.cost + prices[peer]
            if gain <= LEAST or peer in mine or peer in path or board.lea[peer] in leas:
                continue
            out = board.clash(peer, one)
            if out is None and not board.full(peer):
                self._offer(gain, one, peer)
                continue
            for gone in board.peers[peer] if out is None else (out,):
                if gone in path or not board.loose(peer, gone):
                    continue
                ahead = cost + candidate.cost + board.peers[peer][gone]
                ahead += self.roads.reluctance - prices[peer] - prices[gone]
                known = self.visits.get(gone)
                if known is None or ahead < known.cost - TINY:
                    self.visits[gone] = _Visit(ahead, peer, one)
                    yield ahead, gone

    def _path(self, one: int) -> set[int]:
        """Return everyone on the way to ``one``: nobody stands in a chain twice."""
        path = {one}
        while (visit := self.visits[one]).by != -1:
            path |= {visit.lost, visit.by}
            one = visit.by
        return path

    def _offer(self, gain: float, one: int, peer: int) -> None:
        if gain > LEAST:
            self.ends.append((gain, one, peer))

    def _apply(self, one: int, peer: int) -> list[int]:
        """Do the chain from its end to its start; undo it where it breaks a rule or does not pay.

        What was found later may have changed the way to where an earlier end was found.
        """
        taken = [(one, peer)] if peer != -1 else []
        parted: list[tuple[int, int]] = []
        while (visit := self.visits[one]).by != -1:
            taken.append((visit.by, visit.lost))
            parted.append((visit.lost, one))
            one = visit.by
        board = self.board
        if any(out not in board.peers[of] for of, out in parted):
            return []
        lost = [(of, out, board.drop(of, out)) for of, out in parted]
        won = self._take(list(reversed(taken)))
        gain = sum(weight for *_, weight in won) - sum(weight for *_, weight in lost)
        pays = gain > self.roads.reluctance * len(lost) or self.reward >= COVERED
        if len(won) == len(taken) and pays:
            return [person for of, out, _ in (*lost, *won) for person in (of, out)]
        for of, out, _ in won:
            board.drop(of, out)
        for of, out, weight in lost:
            board.add(of, out, weight)
        return []

    def _take(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
        """Add these pairs until one breaks a rule; return those that were added."""
        added = []
        for one, other in pairs:
            if other in self.board.peers[one] or not self.board.fits(one, other):
                break
            weight = self._weight(one, other)
            self.board.add(one, other, weight)
            added.append((one, other, weight))
        return added

    def _weight(self, one: int, other: int) -> int:
        for candidate in self.roads.of(one):
            if candidate.peer == other:
                return candidate.weight
        raise AssertionError("a chain adds candidates only")
