"""What ``consortium tables`` takes in: teams, tables of before, and locks."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from cohorts.matching.engine.teams.values import GOAL_VALUES, Locks, Table, Team
from cohorts.matching.imports.team_csv import (
    Faults,
    check_known,
    ids_of,
    ranked,
)
from consortium.exchange.csv_table import Row, read_rows
from consortium.exchange.text import read_text
from consortium.words import say

MOST_GOALS = len(GOAL_VALUES)
_MOST_ROLES = 100
_KINDS = ("together", "apart", "table")


def read_teams(file: Path) -> list[Team]:
    """Return the teams of a TEAMS.csv, or of a PARTICIPANTS.csv with a row for each person.

    Of people, those of one district are a team; its goals are the four with most points, where
    a person's first goal counts 4 and the fourth 1. Raises ``FaultyFile``.
    """
    head = read_text(file).partition("\n")[0]
    if "participant_id" in head and "team_id" not in head:
        return _teams_of_people(file)
    faults = Faults(file)
    by_id = ids_of(faults, read_rows(file, ("team_id", "state", "goals", "roles")), "team_id")
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
        faults.add(1, say("There is no team in this file. Add a row for each."))
    faults.end()
    return teams


def read_tables(file: Path) -> tuple[Table, ...]:
    """Return the tables of a TABLES.csv that this command wrote; rows without a table have none.

    Its teams may not take part any more. Raises ``FaultyFile``.
    """
    faults = Faults(file)
    rows = read_rows(file, ("table", "theme", "team_id"))
    at: dict[str, list[str]] = defaultdict(list)
    themes: dict[str, str] = {}
    for id_, row in ids_of(faults, rows, "team_id").items():
        name, theme = row["table"], row["theme"]
        if not name:
            continue
        if themes.setdefault(name, theme) != theme:
            sentence = say(
                "Table %(name)s has two themes: %(one)s and %(other)s. Correct one.",
                name=name,
                one=themes[name],
                other=theme,
            )
            faults.add(row.line, sentence)
        at[name].append(id_)
    faults.end()
    return tuple(Table(name=n, theme=themes[n], teams=tuple(sorted(at[n]))) for n in sorted(at))


def read_locks(file: Path, known: Sequence[str], former: Sequence[Table]) -> Locks:
    """Return what a LOCKS.csv says: together, apart, or table with the name of a former table.

    Raises ``FaultyFile``.
    """
    faults = Faults(file)
    names = {table.name for table in former}
    sets: dict[str, list[frozenset[str]]] = defaultdict(list)
    pinned: dict[str, str] = {}
    for row in read_rows(file, ("lock", "teams", "table")):
        ids, kind = row.several("teams"), row["lock"]
        check_known(faults, row, ids, known)
        if kind not in _KINDS:
            sentence = say(
                "“lock” is %(kind)s. Write together, apart or table.", kind=kind or say("empty")
            )
            faults.add(row.line, sentence)
        elif kind == "table" and row["table"] not in names:
            sentence = say(
                "There is no table %(name)s in the former result (--former).", name=row["table"]
            )
            faults.add(row.line, sentence)
        elif kind == "table":
            pinned |= dict.fromkeys(ids, row["table"])
        elif len(ids) < 2:  # noqa: PLR2004  (a team is always together with itself)
            sentence = say("“%(kind)s” needs two teams, with ; between them.", kind=kind)
            faults.add(row.line, sentence)
        else:
            sets[kind].append(frozenset(ids))
    faults.end()
    return Locks(together=tuple(sets["together"]), apart=tuple(sets["apart"]), pinned=pinned)


def _teams_of_people(file: Path) -> list[Team]:
    faults = Faults(file)
    rows = read_rows(file, ("participant_id", "district_id", "state", "role", "goals"))
    people = ids_of(faults, rows, "participant_id")
    members: dict[str, list[Row]] = defaultdict(list)
    for row in people.values():
        district = row["district_id"]
        if not district:
            sentence = say("The cell “district_id” is empty. Say whose team this person is.")
            faults.add(row.line, sentence)
        elif members[district] and members[district][0]["state"] != row["state"]:
            first = members[district][0]
            sentence = say(
                "District %(id)s is of %(here)s here and of %(there)s in line %(line)s. Correct "
                "one.",
                id=district,
                here=row["state"],
                there=first["state"],
                line=first.line,
            )
            faults.add(row.line, sentence)
        members[district].append(row)
    teams = [_team(faults, id_, rows) for id_, rows in sorted(members.items()) if id_]
    if not teams:
        faults.add(1, say("There is nobody in this file. Add a row for each person."))
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
