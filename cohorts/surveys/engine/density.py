"""How much of a school's talk could take place and does: network density, topic by topic.

Directed density is m / (n (n - 1)), undirected 2 m / (n (n - 1)), where n counts the whole roster
and not only those who answered (Hagberg, Schult and Swart, NetworkX: ``density``). Who answers
nothing names nobody, so beside it stands the same among those who answered, and how many did.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TWO = 2
"""Fewer people have nobody to talk to, and no density."""


class Tie(NamedTuple):
    """One person names another: with whom, about what."""

    who: str
    whom: str
    topic: str


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A network survey as it stands: who could answer, who did, whom they named."""

    roster: frozenset[str]
    respondents: frozenset[str]
    ties: Sequence[Tie]


@dataclass(frozen=True, kw_only=True)
class Density:
    """The network about one topic, or about any."""

    ties: int
    """Who names whom, each once, both on the roster."""
    pairs: int
    """Two of whom at least one names the other."""
    directed: float | None
    """Share of all ties there could be on the roster; ``None`` below two people."""
    undirected: float | None
    """Share of all pairs there could be on the roster."""
    directed_answered: float | None
    """The same among those who answered alone."""
    undirected_answered: float | None


@dataclass(frozen=True, kw_only=True)
class Network:
    """What a network survey comes to. No person stands in it."""

    people: int
    answered: int
    response: float | None
    """Share of the roster that answered; ``None`` where the roster is empty."""
    topics: Mapping[str, Density]
    any_topic: Density


def network_of(said: Answered, topics: Iterable[str]) -> Network:
    """Return the densities topic by topic and about any topic.

    Who names oneself, or someone off the roster, or the same person again about the same topic,
    adds nothing; nor does what is said by someone off the roster.
    """
    codes = _Codes(said)
    by_topic = {topic: codes.density(codes.about(topic)) for topic in topics}
    known = [codes.about(topic) for topic in by_topic]
    everything = np.unique(np.concatenate(known)) if known else codes.nothing
    n, answered = len(said.roster), len(said.respondents & said.roster)
    return Network(
        people=n,
        answered=answered,
        response=answered / n if n else None,
        topics=by_topic,
        any_topic=codes.density(everything),
    )


def among(said: Answered, people: Collection[str]) -> Answered:
    """Return what is said among these people alone: a smaller roster, the same answers."""
    kept = frozenset(people) & said.roster
    return Answered(roster=kept, respondents=said.respondents & kept, ties=said.ties)


class _Codes:
    """Ties as whole numbers: who times the number of people, plus whom."""

    nothing: NDArray[np.int64] = np.empty(0, dtype=np.int64)

    def __init__(self, said: Answered) -> None:
        self._n = len(said.roster)
        place = {person: n for n, person in enumerate(sorted(said.roster))}
        self._answered = np.zeros(self._n, dtype=bool)
        for person in said.respondents & said.roster:
            self._answered[place[person]] = True
        by_topic: dict[str, list[int]] = {}
        for who, whom, topic in said.ties:
            row, column = place.get(who), place.get(whom)
            if row is None or column is None or row == column:
                continue
            by_topic.setdefault(topic, []).append(row * self._n + column)
        self._by_topic = {
            topic: np.unique(np.array(codes, dtype=np.int64)) for topic, codes in by_topic.items()
        }

    def about(self, topic: str) -> NDArray[np.int64]:
        """Return the ties about a topic, each once."""
        return self._by_topic.get(topic, self.nothing)

    def density(self, codes: NDArray[np.int64]) -> Density:
        """Return the density of these ties on the roster and among those who answered."""
        n, m = self._n, int(self._answered.sum())
        rows, columns = np.divmod(codes, max(n, 1))
        inside = codes[self._answered[rows] & self._answered[columns]] if len(codes) else codes
        return Density(
            ties=len(codes),
            pairs=self._pairs(codes),
            directed=_share(len(codes), n),
            undirected=_share(2 * self._pairs(codes), n),
            directed_answered=_share(len(inside), m),
            undirected_answered=_share(2 * self._pairs(inside), m),
        )

    def _pairs(self, codes: NDArray[np.int64]) -> int:
        rows, columns = np.divmod(codes, max(self._n, 1))
        first, second = np.minimum(rows, columns), np.maximum(rows, columns)
        return len(np.unique(first * self._n + second))


def _share(ties: int, people: int) -> float | None:
    return ties / (people * (people - 1)) if people >= TWO else None
