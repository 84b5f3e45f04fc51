"""What ``consortium partners`` writes: who works with whom, and what it costs."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from cohorts.matching.domain.seating_words import why_alone
from cohorts.matching.engine.teams.partners import Pairing

COLUMNS = ("team_a", "team_b", "team_c", "cost", "why")


def as_csv(pairing: Pairing) -> str:
    """Return a row for each pair, and for each team without a partner why it has none."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for group in pairing.groups:
        writer.writerow([*group.teams, *[""] * (3 - len(group.teams)), group.cost, ""])
    for each in pairing.alone:
        why = why_alone(each.why, rivals=each.rivals, partners=each.partners)
        writer.writerow([each.team, "", "", "", why])
    return text.getvalue()


def report(pairing: Pairing, *, seconds: Mapping[str, float]) -> dict[str, Any]:
    """Return the pairs and what they cost beside the least that they could."""
    return {
        "pairs": [list(group.teams) for group in pairing.groups],
        "cost": pairing.cost,
        "bound": pairing.bound,
        "proven": pairing.cost == pairing.bound,
        "threes": sum(len(group.teams) > 2 for group in pairing.groups),  # noqa: PLR2004
        "alone": [
            {
                "team": each.team,
                "reason": each.why,
                "rivals": each.rivals,
                "partners": each.partners,
            }
            for each in pairing.alone
        ],
        "changed": pairing.changed,
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
    }


def in_short(pairing: Pairing, *, seconds: float) -> str:
    """Return one line for whoever ran the command."""
    threes = sum(len(group.teams) > 2 for group in pairing.groups)  # noqa: PLR2004
    proof = "proven to be the least" if pairing.cost == pairing.bound else f">= {pairing.bound:,}"
    return (
        f"{len(pairing.groups):,} pairs in {seconds:.2f} s at a cost of {pairing.cost:,} "
        f"({proof}); {threes:,} of them joined by a third team, {len(pairing.alone):,} teams alone."
    )
