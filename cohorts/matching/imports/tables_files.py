"""What ``consortium tables`` takes in: teams, tables of before, and locks."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

from cohorts.matching.engine.teams.values import GOAL_VALUES, Locks, Table, Team
from cohorts.matching.imports.team_csv import Faults, Row, ids_of, ranked, read_rows

MOST_GOALS = len(GOAL_VALUES)
_MOST_ROLES = 100
_KINDS = ("together", "apart", "table")


def read_teams(file: Path) -> list[Team]:
    """Return the teams of a TEAMS.csv, or of a PARTICIPANTS.csv with a row for each person.

    Of people, those of one district are a team; its goals are the four with most points, where
    a person's first goal counts 4 and the fourth 1. Raises ``FaultyTable``.
    """
    faults = Faults(file)
    rows = read_rows(faults, ())
    head = set(rows[0].cells) if rows else set()
    if "participant_id" in head and "team_id" not in head:
        return _teams_of_people(file)
    faults = Faults(file)
    by_id = ids_of(faults, read_rows(faults, ("team_id", "state", "goals", "roles")), "team_id")
    teams = [
        Team(
            id=id_,
            state=row["state"],
            goals=ranked(faults, row, "goals", MOST_GOALS),
            roles=frozenset(ranked(faults, row, "roles", _MOST_ROLES)),
        )
        for id_, row in by_id.items()
    ]
    if not teams:
        faults.add(1, "There is no team in this file. Add a row for each.")
    faults.end()
    return teams


def read_tables(file: Path, known: Collection[str] | None) -> tuple[Table, ...]:
    """Return the tables of a TABLES.csv that this command wrote; rows without a table have none.

    Team ids that are not ``known`` are faults, unless it is None: teams of former rounds may not
    take part any more. Raises ``FaultyTable``.
    """
    faults = Faults(file)
    rows = read_rows(faults, ("table", "theme", "team_id"))
    at: dict[str, list[str]] = defaultdict(list)
    themes: dict[str, str] = {}
    for id_, row in ids_of(faults, rows, "team_id").items():
        if known is not None and id_ not in known:
            faults.add(row.line, f"There is no team {id_} among the teams. Correct or remove it.")
        name, theme = row["table"], row["theme"]
        if not name:
            continue
        if themes.setdefault(name, theme) != theme:
            faults.add(row.line, f"Table {name} has two themes: {themes[name]} and {theme}.")
        at[name].append(id_)
    faults.end()
    return tuple(Table(name=n, theme=themes[n], teams=tuple(sorted(at[n]))) for n in sorted(at))


def read_locks(file: Path, known: Collection[str], former: Sequence[Table]) -> Locks:
    """Return what a LOCKS.csv says: together, apart, or table with the name of a former table.

    Raises ``FaultyTable``.
    """
    faults = Faults(file)
    names = {table.name for table in former}
    sets: dict[str, list[frozenset[str]]] = defaultdict(list)
    pinned: dict[str, str] = {}
    for row in read_rows(faults, ("lock", "teams", "table")):
        ids = _known_ids(faults, row, known)
        kind = row["lock"]
        if kind not in _KINDS:
            faults.add(row.line, f"“lock” is {kind or 'empty'}. Write together, apart or table.")
        elif kind == "table" and row["table"] not in names:
            faults.add(
                row.line, f"There is no table {row['table']} in the former result (--former)."
            )
        elif kind == "table":
            pinned |= dict.fromkeys(ids, row["table"])
        elif len(ids) < 2:  # noqa: PLR2004  (a team is always together with itself)
            faults.add(row.line, f"“{kind}” needs two teams, with ; between them.")
        else:
            sets[kind].append(frozenset(ids))
    faults.end()
    return Locks(together=tuple(sets["together"]), apart=tuple(sets["apart"]), pinned=pinned)


def _known_ids(faults: Faults, row: Row, known: Collection[str]) -> tuple[str, ...]:
    ids = row.several("teams")
    for id_ in ids:
        if id_ not in known:
            faults.add(row.line, f"There is no team {id_} among the teams. Correct or remove it.")
    return ids


def _teams_of_people(file: Path) -> list[Team]:
    faults = Faults(file)
    rows = read_rows(faults, ("participant_id", "district_id", "state", "role", "goals"))
    people = ids_of(faults, rows, "participant_id")
    members: dict[str, list[Row]] = defaultdict(list)
    for row in people.values():
        district = row["district_id"]
        if not district:
            faults.add(row.line, "The cell “district_id” is empty. Say whose team this person is.")
        elif members[district] and members[district][0]["state"] != row["state"]:
            first = members[district][0]
            faults.add(
                row.line,
                f"District {district} is of {row['state']} here and of {first['state']} in line "
                f"{first.line}. Correct one.",
            )
        members[district].append(row)
    teams = [_team(faults, id_, rows) for id_, rows in sorted(members.items()) if id_]
    if not teams:
        faults.add(1, "There is nobody in this file. Add a row for each person.")
    faults.end()
    return teams


def _team(faults: Faults, id_: str, rows: Sequence[Row]) -> Team:
    points: dict[str, int] = defaultdict(int)
    for row in rows:
        for value, goal in zip(GOAL_VALUES, ranked(faults, row, "goals", MOST_GOALS), strict=False):
            points[goal] += value
    best = sorted(points, key=lambda goal: (-points[goal], goal))
    roles = frozenset(row["role"] for row in rows if row["role"])
    return Team(id=id_, state=rows[0]["state"], goals=tuple(best[:MOST_GOALS]), roles=roles)
