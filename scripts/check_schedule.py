#!/usr/bin/env python3
"""Check a schedule and its seats, sharing no code with what made them.

    scripts/check_schedule.py PROGRAMME SCHEDULE [--prices PRICES.csv] [--min-of-bound 0.99]

PROGRAMME and SCHEDULE are files or folders as ``consortium schedule`` reads and writes them. Every
hard rule is looked at line by line; the points that people can hear without clashes (V) are
counted anew, person by person; that no seats would be better is shown by a linear program; and
PRICES, where they are given, by another search. Prints the figures and ends with 1 if anything is
wrong. It needs numpy and SciPy, nothing else.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from scripts.checking.schedule_bound import bound_of
from scripts.checking.schedule_files import programme_in, schedule_in
from scripts.checking.schedule_seats import most_points

BREAK = 30
EVERYONE = "*"


@dataclass
class Facts:
    """A programme and its schedule, as plain dictionaries, and what follows at once."""

    programme: dict[str, Any]
    placed: list[dict[str, str]]
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    rooms: dict[str, dict[str, Any]] = field(default_factory=dict)
    slots: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By session and fixed item: from when to when, in minutes."""
    taken: dict[str, list[str]] = field(default_factory=dict)
    """By session: its slots."""
    _needed: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index everything by its id."""
        for name in ("sessions", "rooms", "slots", "people"):
            setattr(self, name, {one["id"]: one for one in self.programme[name]})
        for one in self.placed:
            run = self.run(one["session"], one["slot"])
            if run:
                self.taken[one["session"]] = run
                slots = [self.slots[slot] for slot in run]
                self.spans[one["session"]] = (slots[0]["from"], slots[-1]["to"])
        for fixed in self.programme["fixed"]:
            self.spans[fixed["id"]] = (fixed["from"], fixed["to"])
        contents = defaultdict(list)
        for one in self.programme["sessions"]:
            if one.get("same_content"):
                contents[one["same_content"]].append(one)
        for repeats in contents.values():  # who has to be at one does not wish for the others
            for person in {who for one in repeats for who in self.needed_by(one)}:
                for one in repeats:
                    self.people.get(person, {"points": {}})["points"].pop(one["id"], None)

    def run(self, session: str, first: str) -> list[str]:
        """Return the slots that a session takes from its first on; none if they do not suffice."""
        if session not in self.sessions or first not in self.slots:
            return []
        begin = self.slots[first]
        minutes = self.sessions[session].get("minutes") or begin["to"] - begin["from"]
        if any(slot["to"] - slot["from"] >= minutes for slot in self.slots.values()):
            return [first] if begin["to"] - begin["from"] >= minutes else []
        run, last = [first], begin
        order = sorted(self.slots.values(), key=lambda one: (one["from"], one["to"], one["id"]))
        for slot in order[order.index(begin) + 1 :]:
            if last["to"] - begin["from"] >= minutes:
                break
            if slot["from"] < last["to"]:
                continue
            if slot["from"] // 1440 != begin["from"] // 1440 or slot["from"] - last["to"] > BREAK:
                break
            run, last = [*run, slot["id"]], slot
        return run if last["to"] - begin["from"] >= minutes else []

    def overlap(self, one: str, other: str) -> bool:
        """Tell whether two sessions, or fixed items, are at the same time."""
        first, second = self.spans[one], self.spans[other]
        return first[0] < second[1] and second[0] < first[1]

    def needed_by(self, item: Mapping[str, Any]) -> set[str]:
        """Return who has to be at an item: presenters, and people of the roles it requires."""
        name = item["id"]
        if name not in self._needed:
            roles = set(item.get("required_roles", ()))
            self._needed[name] = set(item.get("presenters", ())) | {
                person
                for person, said in self.people.items()
                if EVERYONE in roles or said["role"] in roles
            }
        return self._needed[name]


def faults_of(facts: Facts) -> Iterator[str]:
    """Give each hard rule that is broken."""
    times = Counter(one["session"] for one in facts.placed)
    for session in facts.sessions:
        if times[session] != 1:
            yield f"{session}: placed {times[session]} times, not once"
    for one in facts.placed:
        session, room = facts.sessions.get(one["session"]), facts.rooms.get(one["room"])
        if session is None or room is None or one["slot"] not in facts.slots:
            yield f"{one}: unknown session, slot or room"
        elif one["session"] not in facts.taken:
            yield f"{session['id']}: no slots from {one['slot']} on are long enough"
        else:
            yield from _of_place(facts, session, room, one["slot"])
    placed = [one for one in facts.placed if one["session"] in facts.taken]
    yield from _of_rooms(facts, placed)
    yield from _of_people(facts, [one["session"] for one in placed])
    for one in facts.sessions.values():
        for later in one.get("before", ()):
            if {one["id"], later} <= facts.taken.keys() and (
                facts.spans[one["id"]][1] > facts.spans[later][0]
            ):
                yield f"{one['id']}: does not end before {later} begins"


def _of_place(
    facts: Facts, session: Mapping[str, Any], room: Mapping[str, Any], slot: str
) -> Iterator[str]:
    name = session["id"]
    begin, end = facts.spans[name]
    needed = session.get("expected", 0)
    roles = set(session.get("required_roles", ()))
    if roles:
        needed = max(
            needed,
            sum(EVERYONE in roles or one["role"] in roles for one in facts.people.values()),
        )
    if room.get("capacity") is not None and room["capacity"] < needed:
        yield f"{name}: {room['id']} holds {room['capacity']}, and {needed} are needed"
    lacking = set(session.get("features", ())) - set(room.get("features", ()))
    if lacking:
        yield f"{name}: {room['id']} lacks {sorted(lacking)}"
    hours = room.get("open", ())
    if hours and not any(one["from"] <= begin and end <= one["to"] for one in hours):
        yield f"{name}: {room['id']} is not open then"
    if session.get("slot") and session["slot"] != slot:
        yield f"{name}: is locked to {session['slot']}"
    if session.get("room") and session["room"] != room["id"]:
        yield f"{name}: is locked to {session['room']}"
    for presenter in session.get("presenters", ()):
        if set(facts.taken[name]) & facts.programme["away"].get(presenter, set()):
            yield f"{name}: {presenter} is away"


def _of_rooms(facts: Facts, placed: Sequence[Mapping[str, str]]) -> Iterator[str]:
    by_room = defaultdict(list)
    for one in placed:
        by_room[one["room"]].append(one["session"])
    for fixed in facts.programme["fixed"]:
        if fixed.get("room"):
            by_room[fixed["room"]].append(fixed["id"])
    for room, held in by_room.items():
        for n, one in enumerate(held):
            for other in held[:n]:
                if facts.overlap(one, other):
                    yield f"{room}: {one} and {other} at the same time"


def _of_people(facts: Facts, placed: Sequence[str]) -> Iterator[str]:
    items = [facts.sessions[one] for one in placed] + facts.programme["fixed"]
    wanted = [(item, facts.needed_by(item)) for item in items]
    for n, (one, ours) in enumerate(wanted):
        for other, theirs in wanted[:n]:
            if not facts.overlap(one["id"], other["id"]):
                continue
            if "from" in one and "from" in other:
                continue  # both are fixed: nobody can mend that
            roles = set(one.get("required_roles", ())), set(other.get("required_roles", ()))
            who = sorted(ours & theirs) or sorted(roles[0] & roles[1])
            if EVERYONE in roles[0] | roles[1]:
                who = ["everyone"]
            content = one.get("same_content")
            if content and content == other.get("same_content"):
                who = [f"the same content, {content}"]
            if who:
                yield f"{one['id']} and {other['id']} at the same time: {', '.join(who[:3])}"


def main(told: Sequence[str] | None = None) -> int:
    """Check what the command line names; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programme", type=Path)
    parser.add_argument("schedule", type=Path)
    parser.add_argument("--prices", type=Path)
    parser.add_argument("--min-of-bound", type=float, default=0.0)
    parser.add_argument("--no-seats", action="store_true", help="the schedule has no seats")
    said = parser.parse_args(told)
    programme = programme_in(said.programme)
    placed, seats = schedule_in(said.schedule)
    facts = Facts(programme, placed)
    faults = list(faults_of(facts))
    figures: dict[str, Any] = {"sessions": len(placed)}
    if len(facts.taken) == len(facts.sessions):
        figures["V"] = value = facts_value(facts)
    if not faults:
        if not said.no_seats:
            found, wrong = most_points(facts, seats)
            figures |= found
            faults += wrong
        if said.prices:
            figures["bound"] = bound = bound_of(facts, said.prices)
            figures["of_bound"] = round(value / bound, 5) if bound else 1.0
            if value > bound:
                faults.append(f"V {value} exceeds the bound {bound}: one of both is wrong")
            if figures["of_bound"] < said.min_of_bound:
                faults.append(f"V is {figures['of_bound']} of the bound")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(json.dumps({"faults": len(faults), **figures}))
    return 1 if faults else 0


def facts_value(facts: Facts) -> int:
    """Return the points that people can hear, were there seats for all (V)."""
    duty: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for item in [*facts.sessions.values(), *facts.programme["fixed"]]:
        for person in facts.needed_by(item):
            duty[person].append(facts.spans[item["id"]])
    total = 0
    for person, said in facts.people.items():
        wishes = []
        for session, points in said["points"].items():
            begin, end = facts.spans[session]
            if all(end <= first or last <= begin for first, last in duty[person]):
                content = facts.sessions[session].get("same_content") or session
                wishes.append((points, begin, end, content))
        total += _best_of(sorted(wishes, reverse=True))
    return total


def _best_of(wishes: Sequence[tuple[int, int, int, str]]) -> int:
    """Return the most points of wishes that do not overlap, no content twice."""
    best = 0
    left = [sum(wish[0] for wish in wishes[n:]) for n in range(len(wishes) + 1)]

    def go(n: int, points: int, had: tuple[tuple[int, int, int, str], ...]) -> None:
        nonlocal best
        best = max(best, points)
        if n == len(wishes) or points + left[n] <= best:
            return
        wish = wishes[n]
        if all((wish[2] <= one[1] or one[2] <= wish[1]) and wish[3] != one[3] for one in had):
            go(n + 1, points + wish[0], (*had, wish))
        go(n + 1, points, had)

    go(0, 0, ())
    return best


if __name__ == "__main__":
    sys.exit(main())
