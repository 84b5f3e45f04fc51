"""Moves of several sessions at once between two slots (Kempe's chains).

What may not be beside a session that comes has to go where it came from, and what may not be
beside that has to come in turn. So a session moves that many others hinder: one for everyone of a
role, beside which nothing can be that people of this role present.
"""

from math import exp

from events.schedule.engine.board import NEVER, Board

LONGEST = 10
"""Sessions that change sides at most."""


def chain_step(board: Board, n: int, there: int, heat: float, luck: float) -> float:
    """Move a session to another position with all that has to change sides for it, or let all stay.

    Sessions of several ticks do not take part.
    """
    here = int(board.at[n])
    case = board.case
    if there == here or not case.rooms[n][there] or case.overlap[here, there]:
        return 0.0
    moved = _chain(board, n, here, there)
    return 0.0 if moved is None else _done(board, moved, heat, luck)


def whole_step(board: Board, here: int, there: int, heat: float, luck: float) -> float:
    """Let all that is held at one position change with all at another, but what cannot.

    That costs next to nothing, and brings sessions to where other absences hinder them.
    """
    case = board.case
    if here == there or case.overlap[here, there]:
        return 0.0
    moved = {
        m: target
        for source, target in ((here, there), (there, here))
        for m in board.crowding.loose[case.ticks[source][0]]
        if int(board.at[m]) == source and case.rooms[m][target]
    }
    return _done(board, moved, heat, luck) if moved else 0.0


def _done(board: Board, moved: dict[int, int], heat: float, luck: float) -> float:
    """Let these move if rooms, order and luck allow it; return what it costs."""
    if not board.in_order(moved):
        return 0.0
    former = {m: int(board.at[m]) for m in moved}
    if not _enter(board, moved, former):
        return 0.0
    before = board.energy
    for m, q in moved.items():
        board.move(m, q)
    cost = board.energy - before
    if cost <= 0 or luck < exp(-cost / heat):
        return cost
    for m, q in former.items():
        board.move(m, q)
        board.crowding.leave(m, moved[m])
    for m, q in former.items():
        board.crowding.enter(m, q)
    return 0.0


def _chain(board: Board, n: int, here: int, there: int) -> dict[int, int] | None:
    """Return who goes where, as many one way as the other where that can be."""
    case = board.case
    moved = {n: there}
    waiting = [n]
    while waiting:
        one = waiting.pop()
        target = moved[one]
        back = here if target == there else there
        for other in board.apart[one]:
            if other in moved or int(board.at[other]) != target:
                continue
            if case.long[other] or not case.rooms[other][back] or len(moved) >= LONGEST:
                return None
            moved[other] = back
            waiting.append(other)
    surplus = sum(1 if q == there else -1 for q in moved.values())
    crowded, empty = (there, here) if surplus > 0 else (here, there)
    offers = sorted(
        (float(board.costs[empty, m] - board.costs[crowded, m]), m)
        for m in board.crowding.loose[case.ticks[crowded][0]]
        if m not in moved and int(board.at[m]) == crowded and board.costs[empty, m] < NEVER
    )
    moved |= {m: empty for _, m in offers[: abs(surplus)]}
    return moved


def _enter(board: Board, moved: dict[int, int], former: dict[int, int]) -> bool:
    """Let all leave and enter, if rooms allow that; otherwise all are where they were."""
    crowding = board.crowding
    for m, q in former.items():
        crowding.leave(m, q)
    entered: list[int] = []
    for m, q in moved.items():
        if not crowding.admits(m, q):
            break
        crowding.enter(m, q)
        entered.append(m)
    else:
        return True
    for m in entered:
        crowding.leave(m, moved[m])
    for m, q in former.items():
        crowding.enter(m, q)
    return False
