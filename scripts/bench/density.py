#!/usr/bin/env python3
"""Measure a network survey: densities of a large roster, topic by topic and about any topic.

    scripts/bench/density.py [--people 2000] [--ties 60000] [--topics 5] [--runs 5] [--limit 1.0]

Draws people and ties from a fixed seed, of whom a tenth stay silent, and computes what a results
page needs: directed and undirected densities on the roster and among those who answered, and the
change to a second wave in which a tenth of the people are others. It prints the seconds of each
run and the median, and ends with 1 where the median of one wave is above the limit.
"""

import argparse
import sys
import time
from pathlib import Path
from random import Random
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from cohorts.surveys.engine.change import change_between
from cohorts.surveys.engine.density import Answered, Tie, network_of


def drawn(people: range, ties: int, topics: int, seed: int) -> Answered:
    """Return a wave: who could answer, who did, whom they named."""
    random = Random(seed)  # noqa: S311  (the same people each time)
    names = [f"person-{n}" for n in people]
    silent = set(random.sample(names, len(names) // 10))
    speaking = [one for one in names if one not in silent]
    return Answered(
        roster=frozenset(names),
        respondents=frozenset(speaking),
        ties=[
            Tie(random.choice(speaking), random.choice(names), f"topic-{random.randrange(topics)}")
            for _ in range(ties)
        ],
    )


def main() -> int:
    """Measure and print; return 1 where it took too long."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--ties", type=int, default=60_000)
    parser.add_argument("--topics", type=int, default=5)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=1.0)
    said = parser.parse_args()
    topics = [f"topic-{n}" for n in range(said.topics)]
    wave = drawn(range(said.people), said.ties, said.topics, 1)
    moved = said.people // 10
    later = drawn(range(moved, said.people + moved), said.ties, said.topics, 2)
    one, two = [], []
    for _ in range(said.runs):
        begun = time.perf_counter()
        network = network_of(wave, topics)
        one.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        change_between(wave, later, topics)
        two.append(time.perf_counter() - begun)
    print(f"{said.people} people, {said.ties} ties, {said.topics} topics")
    print(
        f"density about any topic {network.any_topic.directed:.4f}, response {network.response:.2f}"
    )
    for words, runs in (("one wave", one), ("change of two", two)):
        print(f"{words:14} {' '.join(f'{each:.3f}' for each in runs)}  median {median(runs):.3f} s")
    return int(median(one) > said.limit)


if __name__ == "__main__":
    sys.exit(main())
