"""Match again after something has changed, and leave everything else as it was."""

from collections.abc import Iterable, Sequence

import numpy as np

from cohorts.matching.engine.board import Board
from cohorts.matching.engine.chains import Candidate, exchange
from cohorts.matching.engine.cover import Possible, cover, possible_in
from cohorts.matching.engine.crowd import FORBIDDEN, Crowd
from cohorts.matching.engine.search import Chosen

RELUCTANCE = 60.0
"""What a pair must bring more for each former pair that has to go for it."""
LOOKED_AT = 25
BEST = 48
"""So many of a person's possible peers are looked at, the most promising first."""

Pair = tuple[int, int]


class CannotPin(ValueError):
    """The rules, or other pinned pairs, forbid a pinned pair: ``pair`` are its numbers."""

    def __init__(self, pair: Pair) -> None:
        super().__init__(f"the rules forbid the pinned pair {pair}")
        self.pair = pair


def rematch(
    crowd: Crowd,
    former: Iterable[Pair],
    *,
    pinned: Iterable[Pair] = (),
    accepted: Iterable[Pair] = (),
    newcomers: Iterable[int] = (),
) -> Chosen:
    """Return the former matching with as few changes as what is new makes needful.

    People are numbers in ``crowd``. Pinned pairs are in, accepted ones stay; former pairs that a
    rule forbids by now, or that leave no room for a pinned one, go. Who lost a peer by that, who
    has none and the newcomers are served by short chains of exchanges. Raises ``CannotPin`` when
    the rules forbid a pinned pair, or pinned pairs forbid each other.
    """
    board = Board(crowd)
    wanted, had = _in_order(pinned), _in_order(former)
    for pair, weight in zip(wanted, _weights(crowd, wanted), strict=True):
        if weight == FORBIDDEN or not board.fits(*pair):
            raise CannotPin(pair)
        board.add(*pair, weight)
    firm = {*_in_order(accepted)}
    weighed = list(zip(had, _weights(crowd, had), strict=True))
    weighed.sort(key=lambda each: (each[0] not in firm, -each[1], each[0]))
    lost: set[int] = set(newcomers)
    for pair, weight in weighed:
        if pair[1] in board.peers[pair[0]]:
            continue
        if weight != FORBIDDEN and board.fits(*pair):
            board.add(*pair, weight)
        else:
            lost.update(pair)
    board.bind([*wanted, *firm])
    possible = possible_in(crowd)
    roads = _Nearby(board, possible)
    lost.update(board.lonely())
    waiting = sorted(lost, key=lambda one: (bool(board.peers[one]), one))
    exchange(board, roads, [one for one in waiting if crowd.most[one]], looked_at=LOOKED_AT)
    cover(board, possible, board.lonely())
    return Chosen(board.pairs())


class _Nearby:
    """Candidates and prices as the former matching tells them, without a look at everyone.

    Who has a free place costs nothing; who is full is worth half of the least that a peer brings.
    """

    reluctance = RELUCTANCE

    def __init__(self, board: Board, possible: Possible) -> None:
        self.prices: list[float] = [
            min(peers.values()) / 2 if peers and len(peers) >= most else 0.0
            for peers, most in zip(board.peers, board.most, strict=True)
        ]
        self._possible = possible
        self._known: dict[int, list[Candidate]] = {}

    def of(self, one: int) -> Sequence[Candidate]:
        """Return the most promising of a person's possible peers, the cheapest first."""
        if one not in self._known:
            price = self.prices[one]
            found = [
                Candidate(price + self.prices[peer] - weight, peer, weight)
                for peer, weight in self._possible(one).items()
            ]
            self._known[one] = sorted(found)[:BEST]
        return self._known[one]


def _weights(crowd: Crowd, pairs: Sequence[Pair]) -> list[int]:
    if not pairs:
        return []
    ones, others = np.array(pairs, np.int64).T
    weights: list[int] = crowd.weigh(ones, others).tolist()
    return weights


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted({(min(pair), max(pair)) for pair in pairs})
