"""What ``consortium tables`` writes: who sits where, and how good that is."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from cohorts.matching.domain.seating_words import why_unseated
from cohorts.matching.engine.teams.values import Seating, Team, Wish

COLUMNS = ("table", "theme", "team_id", "value", "why")


def as_csv(teams: Sequence[Team], seating: Seating, wish: Wish) -> str:
    """Return a row for each team, table by table; those without a table last, and why."""
    known = {team.id: team for team in teams}
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in seating.tables:
        for id_ in table.teams:
            writer.writerow([table.name, table.theme, id_, known[id_].value_of(table.theme), ""])
    for each in seating.unseated:
        why = why_unseated(each.why, each.support, smallest=wish.smallest, largest=wish.largest)
        writer.writerow(["", "", each.team, 0, why])
    return text.getvalue()


def report(seating: Seating, wish: Wish, *, seconds: Mapping[str, float]) -> dict[str, Any]:
    """Return the figures: what was reached beside what could be had at best."""
    figures = seating.figures
    sizes = Counter(len(table.teams) for table in seating.tables)
    themes = Counter(table.theme for table in seating.tables)
    return {
        "teams": sum(len(table.teams) for table in seating.tables) + len(seating.unseated),
        "seated": sum(len(table.teams) for table in seating.tables),
        "unseated": [
            {"team_id": each.team, "reason": each.why, "shared_by": dict(each.support)}
            for each in seating.unseated
        ],
        "tables": len(seating.tables),
        "sizes": {str(size): sizes[size] for size in sorted(sizes)},
        "themes": {theme: themes[theme] for theme in sorted(themes)},
        "theme_value": figures.value,
        "theme_bound": figures.bound,
        "proven": figures.proven,
        "first_choices": figures.first_choices,
        "same_state_pairs": figures.state_pairs,
        "same_state_bound": figures.state_bound,
        "required_roles": list(wish.required),
        "roles_missing": figures.roles_missing,
        "roles_missing_bound": figures.roles_bound,
        "met_before": figures.met_before,
        "moved": figures.moved,
        "seed": wish.seed,
        "seconds": {name: round(spent, 3) for name, spent in seconds.items()},
    }


def in_short(seating: Seating, *, seconds: float) -> str:
    """Return one line for whoever ran the command."""
    figures = seating.figures
    seated = sum(len(table.teams) for table in seating.tables)
    proof = "proven to be the most" if figures.proven else f"at most {figures.bound:,}"
    return (
        f"{seated:,} teams at {len(seating.tables):,} tables in {seconds:.2f} s: themes worth "
        f"{figures.value:,} ({proof}), {figures.state_pairs:,} pairs of one state (at best "
        f"{figures.state_bound:,}), {figures.roles_missing:,} roles missing (at best "
        f"{figures.roles_bound:,}), {len(seating.unseated):,} without a table."
    )
