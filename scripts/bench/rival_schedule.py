"""Plan a programme with the package conference-scheduler: run by bench/schedule.py, in an environment of its own.

    python rival_schedule.py PROGRAMME.json SCHEDULE.json

It knows no order of sessions, no choices and no seats: it is given what it can be told, which is
rooms that suit, who presents, who has to be where, absences, and how many want each session.
"""

import json
import sys
from collections import Counter
from datetime import datetime
from pathlib import Path

from conference_scheduler import scheduler
from conference_scheduler.lp_problem import objective_functions
from conference_scheduler.resources import Event, Slot

LENGTH = 60


def main() -> None:
    """Read the programme and write where each session is."""
    said = json.loads(Path(sys.argv[1]).read_text())
    sizes = Counter(one["role"] for one in said["people"])
    wanted = Counter(choice for one in said["people"] for choice in one["choices"])
    slots = {
        (slot["id"], room["id"]): Slot(
            venue=room["id"],
            starts_at=datetime.fromisoformat(f"{slot['day']}T{slot['start']}"),
            duration=LENGTH,
            capacity=room["capacity"],
            session=slot["id"],
        )
        for slot in said["slots"]
        for room in said["rooms"]
    }
    events = {
        one["id"]: Event(name=one["id"], duration=LENGTH, demand=wanted[one["id"]])
        for one in said["sessions"]
    }
    away = {one["id"]: set(one["away"]) for one in said["presenters"]}
    roles = {one["id"]: one["role"] for one in said["people"]}
    rooms = {one["id"]: one for one in said["rooms"]}
    for one in said["sessions"]:
        needed = max(one["expected"], sum(sizes[role] for role in one["required_roles"]))
        absent = {slot for who in one["presenters"] for slot in away.get(who, ())}
        for (slot, room), cell in slots.items():
            fits = rooms[room]["capacity"] >= needed
            if (
                slot in absent
                or not fits
                or not set(one["features"]) <= set(rooms[room]["features"])
            ):
                events[one["id"]].add_unavailability(cell)
        for other in said["sessions"]:
            if other["id"] < one["id"] and _clash(one, other, roles):
                events[one["id"]].add_unavailability(events[other["id"]])
    plan = scheduler.schedule(
        list(events.values()),
        list(slots.values()),
        objective_function=objective_functions.efficiency_capacity_demand_difference,
    )
    placed = [
        {"session": item.event.name, "slot": item.slot.session, "room": item.slot.venue}
        for item in plan or ()
    ]
    Path(sys.argv[2]).write_text(json.dumps({"sessions": placed}))


def _clash(one: dict, other: dict, roles: dict) -> bool:
    """Tell whether somebody would have to be at both."""
    both = set(one["presenters"]) & set(other["presenters"])
    required = set(one["required_roles"]) & set(other["required_roles"])
    there = {roles[who] for who in one["presenters"] if who in roles} & set(other["required_roles"])
    here = {roles[who] for who in other["presenters"] if who in roles} & set(one["required_roles"])
    return bool(both or required or there or here)


if __name__ == "__main__":
    main()
