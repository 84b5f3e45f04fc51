"""What a place with each person is worth: the prices that prove how good a matching is.

The prices are shortest distances in what a flow leaves open. For any prices ``y >= 0`` of people
and ``z >= 0`` of a person's one place in an LEA, the sum of all places times their prices, and of
what pairs are worth beyond them, is more than any matching can be worth: linear duality.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cohorts.matching.engine.crowd import Crowd, Ints
from cohorts.matching.engine.network import Flow
from cohorts.matching.engine.scan import Pairs, Singles

Reals = NDArray[np.float64]

FEW = 16  # one changed node in so many: from then on only their arcs are looked at


@dataclass(frozen=True, kw_only=True, eq=False)
class Prices:
    """Prices of people, and of a person's place in an LEA (``group_…``), all at least 0."""

    people: Reals
    group_person: Ints
    group_lea: Ints
    groups: Reals

    def rest(self, crowd: Crowd, ones: Ints, others: Ints, weights: Ints) -> Reals:
        """Return what each pair is worth beyond the prices of its two places."""
        rest = weights - self.people[ones] - self.people[others]
        for who, beside in ((ones, others), (others, ones)):
            rest -= self.of_groups(crowd, who, crowd.lea[beside].astype(np.int64))
        return rest

    def of_groups(self, crowd: Crowd, who: Ints, lea: Ints) -> Reals:
        """Return the price of each person's one place in an LEA; 0 where it has none."""
        if not len(self.groups):
            return np.zeros(len(who))
        span = int(crowd.lea.max()) + 1
        known = self.group_person * span + self.group_lea
        key = who * span + lea
        at = np.minimum(np.searchsorted(known, key), len(known) - 1)
        return np.where(known[at] == key, self.groups[at], 0.0)


def without_groups(prices: Singles | Reals) -> Prices:
    """Return plain prices of people as prices."""
    nobody = np.empty(0, np.int64)
    return Prices(
        people=prices.astype(np.float64), group_person=nobody, group_lea=nobody, groups=np.empty(0)
    )


def bound_of(crowd: Crowd, prices: Prices, pairs: Pairs) -> int:
    """Return the most a matching can be worth; ``pairs`` are all that are beyond their prices."""
    rest = np.maximum(0, prices.rest(crowd, *pairs)).sum()
    return int(np.floor((crowd.most * prices.people).sum() + prices.groups.sum() + rest + 1e-6))


def prices_of(flow: Flow, start: Prices | None = None) -> Prices:
    """Return prices by which the flow is proven to be the best; ``start`` makes it faster."""
    network = flow.network
    away = _distances(flow, _guess(flow, start))
    people, groups = network.people, len(network.group_person)
    source, sink = away[network.source], away[network.sink]
    left = np.maximum(0, away[:people] - source)
    right = np.maximum(0, sink - away[people : 2 * people])
    node = 2 * people + 2 + np.arange(groups)
    who = network.group_person
    outgoing = np.maximum(0, away[node] - away[who])
    incoming = np.maximum(0, away[people + who] - away[node + groups])
    # Nobody's place is priced whose pairs the flow was not given: what is known of it stands.
    given = np.zeros(people, np.bool_)
    given[network.able] = True
    known = start.people if start is not None else np.zeros(people)
    return Prices(
        people=np.where(given, (left + right) / 2, known),
        group_person=who,
        group_lea=network.group_lea,
        groups=(outgoing + incoming) / 2,
    )


def _guess(flow: Flow, start: Prices | None) -> Ints:
    network = flow.network
    away = np.zeros(network.nodes, np.int64)
    if start is not None:
        people, groups = network.people, len(network.group_person)
        price = np.rint(start.people).astype(np.int64)
        away[:people] = price
        away[people : 2 * people] = -price
        node = 2 * people + 2 + np.arange(groups)
        away[node] = price[network.group_person]
        away[node + groups] = -price[network.group_person]
    return away


def _distances(flow: Flow, away: Ints) -> Ints:
    """Return distances that no open arc shortens: Bellman and Ford's, on all arcs at once."""
    network = flow.network
    open_, used = flow.units < network.rooms, flow.units > 0
    tails = np.concatenate([network.tails[open_], network.heads[used]])
    heads = np.concatenate([network.heads[open_], network.tails[used]])
    costs = np.concatenate([network.costs[open_], -network.costs[used]])
    order = np.argsort(heads, kind="stable")
    by_head, starts = np.unique(heads[order], return_index=True)
    tail, cost = tails[order], costs[order]
    passes = 0
    while True:
        near = np.minimum.reduceat(away[tail] + cost, starts)
        nearer = near < away[by_head]
        changed = by_head[nearer]
        away[changed] = near[nearer]
        passes += 1
        if len(changed) * FEW < network.nodes:
            break
    order = np.argsort(tails, kind="stable")
    head, cost = heads[order], costs[order]
    first = np.searchsorted(tails[order], np.arange(network.nodes + 1))
    while len(changed):
        lengths = first[changed + 1] - first[changed]
        total = int(lengths.sum())
        step = np.arange(total) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        arcs = np.repeat(first[changed], lengths) + step
        near = np.repeat(away[changed], lengths) + cost[arcs]
        towards = head[arcs]
        nearer = near < away[towards]
        towards, near = towards[nearer], near[nearer]
        np.minimum.at(away, towards, near)
        changed = np.unique(towards)
        passes += 1
    return away
