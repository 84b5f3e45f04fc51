"""A matching in people's ids, with the terms and the reasons of each pair."""

from collections.abc import Iterator

import numpy as np

from cohorts.matching.engine.crowd import Crowd
from cohorts.matching.engine.question import Match
from cohorts.matching.engine.scoring import Terms, tokens
from cohorts.matching.engine.search import Chosen


def matches_of(crowd: Crowd, chosen: Chosen) -> Iterator[Match]:
    """Give the pairs with what each is made of, in the order of the ids."""
    if not chosen.pairs:
        return
    ones, others, _ = np.array(chosen.pairs, np.int64).T
    terms, _ = crowd.terms(ones, others)
    listed = zip(*(term.tolist() for term in terms), strict=True)
    for (one, other, _), each in zip(chosen.pairs, listed, strict=True):
        first, second = crowd.people[one], crowd.people[other]
        yield Match(
            one=first.id,
            other=second.id,
            terms=Terms(*each),
            reasons=tuple(tokens(first, second, crowd.weights)),
        )
