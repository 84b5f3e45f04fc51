"""The search for the best pairing: greedy first, then chains of exchanges, then some kicks."""

import random
from collections.abc import Iterable

import numpy as np

from cohorts.matching.domain.chains import COVERED, Outlook, best_candidates, look_ahead
from cohorts.matching.domain.coverage import cover_everyone
from cohorts.matching.domain.pairing import NOBODY, Numbers, Pairing, Places

CANDIDATES = 32
LENGTH = 8
# Small groups get more second thoughts: there they matter more and cost less.
KICKS = 60
KICKED_PEOPLE = 2400
# After so many kicks in a row without a gain another one is hardly worth its time.
PATIENCE = 20
KICKED_SHARE = (0.05, 0.3)
LEAST_KICKED = 3
# How far a refill may stray from the order of the scores.
WHIM = (0.5, 1.5)


def search(pairing: Pairing, seed: int) -> None:
    """Bring the pairing as near to the best as this search can; the same input, the same result."""
    candidates = best_candidates(pairing.scores, CANDIDATES)
    _settle(pairing, candidates)
    best, best_pairs = pairing.value(), pairing.pairs()
    chance = random.Random(seed)  # noqa: S311  (a search, no secret)
    patience = PATIENCE
    for _ in range(min(KICKS, KICKED_PEOPLE // len(candidates))):
        for pair in chance.sample(best_pairs, _kicked(len(best_pairs), chance)):
            pairing.drop(*pair)
        _refill(pairing, candidates, chance)
        _settle(pairing, candidates)
        if pairing.value() > best:
            best, best_pairs, patience = pairing.value(), pairing.pairs(), PATIENCE
        else:
            pairing.become(best_pairs)
            patience -= 1
        if not patience:
            break


def _kicked(pairs: int, chance: random.Random) -> int:
    """Return how many pairs to break up: a share of many, most of a few."""
    return min(pairs, max(LEAST_KICKED, round(chance.uniform(*KICKED_SHARE) * pairs)))


def _settle(pairing: Pairing, candidates: Numbers) -> None:
    """Improve until neither an added pair, nor a chain, nor a better coverage is found."""
    _fill(pairing, _pairs_among(pairing, candidates))
    _exchange(pairing, candidates)
    _fill(pairing, _spare_pairs(pairing))
    if cover_everyone(pairing):
        _exchange(pairing, candidates)
        _fill(pairing, _spare_pairs(pairing))


def _fill(pairing: Pairing, pairs: Iterable[tuple[int, int]]) -> None:
    for one, other in pairs:
        if pairing.fits(one, other):
            pairing.add(one, other)


def _pairs_among(pairing: Pairing, candidates: Numbers) -> list[tuple[int, int]]:
    """Return every candidate pair, the highest score first."""
    ones, columns = np.nonzero(candidates != NOBODY)
    return _by_score(pairing, ones, candidates[ones, columns])


def _spare_pairs(pairing: Pairing) -> list[tuple[int, int]]:
    """Return every possible pair of people with a free place, candidates or not."""
    spare = np.nonzero((pairing.places == NOBODY).any(axis=1))[0]
    ones, others = np.nonzero(np.triu(pairing.scores[np.ix_(spare, spare)] > 0))
    return _by_score(pairing, spare[ones], spare[others])


def _by_score(pairing: Pairing, ones: Numbers, others: Numbers) -> list[tuple[int, int]]:
    low, high = np.minimum(ones, others), np.maximum(ones, others)
    order = np.lexsort((high, low, -pairing.scores[low, high]))
    return list(zip(low[order].tolist(), high[order].tolist(), strict=True))


def _refill(pairing: Pairing, candidates: Numbers, chance: random.Random) -> None:
    """Fill the free places in an order that is only roughly that of the scores."""
    spare = np.nonzero((pairing.places == NOBODY).any(axis=1))[0].tolist()
    pairs = {
        (min(one, other), max(one, other))
        for one in spare
        for other in candidates[one].tolist()
        if other != NOBODY
    }
    _fill(
        pairing,
        sorted(
            sorted(pairs),
            key=lambda pair: -pairing.score(*pair) * chance.uniform(*WHIM),
        ),
    )


def _exchange(pairing: Pairing, candidates: Numbers) -> None:
    """Walk chains that pay until there is none."""
    paid = True
    while paid:
        outlook = look_ahead(pairing, candidates, LENGTH)
        met: set[int] = set()
        for one, other in _starts(pairing, outlook):
            if met.isdisjoint((one, other)):
                met |= _Chain(pairing, outlook, met).walk(one, other, LENGTH)
        paid = bool(met)


def _starts(pairing: Pairing, outlook: Outlook) -> list[tuple[int, int]]:
    """Return where a chain promises a gain: at a free place, or by first parting a pair."""
    gains = outlook.gains[-1]
    starts = [
        (-int(gains[one, pairing.each]), one, NOBODY)
        for one in np.nonzero(gains[:, pairing.each] > 0)[0].tolist()
    ]
    for one, other in pairing.pairs():
        after = (
            gains[one, pairing.place_of(one, other)] + gains[other, pairing.place_of(other, one)]
        )
        gain = int(after) - pairing.score(one, other)
        if gain > 0:
            starts.append((-gain, one, other))
    return [(one, other) for _, one, other in sorted(starts)]


class _Chain:
    """One chain, done step by step on the pairing itself and undone beyond its best point.

    ``met`` are people whom another chain changed since the outlook was made.
    """

    def __init__(self, pairing: Pairing, outlook: Outlook, met: set[int]) -> None:
        self.pairing, self.outlook, self.met = pairing, outlook, met
        self._done: list[tuple[int, int, Places | None]] = []
        self._gain = self._best_gain = self._best_length = 0

    def walk(self, one: int, other: int, length: int) -> set[int]:
        """Begin at a free place of ``one``, or by parting ``one`` and ``other``.

        Return whom the chain touched as far as it pays; nobody where it does not.
        """
        if other == NOBODY:
            self._follow(one, self.pairing.each, length)
        else:
            places = self._drop(one, other)
            self._follow(one, places[0], length)
            self._follow(other, places[1], length)
        self._undo_after(self._best_length)
        return {person for one, other, _ in self._done for person in (one, other)}

    def _follow(self, one: int, place: int, length: int) -> None:
        pairing, outlook = self.pairing, self.outlook
        while (chosen := int(outlook.choices[length][one, place])) != NOBODY:
            length -= 1
            if chosen in self.met or pairing.paired(one, chosen):
                return
            out = pairing.clash(chosen, one)
            if out == NOBODY and pairing.full(chosen):
                out = int(pairing.places[chosen, outlook.drops[length][chosen]])
            if out in self.met:
                return
            if out != NOBODY:
                place = self._drop(chosen, out)[1]
            if not pairing.fits(one, chosen):
                return
            self._add(one, chosen)
            if out == NOBODY:
                return
            one = out

    def _add(self, one: int, other: int) -> None:
        self._gain += self.pairing.score(one, other) + COVERED * self._alone(one, other)
        self.pairing.add(one, other)
        self._done.append((one, other, None))
        if self._gain > self._best_gain:
            self._best_gain, self._best_length = self._gain, len(self._done)

    def _drop(self, one: int, other: int) -> Places:
        places = self.pairing.drop(one, other)
        self._gain -= self.pairing.score(one, other) + COVERED * self._alone(one, other)
        self._done.append((one, other, places))
        return places

    def _alone(self, one: int, other: int) -> int:
        return self.pairing.alone(one) + self.pairing.alone(other)

    def _undo_after(self, length: int) -> None:
        while len(self._done) > length:
            one, other, places = self._done.pop()
            if places is None:
                self.pairing.drop(one, other)
            else:
                self.pairing.add(one, other, places)
