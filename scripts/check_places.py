#!/usr/bin/env python3
"""Check who got which place: that it is legal, and that nothing better is possible.

    scripts/check_places.py PROGRAMME.json PLACES.json [--seconds 60]
    scripts/check_places.py FOLDER seats.csv --by points

Shares no code with what allots places: it reads both files by itself, checks every place and every
sum, and finds the best by linear programs of its own (HiGHS, out of SciPy), one criterion after the
other: places given, first choices, second …, teams in sessions. Exit code 1 when anything is wrong;
each fault is one line. Where rounds repeat contents and no proof is found in time, it says so.
"""

import argparse
import csv
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import optimize, sparse

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.places_program import Case, Program

TOLERANCE = 1e-4


def from_json(path: Path) -> Case:
    """Read a programme file."""
    said, case = json.loads(path.read_text("utf-8-sig")), Case()
    contents: dict[str, set[str]] = defaultdict(set)
    for one in said["sessions"]:
        case.round[one["id"]] = one.get("round", "")
        case.places[one["id"]] = one.get("places")
        if one.get("same_content"):
            contents[one["same_content"]].add(one["id"])
    for one in said.get("rounds", []):
        case.pick[one["id"]] = one.get("pick", 1)
    for one in said["people"]:
        name, ranked = one["id"], one.get("choices", [])
        case.team[name] = one.get("team") or ("alone", name)
        case.rank[name], so_far = {}, Counter()
        for choice in ranked:
            some = [choice] if choice in case.round else sorted(contents[choice])
            fresh = set(some) - set(case.rank[name]) - set(one.get("never", []))
            so_far.update({case.round[session] for session in fresh})
            case.rank[name] |= {session: so_far[case.round[session]] for session in fresh}
        free = set(case.round) - set(one.get("never", [])) if said.get("any_free") else set()
        case.can[name] = set(case.rank[name]) | free
        case.fixed[name] = set(one.get("fixed", []))
    case.apart = [set(one) for one in said.get("apart", [])] + list(contents.values())
    return case


def from_folder(folder: Path) -> Case:
    """Read a folder of tables."""

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    case = Case()
    size = {row["id"]: int(row["places"]) if row["places"] else None for row in rows("rooms.csv")}
    facts = {row["id"]: row for row in rows("sessions.csv")}
    people = rows("people.csv")
    away: dict[str, set[str]] = defaultdict(set)
    for row in rows("schedule.csv"):
        session, slot = row["session"], row["slot"]
        case.round[session], case.places[session] = slot, size[row["room"]]
        role = facts[session]["role"]
        staff = {word.strip() for word in facts[session]["facilitators"].split(";")}
        for one in people:
            if one["id"] in staff or (role and one["role"] == role):
                away[one["id"]].add(slot)
    for one in people:
        case.team[one["id"]] = one["team"] or ("alone", one["id"])
        case.rank[one["id"]], case.fixed[one["id"]] = {}, set()
    for row in rows("choices.csv"):
        slot = case.round.get(row["session"])
        for_all = not facts[row["session"]]["role"]
        if slot is not None and for_all and slot not in away[row["person"]]:
            case.rank[row["person"]][row["session"]] = int(row["rank"])
    case.can = {name: set(ranked) for name, ranked in case.rank.items()}
    return case


def faults_of(case: Case, given: list[tuple[str, str]]) -> Iterator[str]:
    """Say what is illegal in the places given: pairs of person and session."""
    held: dict[str, set[str]] = defaultdict(set)
    there: Counter[str] = Counter()
    for person, session in given:
        if person not in case.can or session not in case.round:
            yield f"{person}, {session}: nobody knows one of them"
        elif session in held[person]:
            yield f"{person}: {session} twice"
        elif session not in case.can[person] | case.fixed[person]:
            yield f"{person}: {session} is not to be given to this person"
        held[person].add(session)
        there[session] += 1
    for session, places in case.places.items():
        fixed = sum(session in some for some in case.fixed.values())
        if places is not None and there[session] > max(places, fixed):
            yield f"{session}: {there[session]} people, {places} places"
    for person, sessions in held.items():
        yield from _of_one(case, person, sessions)
    for person, fixed in case.fixed.items():
        for session in fixed - held[person]:
            yield f"{person}: lost the fixed place in {session}"


def _of_one(case: Case, person: str, sessions: set[str]) -> Iterator[str]:
    by_round = Counter(case.round.get(session, "") for session in sessions)
    for round_, times in by_round.items():
        if times > case.pick[round_]:
            yield f"{person}: {times} sessions of round {round_!r}"
    for some in case.apart:
        if len(sessions & some) > 1:
            yield f"{person}: {', '.join(sorted(sessions & some))} exclude each other"


def judge(case: Case, given: list[tuple[str, str]], by: str, seconds: float) -> Iterator[str]:
    """Say criterion by criterion what was reached and what is possible; give the faults."""
    program = Program(case)
    if not program.arcs:
        return
    matrix, upper = program.rows()
    point, held, until = program.point(given), [], time.monotonic() + seconds
    rounds_of = [{case.round[session] for session in some} for some in case.apart if len(some) > 1]
    linked = any(len(some) > 1 or case.pick[next(iter(some))] > 1 for some in rounds_of)
    for name, worth in program.criteria(by):
        reached = round(worth @ point)
        if linked and "teams" in name:
            print(f"{name}: {reached} (where contents repeat, teams spread over these: not judged)")
            continue
        rows = [matrix, *(sparse.csr_array(row[None, :]) for row, _ in held)]
        low = np.concatenate([np.full(len(upper), -np.inf), [value for _, value in held]])
        high = np.concatenate([upper, [value for _, value in held]])
        limits = optimize.LinearConstraint(sparse.vstack(rows).tocsc(), low, high)
        box = optimize.Bounds(0, 1)
        answer = optimize.milp(-worth, constraints=limits, bounds=box)
        possible = int(np.floor(-answer.fun + TOLERANCE)) if answer.status == 0 else None
        proof = "the linear bound"
        if possible != reached and linked and time.monotonic() < until:
            options = {"time_limit": until - time.monotonic()}
            whole = optimize.milp(
                -worth,
                constraints=limits,
                bounds=box,
                integrality=np.ones(program.size),
                options=options,
            )
            if whole.status == 0:
                possible, proof = round(-whole.fun), "the best whole plan"
            else:
                proof = "a bound that may not be reachable"
        print(f"{name}: {reached}, at most {possible} ({proof})")
        if possible is None or reached > possible:
            yield f"{name}: the program found {possible}, fewer than {reached}: a fault of mine"
        elif reached < possible:
            unsure = proof.startswith("a bound")
            yield (
                "UNPROVEN: " if unsure else ""
            ) + f"{name}: {reached}, where {possible} are possible"
        held.append((worth, reached))


def main() -> None:
    """Read both files, check, and say."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("programme", type=Path)
    parser.add_argument("places", type=Path)
    parser.add_argument("--by", choices=["ranks", "points"])
    parser.add_argument("--seconds", type=float, default=60)
    told = parser.parse_args()
    by, faults = told.by or "ranks", []
    if told.programme.is_dir():
        case = from_folder(told.programme)
        with told.places.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        given = [(row["person"], row["session"]) for row in rows]
        faults += [
            f"{row['person']}: {row['session']} is not in slot {row['slot']}"
            for row in rows
            if case.round.get(row["session"]) != row["slot"]
        ]
    else:
        case, said = from_json(told.programme), json.loads(told.places.read_text("utf-8"))
        by = told.by or said["by"]
        given = [(one["person"], one["session"]) for one in said["places"]]
        ranks = Counter()
        for one in said["places"]:
            mine = case.rank.get(one["person"], {}).get(one["session"])
            if one["rank"] != mine:
                faults.append(f"{one['person']}: {one['session']} has rank {mine}")
            if one["fixed"] != (one["session"] in case.fixed.get(one["person"], ())):
                faults.append(f"{one['person']}: {one['session']} is wrongly called fixed or new")
            ranks[str(mine)] += mine is not None and not one["fixed"]
        if said["profile"] != {rank: times for rank, times in ranks.items() if times}:
            faults.append(f"the profile is not {dict(ranks)}")
        if {one["person"] for one in said["reasons"]} < {one[0] for one in given}:
            faults.append("someone has a place and no reasons")
    faults += faults_of(case, given)
    if not faults:
        faults += judge(case, given, by, told.seconds)
    for fault in faults:
        print(fault)
    print("Everything is as it must be." if not faults else f"Faults: {len(faults)}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
