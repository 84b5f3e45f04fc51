"""Bring back what a search moved for nothing: of plans worth the same, the nearest is wanted."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from events.schedule.engine.board import NEVER, Board
from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan
from events.schedule.engine.housing import track_clashes
from events.schedule.engine.value import value_of


def bring_back(case: Case, plan: Plan, former: Mapping[int, int], deadline: Deadline) -> Plan:
    """Return a plan worth as much, with fewer sessions elsewhere than in ``former`` positions.

    How many sessions are side by side counts too, so that no moment is emptied for that.
    """
    board = Board(case, plan)
    used = Counter(former.values())

    def distance(at: Sequence[int]) -> int:
        moved = sum(1 for n, q in former.items() if at[n] != q)
        now = Counter(at[n] for n in former)
        return moved + sum(abs(now[q] - used[q]) for q in {*now, *used})

    at = [int(q) for q in board.at]
    far, least = distance(at), _worth(case, at)
    better = True
    while better:
        better = False
        for changes in _ways_back(board, former):
            if deadline.passed:
                return board.plan()
            then = [changes.get(n, q) for n, q in enumerate(at)]
            if distance(then) >= far or _worth(case, then) < least:
                continue
            for n, q in changes.items():
                board.put(n, q)
            at, far, least = then, distance(then), _worth(case, then)
            better = True
            break
    return board.plan()


def _ways_back(board: Board, former: Mapping[int, int]) -> Iterator[dict[int, int]]:
    """Give the changes that bring one session back, alone or for another that had moved."""
    long = board.case.long
    moved = [n for n, q in sorted(former.items()) if board.at[n] != q and not long[n]]
    for n in moved:
        home = former[n]
        for other in moved:
            there = board.at[other] == home
            if there and board.gains_of_swaps(n)[other] < NEVER / 2 and board.can_swap(n, other):
                yield {n: home, other: int(board.at[n])}
        if board.costs[home, n] < NEVER / 2 and board.can_move(n, home):
            yield {n: home}


def _worth(case: Case, at: Sequence[int]) -> float:
    return value_of(case, at) - case.programme.weights.track * track_clashes(case, at)
