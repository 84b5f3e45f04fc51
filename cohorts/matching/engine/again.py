"""Former pairs and locks in people's ids, for a matching that changes as little as can be."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np

from cohorts.matching.engine.crowd import FORBIDDEN, Crowd
from cohorts.matching.engine.people import Person
from cohorts.matching.engine.rematch import rematch
from cohorts.matching.engine.search import Chosen

Ids = tuple[str, str]


class Wanted(Protocol):
    """Pairs that are in, and pairs that stay if they were there before."""

    @property
    def pinned(self) -> Collection[Ids]:
        """They must meet."""

    @property
    def accepted(self) -> Collection[Ids]:
        """They are never parted."""


def kept_apart(people: Sequence[Person], pairs: Iterable[Ids]) -> Sequence[Person]:
    """Return the people so that these pairs are never matched."""
    apart: dict[str, set[str]] = {}
    for one, other in pairs:
        apart.setdefault(one, set()).add(other)
    if not apart:
        return people
    return [
        replace(person, never=person.never | apart[person.id]) if person.id in apart else person
        for person in people
    ]


def still_fit(crowd: Crowd, former: Iterable[Ids]) -> int:
    """Return how many of these pairs the rules still allow."""
    pairs = _numbers(crowd, former)
    return 0 if not pairs else int((crowd.weigh(*np.array(pairs).T) > FORBIDDEN).sum())


def changed_as_little(
    crowd: Crowd, former: Sequence[Ids] | None, found: Chosen, wanted: Wanted
) -> Chosen:
    """Return the former matching, or what was ``found`` without one, with what is wanted.

    Raises ``CannotPin``.
    """
    before = [pair[:2] for pair in found.pairs] if former is None else _numbers(crowd, former)
    kept = set(before)
    return rematch(
        crowd,
        before,
        pinned=_numbers(crowd, wanted.pinned),
        accepted=[pair for pair in _numbers(crowd, wanted.accepted) if pair in kept],
    )


def _numbers(crowd: Crowd, pairs: Iterable[Ids]) -> list[tuple[int, int]]:
    """Return the pairs of whom both are there, as places in the crowd."""
    number = {person.id: place for place, person in enumerate(crowd.people)}
    return [(number[one], number[other]) for one, other in pairs if {one, other} <= number.keys()]
