"""Which groups are shown: few answers hide a group, and another must not give it away.

A group of the roster is hidden where fewer than five answered, or fewer than half. What is shown
must not let anyone take a hidden group from a sum either: where the shown parts of a shown group
leave a rest of fewer than five answers (of none, too: that somebody did not answer is theirs to
tell), or of one hidden group alone, the smallest of those parts is hidden too, over and over until
nothing is left to take. Why a group is hidden tells no more of its answers than its size does.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TypeVar
from uuid import UUID

from cohorts.surveys.domain.places import Place
from cohorts.surveys.domain.rules import FEWEST, LEAST_RESPONSE
from consortium.words import Sentence, say

Key = TypeVar("Key", str, UUID)


class Dimension(StrEnum):
    """By what people are grouped."""

    WHOLE = auto()
    SCHOOL = auto()
    GROUP = auto()
    SIDE = auto()
    PARTNERSHIP = auto()


DIMENSION_WORDS: Mapping[Dimension, Sentence] = {
    Dimension.WHOLE: say("Everyone"),
    Dimension.SCHOOL: say("By school"),
    Dimension.GROUP: say("By role"),
    Dimension.SIDE: say("By side"),
    Dimension.PARTNERSHIP: say("By partnership"),
}


class Why(StrEnum):
    """Why a group is hidden: few people are in it, too few of them answered, another is beside."""

    FEW = auto()
    RESPONSE = auto()
    BESIDE = auto()


TOO_FEW_OR_BESIDE = say("suppressed: too few answered, or a smaller group could be worked out")
WHY_WORDS: Mapping[Why, Sentence] = {
    Why.FEW: say("suppressed: fewer than 5"),
    Why.RESPONSE: TOO_FEW_OR_BESIDE,
    Why.BESIDE: TOO_FEW_OR_BESIDE,
}
"""The last two have one sentence: of a group of five, either alone would tell how many answered."""


CellId = tuple[Dimension, Hashable]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A group of people: who is on the roster, and who of them answered."""

    dimension: Dimension
    key: Hashable
    people: frozenset[UUID]
    answered: frozenset[UUID]

    @property
    def id(self) -> CellId:
        """What tells it from every other."""
        return self.dimension, self.key

    @property
    def response(self) -> float | None:
        """The share of them that answered; ``None`` where nobody is in it."""
        return len(self.answered) / len(self.people) if self.people else None


Hidden = Mapping[CellId, Why]


def on_roster(places: Iterable[Place], answered: Collection[UUID]) -> list[Place]:
    """Return the places that count: all who did not leave, and who answered before leaving."""
    return [one for one in places if not one.struck or one.pseudonym in answered]


def cells_of(places: Sequence[Place], answered: Collection[UUID]) -> list[Cell]:
    """Return everyone as one cell, then the schools, the roles and the sides."""
    counted = on_roster(places, answered)
    made = [_cell(Dimension.WHOLE, "", counted, answered)]
    keys: Mapping[Dimension, Callable[[Place], str]] = {
        Dimension.SCHOOL: lambda one: one.school,
        Dimension.GROUP: lambda one: one.group.value,
        Dimension.SIDE: lambda one: one.side.value,
    }
    for dimension, key_of in keys.items():
        made += _grouped(dimension, counted, answered, key_of)
    return made


def partnership_cells(places: Sequence[Place], answered: Collection[UUID]) -> list[Cell]:
    """Return a cell for each partnership."""
    counted = on_roster(places, answered)
    return _grouped(Dimension.PARTNERSHIP, counted, answered, lambda one: one.partnership_id)


def hidden_among(
    cells: Sequence[Cell], *, already: Hidden | None = None, shown_elsewhere: Sequence[Cell] = ()
) -> Hidden:
    """Return which cells are hidden and why, those too that are hidden ``already``.

    ``shown_elsewhere`` are groups that other pages show anyway: they are never hidden here, and
    what they would give away hides what stands here instead.
    """
    hidden: dict[CellId, Why] = dict(already or {})
    for cell in cells:
        if cell.id in hidden:
            continue
        if len(cell.people) < FEWEST:
            hidden[cell.id] = Why.FEW
        elif too_few(len(cell.people), len(cell.answered)):
            hidden[cell.id] = Why.RESPONSE
    while (victim := _giving_away(cells, shown_elsewhere, hidden)) is not None:
        hidden[victim.id] = Why.BESIDE
    return hidden


def of_those(cells: Iterable[Cell], people: Collection[UUID]) -> list[Cell]:
    """Return the cells as if only these had answered: those who answered one question."""
    told = frozenset(people)
    return [
        Cell(
            dimension=cell.dimension,
            key=cell.key,
            people=cell.people,
            answered=cell.answered & told,
        )
        for cell in cells
    ]


def too_few(people: int, answered: int) -> bool:
    """Tell whether too few of a group answered for it to be shown."""
    return answered < FEWEST or answered < LEAST_RESPONSE * people


def apart_enough(whole: Cell, part: Cell) -> bool:
    """Tell whether a group may be shown beside a part of it.

    The part is everyone, or enough of the others answered: where none of them did, two equal
    figures would tell so.
    """
    return part.people >= whole.people or len(whole.answered - part.answered) >= FEWEST


def _giving_away(
    cells: Sequence[Cell], elsewhere: Sequence[Cell], hidden: Mapping[CellId, Why]
) -> Cell | None:
    """Return the cell to hide next, or nothing where no hidden group can be worked out."""
    shown = [cell for cell in cells if cell.id not in hidden]
    families: dict[Dimension, list[Cell]] = {}
    for cell in (*cells, *elsewhere):
        families.setdefault(cell.dimension, []).append(cell)
    for whole in shown:
        for dimension, family in families.items():
            if dimension is whole.dimension:
                continue
            inside = [one for one in family if one.answered <= whole.answered and one.answered]
            parts = [one for one in inside if one.id not in hidden]
            if not parts or not _tells(whole, parts, inside, hidden):
                continue
            ours = [one for one in parts if one not in elsewhere]
            return min(ours, key=lambda one: (len(one.answered), str(one.key)), default=whole)
    return None


def _tells(
    whole: Cell, parts: Sequence[Cell], inside: Iterable[Cell], hidden: Mapping[CellId, Why]
) -> bool:
    """Tell whether a group less its shown parts says something of few people, or of one group.

    What was hidden only for others' sake may be all the rest that answered, as long as there are
    more people in the rest who may have.
    """
    people = whole.people.difference(*(one.people for one in parts))
    rest = whole.answered.difference(*(one.answered for one in parts))
    if len(rest) < FEWEST:
        return bool(people)
    return any(
        one.answered == rest and (hidden[one.id] is not Why.BESIDE or people <= one.people)
        for one in inside
        if one.id in hidden
    )


def _grouped(
    dimension: Dimension,
    places: Iterable[Place],
    answered: Collection[UUID],
    key_of: Callable[[Place], Key],
) -> list[Cell]:
    groups: dict[Key, list[Place]] = defaultdict(list)
    for one in places:
        groups[key_of(one)].append(one)
    return [_cell(dimension, key, groups[key], answered) for key in sorted(groups)]


def _cell(
    dimension: Dimension, key: Hashable, places: Iterable[Place], answered: Collection[UUID]
) -> Cell:
    people = frozenset(one.pseudonym for one in places)
    return Cell(dimension=dimension, key=key, people=people, answered=people.intersection(answered))
