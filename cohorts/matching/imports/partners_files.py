"""What ``consortium partners`` takes in: teams with their districts' size and locale."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from cohorts.matching.engine.teams.pair_costs import Partner
from cohorts.matching.engine.teams.values import GOAL_VALUES
from cohorts.matching.imports.team_csv import Faults, FaultyTable, Row, ids_of, ranked, read_rows

_LOCALES = frozenset(f"{kind}{size}" for kind in "1234" for size in "123")
_MOST_PAST = 1000
_LARGEST = 10_000_000  # students


def read_partners(file: Path) -> list[Partner]:
    """Return the teams of a CSV or JSON file. Raises ``FaultyTable``."""
    if file.suffix.lower() == ".json":
        return _of_json(file)
    faults = Faults(file)
    rows = ids_of(
        faults, read_rows(faults, ("team_id", "state", "enrollment", "locale")), "team_id"
    )
    teams = [_of_row(faults, id_, row, rows) for id_, row in rows.items()]
    _some(faults, teams)
    return teams


def read_pairs(file: Path, known: Collection[str] | None) -> tuple[frozenset[str], ...]:
    """Return the pairs of a PAIRS.csv. Ids that are not ``known`` are faults, unless it is None.

    Raises ``FaultyTable``.
    """
    faults = Faults(file)
    pairs = []
    for row in read_rows(faults, ("team_a", "team_b")):
        ids = [row[column] for column in ("team_a", "team_b", "team_c") if row[column]]
        if row["team_b"] == "" and row["team_a"]:
            continue  # a team that had no partner
        for id_ in ids:
            if known is not None and id_ not in known:
                faults.add(row.line, f"There is no team {id_} among the teams. Correct it.")
        if len(set(ids)) < max(2, len(ids)):
            faults.add(row.line, "A pair needs two different teams.")
        pairs.append(frozenset(ids))
    faults.end()
    return tuple(pairs)


def _of_row(faults: Faults, id_: str, row: Row, known: Collection[str]) -> Partner:
    past = ranked(faults, row, "past_partners", _MOST_PAST)
    for other in past:
        if other == id_:
            faults.add(row.line, f"{id_} is its own former partner. Remove it.")
        elif other not in known:
            faults.add(row.line, f"There is no team {other} for “past_partners”. Correct it.")
    locale = row["locale"]
    if locale and locale not in _LOCALES:
        faults.add(row.line, f"“locale” is {locale}. Write the NCES code, 11 to 43, or nothing.")
    return Partner(
        id=id_,
        state=row["state"],
        enrollment=_students(faults, row),
        locale=locale,
        goals=ranked(faults, row, "goals", len(GOAL_VALUES)),
        past=frozenset(past),
    )


def _students(faults: Faults, row: Row) -> int | None:
    text = row["enrollment"]
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= _LARGEST:
        faults.add(
            row.line, f"“enrollment” is {text}. Write how many students, from 1, or nothing."
        )
        return None
    return int(text)


def _of_json(file: Path) -> list[Partner]:
    """Read {"districts": [{"leaid", "state", "enrollment", "locale"}, …]}."""
    faults = Faults(file)
    try:
        said: Any = json.loads(file.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise FaultyTable([f"{file}:{error.lineno}: This is not JSON ({error.msg})."]) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise FaultyTable([f"{file}:1: This is not JSON in UTF-8."]) from error
    districts = said.get("districts") if isinstance(said, dict) else None
    if not isinstance(districts, list):
        raise FaultyTable([f"{file}:1: “districts” is missing: a list of districts."])
    rows = []
    for number, district in enumerate(districts, start=1):
        if isinstance(district, dict):
            rows.append(Row(line=number, cells=_cells(district)))
        else:
            faults.add(number, f"districts[{number - 1}] is no object with leaid and state.")
    known = ids_of(faults, rows, "leaid")
    teams = [_of_row(faults, id_, row, known) for id_, row in known.items()]
    _some(faults, teams)
    return teams


def _cells(district: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: ";".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in district.items()
        if value is not None
    }


def _some(faults: Faults, teams: Collection[Partner]) -> None:
    if not teams:
        faults.add(1, "There is no team in this file. Add one for each.")
    faults.end()
