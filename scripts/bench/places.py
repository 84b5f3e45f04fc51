#!/usr/bin/env python3
"""How long it takes to give people places by ranked choices, and whether nothing better is possible.

    .venv-dev/bin/python scripts/bench/places.py [--seeds 3] [--json FILE] [--check]

One round of 12 sessions for 60 people, one of 60 for 600 and for 3,000; a conference of 18 rounds
and 300 sessions for 3,000; two rounds that tell the same 24 stories, with as many places in each
(proved) and with more in the second (there the proof takes what time it gets). People choose ten of
all or six stories, the popular ones more often; there are places for 2 % more people than come.
Each runs by itself, in a process of its own, from the file to the result; the table has the medians
of the seeds, and the most memory; processor seconds are steadier where the machine is busy. --check lets ``scripts/check_places.py`` judge each result.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SIZES: dict[str, dict[str, Any]] = {
    "60, one round": {"people": 60, "sessions": 12, "rounds": 1, "chosen": 6},
    "600, one round": {"people": 600, "sessions": 60, "rounds": 1, "chosen": 10},
    "3,000, one round": {"people": 3_000, "sessions": 60, "rounds": 1, "chosen": 10},
    "3,000, 18 rounds": {"people": 3_000, "sessions": 300, "rounds": 18, "chosen": 10},
    "600, stories twice": {"people": 600, "sessions": 24, "rounds": 2, "chosen": 6, "told": True},
    "3,000, stories twice": {
        "people": 3_000, "sessions": 24, "rounds": 2, "chosen": 6, "told": True,
    },
    "120, uneven rounds": {
        "people": 120, "sessions": 12, "rounds": 2, "chosen": 6, "told": True, "more": 2,
    },
}  # fmt: skip
RUN = """
import json, resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from events.schedule.commands.places import places
places([sys.argv[2], "--out", sys.argv[3], "--report", sys.argv[4], "--by", sys.argv[5], "--seed",
        sys.argv[6]], standalone_mode=False)
report = json.loads(Path(sys.argv[4]).read_text())
spent = resource.getrusage(resource.RUSAGE_SELF)
report["cpu"] = round(spent.ru_utime + spent.ru_stime, 2)
report["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps(report))
"""


def invent(
    seed: int,
    *,
    people: int,
    sessions: int,
    rounds: int,
    chosen: int,
    told: bool = False,
    more: int = 0,
) -> dict[str, Any]:
    """Return a programme file in which people have ranked sessions."""
    chance = random.Random(f"{seed} {people} {sessions} {rounds}")  # noqa: S311  (no secret)
    stories = [f"s{number:03}" for number in range(sessions)]
    chance.shuffle(stories)
    weights = [1 / place**0.5 for place in range(1, sessions + 1)]
    if told:
        places = max(1, round(people * 1.02 / sessions))
        offered = [
            {"id": f"{story}-{number}", "round": f"r{number}", "same_content": story,
             "places": places + more * number}
            for number in range(rounds) for story in stories
        ]  # fmt: skip
    else:
        places = max(1, round(people * 1.02 * rounds / sessions))
        offered = [
            {"id": story, "round": f"r{at % rounds}", "places": places}
            for at, story in enumerate(stories)
        ]
    came = []
    for number in range(people):
        ranked = _draw(chance, stories, weights, chosen)
        came.append({"id": f"p{number:04}", "team": f"t{number // 5}", "choices": ranked})
    return {
        "format": "consortium-places/1",
        "any_free": rounds == 1,
        "rounds": [{"id": f"r{number}"} for number in range(rounds)],
        "sessions": offered,
        "people": came,
    }


def _draw(
    chance: random.Random, stories: Sequence[str], weights: Sequence[float], chosen: int
) -> list[str]:
    keys = [chance.random() ** (1 / weight) for weight in weights]
    best = sorted(range(len(stories)), key=lambda at: -keys[at])[:chosen]
    return [stories[at] for at in best]


def main() -> None:
    """Run every size and say how it went."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--check", action="store_true")
    told = parser.parse_args()
    figures, faulty = [], False
    print(
        f"{'size':22}{'by':8}{'allot s':>9}{'all s':>8}{'cpu s':>8}{'MB':>6}{'proved':>8}{'first':>8}{'top 3':>8}{'none':>6}"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, size in SIZES.items():
            for by in ("ranks", "points"):
                runs = []
                for seed in range(1, told.seeds + 1):
                    files = [Path(folder) / part for part in ("in.json", "out.json", "report.json")]
                    files[0].write_text(json.dumps(invent(seed, **size)))
                    runs.append(_run(files, by, seed))
                    faulty |= told.check and not _is_right(files)
                figures.append({"size": name, "by": by, **size, "runs": runs})
                _say(name, by, runs)
    if told.json:
        told.json.write_text(json.dumps(figures, indent=1) + "\n")
    sys.exit(1 if faulty else 0)


def _run(files: Sequence[Path], by: str, seed: int) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, "-c", RUN, str(ROOT), *map(str, files), by, str(seed)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    report: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    del report["demand"]
    return report


def _is_right(files: Sequence[Path]) -> bool:
    checker = ROOT / "scripts" / "check_places.py"
    judged = subprocess.run(
        [sys.executable, str(checker), str(files[0]), str(files[1])],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    if judged.returncode:
        print(judged.stdout[-2_000:], judged.stderr[-2_000:])
    return judged.returncode == 0


def _say(name: str, by: str, runs: Sequence[dict[str, Any]]) -> None:
    spent = statistics.median(run["seconds"]["allotting"] for run in runs)
    every = statistics.median(sum(run["seconds"].values()) for run in runs)
    cpu = statistics.median(run["cpu"] for run in runs)
    given = [sum(run["profile"].values()) + run["not_ranked"] for run in runs]
    first = [run["profile"].get("1", 0) / places for run, places in zip(runs, given, strict=True)]
    three = [
        sum(run["profile"].get(rank, 0) for rank in "123") / places
        for run, places in zip(runs, given, strict=True)
    ]
    none = statistics.median(run["short"] for run in runs)
    proved = f"{sum(run['proven'] for run in runs)}/{len(runs)}"
    print(
        f"{name:22}{by:8}{spent:9.2f}{every:8.2f}{cpu:8.2f}{max(run['megabytes'] for run in runs):6}"
        f"{proved:>8}{statistics.median(first):8.1%}{statistics.median(three):8.1%}{none:6.0f}"
    )


if __name__ == "__main__":
    main()
