"""Moves of sessions that take several ticks: each with its room, and with whom it changes places.

Where no room is free all the while, the session changes places with one as long as itself, or with
as many short ones as it takes ticks.
"""

from math import exp

import numpy as np

from events.schedule.engine.board import TRIES, Board

ASKED = 6
"""How many short sessions are asked to make room in one moment, the most willing first."""


def block_step(  # noqa: PLR0913, PLR0917  (as the other steps, and luck)
    board: Board, n: int, noise: np.ndarray, offset: int, heat: float, luck: float
) -> float:
    """Move a session of several ticks to where Boltzmann's weights choose, or let it stay."""
    here = int(board.at[n])
    change = board.costs[:, n] - board.costs[here, n]
    weighed = change / heat - noise[offset : offset + len(change)]
    for _ in range(TRIES):
        there = int(weighed.argmin())
        if there == here:
            return 0.0
        weighed[there] = np.inf
        if board.case.rooms[n][there] and board.in_order({n: there}):
            gain = _moved(board, n, there, heat, luck)
            if gain is not None:
                return gain
    return 0.0


def _moved(board: Board, n: int, there: int, heat: float, luck: float) -> float | None:
    """Bring it there, if that can be; return what it costs, or ``None`` where it stays."""
    here, room = int(board.at[n]), board.held[n]
    before = board.energy
    trail: list[tuple[int, int]] = []
    board.crowding.free(here, room)
    rooms = board.crowding.can_hold(n, there)
    if not rooms:
        board.crowding.hold(here, room)
        partner = _partner(board, n, there)
        if partner is not None:
            return _exchanged(board, n, partner, heat, luck)
        board.crowding.free(here, room)
        trail = _cleared(board, n, there)
        rooms = board.crowding.can_hold(n, there)
    if rooms:
        board.move(n, there)
        cost = board.energy - before
        if cost <= 0 or luck < exp(-cost / heat) or not trail:
            board.held[n] = rooms.bit_length() - 1
            board.crowding.hold(there, board.held[n])
            return cost
        board.move(n, here)
    for m, q in reversed(trail):
        board.put(m, q)
    board.crowding.hold(here, room)
    return None


def _partner(board: Board, n: int, there: int) -> int | None:
    """Return a session as long as this one with which it can change times and rooms."""
    here, room = int(board.at[n]), board.held[n]
    for m, theirs in sorted(board.held.items()):
        if m == n or int(board.at[m]) != there:
            continue
        suits = board.case.rooms[n][there] >> theirs & board.case.rooms[m][here] >> room & 1
        if suits and board.in_order({n: there, m: here}):
            return m
    return None


def _exchanged(board: Board, n: int, m: int, heat: float, luck: float) -> float | None:
    before = board.energy
    _trade(board, n, m)
    cost = board.energy - before
    if cost <= 0 or luck < exp(-cost / heat):
        return cost
    _trade(board, n, m)
    return None


def _trade(board: Board, n: int, m: int) -> None:
    here, there = int(board.at[n]), int(board.at[m])
    board.move(n, there)
    board.move(m, here)
    board.held[n], board.held[m] = board.held[m], board.held[n]


def _cleared(board: Board, n: int, there: int) -> list[tuple[int, int]]:
    """Let short sessions go where the long one was; return who left from where."""
    case = board.case
    ours, wanted = case.ticks[int(board.at[n])], case.ticks[there]
    trail: list[tuple[int, int]] = []
    old = [tick for tick in ours if tick not in wanted]
    new = [tick for tick in wanted if tick not in ours]
    for source, target in zip(old, new, strict=False):
        offers = []
        for m in sorted(board.crowding.loose[target]):
            for q in case.allowed[m]:
                if case.ticks[q] == (source,):
                    cost = float(board.costs[q, m] - board.costs[int(board.at[m]), m])
                    offers.append((cost, m, q))
        for _, m, q in sorted(offers)[:ASKED]:
            if board.can_move(m, q):
                trail.append((m, int(board.at[m])))
                board.put(m, q)
                break
    return trail
