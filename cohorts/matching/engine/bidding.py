"""Prices found by bidding: in each round everyone asks what a place with them could bring.

A person's price settles between the last peer they get and the first they do not, given what the
others ask. Part of a step at a time, and with some of the last step's momentum, the prices come
within a hundred-thousandth of the best proof at the size of a country; they tell which pairs can
matter at all, long before the exact flow is solved.
"""

import numpy as np
from numpy.typing import NDArray

from cohorts.matching.engine.crowd import Crowd, Ints
from cohorts.matching.engine.scan import Pairs, Singles

NOTHING = -1e6
STEP, MOMENTUM = 0.5, 0.7
FALL = 0.7
WIDTH = 48
"""So many of a person's pairs are bid for, the most promising first."""


def bid(crowd: Crowd, pairs: Pairs, prices: Singles, margin: float, rounds: int) -> Singles:
    """Return better prices of people, where ``pairs`` are all that come within ``margin``.

    What was not looked at brings less than the present price by the margin at least, so no price
    falls further than that.
    """
    peers, worth = _lists(crowd.size, pairs, prices)
    unseen = np.maximum(prices * np.float32(FALL) - np.float32(margin), NOTHING)[:, None]
    most = np.maximum(crowd.most, 1)[:, None]
    deepest = min(int(most.max()) + 1, worth.shape[1])
    pace = np.zeros_like(prices)
    for _ in range(rounds):
        offered = np.sort(worth - prices[peers], axis=1)[:, ::-1][:, :deepest]
        offered = np.maximum(np.concatenate([offered, unseen], axis=1), unseen)
        last = np.take_along_axis(offered, np.minimum(most - 1, deepest), 1)[:, 0]
        next_ = np.take_along_axis(offered, np.minimum(most, deepest), 1)[:, 0]
        asked = (np.maximum(last, 0) + np.maximum(next_, 0)) / 2
        pace = np.float32(MOMENTUM) * pace + np.float32(STEP) * (asked - prices)
        prices = np.maximum(prices + pace, 0)
    return prices


def beyond(pairs: Pairs, prices: Singles) -> NDArray[np.floating]:
    """Return what each pair is worth beyond its two prices."""
    return pairs.weights - prices[pairs.ones] - prices[pairs.others]


def _lists(size: int, pairs: Pairs, prices: Singles) -> tuple[Ints, Singles]:
    """Return everyone's pairs side by side: the other's number, and the weight."""
    who = np.concatenate([pairs.ones, pairs.others])
    peer = np.concatenate([pairs.others, pairs.ones])
    weight = np.tile(pairs.weights, 2)
    order = np.lexsort((peer, prices[peer] - weight, who))
    who, peer, weight = who[order], peer[order], weight[order]
    rank = np.arange(len(who)) - np.searchsorted(who, who)
    width = min(WIDTH, int(rank.max(initial=0)) + 1)
    kept = rank < width
    peers = np.zeros((size, width), np.int64)
    worth = np.full((size, width), NOTHING, np.float32)
    peers[who[kept], rank[kept]] = peer[kept]
    worth[who[kept], rank[kept]] = weight[kept]
    return peers, worth
