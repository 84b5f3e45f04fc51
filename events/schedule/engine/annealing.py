"""Move and swap sessions between slots, at first freely and then ever more choosily.

Each step takes one session and looks at once at every session it could change places with, or
every place it could move to, and takes one of them by Boltzmann's weights: the better, the
likelier; the colder, the choosier. What a step costs is the change of the sum of
``Case.costs`` over pairs side by side, which is kept by position and session.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from events.schedule.engine.blocks import block_step
from events.schedule.engine.board import TRIES, Board
from events.schedule.engine.chains import chain_step, whole_step
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Plan, with_rooms

LOOKS_EVERY = 256
CHAINS = 8
"""Of so many steps one moves all that has to change sides for a session."""
MOVES = 3
"""Of so many steps one moves a session alone; others let two change places."""
WHOLE = 5
"""For so many steps, times the sessions of a slot, two slots change all that they hold."""
POOL = 1 << 16
"""How many random numbers there are; each step begins somewhere among them."""


@dataclass(frozen=True, kw_only=True)
class Cooling:
    """How long to search, and from which temperature to which (points of choices)."""

    steps: int
    hot: float
    cold: float


def anneal(
    board: Board,
    cooling: Cooling,
    deadline: Deadline,
    *,
    seed: int,
    tell: Callable[[float], None] = lambda _share: None,
) -> Plan:
    """Search as many steps as told, or until time is up; return the best plan met."""
    rng = np.random.default_rng(seed)
    noise = rng.gumbel(size=POOL + board.between.shape[0] + len(board.overlapping))
    movable = [n for n, where in enumerate(board.case.allowed) if len(where) > 1]
    best, least, now = board.at.copy(), board.energy, board.energy
    held = dict(board.held)
    falling = (cooling.cold / cooling.hot) ** (1 / max(1, cooling.steps))
    heat = cooling.hot
    whole = WHOLE * max(1, len(board.at) // max(1, board.case.number_of_ticks))
    for begin in range(0, cooling.steps, LOOKS_EVERY):
        if deadline.passed or least <= 0:
            break
        tell(begin / cooling.steps)
        several = min(LOOKS_EVERY, cooling.steps - begin)
        whom = rng.integers(len(movable), size=several) if movable else ()
        offset = rng.integers(POOL, size=several)
        luck = rng.random(several)
        for k in range(0, several, whole):
            here, there = rng.integers(len(board.overlapping), size=2)
            if len(board.case.ticks[here]) == len(board.case.ticks[there]) == 1:
                now += whole_step(board, int(here), int(there), heat, float(luck[k]))
        for k, pick in enumerate(whom):
            heat *= falling
            throw = Throw(noise, int(offset[k]), heat, float(luck[k]))
            now += step_of(board, movable[pick], k, throw)
            if now < least - 1e-6:
                least, held = now, dict(board.held)
                best[:] = board.at
    return with_rooms(board.case, [int(q) for q in best], held) or board.first


class Throw(NamedTuple):
    """What decides a step: where its random numbers begin, how hot it is, and luck."""

    noise: np.ndarray
    offset: int
    heat: float
    luck: float


def step_of(board: Board, n: int, k: int, throw: Throw) -> float:
    """Do one step with a session: which kind, its turn decides. Return what it costs."""
    noise, offset, heat, luck = throw
    if board.case.long[n]:
        return block_step(board, n, noise, offset, heat, luck)
    if k % CHAINS == 0 and board.apart[n]:
        where = board.case.allowed[n]
        return chain_step(board, n, where[offset % len(where)], heat, luck)
    if k % MOVES == 0:
        return move_step(board, n, noise, offset, heat)
    return swap_step(board, n, noise, offset, heat)


def move_step(board: Board, n: int, noise: np.ndarray, offset: int, heat: float) -> float:
    """Move a session to where Boltzmann's weights choose and a room is free, or let it stay."""
    here = int(board.at[n])
    change = board.costs[:, n] - board.costs[here, n]
    weighed = change / heat - noise[offset : offset + len(change)]
    for _ in range(TRIES):
        there = int(weighed.argmin())
        if there == here:
            return 0.0
        if board.can_move(n, there):
            board.put(n, there)
            return float(change[there])
        weighed[there] = np.inf
    return 0.0


def swap_step(board: Board, n: int, noise: np.ndarray, offset: int, heat: float) -> float:
    """Let a session change places with one that Boltzmann's weights choose, or stay."""
    change = board.gains_of_swaps(n)
    weighed = change / heat
    weighed -= noise[offset : offset + len(change)]
    for _ in range(TRIES):
        other = int(weighed.argmin())
        if other == n:
            return 0.0
        if board.can_swap(n, other):
            cost = float(change[other])
            board.swap(n, other)
            return cost
        weighed[other] = np.inf
    return 0.0
