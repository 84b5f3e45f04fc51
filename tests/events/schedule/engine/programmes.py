"""Small programmes, and every schedule of one: judged by the checker, which shares no code."""

import copy
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

from events.schedule.engine.values import Programme
from events.schedule.imports.programme_file import programme_of
from events.schedule.imports.programme_shapes import ProgrammeFile
from scripts.check_schedule import Facts, facts_value, faults_of
from scripts.checking.schedule_files import completed

Tree = dict[str, Any]
Placed = list[dict[str, str]]
DAY = "2027-06-21"
TIMES = (("09:00", "10:00"), ("10:15", "11:15"), ("13:00", "14:00"))


def tree(sessions: list[Tree], *, slots: int = 2, rooms: int = 2, **more: Any) -> Tree:
    """Return a programme as a file says it; ``more`` are further parts of it."""
    return {
        "slots": [
            {"id": f"t{n}", "day": DAY, "start": TIMES[n][0], "end": TIMES[n][1]}
            for n in range(slots)
        ],
        "rooms": [{"id": f"r{n}", "capacity": 10} for n in range(rooms)],
        "sessions": sessions,
        **more,
    }


def programme(said: Tree) -> Programme:
    """Return what the engine gets of it."""
    return programme_of(ProgrammeFile.model_validate(said), date.fromisoformat(DAY))


def facts(said: Tree, placed: Placed) -> Facts:
    """Return what the checker sees of a schedule."""
    return Facts(completed(copy.deepcopy(said)), placed)


def every_schedule(said: Tree) -> Iterator[tuple[Placed, int]]:
    """Give every schedule that keeps every rule, with its value."""
    known = completed(copy.deepcopy(said))
    cells = [
        [{"session": one["id"], "slot": slot["id"], "room": room["id"]}]
        for one in said["sessions"]
        for slot in said["slots"]
        for room in said["rooms"]
    ]
    each = len(cells) // len(said["sessions"])
    options = [
        [cell[0] for cell in cells[n : n + each] if not list(_alone(said, cell))]
        for n in range(0, len(cells), each)
    ]
    for placed in product(*options):
        seen = Facts(known, list(placed))
        if not any(True for _ in faults_of(seen)):
            yield list(placed), facts_value(seen)


def _alone(said: Tree, cell: Placed) -> Iterator[str]:
    one = next(one for one in said["sessions"] if one["id"] == cell[0]["session"])
    return faults_of(facts({**said, "sessions": [{**one, "before": []}], "people": []}, cell))


@st.composite
def programmes(draw: st.DrawFn) -> Tree:
    """Draw programmes of two to four sessions; about half of them have a schedule."""
    slots = draw(st.integers(2, 3))
    count = draw(st.integers(2, 4 if slots == 2 else 3))
    ids = [f"s{n}" for n in range(count)]
    some = st.lists(st.sampled_from(["Ana", "Ben"]), max_size=1)
    sessions = [
        {
            "id": one,
            "presenters": draw(some),
            "required_roles": draw(st.sampled_from([[], [], [], ["lead"]])),
            "expected": draw(st.sampled_from([0, 0, 8])),
            "features": draw(st.sampled_from([[], [], ["stage"]])),
            "before": draw(st.sampled_from([[], [], ids[n + 1 : n + 2]])),
            "same_content": draw(st.sampled_from(["", "", "", "story"])),
            "minutes": draw(st.sampled_from([None, None, 45, 130])),
            "track": draw(st.sampled_from(["", "red"])),
        }
        for n, one in enumerate(ids)
    ]
    said = tree(sessions, slots=slots, weights={"track": 0})
    said["rooms"] = [
        {"id": "r0", "capacity": 10, "features": ["stage"]},
        {"id": "r1", "capacity": draw(st.sampled_from([2, 10]))},
    ]
    said["presenters"] = [{"id": "Ana", "away": draw(st.sampled_from([[], ["t0"]]))}]
    if draw(st.booleans()):
        lunch = {"title": "Lunch", "day": DAY, "start": "11:00", "end": "12:30"}
        roles = draw(st.sampled_from([["*"], ["lead"], []]))
        said["fixed"] = [
            {**lunch, "required_roles": roles, "room": draw(st.sampled_from(["", "r1"]))}
        ]
    said["people"] = [
        {
            "id": name,
            "team": "East" if n < 2 else "West",
            "role": draw(st.sampled_from(["lead", "teacher"])),
            "choices": draw(st.permutations(ids))[: draw(st.integers(0, count))],
        }
        for n, name in enumerate(["Ana", "Cleo", "Dan"])
    ]
    return said
