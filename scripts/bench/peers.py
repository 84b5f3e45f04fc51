"""How long peer matching takes, and how near to the best it comes, for 30, 150 and 900 people.

    .venv-dev/bin/python scripts/bench/peers.py [--seeds 3] [--json FILE]

The bound is half the sum of what each person could get at most: the best scores with people of
as many different LEAs as a person may have peers. No matching can reach more; most cannot reach
it, since the most wanted peers have only so many places.
"""

import argparse
import json
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cohorts.matching.domain.peers import find_peers
from cohorts.matching.domain.values import Participant, Rules
from cohorts.matching.domain.weighing import score_table
from consortium.people.domain import Side

SIZES = (30, 150, 900)
# Role, side, and how often a team brings one.
TEAM = (
    ("superintendent", Side.MANAGEMENT, 0.93),
    ("union_leader", Side.LABOR, 0.90),
    ("board_member", Side.GOVERNANCE, 0.65),
    ("principal", Side.MANAGEMENT, 0.80),
    ("teacher", Side.LABOR, 0.90),
    ("central_office", Side.MANAGEMENT, 0.55),
    ("class_union_leader", Side.LABOR, 0.38),
    ("parent", Side.COMMUNITY, 0.20),
)
GOALS = (
    "Literacy", "Attendance", "Mentoring", "Staff retention", "Bargaining", "Safety", "Math",
    "Wellness",
)  # fmt: skip
TOPICS = (
    "interest based bargaining", "peer assistance and review", "reading coaching",
    "chronic absence", "release time for mentors", "site leadership teams",
    "budget transparency", "joint training", "contract waivers", "evaluation redesign",
    "healthy schools", "career ladders", "dual language", "caseloads in special education",
    "substitute shortage",
)  # fmt: skip
LOCALES = ("11", "21", "22", "31", "32", "41", "42", "43")


def invent(count: int, seed: int) -> list[Participant]:
    """Return people of invented LEAs, in teams as they come to institutes."""
    chance = random.Random(seed)  # noqa: S311  (invented people, no secret)
    people: list[Participant] = []
    lea = 0
    while len(people) < count:
        lea += 1
        state, locale = chance.choice(("NJ", "NJ", "PA")), chance.choice(LOCALES)
        students = int(min(90_000, max(40, chance.lognormvariate(7.1, 1.45))))
        people += [
            Participant(
                id=f"{lea:05d}-{place}",
                lea_id=f"{lea:07d}",
                role_code=code,
                side=side,
                goals=frozenset(chance.sample(GOALS, chance.randint(0, 4))),
                offers="; ".join(chance.sample(TOPICS, chance.randint(0, 3))),
                asks="; ".join(chance.sample(TOPICS, chance.randint(0, 3))),
                enrollment=students,
                locale=locale,
                state=state,
                consents=True,
            )
            for place, (code, side, often) in enumerate(TEAM)
            if chance.random() < often
        ]
    return people[:count]


def bound(people: list[Participant], rules: Rules) -> float:
    """Return more than any matching of these people can weigh."""
    people = sorted(people, key=lambda person: person.id)
    total = 0
    for scores in score_table(people, rules).tolist():
        best: dict[object, int] = {}
        for other, score in zip(people, scores, strict=True):
            unit = rules.unit_of(other)
            best[unit] = max(best.get(unit, 0), score)
        total += sum(sorted(best.values())[-rules.each :])
    return total / 2


def measure(count: int, seed: int) -> dict[str, object]:
    """Match once and tell what came out."""
    people, rules = invent(count, seed), Rules()
    begun = time.perf_counter()
    matching = find_peers(people, rules)
    seconds = time.perf_counter() - begun
    return {
        "people": count,
        "seed": seed,
        "seconds": round(seconds, 2),
        "covered": len(matching.covered),
        "pairs": len(matching.pairs),
        "weight": matching.weight,
        "ratio": round(matching.weight / bound(people, rules), 4),
    }


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--seeds", type=int, default=3)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    rows = [measure(count, seed) for count in SIZES for seed in range(chosen.seeds)]
    heads = list(rows[0])
    print("  ".join(f"{head:>8}" for head in heads))
    for row in rows:
        print("  ".join(f"{row[head]:>8}" for head in heads))
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
