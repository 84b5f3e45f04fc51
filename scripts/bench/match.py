#!/usr/bin/env python3
"""Measure the matching: size, worth, bound, seconds, memory, seeds; rounds; a late registration.

    scripts/bench/match.py [--people 30 600 6000 80000] [--seeds 1 2 3] [--rounds 5]
        [--tools ../shared/tools] [--checker-python PYTHON] [--json FILE]

Each run is the command ``consortium match`` as a process of its own: its whole time from start to
end and its peak memory count. With --checker-python, a Python that has numpy, scipy and highspy,
the independent checker judges every result; without it the bound is the one that our own prices
prove over all pairs, and the table says so.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
POLISHED = range(101, 1001)
"""People of whom a few seconds more find something better."""
LATE_FROM = 50_000
HEAD = "run        people  seed  pairs     worth     bound    ratio  by     alone seconds    MB"


def main() -> None:
    """Measure, print, and write JSON."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--people", type=int, nargs="*", default=[30, 600, 6000, 80000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--round-people", type=int, default=6000)
    parser.add_argument("--tools", type=Path, default=ROOT.parent / "shared" / "tools")
    parser.add_argument("--checker-python")
    parser.add_argument("--json", type=Path)
    said = parser.parse_args()
    rows: list[dict[str, Any]] = []
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        bench = _Bench(said, Path(folder))
        for run in bench.runs():
            of_run = []
            for row in run:
                print(_line(row), flush=True)
                of_run.append(row)
            seconds = median(row["seconds"] for row in of_run)
            ratio = median(row["ratio"] for row in of_run)
            print(f"{'':24}medians: ratio {ratio:.5f}, {seconds:.2f} s")
            rows += of_run
    if said.json:
        said.json.write_text(json.dumps(rows, indent=1) + "\n")


class _Bench:
    def __init__(self, said: argparse.Namespace, folder: Path) -> None:
        self.said, self.folder = said, folder
        self.weights = said.tools / "match_weights.json"
        self.bounds: dict[tuple[int, int], int] = {}

    def runs(self) -> Iterator[Iterator[dict[str, Any]]]:
        """Give each run as its rows, one for each seed."""
        for people in self.said.people:
            yield (self.certified(people, seed) for seed in self.said.seeds)
            yield (self.plain(people, seed) for seed in self.said.seeds)
            if people in POLISHED:
                yield (self.plain(people, seed, "--seconds", "5") for seed in self.said.seeds)
            if people >= LATE_FROM:
                yield (self.late(people, seed) for seed in self.said.seeds)
        if self.said.rounds:
            yield (row for seed in self.said.seeds[:1] for row in self.in_rounds(seed))

    def certified(self, people: int, seed: int) -> dict[str, Any]:
        """Match with the prices that prove the bound."""
        file = self._file(people, seed)
        duals = self.folder / "duals.csv"
        row = self._match(file, "duals", people, seed, "--duals", str(duals))
        self.bounds[people, seed] = row["bound"]
        return row

    def plain(self, people: int, seed: int, *more: str) -> dict[str, Any]:
        """Match as people do it; the bound is that of the run with prices."""
        file = self._file(people, seed)
        name = "".join(more).removeprefix("--") or "plain"
        row = self._match(file, name, people, seed, *more, bound=self.bounds[people, seed])
        shutil.copy(self.folder / "matches.csv", self._former(people, seed))
        return row

    def in_rounds(self, seed: int) -> Iterator[dict[str, Any]]:
        """Match round after round, where nobody meets a former peer again."""
        people = self.said.round_people
        file = self._file(people, seed)
        for number in range(1, self.said.rounds + 1):
            duals = self.folder / "duals.csv"
            yield self._match(file, f"round {number}", people, seed, "--duals", str(duals))
            _remember(file, self.folder / "matches.csv")
        file.unlink()

    def late(self, people: int, seed: int) -> dict[str, Any]:
        """Let one person more register after a matching, and match again."""
        from dataclasses import replace

        from cohorts.matching.engine.crowd import crowd_of
        from cohorts.matching.engine.rematch import rematch
        from cohorts.matching.imports.participants_file import read_participants
        from cohorts.matching.imports.weights_file import read_weights

        rules = read_weights(self.weights)
        everyone = read_participants(self._file(people, seed), rules)
        with self._former(people, seed).open(newline="") as stream:
            former = [(r["participant_a"], r["participant_b"]) for r in csv.DictReader(stream)]
        newcomer = replace(
            everyone[3], id="late", lea="late", never=frozenset(), consents=True, most=3
        )
        began = time.monotonic()
        crowd = crowd_of([*everyone, newcomer], rules)
        number = {person.id: place for place, person in enumerate(crowd.people)}
        before = {(number[one], number[other]) for one, other in former}
        chosen = rematch(crowd, before, newcomers=[number["late"]])
        seconds = time.monotonic() - began
        after = {(one, other) for one, other, _ in chosen.pairs}
        gone = len(before - after) / len(before)
        row = _row("late", people, seed, chosen.weight, self.bounds[people, seed])
        return row | {
            "pairs": len(after),
            "gone": gone,
            "by": f"-{gone:.3%}",
            "alone": 0,
            "seconds": seconds,
            "mb": 0,
        }

    def _former(self, people: int, seed: int) -> Path:
        return self.folder / f"matches-{people}-{seed}.csv"

    def _file(self, people: int, seed: int) -> Path:
        file = self.folder / f"people-{people}-{seed}.csv"
        if not file.exists():
            generator = str(self.said.tools / "gen_participants.py")
            asked = ["--n", str(people), "--seed", str(seed), "--out", str(file)]
            subprocess.run([sys.executable, generator, *asked], check=True)
        return file

    def _match(
        self, file: Path, run: str, people: int, seed: int, *more: str, bound: int | None = None
    ) -> dict[str, Any]:
        out, report = self.folder / "matches.csv", self.folder / "report.json"
        command = [sys.executable, "-m", "consortium", "match", str(file), "--out", str(out)]
        command += ["--weights", str(self.weights), "--report", str(report), *more]
        began = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"the command ended with {process.returncode}")
        told = json.loads(report.read_text())
        row = _row(run, people, seed, told["weight"], bound or told["upper_bound"])
        if told["proven_optimal"]:
            row = _row(run, people, seed, told["weight"], told["weight"])
        row |= {"pairs": told["matches"], "seconds": seconds, "mb": used.ru_maxrss // 1024}
        row["alone"], row["by"] = len(told["left_out"]), "ours"
        if self.said.checker_python and "--duals" in more:
            row |= self._judged(file, more[more.index("--duals") + 1])
        return row

    def _judged(self, file: Path, duals: str) -> dict[str, Any]:
        checker = [self.said.checker_python, str(self.said.tools / "check_matches.py"), "-q"]
        checker += ["--participants", str(file), "--matches", str(self.folder / "matches.csv")]
        answer = subprocess.run(
            [*checker, "--duals", duals], capture_output=True, text=True, check=False
        )
        told = json.loads(answer.stdout)
        if told["faults"]:
            raise SystemExit(f"the checker found faults: {told['fault_examples']}")
        return {
            "by": "checker",
            "bound": int(told["upper_bound"]),
            "ratio": told["ratio"],
            "alone": told["zero_avoidable"],
        }


def _remember(file: Path, matches: Path) -> None:
    """Write the matches of a round into the participants' file as past ones."""
    with file.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    by_id = {row["participant_id"]: row for row in rows}
    with matches.open(newline="") as stream:
        for match in csv.DictReader(stream):
            ends = (match["participant_a"], match["participant_b"])
            for one, other in (ends, ends[::-1]):
                past = by_id[one]["past_matches"]
                by_id[one]["past_matches"] = f"{past};{other}".strip(";")
    with file.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def _row(run: str, people: int, seed: int, worth: int, bound: int) -> dict[str, Any]:
    ratio = worth / bound if bound else 1.0
    return {
        "run": run,
        "people": people,
        "seed": seed,
        "worth": worth,
        "bound": bound,
        "ratio": ratio,
    }


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['run']:10} {row['people']:6} {row['seed']:5} {row['pairs']:6} {row['worth']:9} "
        f"{row['bound']:9} {row['ratio']:8.5f}  {row['by']:8} {row['alone']:3} "
        f"{row['seconds']:7.2f} {row['mb']:5}"
    )


if __name__ == "__main__":
    main()
