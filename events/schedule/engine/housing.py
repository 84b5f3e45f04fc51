"""Which room each session of a plan has: as many points seated as can be, and few ways to walk.

In each moment sessions and rooms are assigned to each other exactly. What a room is worth to a
session are the points of as many as it holds of those who would rather be there than anywhere else
at the time; a room at another venue costs everyone who comes from the former slot elsewhere.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from events.schedule.engine.case import Case
from events.schedule.engine.feasible import Plan, by_tick
from events.schedule.engine.rooming import bits_of
from events.schedule.engine.values import Session
from events.schedule.engine.wishes import Flags, Whole

Former = Mapping[int, tuple[int, int]]
"""By session: position and room in the present schedule."""

SWEEPS = 3
"""How often rooms are assigned anew, once it is known where people come from and go to."""
NEVER = 1 << 40


class _Crowds:
    """Who would go to which session, were there seats for all."""

    def __init__(self, case: Case, plan: Plan) -> None:
        self.case, self.plan = case, plan
        self.members = by_tick(case, plan.at)
        points, duty = case.wishes.points, case.wishes.duty
        self.goes: list[Flags] = [np.zeros(0, dtype=np.bool_)] * len(plan.at)
        for members in self.members:
            if not members:
                continue
            gains = points[:, members].astype(np.int64) + 100 * duty[:, members]
            best = gains.argmax(axis=1)
            any_wish = gains.max(axis=1) > 0
            for k, n in enumerate(members):
                self.goes[n] = any_wish & (best == k)
        self.worth = [
            np.concatenate([[0], np.cumsum(np.sort(points[going, n])[::-1])])
            for n, going in enumerate(self.goes)
        ]

    def points_in(self, n: int, room: int) -> int:
        """Return the points of as many as the room and the session take."""
        limits = [self.case.programme.rooms[room].capacity, self.case.sessions[n].capacity]
        most = len(self.worth[n]) - 1
        return int(self.worth[n][min([most, *(limit for limit in limits if limit is not None)])])


def house(
    case: Case,
    plan: Plan,
    *,
    kept: Sequence[int] = (),
    former: Former | None = None,
) -> Plan:
    """Return the plan with the best rooms; ``kept`` sessions keep the one they have.

    Of rooms that are worth the same, a session has its ``former`` one, first of all one that keeps
    its former position too; else the smallest.
    """
    crowds = _Crowds(case, plan)
    rooms = list(plan.rooms)
    venues = [room.venue for room in case.programme.rooms]
    sweeps = SWEEPS if len(set(venues)) > 1 and case.programme.weights.venue else 1
    for _ in range(sweeps):
        before = list(rooms)
        for tick, members in enumerate(crowds.members):
            _assign(crowds, tick, members, rooms, frozenset(kept), former or {})
        if rooms == before:
            break
    return Plan(at=plan.at, rooms=tuple(rooms))


def walks(case: Case, plan: Plan) -> int:
    """Return how many times someone walks to another venue between two slots of a day."""
    crowds = _Crowds(case, plan)
    total = 0
    for tick in range(len(crowds.members)):
        for n in crowds.members[tick]:
            if case.ticks[plan.at[n]][0] == tick:
                away = _coming(crowds, tick, list(plan.rooms), n)
                here = case.programme.rooms[plan.rooms[n]].venue
                total += int(sum(count for venue, count in away.items() if venue != here))
    return total


def _assign(  # noqa: PLR0913, PLR0917  (the plan so far, and what of it is to stay)
    crowds: _Crowds,
    tick: int,
    members: Sequence[int],
    rooms: list[int],
    kept: frozenset[int],
    former: Former,
) -> None:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415  (slow to import)

    case, plan = crowds.case, crowds.plan
    taken = {rooms[n] for n in members if case.long[n] or n in kept}
    loose = [n for n in members if not case.long[n] and n not in kept]
    smallness = _smallness(case)
    many = len(smallness)
    scale = (2 * many + 1) * (len(loose) + 1)
    gains: Whole = np.full((len(loose), len(case.programme.rooms)), -NEVER, dtype=np.int64)
    for k, n in enumerate(loose):
        near = _coming(crowds, tick, rooms, n)
        near_after = _going(crowds, tick, rooms, n)
        everyone = sum(near.values()) + sum(near_after.values())
        for room in bits_of(case.rooms[n][plan.at[n]]):
            if room in taken:
                continue
            venue = case.programme.rooms[room].venue
            walking = everyone - near.get(venue, 0) - near_after.get(venue, 0)
            worth = crowds.points_in(n, room) - case.programme.weights.venue * walking
            position, usual = former.get(n, (-1, rooms[n]))
            liking = many * (1 + (position == plan.at[n])) if room == usual else smallness[room]
            gains[k, room] = scale * worth + liking
    if not loose:
        return
    chosen = linear_sum_assignment(gains, maximize=True)
    for k, room in zip(*chosen, strict=True):
        rooms[loose[int(k)]] = int(room)


def _smallness(case: Case) -> list[int]:
    """Return by room how many rooms are larger, or as large and later in the list."""
    sizes = [
        (room.capacity is None, room.capacity or 0, n)
        for n, room in enumerate(case.programme.rooms)
    ]
    return [sum(1 for other in sizes if other > one) for one in sizes]


def _coming(crowds: _Crowds, tick: int, rooms: Sequence[int], n: int) -> dict[str, int]:
    """Return by venue how many of those who go there come from it."""
    return _beside(crowds, tick, rooms, n, -1)


def _going(crowds: _Crowds, tick: int, rooms: Sequence[int], n: int) -> dict[str, int]:
    return _beside(crowds, tick, rooms, n, 1)


def _beside(crowds: _Crowds, tick: int, rooms: Sequence[int], n: int, step: int) -> dict[str, int]:
    case, plan = crowds.case, crowds.plan
    other = tick + step
    if not 0 <= other < len(crowds.members):
        return {}
    found: dict[str, int] = {}
    day = case.positions[plan.at[n]].starts // 1440
    for m in crowds.members[other]:
        if m != n and case.positions[plan.at[m]].starts // 1440 == day:
            venue = case.programme.rooms[rooms[m]].venue
            both = int((crowds.goes[n] & crowds.goes[m]).sum())
            found[venue] = found.get(venue, 0) + both
    return found


def track_clashes(case: Case, at: Sequence[int]) -> int:
    """Return how many pairs of sessions of one track are side by side."""
    total = 0
    overlap = case.overlap
    for n, one in enumerate(case.sessions):
        for m in range(n):
            other: Session = case.sessions[m]
            if one.track and one.track == other.track and overlap[at[n], at[m]]:
                total += 1
    return total
