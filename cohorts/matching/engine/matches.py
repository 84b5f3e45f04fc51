"""A matching in people's ids, with the terms and the reasons of each pair."""

from collections.abc import Iterator
from dataclasses import dataclass

from cohorts.matching.engine.crowd import Crowd
from cohorts.matching.engine.scoring import Terms, terms_of, tokens
from cohorts.matching.engine.search import Chosen


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Two people who should meet; ``one`` is the smaller id."""

    one: str
    other: str
    terms: Terms
    reasons: tuple[str, ...]
    """As the contract writes them: ``goal:TAG``, ``a_helps_b:TOPIC``, …"""

    @property
    def weight(self) -> int:
        """The sum of the terms."""
        return self.terms.total


def matches_of(crowd: Crowd, chosen: Chosen) -> Iterator[Match]:
    """Give the pairs with what each is made of, in the order of the ids."""
    for one, other, _ in chosen.pairs:
        first, second = crowd.people[one], crowd.people[other]
        yield Match(
            one=first.id,
            other=second.id,
            terms=terms_of(first, second, crowd.weights),
            reasons=tuple(tokens(first, second, crowd.weights)),
        )
