"""What a plan is worth to people: the points of all that each can hear of what they wished for."""

from collections.abc import Sequence
from itertools import product

import numpy as np

from events.schedule.engine.case import Case
from events.schedule.engine.wishes import Whole

DUTY = 1 << 20
"""More than any wish: who has to be somewhere is there."""


def value_of(case: Case, at: Sequence[int]) -> int:
    """Return the points that people can get when nobody lacks a seat (V of the plan).

    Whoever has to be somewhere is there and gains nothing else meanwhile. Repeats of one content
    count once.
    """
    wishes = case.wishes
    gains = wishes.points.astype(np.int64) + DUTY * wishes.duty
    heard = _heard(case, at, gains)
    if wishes.contents:
        repeated = np.zeros(len(wishes.people), dtype=np.bool_)
        for members in wishes.contents:
            repeated |= (wishes.points[:, members] > 0).sum(axis=1) > 1
        for row in np.flatnonzero(repeated):
            heard[row] = _once_each(case, at, gains[row])
    return int((heard - DUTY * wishes.duty.sum(axis=1)).sum())


def _heard(case: Case, at: Sequence[int], gains: Whole) -> Whole:
    """Return by person the most that can be heard, one thing at a time."""
    where = [*at, *case.home]
    ending: dict[int, list[int]] = {}
    for n, q in enumerate(where):
        ending.setdefault(case.ticks[q][-1], []).append(n)
    best = np.zeros((case.number_of_ticks + 1, gains.shape[0]), dtype=np.int64)
    for tick in range(case.number_of_ticks):
        best[tick + 1] = best[tick]
        for n in ending.get(tick, ()):
            begin = case.ticks[where[n]][0]
            np.maximum(best[tick + 1], best[begin] + gains[:, n], out=best[tick + 1])
    heard: Whole = best[-1]
    return heard


def _once_each(case: Case, at: Sequence[int], gains: Whole) -> int:
    """Return the most that one person can hear who wishes for repeats: no content twice."""
    if all(len(case.ticks[q]) == 1 for q in (*at, *case.home)):
        return _by_assignment(case, at, gains)
    wished = [
        [n for n in members if gains[n] > 0]
        for members in case.wishes.contents
        if (gains[list(members)] > 0).sum() > 1
    ]
    tried = []
    for kept in product(*wished):
        row = gains.copy()
        for members, one in zip(wished, kept, strict=True):
            row[[n for n in members if n != one]] = 0
        tried.append(row)
    return int(_heard(case, at, np.array(tried)).max())


def _by_assignment(case: Case, at: Sequence[int], gains: Whole) -> int:
    """Assign contents to moments: exactly, as each takes one moment."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  (slow to import)

    where = [*at, *case.home]
    content = {n: members[0] for members in case.wishes.contents for n in members}
    wished = [int(n) for n in np.flatnonzero(gains)]
    rows = sorted({content.get(n, n) for n in wished})
    table = np.zeros((len(rows), case.number_of_ticks), dtype=np.int64)
    for n in wished:
        cell = rows.index(content.get(n, n)), case.ticks[where[n]][0]
        table[cell] = max(table[cell], gains[n])
    chosen = linear_sum_assignment(table, maximize=True)
    return int(table[chosen].sum())
