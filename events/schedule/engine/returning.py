"""Bring back what a search moved for next to nothing: of plans as good, the nearest is wanted."""

from collections import Counter
from collections.abc import Iterator, Mapping

from events.schedule.engine.board import NEVER, Board, leaving
from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan
from events.schedule.engine.housing import track_clashes
from events.schedule.engine.polishing import Scales, can_polish
from events.schedule.engine.value import value_of

PASSES = 3
"""How often all that moved is looked at: what came back may let others back."""


def bring_back(case: Case, plan: Plan, former: Mapping[int, int], deadline: Deadline) -> Plan:
    """Return a plan with fewer sessions elsewhere than in ``former`` positions.

    What moved for less than ``leaving`` points comes back. How many sessions are side by side
    counts too, so that no moment is emptied for that.
    """
    board = Board(case, plan)
    way = _Way(board, former)
    for _ in range(PASSES):
        before = way.far
        for n in [n for n, q in sorted(former.items()) if board.at[n] != q and not case.long[n]]:
            if deadline.passed:
                return board.plan()
            way.home(n)
        if way.far == before:
            break
    return board.plan()


class _Way:
    """How far sessions are from where they were, and what bringing one back costs."""

    def __init__(self, board: Board, former: Mapping[int, int]) -> None:
        self.board, self.former = board, former
        self.scales = Scales(board) if can_polish(board.case) else None
        self.worth = self._worth(list(board.at))
        self.far = self._far(list(board.at))
        self.least = leaving(board.case)

    def home(self, n: int) -> None:
        """Bring a session back, alone or for another that had moved, where little is lost by it."""
        for other in self._ways(n):
            there = self.former[n]
            here = int(self.board.at[n])
            then = [int(q) for q in self.board.at]
            then[n] = there
            if other is not None:
                then[other] = here
            far = self._far(then)
            if far >= self.far or not self._as_good(n, other, then, (self.far - far) * self.least):
                continue
            if other is None:
                self.board.put(n, there)
            else:
                self.board.swap(n, other)
            self.far = far
            return

    def _ways(self, n: int) -> Iterator[int | None]:
        board, there = self.board, self.former[n]
        if board.at[n] == there:
            return
        change = board.gains_of_swaps(n)
        for other, q in self.former.items():
            moved = other != n and board.at[other] == there and q != there
            if moved and change[other] < NEVER / 2 and board.can_swap(n, other):
                yield other
        if board.costs[there, n] < NEVER / 2 and board.can_move(n, there):
            yield None

    def _as_good(self, n: int, other: int | None, then: list[int], less: float) -> bool:
        """Tell whether the plan is worth no more than that less then; remember its worth if so."""
        if self.scales is None:
            worth = self._worth(then)
            if worth < self.worth - less:
                return False
            self.worth = worth
            return True
        scales = self.scales
        here, there = int(self.board.at[n]), then[n]
        left = [m for m in scales.members[here] if m != n] + ([] if other is None else [other])
        joined = [*(m for m in scales.members[there] if m != other), n]
        weighed = {here: scales.weigh(here, left), there: scales.weigh(there, joined)}
        if sum(weighed.values()) < scales.worth[here] + scales.worth[there] - less:
            return False
        scales.members[here], scales.members[there] = left, joined
        scales.worth |= weighed
        return True

    def _worth(self, at: list[int]) -> float:
        case = self.board.case
        if self.scales is not None:
            return 0.0  # told moment by moment
        return value_of(case, at) - case.programme.weights.track * track_clashes(case, at)

    def _far(self, at: list[int]) -> int:
        used, now = Counter(self.former.values()), Counter(at[n] for n in self.former)
        moved = sum(1 for n, q in self.former.items() if at[n] != q)
        return moved + sum(abs(now[q] - used[q]) for q in {*now, *used})
