"""Conferences made up for measuring: as many sessions, rooms and people as one likes.

The same numbers and seed make the same conference. A *planted* one has a hidden plan by which
people chose, but for a share of choices that are noise; a plain one has people who choose by
their interests and by what is popular.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

ROLES = {
    "teacher": 0.3, "principal": 0.2, "superintendent": 0.13, "union president": 0.13,
    "board member": 0.12, "coach": 0.12,
}  # fmt: skip
FEATURES = ("projector", "step_free", "hearing_loop", "tables")
STARTS = ("08:30", "09:45", "11:00", "13:15", "14:30", "15:45")
ENDS = ("09:30", "10:45", "12:00", "14:15", "15:30", "16:45")
CHOICES = 10
NEEDED, EQUIPPED, TWO_PRESENT, SOME_AWAY, HALF = 0.12, 0.6, 0.35, 0.2, 0.5
"""Shares: features of its room that a session needs, rooms with a feature, sessions of two …"""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How large a conference is."""

    sessions: int
    rooms: int
    slots: int
    people: int


SMALL = Size(sessions=60, rooms=8, slots=9, people=600)
LARGE = Size(sessions=300, rooms=20, slots=18, people=3000)


@dataclass(frozen=True, kw_only=True)
class Made:
    """A conference, and the plan by which it was made, which keeps every hard rule."""

    programme: dict[str, Any]
    hidden: list[dict[str, str]]


def conference(size: Size, seed: int, *, planted: bool = False, noise: float = 0.3) -> Made:
    """Return a conference in the shape that ``consortium schedule`` reads."""
    rng = np.random.default_rng([seed, size.sessions, int(planted)])
    rooms = _rooms(size, rng)
    slots = _slots(size)
    cells = [(t, r) for t in range(size.slots) for r in range(size.rooms)]
    chosen = rng.permutation(len(cells))[: size.sessions]
    plan = [cells[n] for n in chosen]
    people = _people(size, rng)
    sessions = _sessions(size, rng, plan, rooms, people)
    presenters = _presenters(size, rng, sessions, plan, people)
    _wish(rng, people, sessions, plan, noise=noise if planted else None)
    return Made(
        programme={
            "title": f"Conference {seed}",
            "slots": slots,
            "rooms": rooms,
            "presenters": presenters,
            "sessions": sessions,
            "people": people,
        },
        hidden=[
            {"session": one["id"], "slot": slots[t]["id"], "room": rooms[r]["id"]}
            for one, (t, r) in zip(sessions, plan, strict=True)
        ],
    )


def _rooms(size: Size, rng: np.random.Generator) -> list[dict[str, Any]]:
    shares = np.sort(rng.lognormal(0, 0.7, size.rooms))[::-1]
    places = np.maximum(20, shares / shares.sum() * size.people * 1.25 // 5 * 5).astype(int)
    places[0] = max(places[0], int(size.people * 0.4))
    return [
        {
            "id": f"r{n:02}",
            "capacity": int(places[n]),
            "venue": "Main house" if (n + 1) % 4 else "Annex",
            "features": [one for one in FEATURES if n == 0 or rng.random() < EQUIPPED],
        }
        for n in range(size.rooms)
    ]


def _slots(size: Size) -> list[dict[str, str]]:
    each = -(-size.slots // 3)
    return [
        {
            "id": f"d{n // each + 1}s{n % each + 1}",
            "day": f"2027-06-{21 + n // each}",
            "start": STARTS[n % each],
            "end": ENDS[n % each],
        }
        for n in range(size.slots)
    ]


def _people(size: Size, rng: np.random.Generator) -> list[dict[str, Any]]:
    roles = rng.choice(list(ROLES), size.people, p=list(ROLES.values()))
    teams = np.repeat(np.arange(size.people), rng.integers(4, 7, size.people))[: size.people]
    return [
        {"id": f"p{n:05}", "team": f"t{teams[n]:04}", "role": str(roles[n]), "choices": []}
        for n in range(size.people)
    ]


def _sessions(
    size: Size,
    rng: np.random.Generator,
    plan: list[tuple[int, int]],
    rooms: list[dict[str, Any]],
    people: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    tracks = max(5, size.sessions // 25)
    found = [
        {
            "id": f"s{n:03}",
            "title": f"Session {n}",
            "kind": "breakout",
            "track": f"track {rng.integers(tracks)}",
            "expected": int(min(rooms[r]["capacity"], rng.integers(10, 40))),
            "features": [
                one for one in rooms[r]["features"] if rng.random() < NEEDED
            ],
            "presenters": [],
            "required_roles": [],
            "before": [],
        }
        for n, (_, r) in enumerate(plan)
    ]  # fmt: skip
    sizes = {role: sum(one["role"] == role for one in people) for role in ROLES}
    used: set[tuple[str, int]] = set()
    wanted = [role for role in ROLES for _ in range(max(1, size.sessions // 150))]
    for role in wanted:
        fits = [
            n
            for n, (t, r) in enumerate(plan)
            if rooms[r]["capacity"] >= sizes[role]
            and (role, t) not in used
            and not found[n]["required_roles"]
        ]
        if fits:
            n = fits[int(rng.integers(len(fits)))]
            used.add((role, plan[n][0]))
            found[n] |= {"kind": "role_alike", "required_roles": [role], "expected": sizes[role]}
    for _ in range(size.sessions // 20):
        first, second = sorted(rng.choice(size.sessions, 2, replace=False), key=lambda n: plan[n])
        later = found[second]["id"]
        if plan[first][0] < plan[second][0] and later not in found[first]["before"]:
            found[first]["before"].append(later)
    return found


def _presenters(
    size: Size,
    rng: np.random.Generator,
    sessions: list[dict[str, Any]],
    plan: list[tuple[int, int]],
    people: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Let people who come present, some of them twice, never twice at once; some are away."""
    pool = rng.choice(size.people, max(2, int(size.sessions * 0.8)), replace=False)
    duty: dict[int, set[int]] = {}
    at_role: dict[str, set[int]] = {}
    for one, (t, _) in zip(sessions, plan, strict=True):
        for role in one["required_roles"]:
            at_role.setdefault(role, set()).add(t)
    for one, (t, _) in zip(sessions, plan, strict=True):
        for _ in range(1 + int(rng.random() < TWO_PRESENT)):
            for who in rng.permutation(pool)[:40]:
                busy = duty.setdefault(int(who), set())
                if t not in busy | at_role.get(people[who]["role"], set()):
                    busy.add(t)
                    one["presenters"].append(people[who]["id"])
                    break
    slots = [one["id"] for one in _slots(size)]
    away = []
    for who, busy in sorted(duty.items()):
        if busy and rng.random() < SOME_AWAY:
            free = [t for t in range(size.slots) if t not in busy and rng.random() < HALF]
            away.append({"id": people[who]["id"], "away": [slots[t] for t in free]})
    return away


def _wish(
    rng: np.random.Generator,
    people: list[dict[str, Any]],
    sessions: list[dict[str, Any]],
    plan: list[tuple[int, int]],
    *,
    noise: float | None,
) -> None:
    tracks = sorted({one["track"] for one in sessions})
    of_track = np.array([tracks.index(one["track"]) for one in sessions])
    popular = rng.normal(0, 0.9, len(sessions))
    open_to_all = np.array([not one["required_roles"] for one in sessions])
    at = np.array([t for t, _ in plan])
    for person in people:
        interest = rng.normal(0, 0.8, len(tracks))[of_track]
        score = popular + interest + rng.gumbel(0, 1, len(sessions))
        score[~open_to_all] = -np.inf
        order = [int(n) for n in np.argsort(-score) if np.isfinite(score[n])]
        chosen = order[:CHOICES] if noise is None else _by_plan(rng, order, at, noise)
        person["choices"] = [sessions[n]["id"] for n in chosen]


def _by_plan(rng: np.random.Generator, order: list[int], at: np.ndarray, noise: float) -> list[int]:
    chosen: list[int] = []
    while len(chosen) < min(CHOICES, len(order)):
        left = [n for n in order if n not in chosen]
        used = {int(at[n]) for n in chosen}
        kept = [n for n in left if int(at[n]) not in used]
        if rng.random() < noise or not kept:
            chosen.append(left[int(rng.integers(len(left)))])
        else:
            chosen.append(kept[0])
    return chosen
