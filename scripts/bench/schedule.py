"""Schedule made-up conferences, and have each judged by the checker.

    scripts/bench/schedule.py [--sizes small,large] [--seeds 1,2,3] [--rival] [--json FILE]

Small are 60 sessions, 8 rooms, 9 slots and 600 people who rank ten sessions each; large are 300,
20, 18 and 3,000. *Plain* people choose by interest, those of *planted* conferences by a hidden plan
but for three choices of ten. Each is scheduled by ``consortium schedule`` as anybody would run it;
small plain ones with ``--seconds 60 --prices``. The table says what the checker, which shares no code,
found. ``--rival`` also plans the first small and the first large conference by the package
conference-scheduler, in an environment of its own that is made for it under the folder of
temporary files; that takes some five minutes and 9 GB.

Ends with 1 if a hard rule is broken, a bound is missed (0.99 of the bound proven for small ones), a
planted plan is not beaten, a large one takes over 15 s or 1 GB, a first plan of a small one over
2 s, or a plan is not 12 % better than the rival's.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from events.schedule.engine.case import case_of
from events.schedule.engine.changing import former_of
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import first_plan
from events.schedule.engine.seating import seat_people
from events.schedule.engine.value import value_of
from events.schedule.imports.programme_file import read_programme
from events.schedule.imports.schedule_file import read_schedule
from scripts.bench.conference import LARGE, SMALL, conference

SIZES = {"small": SMALL, "large": LARGE}
RIVAL = ROOT / "scripts" / "bench" / "rival_schedule.py"
MOST_SECONDS, MOST_MB, MOST_TO_FEASIBLE, LEAST_OF_BOUND, BETTER = 15.0, 1000.0, 2.0, 0.99, 1.12


@dataclass
class Bench:
    """What was measured, and what was missed."""

    folder: Path
    rows: list[dict[str, Any]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def expect(self, *, met: bool, what: str) -> None:
        """Note what was missed."""
        if not met:
            self.missed.append(what)


def measured(command: list[str]) -> tuple[float, float, float]:
    """Run a command; return its seconds, those of the processor, and the most memory, in MB."""
    began = time.monotonic()
    started = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {started.returncode}")
    took = time.monotonic() - began
    return took, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def judged(bench: Bench, what: str, *told: str) -> dict[str, Any]:
    """Return what the checker found."""
    command = [sys.executable, str(ROOT / "scripts" / "check_schedule.py"), *told]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    figures: dict[str, Any] = json.loads(found.stdout)
    bench.expect(met=not figures["faults"], what=f"{what}: {found.stderr.strip()}")
    return figures


def run(bench: Bench, size: str, seed: int, *, planted: bool) -> None:
    """Schedule one conference, and note what came of it."""
    name = f"{size} {'planted' if planted else 'plain'} {seed}"
    made = conference(SIZES[size], seed, planted=planted)
    file = bench.folder / f"{name.replace(' ', '_')}.json"
    out, prices = file.with_suffix(".out.json"), file.with_suffix(".csv")
    file.write_text(json.dumps(made.programme))
    hidden = file.with_suffix(".hidden.json")
    hidden.write_text(json.dumps({"sessions": made.hidden}))
    proving = size == "small" and not planted
    command = [sys.executable, "-m", "consortium", "schedule", str(file), "--out", str(out)]
    seconds, processor, memory = measured(
        [*command, *(["--seconds", "60", "--prices", str(prices)] if proving else [])]
    )
    figures = judged(bench, name, str(file), str(out), *(["--prices", str(prices)] * proving))
    to_feasible, to_seats, of_hidden = steps(file, hidden)
    bench.rows.append(
        {
            "size": size,
            "kind": "planted" if planted else "plain",
            "seed": seed,
            "V": figures["V"],
            "bound": figures.get("bound"),
            "of_bound": figures.get("of_bound"),
            "hidden": of_hidden,
            "seated": figures["seated"],
            "seconds": round(seconds, 1),
            "cpu": round(processor, 1),
            "first_plan": round(to_feasible, 2),
            "seats": round(to_seats, 2),
            "mb": round(memory),
        }
    )
    if planted:
        bench.expect(met=figures["V"] > of_hidden, what=f"{name}: the hidden plan is better")
    if proving:
        met = figures["of_bound"] >= LEAST_OF_BOUND and seconds <= 60 + 5
        bench.expect(met=met, what=f"{name}: {figures['of_bound']} of the bound in {seconds:.0f} s")
    if size == "small":
        bench.expect(met=to_feasible < MOST_TO_FEASIBLE, what=f"{name}: first plan {to_feasible}")
    else:
        met = seconds <= MOST_SECONDS and memory < MOST_MB
        bench.expect(met=met, what=f"{name}: {seconds:.1f} s, {memory:.0f} MB")


def steps(file: Path, hidden: Path) -> tuple[float, float, int]:
    """Return the seconds to a first plan and for exact seats, and what the hidden plan is worth."""
    programme = read_programme(file).programme
    began = time.monotonic()
    case = case_of(programme)
    plan = first_plan(case, Deadline(60), seed=0)
    planned = time.monotonic()
    seat_people(case, plan, Deadline(60), seed=0)
    seated = time.monotonic()
    former = former_of(case, read_schedule(hidden, programme))
    at = [former[n][0] for n in range(len(case.sessions))]
    return planned - began, seated - planned, value_of(case, at)


def run_rival(bench: Bench, size: str, seed: int) -> None:
    """Plan a conference by the package, and compare."""
    environment = Path(tempfile.gettempdir()) / "conference-scheduler-environment"
    python = environment / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "conference-scheduler"]
        subprocess.run(command, check=True)
    file = bench.folder / f"{size}_plain_{seed}.json"
    out = file.with_suffix(".rival.json")
    seconds, processor, memory = measured([str(python), str(RIVAL), str(file), str(out)])
    command = [sys.executable, str(ROOT / "scripts" / "check_schedule.py"), "--no-seats"]
    found = subprocess.run(
        [*command, str(file), str(out)], capture_output=True, text=True, check=False
    )
    figures = json.loads(found.stdout)
    ours = next(
        row
        for row in bench.rows
        if (row["size"], row["kind"], row["seed"]) == (size, "plain", seed)
    )
    better = ours["V"] / figures["V"]
    bench.rows.append(
        {"size": size, "kind": "rival", "seed": seed, "V": figures["V"], "faults": figures["faults"],
         "better": round(better, 3), "seconds": round(seconds, 1), "cpu": round(processor, 1), "mb": round(memory)}
    )  # fmt: skip
    bench.expect(met=size == "small" or better >= BETTER, what=f"only {better:.3f} of the rival's")


def main() -> int:
    """Run with what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="small,large")
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--rival", action="store_true", help="also the package (5 minutes, 9 GB)")
    parser.add_argument("--json", type=Path, help="where to write the figures")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        seeds = [int(seed) for seed in said.seeds.split(",")]
        for size in said.sizes.split(","):
            for planted in (False, True):
                for seed in seeds:
                    run(bench, size, seed, planted=planted)
                    print(*(f"{key}={value}" for key, value in bench.rows[-1].items()), flush=True)
            if said.rival:
                run_rival(bench, size, seeds[0])
                print(*(f"{key}={value}" for key, value in bench.rows[-1].items()), flush=True)
            mine = [row for row in bench.rows if row["size"] == size and row["kind"] != "rival"]
            middle = statistics.median(row["seconds"] for row in mine if not row["of_bound"])
            busy = statistics.median(row["cpu"] for row in mine if not row["of_bound"])
            most = max(row["mb"] for row in mine)
            print(f"{size}: median {middle:.1f} s ({busy:.1f} of the processor), at most {most} MB")
        if not said.rival:
            print("The package conference-scheduler was not run (--rival).")
        if said.json:
            figures = {"rows": bench.rows, "missed": bench.missed}
            said.json.write_text(json.dumps(figures, indent=1) + "\n")
    for missed in bench.missed:
        print(f"MISSED {missed}")
    return 1 if bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
