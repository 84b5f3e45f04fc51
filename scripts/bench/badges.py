"""How long badges take: 500 of them as PDF, on each paper, plain names and hard ones.

    .venv-dev/bin/python scripts/bench/badges.py [--badges 500]

Prints seconds on the clock and of the processor; codes are drawn anew for each run, as for badges
that were never printed. The limit is two seconds for 500.
"""

import argparse
import random
import sys
import time
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consortium.adapters.typst_printer import TypstPrinter
from events.checkin.domain.badges import Face, Paper, in_order
from events.checkin.exports import badges_data, qr_runs
from events.registration.service.badges import LENGTH, LETTERS

TITLE = "California Labor Management Summer Institute 2027"
PLAIN = ("Maria Lopez", "Jordan Smith", "Alexandria Montgomery-Reyes", "Lee Ng", "Siobhán O'Brien")
HARD = ("Wolfeschlegelsteinhausenbergerdorff", "محمد عبد الله", "李小龍", "🎓 Emoji", "Αλέξανδρος")
ROLES = ("Superintendent", "Association president", "Assistant superintendent for labor relations")
LEAS = ("Great Meadow Regional School District", "Newark", "San Bernardino County Superintendent")


def faces(number: int, names: tuple[str, ...]) -> list[Face]:
    """Return badges of people with these names in turn."""
    some = random.Random(7)  # noqa: S311  (alike in each run)
    return in_order(
        Face(
            badge_id=uuid4(),
            code="".join(some.choice(LETTERS) for _ in range(LENGTH)),
            name=names[n % len(names)],
            role=some.choice(ROLES),
            lea=some.choice(LEAS),
        )
        for n in range(number)
    )


def main() -> None:
    """Print a line for each paper and kind of names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--badges", type=int, default=500)
    asked = parser.parse_args()
    printer = TypstPrinter()
    for kind, names in (("plain names", PLAIN), ("every other name hard", (*PLAIN, *HARD))):
        some = faces(asked.badges, names)
        for paper in Paper:
            qr_runs.cache_clear()
            wall, processor = time.perf_counter(), time.process_time()
            pdf = printer.print(
                "badges",
                badges_data(TITLE, some, {one.name: one.name for one in some}, paper, host="We"),
            )
            wall, processor = time.perf_counter() - wall, time.process_time() - processor
            print(
                f"{asked.badges} badges, {paper.value}, {kind}: {wall:.2f} s, "
                f"processor {processor:.2f} s, {len(pdf) / 1e6:.1f} MB"
            )


if __name__ == "__main__":
    main()
