"""The bound that prices prove, found again: no set of sessions exceeds its prices by more.

prices.csv has a price for each session and, in the row without a session, what a slot's set may
exceed its prices by. Whatever the prices are, all of them together and that much for each slot is
more than any plan can be worth; a branch and bound of its own looks for the set that exceeds most.
"""

import csv
from pathlib import Path
from typing import Any

import numpy as np

PARTS = 1_000


def bound_of(facts: Any, file: Path) -> int:
    """Return the points that no plan can pass by these prices."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        told = {
            row["session"]: round(float(row["price"]) * PARTS) for row in csv.DictReader(stream)
        }
    names = sorted(facts.sessions)
    prices = np.array([told.get(name, 0) for name in names], dtype=np.int64)
    search = _Search(facts, names, prices)
    search.go((), np.zeros(len(search.people), dtype=np.int64), 0, list(range(len(names))))
    return int((prices.sum() + _moments(facts) * search.most) // PARTS)


def _moments(facts: Any) -> int:
    """Return how many slots there are of which none overlaps another, where times are such."""
    slots = sorted(facts.slots.values(), key=lambda one: one["to"])
    # Overlapping slots: every begin may be a time of its own.
    return len({one["from"] for one in slots})


class _Search:
    def __init__(self, facts: Any, names: list[str], prices: np.ndarray) -> None:
        self.people = sorted(facts.people)
        self.prices = prices
        self.most = 0
        row = {person: n for n, person in enumerate(self.people)}
        self.gain = np.zeros((len(names), len(self.people)), dtype=np.int64)
        self.duty = np.zeros((len(names), len(self.people)), dtype=bool)
        sessions = [facts.sessions[name] for name in names]
        needed = [facts.needed_by(session) for session in sessions]
        for n, name in enumerate(names):
            for person in self.people:
                self.gain[n, row[person]] = PARTS * facts.people[person]["points"].get(name, 0)
            for person in needed[n]:
                if person in row:
                    self.duty[n, row[person]] = True
        self.gain[self.duty] = 0
        self.apart = [
            {
                m
                for m, other in enumerate(sessions)
                if m != n
                and (
                    needed[n] & needed[m]
                    or set(session.get("required_roles", ())) & set(other.get("required_roles", ()))
                    or (
                        session.get("same_content")
                        and session["same_content"] == other.get("same_content")
                    )
                    or "*" in (*session.get("required_roles", ()), *other.get("required_roles", ()))
                )
            }
            for n, session in enumerate(sessions)
        ]
        self.rooms = [
            [
                r
                for r, room in enumerate(facts.rooms.values())
                if set(session.get("features", ())) <= set(room.get("features", ()))
                and (not session.get("room") or session["room"] == room["id"])
                and (room.get("capacity") is None or room["capacity"] >= _size(facts, session))
            ]
            for session in sessions
        ]
        self.size = len(facts.rooms)

    def go(self, members: tuple[int, ...], had: np.ndarray, worth: int, left: list[int]) -> None:
        """Look at every set that has these members and further ones of ``left``."""
        self.most = max(self.most, worth)
        more = self.size - len(members)
        if not left or not more:
            return
        away = had < 0
        could = np.where(away, 0, np.maximum(self.gain[left] - np.maximum(had, 0), 0)).sum(axis=1)
        lost = np.where(self.duty[left] & ~away, np.maximum(had, 0), 0).sum(axis=1)
        gains = could - lost - self.prices[left]
        order = [k for k in np.argsort(-gains, kind="stable") if gains[k] > 0]
        for place, k in enumerate(order):
            n = left[k]
            if worth + sum(int(gains[j]) for j in order[place : place + more]) <= self.most:
                return
            grown = (*members, n)
            if not self._housed(grown):
                continue
            new = np.where(away, had, np.maximum(had, self.gain[n]))
            new[self.duty[n]] = -1
            rest = [left[j] for j in order[place + 1 :] if left[j] not in self.apart[n]]
            self.go(grown, new, worth + int(gains[k]), rest)

    def _housed(self, members: tuple[int, ...]) -> bool:
        """Tell whether each finds a room of its own."""
        holder: dict[int, int] = {}

        def find(n: int, seen: set[int]) -> bool:
            for room in self.rooms[n]:
                if room not in seen:
                    seen.add(room)
                    if room not in holder or find(holder[room], seen):
                        holder[room] = n
                        return True
            return False

        return all(find(n, set()) for n in members)


def _size(facts: Any, session: dict[str, Any]) -> int:
    roles = set(session.get("required_roles", ()))
    there = sum("*" in roles or one["role"] in roles for one in facts.people.values())
    return max(session.get("expected", 0), there if roles else 0)
