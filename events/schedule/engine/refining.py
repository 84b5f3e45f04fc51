"""The last part of the search where slots overlap, or contents are repeated.

Then what a plan is worth cannot be told slot by slot: each change is weighed by the whole plan's
value. That takes longer, so that there are fewer of them.
"""

import numpy as np

from events.schedule.engine.annealing import POOL, Cooling, Throw, step_of
from events.schedule.engine.board import Board
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan, with_rooms
from events.schedule.engine.value import value_of
from events.schedule.engine.wishes import costs_of_tracks

MOST_STEPS = 2_000


def refine(board: Board, cooling: Cooling, deadline: Deadline, *, seed: int) -> Plan:
    """Search on from the board's plan; return the best met by exact worth."""
    case, count = board.case, len(board.at)
    rng = np.random.default_rng([seed, 2])
    noise = rng.gumbel(size=POOL + count + len(board.overlapping))
    tracks = costs_of_tracks(case.sessions, case.programme.weights.track)

    def worth() -> float:
        beside = case.overlap[board.at[:, None], board.at[None, :]]
        return value_of(case, [int(q) for q in board.at]) - float((tracks * beside).sum()) / 2

    movable = [n for n, where in enumerate(case.allowed) if len(where) > 1]
    now = most = worth()
    best, kept = board.at.copy(), dict(board.held)
    steps = min(cooling.steps, MOST_STEPS) if movable else 0
    for k in range(steps):
        if deadline.passed:
            break
        heat = cooling.hot * (cooling.cold / cooling.hot) ** (k / steps)
        at, held = board.at.copy(), dict(board.held)
        throw = Throw(noise, int(rng.integers(POOL)), heat, float(rng.random()))
        cost = step_of(board, movable[int(rng.integers(len(movable)))], k, throw)
        if not (board.at != at).any():
            continue
        then = worth()
        if rng.random() < np.exp(min(0.0, (then - now + cost) / heat)):
            now = then
            if now > most:
                most, best, kept = now, board.at.copy(), dict(board.held)
        else:
            board.restore([int(q) for q in at], held)
    return with_rooms(case, [int(q) for q in best], kept) or board.first
