"""Nobody left out where it can be avoided: exchanges that give a lonely person a peer.

The people who can all have a peer at once form a matroid, so it is enough to try each lonely person
in turn: where more people can be covered at all, an exchange covers one of the lonely and leaves
nobody else alone. A step gives someone a peer; where that peer has no place, one of the peer's own
peers makes room and, if now alone, is the next one to be placed.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping

import numpy as np

from cohorts.matching.engine.board import Board
from cohorts.matching.engine.crowd import FORBIDDEN, Crowd

Possible = Callable[[int], Mapping[int, int]]
"""Everyone a person may be matched with, and what the pair is worth."""
KEPT = 2_000_000
"""So many possible peers are kept in memory; more are found again."""


def possible_in(crowd: Crowd) -> Possible:
    """Return the function that finds all of one person's possible peers."""
    able = np.nonzero(crowd.most > 0)[0]
    role = crowd.role[able]
    known: dict[int, Mapping[int, int]] = {}
    kept = 0

    def possible(one: int) -> Mapping[int, int]:
        nonlocal kept
        if one not in known:
            beside = able[crowd.role_weight[crowd.role[one], role] >= 0]
            weights = crowd.weigh(np.full(len(beside), one), beside)
            may = weights > FORBIDDEN
            peers = beside[may]
            order = np.argsort(-weights[may], kind="stable")
            if kept > KEPT:
                known.clear()
                kept = 0
            known[one] = dict(zip(peers[order].tolist(), weights[may][order].tolist(), strict=True))
            kept += len(peers)
        return known[one]

    return possible


def cover(board: Board, possible: Possible, lonely: Iterable[int]) -> list[int]:
    """Give a peer to each lonely person where an exchange can be found; return whom it helped."""
    return [one for one in lonely if not board.peers[one] and _cover(board, possible, one)]


def _cover(board: Board, possible: Possible, start: int) -> bool:
    """Look for the shortest exchange; of those, for the one that loses least in its last step."""
    came: dict[int, tuple[int, int] | None] = {start: None}
    taken: set[int] = set()
    queue = deque([start])
    while queue:
        one = queue.popleft()
        way = _way(came, one)
        direct: list[tuple[int, int, int | None]] = []
        beyond: list[tuple[int, int]] = []
        for peer, weight in possible(one).items():
            if peer in taken or peer in board.peers[one] or peer in way:
                continue
            for out in _must_go(board, peer, one):
                if out in way:
                    continue
                if out is None or len(board.peers[out]) > 1:
                    lost = 0 if out is None else board.peers[peer][out]
                    direct.append((weight - lost, peer, out))
                else:
                    beyond.append((peer, out))
        if direct:
            _, peer, out = max(direct, key=lambda exchange: exchange[0])
            _apply(board, possible, came, (one, peer, out))
            return True
        for peer, out in beyond:
            taken.add(peer)
            if out not in came:
                came[out] = (one, peer)
                queue.append(out)
    return False


def _way(came: Mapping[int, tuple[int, int] | None], one: int) -> set[int | None]:
    """Return everyone on the way to ``one``: nobody stands in an exchange twice."""
    way: set[int | None] = {one}
    while (before := came[one]) is not None:
        way.update(before)
        one = before[0]
    return way


def _must_go(board: Board, peer: int, one: int) -> list[int | None]:
    """Return who of ``peer``'s could make room for ``one``; ``None`` where there is room."""
    clash = board.clash(peer, one)
    if clash is None and not board.full(peer):
        return [None]
    leaving = board.peers[peer] if clash is None else (clash,)
    return [out for out in leaving if board.loose(peer, out)]


def _apply(
    board: Board,
    possible: Possible,
    came: Mapping[int, tuple[int, int] | None],
    last: tuple[int, int, int | None],
) -> None:
    """Do the exchange from its end: the first of ``last`` takes the second, who drops the third."""
    one, peer, out = last
    while True:
        if out is not None:
            board.drop(peer, out)
        before = came[one]
        if before is not None:  # the one who lost a peer to an earlier step of the exchange
            board.drop(before[1], one)
        board.add(one, peer, possible(one)[peer])
        if before is None:
            return
        one, peer, out = before[0], before[1], None
