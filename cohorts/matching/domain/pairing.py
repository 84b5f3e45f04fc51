"""Who is paired with whom at a moment of the search, and what the rules still allow."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

NOBODY = -1

Numbers = NDArray[np.int64]
Places = tuple[int, int]


class Pairing:
    """Pairs of people, numbered 0 to n-1; each person has ``each`` places for peers.

    Keeps the hard rules by itself: a pair needs a positive score, nobody gets more than ``each``
    peers, and no two of them are of one unit.
    """

    def __init__(self, scores: Numbers, units: Sequence[int], each: int) -> None:
        self.scores = scores
        self.units: Numbers = np.asarray(units, np.int64)
        self.each = each
        self.places: Numbers = np.full((len(self.units), each), NOBODY, np.int64)
        # The same facts as plain lists: reading one number of an array is slow.
        self._scores: list[list[int]] = scores.tolist()
        self._units: list[int] = self.units.tolist()
        self._count = [0] * len(self._units)
        self._places: list[list[int]] = [[NOBODY] * each for _ in self._units]

    def peers(self, one: int) -> list[int]:
        """Return the peers of one person."""
        return [peer for peer in self._places[one] if peer != NOBODY]

    def score(self, one: int, other: int) -> int:
        """Return what this pair is worth; negative where it may not be."""
        return self._scores[one][other]

    def full(self, one: int) -> bool:
        """Tell whether one person has as many peers as allowed."""
        return self._count[one] == self.each

    def alone(self, one: int) -> bool:
        """Tell whether one person has no peer."""
        return self._count[one] == 0

    def paired(self, one: int, other: int) -> bool:
        """Tell whether these two are peers now."""
        return other in self._places[one]

    def clash(self, one: int, other: int) -> int:
        """Return the peer of ``one`` who is of the unit of ``other``, or ``NOBODY``."""
        unit = self._units[other]
        for peer in self._places[one]:
            if peer != NOBODY and self._units[peer] == unit:
                return peer
        return NOBODY

    def fits(self, one: int, other: int) -> bool:
        """Tell whether the pair could be added as things stand."""
        return (
            self._scores[one][other] > 0
            and not self.full(one)
            and not self.full(other)
            and self.clash(one, other) == NOBODY
            and self.clash(other, one) == NOBODY
        )

    def place_of(self, one: int, other: int) -> int:
        """Return the place at which ``one`` keeps ``other``."""
        return self._places[one].index(other)

    def add(self, one: int, other: int, at: Places | None = None) -> None:
        """Pair two people, perhaps at the places they had before; ``fits`` must hold."""
        if at is None:
            at = (self.place_of(one, NOBODY), self.place_of(other, NOBODY))
        self._put(one, at[0], other)
        self._put(other, at[1], one)
        self._count[one] += 1
        self._count[other] += 1

    def drop(self, one: int, other: int) -> Places:
        """Part two people; return the places that fall free."""
        at = (self.place_of(one, other), self.place_of(other, one))
        self._put(one, at[0], NOBODY)
        self._put(other, at[1], NOBODY)
        self._count[one] -= 1
        self._count[other] -= 1
        return at

    def pairs(self) -> list[tuple[int, int]]:
        """Return all pairs, the smaller number first, in order."""
        return sorted(
            (one, other)
            for one, places in enumerate(self._places)
            for other in places
            if one < other
        )

    def become(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Have exactly these pairs."""
        before, after = set(self.pairs()), set(pairs)
        for pair in sorted(before - after):
            self.drop(*pair)
        for pair in sorted(after - before):
            self.add(*pair)

    def lonely(self) -> list[int]:
        """Return everyone who has no peer."""
        return [one for one in range(len(self._places)) if self.alone(one)]

    def value(self) -> tuple[int, int]:
        """Return how good it is: people with a peer first, then the sum of all scores."""
        total = sum(self.score(one, other) for one, other in self.pairs())
        return len(self._places) - len(self.lonely()), total

    def _put(self, one: int, place: int, other: int) -> None:
        self.places[one, place] = self._places[one][place] = other
