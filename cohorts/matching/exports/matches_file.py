"""A matching as files: the pairs, the prices that prove it, and figures."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import numpy as np

from cohorts.matching.engine.crowd import Crowd
from cohorts.matching.engine.prices import Prices
from cohorts.matching.engine.question import Match
from cohorts.matching.engine.scoring import Terms
from cohorts.matching.engine.search import Chosen, Search

COLUMNS = (
    "participant_a",
    "participant_b",
    "weight",
    *(f"w_{t}" for t in Terms._fields),
    "reasons",
)


def as_csv(matches: Iterable[Match]) -> str:
    """Return the pairs as CSV, a line for each."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(
        (match.one, match.other, match.weight, *match.terms, ";".join(match.reasons))
        for match in matches
    )
    return text.getvalue()


def prices_csv(crowd: Crowd, prices: Prices) -> str:
    """Return the certificate: what a place with each person, and in each LEA, is worth."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("participant_id", "district_id", "y"))
    writer.writerows(
        (person.id, "", _number(price))
        for person, price in zip(crowd.people, prices.people.tolist(), strict=True)
    )
    leas = sorted({person.lea for person in crowd.people})
    groups = (prices.group_person, prices.group_lea, prices.groups)
    writer.writerows(
        (crowd.people[who].id, leas[lea], _number(price))
        for who, lea, price in zip(*(each.tolist() for each in groups), strict=True)
        if price > 0
    )
    return text.getvalue()


def report(
    search: Search, chosen: Chosen, *, seed: int, seconds: dict[str, float]
) -> dict[str, Any]:
    """Return the figures of a matching: coverage, weight, bound and who is served worst."""
    crowd = search.crowd
    size = crowd.size
    degree, total = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for one, other, weight in chosen.pairs:
        for person in (one, other):
            degree[person] += 1
            total[person] += weight
    able = crowd.most > 0
    alone = np.nonzero(able & (degree == 0))[0]
    hopeless = [int(one) for one in alone if not search.possible(int(one))]
    counts = np.bincount(degree[able], minlength=1)
    return {
        "participants": size,
        "eligible": int(able.sum()),
        "covered": chosen.covered,
        "without_any_possible_peer": len(hopeless),
        "left_out": [crowd.people[one].id for one in alone.tolist() if one not in set(hopeless)],
        "matches": len(chosen.pairs),
        "weight": chosen.weight,
        "upper_bound": search.bound,
        "ratio": round(chosen.weight / search.bound, 6) if search.bound else None,
        "proven_optimal": chosen.proven,
        "peers_each": {str(peers): int(count) for peers, count in enumerate(counts) if count},
        "worst_served": [
            {"participant_id": crowd.people[one].id, "weight": int(total[one])}
            for one in sorted(np.nonzero(able & (degree > 0))[0].tolist(), key=lambda p: total[p])[
                :20
            ]
        ],
        "seed": seed,
        "seconds": {name: round(part, 2) for name, part in seconds.items()},
    }


def _number(price: float) -> str:
    return f"{price:.6g}"
