"""What several published counts tell together that none of them tells alone.

A report on two institutes and one on a single one of them differ by the people of the other: who
reads both reads that difference too. Pure: values in, values out.
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

ROUNDING = 1e-6
"""Below a person; the solver's answers are whole numbers but for their last digits."""
Part = Hashable


@dataclass(frozen=True, kw_only=True)
class Count:
    """A published count, and the parts of the ground over which it was taken.

    Two counts that name a part in common counted the same people there.
    """

    parts: frozenset[Part]
    value: int


@dataclass(frozen=True, kw_only=True)
class Told:
    """What readers of all counts know of some parts together: from ``lowest`` to ``highest``."""

    parts: frozenset[Part]
    lowest: int
    highest: int


def told_of_parts(counts: Sequence[Count]) -> list[Told]:
    """Return what the counts together tell of each group of parts that they treat alike.

    Parts that stand in the same counts cannot be told apart, so they are one group. The limits are
    those of the linear system: no reader can know more by adding and subtracting.
    """
    in_counts: dict[Part, set[int]] = defaultdict(set)
    for number, count in enumerate(counts):
        for part in count.parts:
            in_counts[part].add(number)
    alike: dict[frozenset[int], set[Part]] = defaultdict(set)
    for part, numbers in in_counts.items():
        alike[frozenset(numbers)].add(part)
    signatures = sorted(alike, key=sorted)
    if not signatures:
        return []
    limits = _limits(tuple(signatures), tuple(count.value for count in counts))
    return [
        Told(parts=frozenset(alike[signature]), lowest=low, highest=high)
        for signature, (low, high) in zip(signatures, limits, strict=True)
    ]


def small_parts(counts: Sequence[Count], *, least: int) -> list[Told]:
    """Return the groups of parts that the counts together give away as small, but not as none."""
    return [each for each in told_of_parts(counts) if 0 < each.highest < least]


@lru_cache(maxsize=4096)  # tables ask the same of many cells
def _limits(
    signatures: tuple[frozenset[int], ...], values: tuple[int, ...]
) -> list[tuple[int, int]]:
    import numpy as np  # noqa: PLC0415  (slow to load, and few runs of the program ask for it)
    from scipy.optimize import linprog  # noqa: PLC0415

    sums = np.zeros((len(values), len(signatures)))
    for column, signature in enumerate(signatures):
        for row in signature:
            sums[row, column] = 1
    kept = sums.any(axis=1)
    found = []
    for column in range(len(signatures)):
        ends = []
        for sign in (1, -1):
            aim = np.zeros(len(signatures))
            aim[column] = sign
            answer = linprog(
                aim, A_eq=sums[kept], b_eq=np.array(values, dtype=float)[kept], method="highs"
            )
            # Counts of different days may not agree; then nothing can be worked out exactly.
            ends.append(sign * answer.fun if answer.success else None)
        low, high = ends
        found.append(
            (
                0 if low is None else ceil(low - ROUNDING),
                sum(values) if high is None else floor(high + ROUNDING),
            )
        )
    return found
