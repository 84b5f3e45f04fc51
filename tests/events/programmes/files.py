"""Programme files for tests: the six real ones, and a small one to break."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from events.programmes.domain import FaultyProgramme, Programme, parse

FOLDER = Path(__file__).parents[2] / "scenarios" / "programmes"
FILES = sorted(FOLDER.glob("*.json"))
NAMES = [path.stem for path in FILES]
OTHERS = sorted((Path(__file__).parent / "others").glob("*.json"))
"""Made up for these tests, in the ways of other states."""

SMALL: dict[str, Any] = {
    "title": "Summer Institute 2027",
    "kind": "institute",
    "timezone": "America/New_York",
    "days": [{"date": "2027-03-14", "label": "Day 1"}, {"date": "2027-11-07", "label": "Day 2"}],
    "states_admitted": {"home": ["NJ"], "others": ["DE"]},
    "team": {"gate": "ideal", "min_people": 1, "max_people": 10},
    "roles": [
        {
            "code": "superintendent",
            "label": "Superintendent",
            "side": "management",
            "min": 1,
            "max": 1,
            "strength": "expected",
        },
        {
            "code": "union_leader",
            "label": "Association president",
            "side": "labor",
            "min": 1,
            "max": 2,
            "strength": "expected",
        },
    ],
    "fees": {"currency": "USD", "rules": [{"code": "flat", "per": "person", "each_cents": 12500}]},
    "deadlines": [{"code": "register_by", "at": "2027-03-01T17:00", "what": "registration closes"}],
    "capacity": {"people": 100, "teams": 10, "waitlist": "form"},
    "sessions": [
        {
            "id": "open",
            "start": "2027-03-14T09:00",
            "end": "2027-03-14T10:00",
            "kind": "plenary",
            "title": "Opening",
            "audience_roles": ["*"],
        },
        {
            "id": "talk",
            "start": "2027-03-14T10:15",
            "end": "2027-03-14T11:00",
            "kind": "breakout",
            "title": "Talk",
            "audience_roles": ["union_leader"],
        },
    ],
}


def scenario(number: str) -> Path:
    """Return the real file that begins with this number."""
    return next(path for path in FILES if path.name.startswith(number))


def other(state: str) -> Path:
    """Return the made-up file whose name begins like this."""
    return next(path for path in OTHERS if path.name.startswith(state))


def small(**changes: Any) -> dict[str, Any]:
    """Return the small programme; each change is a path with ``__`` for the steps between."""
    file = copy.deepcopy(SMALL)
    for path, value in changes.items():
        *steps, last = [int(step) if step.isdigit() else step for step in path.split("__")]
        inner: Any = file
        for step in steps:
            inner = inner[step]
        if value is ...:
            del inner[last]
        else:
            inner[last] = value
    return file


def as_bytes(file: Any) -> bytes:
    """Return the file as it would arrive."""
    return json.dumps(file, ensure_ascii=False).encode()


def parsed(**changes: Any) -> Programme:
    """Read the small programme with some changes."""
    return parse(as_bytes(small(**changes))).programme


def faults_of(content: bytes) -> list[tuple[str, str]]:
    """Return every fault of a file: path and sentence."""
    try:
        parse(content)
    except FaultyProgramme as faulty:
        return [(fault.path, str(fault.sentence)) for fault in faulty.faults]
    return []


def faults(**changes: Any) -> list[tuple[str, str]]:
    """Return every fault of the small programme with some changes."""
    return faults_of(as_bytes(small(**changes)))


def warnings(**changes: Any) -> list[tuple[str, str]]:
    """Return what the small programme with some changes is warned of."""
    reading = parse(as_bytes(small(**changes)))
    return [(warning.path, str(warning.sentence)) for warning in reading.warnings]


def places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Return the way to every value inside a file."""
    if place:
        yield place
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for step, deeper in inner:
            yield from places(deeper, (*place, step))
