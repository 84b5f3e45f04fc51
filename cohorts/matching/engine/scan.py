"""Every pair of the whole country looked at, a tile at a time, without a table of all pairs.

Nearly all of a weight is a sum over features that both people have: shared goals by rank, what one
asks and the other offers, the overlap of two ranges of size, and so on. One matrix product of a
tile of people with another gives that sum for all their pairs at once. What the sum leaves out (the
bonus for help both ways, the rounding of poverty, the caps) is less than ``SLACK``; the few pairs
that come near are weighed exactly. All features are small whole numbers, so that the sums are exact
in single precision, and the same on every machine.
"""

import math
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cohorts.matching.engine.crowd import FORBIDDEN, WORD, Crowd, Ints, Words

Singles: TypeAlias = NDArray[np.float32]

ROWS, COLUMNS = 256, 2048  # a tile and its factors stay in the cache of one core
THREADS = 2
SAMPLED = 500
"""So many possible partners of each role are looked at for a first price."""
MOST = 12_000_000
"""Where people are all alike, all pairs are near their prices: so many are kept."""
WEIGHED = 5  # so many times more are weighed
POVERTY_STEPS = 6  # ranges that the whole span of poverty is divided into


class Pairs(NamedTuple):
    """Pairs that the rules allow, the smaller number first, each once and in order."""

    ones: Ints
    others: Ints
    weights: Ints

    def where(self, chosen: NDArray[np.bool_] | Ints) -> "Pairs":
        """Return some of the pairs."""
        return Pairs(self.ones[chosen], self.others[chosen], self.weights[chosen])

    @property
    def people(self) -> Ints:
        """Everyone in a pair, once for each."""
        return np.concatenate([self.ones, self.others])

    def ends(self) -> Iterator[tuple[int, int]]:
        """Give the two of each pair."""
        return zip(self.ones.tolist(), self.others.tolist(), strict=True)


class _Tile(NamedTuple):
    rows: slice
    columns: slice
    role_weight: int
    same_role: bool


class Scan:
    """People as features, in the order of their roles."""

    def __init__(self, crowd: Crowd) -> None:
        """Prepare the features."""
        self.crowd = crowd
        self.cut = False
        """Whether the last look at all pairs found more than could be kept."""
        able = np.nonzero(crowd.most > 0)[0]
        self._order: Ints = able[np.argsort(crowd.role[able], kind="stable")]
        roles = len(crowd.role_weight)
        self._starts = np.searchsorted(crowd.role[self._order], np.arange(roles + 1))
        self._left, self._right = _features(crowd, self._order)
        rules = crowd.weights
        self._always = rules.state_differs
        rounded = 2 * rules.poverty_slope * _width(crowd) or rules.poverty_max
        self._slack = rules.help_both + rounded

    def first_prices(self) -> Singles:
        """Return a first guess of everyone's price: half of about the k-th best weight."""
        prices = np.zeros(self.crowd.size, np.float32)
        roles = [r for r in range(len(self._starts) - 1) if self._starts[r] < self._starts[r + 1]]
        sampled = {role: self._sample(role) for role in roles}

        def of_rows(rows: tuple[int, slice]) -> None:
            role, part = rows
            beside = [s for s in roles if self.crowd.role_weight[role, s] >= 0]
            if not beside:
                return
            sums = np.concatenate(
                [
                    self._left[part] @ self._right[sampled[s]].T
                    + np.float32(self.crowd.role_weight[role, s] + self._always)
                    for s in beside
                ],
                axis=1,
            )
            all_of_them = sum(int(self._starts[s + 1] - self._starts[s]) for s in beside)
            who = self._order[part]
            most = int(self.crowd.most[who].max())
            rank = min(sums.shape[1], max(1, round(most * sums.shape[1] / all_of_them) + 1))
            place = sums.shape[1] - rank
            prices[who] = np.partition(sums, place, axis=1)[:, place] / 2

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(of_rows, self._parts(roles)))
        return np.maximum(prices, 0)

    def near(
        self, prices: Singles, margin: float, tick: Callable[[float], None] = lambda _share: None
    ) -> Pairs:
        """Return every allowed pair whose weight is at least its two prices less ``margin``.

        ``tick`` hears how much of the scan is done, 0 to 1.
        """
        price = np.round(prices[self._order]).astype(np.float32)[:, None]
        one = np.ones_like(price)
        left = np.concatenate([self._left, -price, -one], axis=1)
        right = np.concatenate([self._right, one, price], axis=1)
        found: list[Pairs] = []
        tiles = list(self._tiles())
        most = MOST // max(1, len(tiles))
        self.cut = False

        def of_tile(tile: _Tile) -> Pairs:
            rest = left[tile.rows] @ right[tile.columns].T
            # A price may be rounded by half, each of the two.
            least = -(margin + 1 + self._slack + tile.role_weight + self._always)
            place = np.flatnonzero(rest >= np.float32(least))
            if len(place) > WEIGHED * most:
                self.cut = True
                place = _some(place, rest.reshape(-1)[place], WEIGHED * most)
            row, column = np.divmod(place, rest.shape[1])
            row += tile.rows.start
            column += tile.columns.start
            if tile.same_role:
                once = row < column
                row, column = row[once], column[once]
            ones, others = self._order[row], self._order[column]
            weights = self.crowd.weigh(ones, others)
            beyond = weights - prices[ones] - prices[others]
            kept = np.flatnonzero((weights > FORBIDDEN) & (beyond >= -margin))
            if len(kept) > most:
                self.cut = True
                kept = _some(kept, beyond[kept], most)
            ones, others = ones[kept], others[kept]
            return Pairs(
                np.minimum(ones, others), np.maximum(ones, others), weights[kept].astype(np.int64)
            )

        with ThreadPoolExecutor(THREADS) as pool:
            for done, pairs in enumerate(pool.map(of_tile, tiles), start=1):
                found.append(pairs)
                tick(done / len(tiles))
        return in_order(found, self.crowd.size)

    def _sample(self, role: int) -> Ints:
        """Return some of a role's people, spread evenly: the same ones each time."""
        start, stop = int(self._starts[role]), int(self._starts[role + 1])
        return np.unique(np.linspace(start, stop - 1, min(stop - start, SAMPLED)).astype(np.int64))

    def _parts(self, roles: list[int]) -> Iterator[tuple[int, slice]]:
        for role in roles:
            for start in range(int(self._starts[role]), int(self._starts[role + 1]), ROWS):
                yield role, slice(start, min(start + ROWS, int(self._starts[role + 1])))

    def _tiles(self) -> Iterator[_Tile]:
        """Give the tiles of which each pair of people whose roles may meet lies in one."""
        table = self.crowd.role_weight
        for role, part in self._parts(list(range(len(table)))):
            for beside in range(role, len(table)):
                if table[role, beside] < 0:
                    continue
                stop = int(self._starts[beside + 1])
                start = part.start if beside == role else int(self._starts[beside])
                for column in range(start, stop, COLUMNS):
                    columns = slice(column, min(column + COLUMNS, stop))
                    yield _Tile(part, columns, int(table[role, beside]), beside == role)


def all_pairs(crowd: Crowd) -> Pairs:
    """Return every pair the rules allow; for as few people as a table of all pairs holds."""
    able = np.nonzero(crowd.most > 0)[0]
    one, other = np.triu_indices(len(able), 1)
    ones, others = able[one], able[other]
    meet = crowd.role_weight[crowd.role[ones], crowd.role[others]] >= 0
    ones, others = ones[meet], others[meet]
    weights = crowd.weigh(ones, others)
    return Pairs(ones, others, weights.astype(np.int64)).where(weights > FORBIDDEN)


def thinned(pairs: Pairs, worth: NDArray[np.floating], size: int, each: int) -> Pairs:
    """Return the pairs that are among the best of one of their two people, ``each`` for everyone.

    Of pairs that are worth the same, those that have no order in common.
    """
    if len(pairs.ones) <= each * size:
        return pairs
    who = pairs.people
    place = np.tile(np.arange(len(pairs.ones)), 2)
    scattered = (place * 2_654_435_761) % 1_048_573
    order = np.lexsort((scattered, -np.tile(worth, 2), who))
    who, place = who[order], place[order]
    rank = np.arange(len(who)) - np.searchsorted(who, who)
    return pairs.where(np.unique(place[rank < each]))


def _some(place: Ints, worth: NDArray[np.floating], most: int) -> Ints:
    """Return the best of a tile's pairs; of equal ones some that have no order in common."""
    scattered = (place * 2_654_435_761) % 1_048_573
    order = np.lexsort((scattered, -worth))
    return np.sort(place[order[:most]])


def in_order(found: list[Pairs], size: int) -> Pairs:
    """Return pairs found in several places as one list, each once."""
    if not found:
        empty = np.empty(0, np.int64)
        return Pairs(empty, empty, empty)
    keys = np.concatenate([pairs.ones * size + pairs.others for pairs in found])
    weights = np.concatenate([pairs.weights for pairs in found])
    keys, first = np.unique(keys, return_index=True)
    return Pairs(keys // size, keys % size, weights[first])


def _width(crowd: Crowd) -> int:
    """Return how many percent of poverty make a range."""
    rules = crowd.weights
    span = rules.poverty_max / rules.poverty_slope if rules.poverty_slope else 0
    return max(1, math.floor(span / POVERTY_STEPS))


def _features(crowd: Crowd, order: Ints) -> tuple[Singles, Singles]:
    """Return the two factors whose product is nearly the weight of each pair."""
    rules = crowd.weights
    asks, offers = _unpacked(crowd.asks[order]), _unpacked(crowd.offers[order])
    width = _width(crowd)
    poverty = np.where(crowd.poverty >= 0, crowd.poverty // width, -1)[order]
    parts: list[tuple[float, Singles, Singles]] = [
        (rules.goal_unit, goals := _goals(crowd, order), goals),
        (rules.help_unit, offers, asks),
        (rules.help_unit, asks, offers),
        *_both(rules.size_unit, _ranges(crowd.band[order], rules.size_span)),
        *_both(rules.locale_major, _ranges(crowd.kind[order], 1)),
        *_both(rules.locale_full, _ranges(crowd.locale[order], 1)),
        *_both(
            rules.poverty_slope * width,
            _ranges(
                poverty, max(1, round(rules.poverty_max / max(1, rules.poverty_slope) / width))
            ),
        ),
        *_both(rules.availability_unit, _unpacked(crowd.slots[order])),
        *_both(rules.second_language, _unpacked(crowd.others[order])),
    ]
    left = np.concatenate([np.float32(unit) * one for unit, one, _ in parts], axis=1)
    right = np.concatenate([other for _, _, other in parts], axis=1)
    return left, right


def _both(unit: float, features: Singles) -> list[tuple[float, Singles, Singles]]:
    return [(unit, features, features)]


def _goals(crowd: Crowd, order: Ints) -> Singles:
    goals = crowd.goals[order]
    table = np.zeros((len(order), int(goals.max(initial=-1)) + 1), np.float32)
    for rank in range(goals.shape[1]):
        listed = np.nonzero(goals[:, rank] >= 0)[0]
        table[listed, goals[listed, rank]] = crowd.weights.goal_value(rank)
    return table


def _ranges(codes: NDArray[np.int32], span: int) -> Singles:
    """Return ``span`` cells from each code on: the nearer two codes are, the more they share."""
    known = np.nonzero(codes >= 0)[0]
    table = np.zeros((len(codes), int(codes.max(initial=-1)) + max(1, span)), np.float32)
    for step in range(span):
        table[known, codes[known] + step] = 1
    return table


def _unpacked(words: Words) -> Singles:
    """Return the members of sets as columns; those that nobody has are left out."""
    columns = [
        (words[:, word] >> np.uint64(bit)) & np.uint64(1)
        for word in range(words.shape[1])
        for bit in range(WORD)
        if (words[:, word] & np.uint64(1 << bit)).any()
    ]
    table = np.array(columns, np.float32).reshape(len(columns), len(words))
    return np.ascontiguousarray(table.T)
