"""Which groups are shown: few answers hide a group, and another must not give it away.

A group of the roster is hidden where fewer than five answered, or fewer than half. What is shown
must not let anyone take a hidden group from a sum either: where the shown parts of a shown group
leave a rest of fewer than five answers, or of one hidden group alone, the smallest of those parts
is hidden too, over and over until nothing is left to take.
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
    """Why a group is hidden."""

    FEW = auto()
    RESPONSE = auto()
    BESIDE = auto()


WHY_WORDS: Mapping[Why, Sentence] = {
    Why.FEW: say("suppressed: fewer than 5"),
    Why.RESPONSE: say("suppressed: fewer than half answered"),
    Why.BESIDE: say("suppressed: with it, a smaller group could be worked out"),
}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A group of people: who is on the roster, and who of them answered."""

    dimension: Dimension
    key: Hashable
    people: frozenset[UUID]
    answered: frozenset[UUID]

    @property
    def id(self) -> tuple[Dimension, Hashable]:
        """What tells it from every other."""
        return self.dimension, self.key

    @property
    def response(self) -> float | None:
        """The share of them that answered; ``None`` where nobody is in it."""
        return len(self.answered) / len(self.people) if self.people else None


Hidden = Mapping[tuple[Dimension, Hashable], Why]


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
    hidden: dict[tuple[Dimension, Hashable], Why] = dict(already or {})
    for cell in cells:
        if cell.id in hidden:
            continue
        if len(cell.answered) < FEWEST:
            hidden[cell.id] = Why.FEW
        elif (cell.response or 0) < LEAST_RESPONSE:
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


def apart_enough(whole: Collection[UUID], part: Collection[UUID]) -> bool:
    """Tell whether a group may be shown beside a part of it: the rest is nobody, or enough."""
    rest = set(whole) - set(part)
    return not rest or len(rest) >= FEWEST


def _giving_away(
    cells: Sequence[Cell],
    elsewhere: Sequence[Cell],
    hidden: Mapping[tuple[Dimension, Hashable], Why],
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
            rest = whole.answered.difference(*(one.answered for one in parts))
            if not parts or not rest or not _tells(rest, inside, hidden):
                continue
            ours = [one for one in parts if one not in elsewhere]
            return min(ours, key=lambda one: (len(one.answered), str(one.key)), default=whole)
    return None


def _tells(
    rest: frozenset[UUID],
    inside: Iterable[Cell],
    hidden: Mapping[tuple[Dimension, Hashable], Why],
) -> bool:
    """Tell whether a rest says something of few people, or of one hidden group alone."""
    if len(rest) < FEWEST:
        return True
    return any(one.answered == rest and one.id in hidden for one in inside)


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
