"""The search for the best matching: prices by bidding, an exact flow, and chains of exchanges."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from cohorts.matching.engine.bidding import beyond, bid
from cohorts.matching.engine.board import Board, rounded
from cohorts.matching.engine.chains import Roads, exchange, free
from cohorts.matching.engine.cover import Possible, cover, possible_in
from cohorts.matching.engine.crowd import Crowd, Flags
from cohorts.matching.engine.exact import best_of_all
from cohorts.matching.engine.network import Flow, network_of, solve
from cohorts.matching.engine.prices import Prices, bound_of, prices_of, without_groups
from cohorts.matching.engine.scan import Pairs, Scan, Singles, all_pairs, in_order, thinned
from consortium.answering import Tell, quiet

TABLE = 2_500
"""Up to so many people every pair is looked at in a table."""
FULL = 150_000
"""Up to so many possible pairs the flow gets all of them."""
EACH = 40
"""Of people who are all alike, so many pairs of each are given to the flow."""
FEW = 4_000
"""Up to so many possible pairs the best of all is found."""
MANY = 20_000
"""From so many people on, a flow takes seconds: it is solved once, on as few pairs as will do."""
EXACT_SECONDS = 3.0
"""For a proof that nobody asked for."""
REACHES = (40.0, 80.0)
PASSES = 6
ALL_ROUNDS = 80
UNASKED = 2
"""Flows for a bound that nobody asked for."""


class Reach(NamedTuple):
    """How far from their prices pairs are looked at."""

    looks: tuple[tuple[float, int], ...]
    """For each look at all pairs: those that miss their prices by more are left out, and how many
    rounds of bidding follow for the others."""
    close: float
    """Pairs that miss their prices by less than this are given to the flow."""
    enough: float
    """A bound that lies above the flow's worth by less than this share needs no other flow."""


NEAR = Reach(((20.0, 20), (25.0, 25), (30.0, 40)), 12.0, 1e-4)
SURE = Reach(((20.0, 20), (25.0, 25), (45.0, 40)), 40.0, 1e-4)
"""Where prices are to prove the bound: with more pairs one flow gives them, with fewer two."""
WIDE = Reach(((60.0, 30), (60.0, 40)), 30.0, 2e-5)

"""Hears which step the search is at, and how much of the step is done."""


class Chosen(NamedTuple):
    """A matching: pairs by the numbers of people, with their weights, in order."""

    pairs: Sequence[tuple[int, int, int]]
    proven: bool = False

    @property
    def weight(self) -> int:
        """The sum of all weights."""
        return sum(weight for _, _, weight in self.pairs)

    @property
    def covered(self) -> int:
        """How many people have a peer."""
        return len({person for one, other, _ in self.pairs for person in (one, other)})


@dataclass(kw_only=True)
class Search:
    """A search that can be stopped at any time: ``best`` is a matching that keeps every rule."""

    crowd: Crowd
    seed: int = 1
    """With whom each person begins among candidates that are worth the same."""
    certify: bool = False
    """Whether prices are wanted that prove how good the matching is, over all pairs there are."""
    deadline: float = float("inf")
    """By ``clock``: until then it looks for something better, from then on it ends."""
    said: Tell = quiet
    clock: Callable[[], float] = time.monotonic
    best: Chosen = field(default_factory=lambda: Chosen(()))
    proof: Prices | None = None
    """Prices that prove the bound."""
    bound: int | None = None
    """Proven: no matching is worth more. ``None`` when it was not asked for."""
    possible: Possible = field(init=False)
    """Everyone a person could be matched with."""

    def __post_init__(self) -> None:
        self.possible = possible_in(self.crowd)

    def run(self) -> Chosen:
        """Search to the end and return the best matching found."""
        people = int((self.crowd.most > 0).sum())
        if people == 0:
            return self.best
        table = all_pairs(self.crowd) if people <= TABLE else None
        reach: Reach | None = None
        if table is not None and len(table.ones) <= FULL:
            near, prices = self._all(table)
        else:
            reach = WIDE if people < MANY else SURE if self.certify else NEAR
            near, prices = self._scanned(reach)
        flow, pairs = self._flow(near, prices, reach)
        board = Board(self.crowd)
        rounded(board, pairs, flow.shares.tolist() if flow else [1] * len(pairs.ones))
        self._keep(board)
        self._improve(board, Roads(near, prices, self.seed))
        if reach is None:
            self._prove(near, prices)
        return self.best

    def _all(self, pairs: Pairs) -> tuple[Pairs, Singles]:
        """Return every pair, and prices for them."""
        nothing = np.zeros(self.crowd.size, np.float32)
        self.said("pairs", 1.0)
        return pairs, bid(self.crowd, pairs, nothing, np.inf, ALL_ROUNDS)

    def _scanned(self, reach: Reach) -> tuple[Pairs, Singles]:
        """Return the pairs that can matter, and prices that tell them from all the others."""
        scan = self._scan = Scan(self.crowd)
        prices = scan.first_prices()
        steps = len(reach.looks)
        for step, (margin, rounds) in enumerate(reach.looks):

            def tick(share: float, step: int = step) -> None:
                self.said("pairs", (step + share) / steps)

            near = scan.near(prices, margin, tick)
            prices = bid(self.crowd, near, prices, margin, rounds)
            if self.clock() > self.deadline:
                break
        return near, prices

    def _flow(self, near: Pairs, prices: Singles, reach: Reach | None) -> tuple[Flow | None, Pairs]:
        """Solve the flow on the pairs that matter most, and again with what its prices add."""
        pairs = near
        if reach is not None:
            worth = beyond(near, prices)
            chosen = worth >= -reach.close
            pairs = thinned(near.where(chosen), worth[chosen], self.crowd.size, EACH)
        if self.clock() > self.deadline:
            return None, _dearest_first(pairs, prices)
        self.said("flow", 0.0)
        flow = solve(network_of(self.crowd, *pairs))
        if reach is None:
            self._price_all(flow, pairs)
        elif self.certify or reach is WIDE:
            flow, pairs = self._certified(flow, pairs, prices, reach.enough)
        self.said("flow", 1.0)
        return flow, pairs

    def _price_all(self, flow: Flow, pairs: Pairs) -> None:
        """Find the prices where the flow had every pair.

        The reward for a first peer distorts prices where someone has to go without one; a flow
        without the reward gives others, and the better proof of the two stands.
        """
        plain = solve(network_of(self.crowd, *pairs, first=0))
        found = [
            prices_of(each, without_groups(np.zeros(self.crowd.size))) for each in (flow, plain)
        ]
        self.proof = min(found, key=lambda prices: bound_of(self.crowd, prices, pairs))
        self.bound = bound_of(self.crowd, self.proof, pairs)

    def _certified(
        self, flow: Flow, pairs: Pairs, prices: Singles, enough: float
    ) -> tuple[Flow, Pairs]:
        """Add every pair of all that the flow's prices do not cover, and solve once more."""
        found = prices_of(flow, without_groups(prices))
        for flows in itertools.count(1):
            amiss = self._scan.near(found.people.astype(np.float32), 1.0)
            bound = bound_of(self.crowd, found, amiss)
            rest = found.rest(self.crowd, *amiss)
            over = rest > 0
            amiss = thinned(amiss.where(over), rest[over], self.crowd.size, EACH)
            proven = not self._scan.cut and (self.bound is None or bound < self.bound)
            if proven:
                self.bound = bound
            if proven or self.proof is None:
                self.proof = found
            worth = int((flow.shares * pairs.weights).sum()) / 2
            if bound - worth <= enough * worth or self.clock() > self.deadline:
                break
            if flows == UNASKED and not self.certify:
                break
            more = in_order([pairs, amiss], self.crowd.size)
            if len(more.ones) == len(pairs.ones):  # what is left is the reward for first peers
                break
            pairs = more
            flow = solve(network_of(self.crowd, *pairs))
            found = prices_of(flow, found)
        return flow, pairs

    def _improve(self, board: Board, roads: Roads) -> None:
        """Walk chains that pay until there is none, and leave nobody alone who need not be."""
        for step in range(PASSES):
            touched = exchange(board, roads, free(board, roads), stops=self._stops)
            helped = cover(board, self.possible, board.lonely())
            self._keep(board)
            self.said("chains", (step + 1) / PASSES)
            if not touched and not helped:
                break

    def _stops(self) -> bool:
        return self.clock() > self.deadline

    def _prove(self, pairs: Pairs, prices: Singles) -> None:
        """Find the best of all: of a few pairs always, of more as far as there is time.

        A matching with a pair that misses its prices by more than the bound lies above the best so
        far is worth less than that one, so such pairs need no look; before that, it pays to look
        at those alone that are near.
        """
        few = len(pairs.ones) <= FEW
        patient = self.deadline < float("inf")
        if not few and not patient:
            return
        until = self.deadline if patient else self.clock() + EXACT_SECONDS
        if not few:
            missed = -beyond(pairs, prices)
            for reach in REACHES:
                self._exact(pairs, missed <= reach, until)
        can = np.ones(len(pairs.ones), np.bool_)
        if self.proof is not None and self.best.covered == len(np.unique(pairs.people)):
            gap = bound_of(self.crowd, self.proof, pairs) - self.best.weight
            can = self.proof.rest(self.crowd, *pairs) >= -gap - 1.0
        found = self._exact(pairs, can, until)
        self.best = self.best._replace(proven=found)

    def _exact(self, pairs: Pairs, within: Flags, until: float) -> bool:
        """Find the best of some of the pairs; tell whether it is proven to be the best of them."""
        if self.clock() > until:
            return False
        self.said("exact", 0.0)
        best = {(one, other) for one, other, _ in self.best.pairs}
        has = np.fromiter((ends in best for ends in pairs.ends()), np.bool_, len(pairs.ones))
        looked = within | has
        some = pairs.where(looked)
        known: list[int] = np.nonzero(has[looked])[0].tolist()
        found = best_of_all(self.crowd, some, lambda: until - self.clock(), known)
        if found is None:
            return False
        chosen = some.where(np.array(found.chosen, np.int64))
        exact = Chosen(list(zip(*(each.tolist() for each in chosen), strict=True)))
        if _value(exact) > _value(self.best):
            self.best = exact
        return found.proven

    def _keep(self, board: Board) -> None:
        now = Chosen(board.pairs())
        if _value(now) > _value(self.best):
            self.best = now


def _value(chosen: Chosen) -> tuple[int, int]:
    return chosen.covered, chosen.weight


def _dearest_first(pairs: Pairs, prices: Singles) -> Pairs:
    order = np.lexsort((pairs.others, pairs.ones, -beyond(pairs, prices)))
    return pairs.where(order)
