#!/usr/bin/env python3
"""Measure tables of teams and pairs of teams: size, worth, bound, seconds, memory, seeds.

    scripts/bench/tables.py [--people 600 6000 80000] [--pairs 120 1000] [--seeds 1 2 3]
        [--generator ../shared/tools/gen_participants.py] [--json FILE]

Teams are the districts of made-up participants; pairs are districts of the national list. Each run
is a process of its own, whose peak memory counts.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
SHARED = ROOT.parent / "shared"


def seat_once(people: int, seed: int, generator: Path) -> dict[str, Any]:
    """Seat the districts of so many people."""
    from cohorts.matching.engine.teams.tables import seat
    from cohorts.matching.engine.teams.values import Wish
    from cohorts.matching.imports.tables_files import read_teams

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "people.csv")
        asked = ["--n", str(people), "--seed", str(seed), "--out", str(file)]
        subprocess.run([sys.executable, str(generator), *asked], check=True)
        teams = read_teams(file)
    import scipy.optimize  # noqa: F401  (so that its loading is not measured)

    began = time.monotonic()
    seating = seat(teams, Wish(seed=seed))
    spent = time.monotonic() - began
    figures = seating.figures
    return {
        "what": "tables",
        "teams": len(teams),
        "seed": seed,
        "groups": len(seating.tables),
        "worth": figures.value,
        "bound": figures.bound,
        "state_pairs": figures.state_pairs,
        "state_bound": figures.state_bound,
        "roles_missing": figures.roles_missing,
        "unseated": len(seating.unseated),
        "seconds": round(spent, 2),
    }


def pair_once(teams: int, seed: int) -> dict[str, Any]:
    """Pair so many districts of the national list."""
    import csv
    import gzip

    from cohorts.matching.engine.teams.pair_costs import Partner
    from cohorts.matching.engine.teams.partners import PairWish, pair_up

    with gzip.open(SHARED / "data/districts/us_districts.csv.gz", "rt", encoding="utf-8") as file:
        rows = [r for r in csv.DictReader(file) if r["locale"] and int(r["enrollment"] or 0) > 0]
    some = [
        Partner(
            id=r["leaid"], state=r["state"], enrollment=int(r["enrollment"]), locale=r["locale"]
        )
        for r in random.Random(seed).sample(rows, teams)  # noqa: S311  (no secrets)
    ]
    import scipy.optimize  # noqa: F401  (so that its loading is not measured)

    began = time.monotonic()
    pairing = pair_up(some, PairWish())
    return {
        "what": "pairs",
        "teams": teams,
        "seed": seed,
        "groups": len(pairing.groups),
        "worth": pairing.cost,
        "bound": pairing.bound,
        "state_pairs": 0,
        "state_bound": 0,
        "roles_missing": 0,
        "unseated": len(pairing.alone),
        "seconds": round(time.monotonic() - began, 2),
    }


def main() -> None:
    """Measure, print, and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, nargs="*", default=[600, 6000, 80000])
    parser.add_argument("--pairs", type=int, nargs="*", default=[120, 1000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--generator", type=Path, default=SHARED / "tools/gen_participants.py")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        what, size, seed = said.one.split()
        row = (
            seat_once(int(size), int(seed), said.generator)
            if what == "tables"
            else pair_once(int(size), int(seed))
        )
        row["mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(row))
        return
    jobs = [("tables", size) for size in said.people] + [("pairs", size) for size in said.pairs]
    rows = []
    print("what    teams  seed groups   worth   bound  states  (best) roles alone seconds   MB")
    for what, size in jobs:
        of_size = []
        for seed in said.seeds:
            command = [sys.executable, __file__, "--one", f"{what} {size} {seed}"]
            command += ["--generator", str(said.generator)]
            row = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
            of_size.append(row)
            print(
                f"{row['what']:6} {row['teams']:6} {row['seed']:5} {row['groups']:6} "
                f"{row['worth']:7} {row['bound']:7} {row['state_pairs']:7} {row['state_bound']:7} "
                f"{row['roles_missing']:5} {row['unseated']:5} {row['seconds']:7.2f} {row['mb']:4}",
                flush=True,
            )
        print(f"{'':43}median of seconds: {median(row['seconds'] for row in of_size):.2f}")
        rows += of_size
    if said.json:
        said.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
