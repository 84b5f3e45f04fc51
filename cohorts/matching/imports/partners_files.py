"""What ``consortium partners`` takes in: teams with their districts' size and locale."""

import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from cohorts.matching.engine.teams.pair_costs import Partner
from cohorts.matching.engine.teams.values import GOAL_VALUES
from cohorts.matching.imports.team_csv import (
    Faults,
    check_known,
    ids_of,
    ranked,
)
from consortium.exchange.csv_table import Row, read_rows
from consortium.exchange.faults import Fault, FaultyFile
from consortium.words import Sentence, say

_LOCALES = frozenset(f"{kind}{size}" for kind in "1234" for size in "123")
_COLUMNS = ("team_id", "state", "enrollment", "locale")
_MOST_PAST = 1000
_LARGEST = 10_000_000  # students


def read_partners(file: Path) -> list[Partner]:
    """Return the teams of a CSV or JSON file. Raises ``FaultyFile``."""
    if file.suffix.lower() == ".json":
        return _of_json(file)
    faults = Faults(file)
    rows = ids_of(faults, read_rows(file, _COLUMNS), "team_id")
    teams = [_of_row(faults, id_, row, rows) for id_, row in rows.items()]
    _some(faults, teams)
    return teams


def read_pairs(file: Path, known: Sequence[str] | None) -> tuple[frozenset[str], ...]:
    """Return the pairs of a PAIRS.csv. Ids that are not ``known`` are faults, unless it is None.

    Raises ``FaultyFile``.
    """
    faults = Faults(file)
    pairs = []
    for row in read_rows(file, ("team_a", "team_b")):
        ids = [row[column] for column in ("team_a", "team_b", "team_c") if row[column]]
        if row["team_b"] == "" and row["team_a"]:
            continue  # a team that had no partner
        if known is not None:
            check_known(faults, row, ids, known)
        if len(set(ids)) < max(2, len(ids)):
            faults.add(row.line, say("A pair needs two different teams."))
        pairs.append(frozenset(ids))
    faults.end()
    return tuple(pairs)


def _of_row(faults: Faults, id_: str, row: Row, known: Collection[str]) -> Partner:
    past = ranked(faults, row, "past_partners", _MOST_PAST)
    if id_ in past:
        sentence = say("%(id)s is its own former partner. Remove it.", id=id_)
        faults.add(row.line, sentence)
    check_known(faults, row, past, [*known])
    locale = row["locale"]
    if locale and locale not in _LOCALES:
        sentence = say(
            "“locale” is %(locale)s. Write the NCES code, 11 to 43, or nothing.", locale=locale
        )
        faults.add(row.line, sentence)
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
        sentence = say(
            "“enrollment” is %(text)s. Write how many students, from 1, or nothing.", text=text
        )
        faults.add(row.line, sentence)
        return None
    return int(text)


def _of_json(file: Path) -> list[Partner]:
    """Read {"districts": [{"leaid", "state", "enrollment", "locale"}, …]}."""
    faults = Faults(file)
    try:
        said: Any = json.loads(file.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise _faulty(
            file, say("This is not JSON (%(why)s).", why=error.msg), error.lineno
        ) from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise _faulty(file, say("This is not JSON in UTF-8.")) from error
    districts = said.get("districts") if isinstance(said, dict) else None
    if not isinstance(districts, list):
        raise _faulty(file, say("“districts” is missing: a list of districts."))
    rows = []
    for number, district in enumerate(districts, start=1):
        if isinstance(district, dict):
            rows.append(Row(line=number, cells=_cells(district)))
        else:
            sentence = say(
                "districts[%(place)s] is no object with leaid and state.", place=number - 1
            )
            faults.add(number, sentence)
    known = ids_of(faults, rows, "leaid")
    teams = [_of_row(faults, id_, row, known) for id_, row in known.items()]
    _some(faults, teams)
    return teams


def _faulty(file: Path, sentence: Sentence, line: int = 1) -> FaultyFile:
    return FaultyFile(file, [Fault(sentence=sentence, line=line)])


def _cells(district: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: ";".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in district.items()
        if value is not None
    }


def _some(faults: Faults, teams: Collection[Partner]) -> None:
    if not teams:
        faults.add(1, say("There is no team in this file. Add one for each."))
    faults.end()
