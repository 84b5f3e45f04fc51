"""Programmes and schedules as plain dictionaries, from JSON or from tables."""

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any


def programme_in(path: Path) -> dict[str, Any]:
    """Return slots, rooms, sessions, people and what is fixed, times as minutes."""
    return completed(_tables(path) if path.is_dir() else json.loads(path.read_text("utf-8-sig")))


def completed(found: dict[str, Any]) -> dict[str, Any]:
    """Return a programme with times as minutes, absences by presenter, and points by session."""
    for part in ("people", "fixed", "presenters"):
        found.setdefault(part, [])
    for number, one in enumerate(found["fixed"]):
        one["id"] = one.get("id") or f"fixed {number + 1}"
    hours = [opening for room in found["rooms"] for opening in room.get("open", ())]
    _time([*found["slots"], *found["fixed"], *hours])
    slots = {one["id"] for one in found["slots"]}
    found["away"] = {
        one["id"]: set(one.get("away", ()))
        | (slots - set(one["available"]) if one.get("available") is not None else set())
        for one in found["presenters"]
    }
    contents = defaultdict(list)
    for one in found["sessions"]:
        one["presenters"] = [*one.get("presenters", ()), *one.get("facilitators", ())]
        if one.get("same_content"):
            contents[one["same_content"]].append(one["id"])
    for person in found["people"]:
        _count_points(person, list(contents.values()))
    return found


def _time(every: list[dict[str, Any]]) -> None:
    days = [date.fromisoformat(one["day"]) for one in every if one.get("day")]
    if not days:  # slots without times follow each other
        for number, one in enumerate(every):
            one |= {"from": number * 120, "to": number * 120 + 60}
        return
    for one in every:
        midnight = (date.fromisoformat(one["day"]) - min(days)).days * 1440
        for name, key in (("start", "from"), ("end", "to")):
            hours, minutes = one[name].split(":")[:2]
            one[key] = midnight + int(hours) * 60 + int(minutes)


def _count_points(person: dict[str, Any], contents: list[list[str]]) -> None:
    person.setdefault("role", "")
    ranks = person.get("ranks")
    if ranks is None:
        ranks = {choice: rank for rank, choice in enumerate(person.get("choices", ()), start=1)}
    points = {choice: max(0, 11 - rank) for choice, rank in ranks.items()}
    for repeats in contents:
        points |= dict.fromkeys(repeats, max(points.get(one, 0) for one in repeats))
    person["points"] = {one: worth for one, worth in points.items() if worth}


def schedule_in(path: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Return where each session is, and who sits where."""
    if path.is_dir():
        return _rows(path / "schedule.csv"), _rows(path / "seats.csv")
    if path.suffix == ".csv":
        return _rows(path), []
    said = json.loads(path.read_text("utf-8-sig"))
    return said["sessions"], said.get("seats", [])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [
            {key: (cell or "").strip() for key, cell in row.items()}
            for row in csv.DictReader(stream)
        ]


def _several(cell: str) -> list[str]:
    return [word.strip() for word in cell.split(";") if word.strip()]


def _tables(folder: Path) -> dict[str, Any]:
    people = _rows(folder / "people.csv")
    ranks: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _rows(folder / "choices.csv"):
        ranks[row["person"]][row["session"]] = int(row["rank"])
    return {
        "slots": [
            {key: value for key, value in row.items() if value}
            for row in _rows(folder / "slots.csv")
        ],
        "rooms": [
            {
                "id": row["id"],
                "capacity": int(row["places"]) if row["places"] else None,
                "features": _several(row["features"]),
                "venue": row.get("venue", ""),
            }
            for row in _rows(folder / "rooms.csv")
        ],
        "sessions": [
            {
                "id": row["id"],
                "required_roles": _several(row["role"]),
                "features": _several(row["features"]),
                "presenters": list(dict.fromkeys(_several(row["facilitators"]))),
                "before": _several(row["before"]),
                "minutes": int(row["minutes"]) if row.get("minutes") else None,
                "expected": int(row.get("expected") or 0),
                "capacity": int(row["capacity"]) if row.get("capacity") else None,
                "same_content": row.get("same_content", ""),
                "track": row.get("track", ""),
                "slot": row.get("slot", ""),
                "room": row.get("room", ""),
            }
            for row in _rows(folder / "sessions.csv")
        ],
        "people": [
            {
                "id": row["id"],
                "team": row["team"],
                "role": row["role"],
                "ranks": ranks.get(row["id"], {}),
            }
            for row in people
        ],
        "presenters": [
            {"id": row["id"], "away": _several(row["away"])} for row in people if row.get("away")
        ],
    }
