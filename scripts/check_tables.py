#!/usr/bin/env python3
"""Check who sits at which table: that it is legal, and that no themes are worth more.

    scripts/check_tables.py TEAMS.csv TABLES.csv [--sizes 4-6] [--report REPORT.json] [--prove]

Shares no code with what seats teams. TEAMS.csv is a file of teams, or of participants whose
districts are teams. Every rule is tried on every row; every figure of the report is computed anew.
With --prove the most that themes can be worth is found by an integer program of its own over
all teams, in which those with equal lists are one number. Exit code 1 when anything is wrong; each
fault is one line.
"""

import argparse
import csv
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

Teams = dict[str, tuple[str, list[str], set[str]]]
"""Id -> state, goals, roles."""


def cut(text: str) -> list[str]:
    """Return the words of a cell."""
    return [part.strip() for part in text.split(";") if part.strip()]


def teams_of(path: Path) -> Teams:
    """Read teams, or make them of people."""
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    if "team_id" in rows[0]:
        return {r["team_id"]: (r["state"], cut(r["goals"]), set(cut(r["roles"]))) for r in rows}
    points, state, roles = defaultdict(Counter), {}, defaultdict(set)
    for row in rows:
        district = row["district_id"]
        state[district] = row["state"]
        roles[district].add(row["role"])
        for place, goal in enumerate(cut(row["goals"])[:4]):
            points[district][goal] += 4 - place
    best = {d: sorted(points[d], key=lambda g: (-points[d][g], g))[:4] for d in state}
    return {d: (state[d], best[d], roles[d]) for d in state}


def most_worth(teams: Teams, smallest: int, largest: int) -> tuple[int, int]:
    """Return (most teams seated, most worth) by an integer program of this checker's own."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import lil_array  # noqa: PLC0415

    groups = Counter(tuple(goals[:4]) for _, goals, _ in teams.values() if goals)
    lists = sorted(groups)
    themes = sorted({goal for goals in lists for goal in goals})
    choice = [(n, goal, 4 - p) for n, goals in enumerate(lists) for p, goal in enumerate(goals)]
    width = len(choice) + len(themes)
    rows = lil_array((len(lists) + 2 * len(themes), width))
    low, high = np.full(rows.shape[0], -np.inf), np.full(rows.shape[0], np.inf)
    for n, goals in enumerate(lists):
        high[n] = groups[goals]
    at = {theme: len(lists) + 2 * i for i, theme in enumerate(themes)}
    for theme in themes:
        low[at[theme]], high[at[theme] + 1] = 0, 0
    for j, (n, theme, _) in enumerate(choice):
        rows[n, j] = rows[at[theme], j] = rows[at[theme] + 1, j] = 1
    for j, theme in enumerate(themes, start=len(choice)):
        rows[at[theme], j], rows[at[theme] + 1, j] = -smallest, -largest
    upper = [groups[lists[n]] for n, _, _ in choice] + [np.inf] * len(themes)
    seats = np.array([1.0] * len(choice) + [0.0] * len(themes))
    worth = np.array([float(value) for _, _, value in choice] + [0.0] * len(themes))

    rules = [LinearConstraint(rows.tocsr(), low, high)]
    found = []
    for gain in (seats, worth):
        got = milp(
            -gain,
            constraints=rules,
            integrality=np.ones(width),
            bounds=Bounds(0, upper),
            options={"mip_rel_gap": 0},
        )
        found.append(round(-got.mip_dual_bound))
        rules.append(LinearConstraint(seats[None, :], found[0], found[0]))
    return found[0], found[1]


def spread(number: int, tables: int) -> int:
    """Return the fewest pairs when so many are spread over so many tables."""
    each, more = divmod(number, tables)
    return tables * each * (each - 1) // 2 + more * each


class Checked:
    """What was found wrong, and what every figure comes to."""

    def __init__(self, teams: Teams, rows: list[dict[str, str]], sizes: tuple[int, int]) -> None:
        self.teams, self.rows, self.sizes = teams, rows, sizes
        self.faults: list[str] = []
        self.at: dict[str, list[str]] = defaultdict(list)
        self.theme: dict[str, str] = {}
        self.value = 0
        self.everyone_once()
        for row in rows:
            if row["table"]:
                self.seat(row)
            elif not row["why"]:
                self.faults.append(f"{row['team_id']} has no table and no reason")
        for name, ids in self.at.items():
            if not sizes[0] <= len(ids) <= sizes[1]:
                self.faults.append(f"table {name} has {len(ids)} teams")

    def everyone_once(self) -> None:
        """See that each team stands in one row."""
        times = Counter(row["team_id"] for row in self.rows)
        self.faults += [f"{id_} is no team" for id_ in times if id_ not in self.teams]
        self.faults += [f"{id_} stands {n} times" for id_, n in times.items() if n > 1]
        self.faults += [f"{id_} is missing" for id_ in sorted(set(self.teams) - set(times))]

    def seat(self, row: dict[str, str]) -> None:
        """See that a team has the goal of its table."""
        id_, name = row["team_id"], row["table"]
        self.at[name].append(id_)
        if self.theme.setdefault(name, row["theme"]) != row["theme"]:
            self.faults.append(f"table {name} has two themes")
        goals = self.teams.get(id_, ("", [], set()))[1][:4]
        worth = 4 - goals.index(row["theme"]) if row["theme"] in goals else 0
        if not worth:
            self.faults.append(f"{id_} does not have the goal {row['theme']} of table {name}")
        if str(worth) != row["value"]:
            self.faults.append(f"{id_}: value is {worth}, not {row['value']}")
        self.value += worth

    def figures(self) -> dict[str, int]:
        """Count anew what the report tells."""
        teams, at = (
            self.teams,
            {n: [i for i in ids if i in self.teams] for n, ids in self.at.items()},
        )
        number, states = Counter(self.theme.values()), defaultdict(Counter)
        for name, ids in at.items():
            states[self.theme[name]].update(teams[i][0] for i in ids if teams[i][0])
        couples = [pair for ids in at.values() for pair in combinations(ids, 2)]
        return {
            "teams": len(teams),
            "tables": len(at),
            "seated": sum(map(len, at.values())),
            "theme_value": self.value,
            "same_state_pairs": sum(teams[a][0] == teams[b][0] != "" for a, b in couples),
            "same_state_bound": sum(
                spread(n, number[theme]) for theme, of in states.items() for n in of.values()
            ),
            "roles_missing": sum(
                all(role not in teams[i][2] for i in ids)
                for ids in at.values()
                for role in ("superintendent", "union_president")
            ),
        }


def main() -> int:
    """Check the files that are named."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("teams", type=Path)
    parser.add_argument("tables", type=Path)
    parser.add_argument("--sizes", default="4-6")
    parser.add_argument("--report", type=Path)
    parser.add_argument("--prove", action="store_true")
    said = parser.parse_args()
    smallest, largest = map(int, said.sizes.split("-"))
    teams = teams_of(said.teams)
    with said.tables.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    checked = Checked(teams, rows, (smallest, largest))
    found, faults = checked.figures(), checked.faults
    told = json.loads(said.report.read_text()) if said.report else found
    faults += [f"report: {k} is {told[k]}, not {v}" for k, v in found.items() if told[k] != v]
    print(json.dumps(found))
    if said.prove:
        best = most_worth(teams, smallest, largest)
        print(f"at most {best[0]} teams can be seated, their themes worth {best[1]}")
        if best != (found["seated"], found["theme_value"]):
            faults.append("it is not the best")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
