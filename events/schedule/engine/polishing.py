"""The last part of the search, by what a plan is really worth instead of by pairs.

The sum over pairs counts a loss twice where someone wants three sessions of one slot. Here each
exchange that the pairs propose is weighed by the exact change: proposals come as likely as the
pairs say, and are taken as likely as the difference to the truth says.
"""

import numpy as np

from events.schedule.engine.annealing import POOL, Cooling
from events.schedule.engine.board import Board
from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan
from events.schedule.engine.wishes import costs_of_tracks

LOOKS_EVERY = 64


def can_polish(case: Case) -> bool:
    """Tell whether slots can be weighed one by one: none overlaps another, nothing is repeated."""
    return bool((case.overlap.sum(axis=1) == 1).all()) and not case.wishes.contents


class Scales:
    """What each moment of a plan is worth, exactly: by whom, and together."""

    def __init__(self, board: Board) -> None:
        case = board.case
        self.board = board
        self.points = np.ascontiguousarray(case.wishes.points.T)
        self.away = np.ascontiguousarray(case.wishes.duty.T)
        self.tracks = costs_of_tracks(case.items, case.programme.weights.track)
        self.fixed: dict[int, list[int]] = {}
        for k, q in enumerate(case.home):
            self.fixed.setdefault(q, []).append(len(case.sessions) + k)
        self.members: dict[int, list[int]] = {q: [] for q in range(len(case.positions))}
        for n, q in enumerate(board.at):
            self.members[int(q)].append(n)
        self.worth = {q: self.weigh(q, members) for q, members in self.members.items()}

    def weigh(self, q: int, members: list[int]) -> int:
        """Return the points of a moment with these members, less what their tracks cost."""
        if not members:
            return 0
        gains = self.points[members].max(axis=0)
        gains[self.away[members + self.fixed.get(q, [])].any(axis=0)] = 0
        tracks = self.tracks[np.ix_(members, members)].sum() / 2
        return int(gains.sum(dtype=np.int64) - tracks)


def polish(
    board: Board,
    cooling: Cooling,
    deadline: Deadline,
    *,
    seed: int,
) -> Plan:
    """Search on from the board's plan; return the best met by exact worth."""
    rng = np.random.default_rng([seed, 1])
    scales = Scales(board)
    count = len(board.at)
    noise = rng.gumbel(size=POOL + count + len(board.overlapping))
    movable = [n for n, where in enumerate(board.case.allowed) if len(where) > 1]
    now = most = sum(scales.worth.values())
    best = board.at.copy()
    falling = (cooling.cold / cooling.hot) ** (1 / max(1, cooling.steps))
    heat = cooling.hot
    for _ in range(0, cooling.steps if movable else 0, LOOKS_EVERY):
        if deadline.passed:
            break
        picks = rng.integers(len(movable), size=LOOKS_EVERY)
        offsets = rng.integers(POOL, size=LOOKS_EVERY)
        luck = rng.random(LOOKS_EVERY)
        for k in range(LOOKS_EVERY):
            heat *= falling
            n = movable[picks[k]]
            gain = _try(scales, n, noise[offsets[k] :], heat, float(luck[k]), alone=k % 4 == 0)
            now += gain
            if now > most:
                most = now
                best[:] = board.at
    for n in range(count):
        if board.at[n] != best[n]:
            board.put(n, int(best[n]))
    return board.plan()


def _try(  # noqa: PLR0913  (what a step needs; made many thousand times)
    scales: Scales, n: int, noise: np.ndarray, heat: float, luck: float, *, alone: bool
) -> int:
    """Propose one exchange or move and do it if the exact change lets it pass; return the gain."""
    board = scales.board
    here = int(board.at[n])
    if alone:
        change = board.costs[:, n] - board.costs[here, n]
        choice = int((change / heat - noise[: len(change)]).argmin())
        there, other = choice, -1
    else:
        change = board.gains_of_swaps(n)
        choice = int((change / heat - noise[: len(change)]).argmin())
        there, other = int(board.at[choice]), choice
    if there == here:
        return 0
    if not (board.can_swap(n, other) if other >= 0 else board.can_move(n, there)):
        return 0
    arrivals, departures = ([n], [other]) if other >= 0 else ([n], [])
    left = [m for m in scales.members[here] if m != n] + departures
    joined = [m for m in scales.members[there] if m != other] + arrivals
    worth_here, worth_there = scales.weigh(here, left), scales.weigh(there, joined)
    gain = worth_here + worth_there - scales.worth[here] - scales.worth[there]
    if luck >= np.exp(min(0.0, (gain + float(change[choice])) / heat)):
        return 0
    if other >= 0:
        board.swap(n, other)
    else:
        board.put(n, there)
    scales.members[here], scales.members[there] = left, joined
    scales.worth[here], scales.worth[there] = worth_here, worth_there
    return gain
