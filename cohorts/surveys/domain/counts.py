"""Which numbers of answers are told: none from which those of a hidden group can be worked out.

A list of staff is no secret within a district: who reads results knows how many people of each
school do what. Where everyone answered, or in a group of one nobody did, the numbers of the groups
beside it and of everyone tell it. Such numbers are left out then, though the means stay.

(``consortium.small_cells`` protects counts without an upper end; here the roster is one, and groups
lie across each other in three ways.) Pure: values in, values out.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import ceil
from uuid import UUID

from cohorts.surveys.domain.cells import Cell, CellId, Dimension, Hidden, Why, hidden_among
from cohorts.surveys.domain.rules import FEWEST, LEAST_RESPONSE

PRICE_OF_ALL = 1_000_000
"""How many times dearer it is to leave out how many of everyone answered."""


@dataclass(frozen=True, kw_only=True)
class Protected:
    """What may be told of groups: which are hidden and why, and of which the number is left out."""

    hidden: Hidden
    uncounted: AbstractSet[CellId]
    """Groups whose means are shown, but not how many of them answered."""


@dataclass(frozen=True)
class _Kind:
    """People who are in the same groups: for a reader, each of them is like the others."""

    groups: frozenset[CellId]
    people: int
    answered: int


@dataclass(frozen=True)
class _Other:
    """Another way things may be: one of a kind answered more, or fewer, and one of another less."""

    more: frozenset[CellId]
    fewer: frozenset[CellId]

    @property
    def changed(self) -> frozenset[CellId]:
        """The groups whose number of answers would be another."""
        return self.more ^ self.fewer


def protected(cells: Sequence[Cell]) -> Protected:
    """Return what to hide so that nobody can say how many of a hidden group answered."""
    already: Hidden = {}
    while True:
        hidden = hidden_among(cells, already=already)
        counted = {one.id for one in cells if one.id not in hidden}
        stuck = _leave_out(cells, counted, hidden)
        if stuck is None:
            return Protected(hidden=hidden, uncounted=_ids(cells) - set(hidden) - counted)
        already = {**hidden, stuck.id: Why.BESIDE}


def may_be_counted(whole: Cell, parts: Sequence[Cell], told: Protected) -> bool:
    """Tell whether a sum's number may stand beside the parts of it that other pages show.

    It may not where it tells the number of a part that is hidden there, or left out.
    """
    counted = (_ids(parts) - set(told.hidden) - told.uncounted) | {whole.id}
    targets = {*told.hidden, *told.uncounted}
    stuck = _leave_out([whole, *parts], counted, targets, fixed=_ids(parts))
    return stuck is None and whole.id in counted


def _ids(cells: Iterable[Cell]) -> set[CellId]:
    return {one.id for one in cells}


def _leave_out(
    cells: Sequence[Cell],
    counted: set[CellId],
    targets: Collection[CellId],
    *,
    fixed: Collection[CellId] = (),
) -> Cell | None:
    """Take from ``counted`` what would tell the number of one of the targets.

    The numbers of ``fixed`` groups stay. Returns a group that has to be hidden altogether, where
    leaving out numbers is not enough: of a group of five that is shown, all must have answered.
    """
    kinds = _kinds(cells)
    shown = [one for one in cells if one.id not in targets]
    full = {one.id for one in shown if len(one.answered) <= _least(one)}
    price = {one.id: _price(one) for one in cells}
    for cell in cells:
        if cell.id not in targets or not cell.people:
            continue
        ways = [
            way.changed & counted
            for way in _others(kinds, cell.id)
            if not (way.fewer - way.more) & full and not (way.changed & counted).intersection(fixed)
        ]
        if ways:
            least = min(ways, key=lambda ids: (sum(map(price.__getitem__, ids)), _in_order(ids)))
            counted -= least
            continue
        beside = [one for one in shown if one.people & cell.people]
        if beside:
            return min(beside, key=lambda one: (len(one.people), str(one.id)))
    return None


def _others(kinds: Sequence[_Kind], target: CellId) -> Iterator[_Other]:
    """Give each way in which one person more, or fewer, of a group answered."""
    nobody: frozenset[CellId] = frozenset()
    can_more = [one.groups for one in kinds if one.answered < one.people]
    can_fewer = [one.groups for one in kinds if one.answered]
    for more in can_more:
        if target in more:
            yield from (_Other(more, one) for one in (nobody, *can_fewer) if target not in one)
    for fewer in can_fewer:
        if target in fewer:
            yield from (_Other(one, fewer) for one in (nobody, *can_more) if target not in one)


def _kinds(cells: Sequence[Cell]) -> list[_Kind]:
    groups: dict[UUID, set[CellId]] = {}
    answered: set[UUID] = set()
    for cell in cells:
        answered |= cell.answered
        for person in cell.people:
            groups.setdefault(person, set()).add(cell.id)
    people = Counter(frozenset(one) for one in groups.values())
    replies = Counter(frozenset(groups[one]) for one in answered)
    return [_Kind(one, count, replies[one]) for one, count in people.items()]


def _least(cell: Cell) -> int:
    """Return how many of a group that is shown answered at the least, as everyone knows."""
    return max(FEWEST, ceil(LEAST_RESPONSE * len(cell.people)))


def _price(cell: Cell) -> int:
    many = PRICE_OF_ALL if cell.dimension is Dimension.WHOLE else 1
    return many * (1 + len(cell.people))


def _in_order(ids: Collection[CellId]) -> list[str]:
    return sorted(map(str, ids))
