"""What a plan is worth to people: the points of all that each can hear of what they wished for."""

from collections.abc import Sequence

import numpy as np

from events.schedule.engine.case import Case

DUTY = 1 << 20
"""More than any wish: who has to be somewhere is there."""


def value_of(case: Case, at: Sequence[int]) -> int:
    """Return the points that people can get when nobody lacks a seat (V of the plan).

    Whoever has to be somewhere is there and gains nothing else meanwhile. Repeats of one content
    count once.
    """
    wishes = case.wishes
    gains = wishes.points.astype(np.int64) + DUTY * wishes.duty
    total = _heard(case, at, gains)
    return int((total - DUTY * wishes.duty.sum(axis=1)).sum())


def _heard(case: Case, at: Sequence[int], gains: np.ndarray) -> np.ndarray:
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
    heard: np.ndarray = best[-1]
    return heard
