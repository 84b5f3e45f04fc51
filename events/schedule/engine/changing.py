"""A plan for what became of a programme, as near as can be to the schedule people know."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.feasible import Impossible, Plan, forbid_shortages, with_rooms
from events.schedule.engine.solving import HardRules, solve
from events.schedule.engine.values import NotFoundInTime, Placement

Former = Mapping[int, tuple[int, int]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """The plan, and how far it is from the former schedule."""

    plan: Plan
    moved: tuple[int, ...]
    """Sessions that are held at another time than before."""
    rehoused: tuple[int, ...]
    """Sessions that keep their time and have another room."""
    fewest: bool
    """Whether it was proven that fewer moves, and then fewer changes of rooms, are impossible."""


def former_of(case: Case, schedule: Sequence[Placement]) -> dict[int, tuple[int, int]]:
    """Return position and room of each session that the former schedule knows and that still is.

    One that had another length begins where it began; what is not there any more is left out.
    """
    begins = [{case.slot_of(q): q for q, rooms in enumerate(row) if rooms} for row in case.reach]
    rooms = {room.id: r for r, room in enumerate(case.programme.rooms)}
    number = {session.id: n for n, session in enumerate(case.sessions)}
    found = {}
    for one in schedule:
        n = number.get(one.session)
        if n is not None and one.slot in begins[n]:
            found[n] = (begins[n][one.slot], rooms.get(one.room, -1))
    return found


def least_change(case: Case, former: Former, deadline: Deadline, *, seed: int) -> Change:
    """Return the plan in which fewest sessions move, then fewest change rooms, then people lose
    least. Raises ``Impossible`` and ``NotFoundInTime``.
    """  # noqa: D205
    if not all(case.allowed):
        raise Impossible
    now = {n: (q, room) for n, (q, room) in former.items() if room >= 0}
    rules = HardRules(case, now=now)
    stays = {n: rules.x[n][q] for n, (q, _) in former.items() if q in rules.x[n]}
    rules.hint({n: q for n, (q, _) in former.items()})
    weight = len(case.sessions) + 1
    kept = weight * sum(stays.values()) + sum(rules.kept.values())
    plan, proven = _best(rules, deadline, seed, gain=kept)
    moved, rehoused = _differences(former, plan)
    here = sum(1 for n in stays if plan.at[n] == former[n][0])
    same = len([n for n in rules.kept if (plan.at[n], plan.rooms[n]) == former[n]])
    rules.model.add(kept >= weight * here + same)
    rules.model.clear_hints()  # type: ignore[no-untyped-call]
    rules.hint(dict(enumerate(plan.at)))
    with suppress(NotFoundInTime):  # the plan before it is as near
        plan, _ = _best(rules, deadline.part(0.5), seed, gain=-_loss(rules, former))
    moved, rehoused = _differences(former, plan)
    return Change(plan=plan, moved=moved, rehoused=rehoused, fewest=proven)


def _best(rules: HardRules, deadline: Deadline, seed: int, *, gain: Any) -> tuple[Plan, bool]:
    rules.model.maximize(gain)
    while True:
        answer = solve(rules, deadline, seed=seed)
        if answer.impossible:
            raise Impossible
        if answer.at is None:
            raise NotFoundInTime
        plan = with_rooms(rules.case, answer.at, answer.held)
        if plan is not None:
            return plan, answer.proven
        forbid_shortages(rules, answer)


def _loss(rules: HardRules, former: Former) -> Any:
    """Return what people lose by where sessions are put, beside those that were there before."""
    case = rules.case
    loss = []
    for n, row in enumerate(rules.x):
        for q, variable in row.items():
            beside = sum(
                case.costs[n, m] for m, (p, _) in former.items() if m != n and case.overlap[q, p]
            )
            loss.append(round(beside) * variable)
    return sum(loss)


def _differences(former: Former, plan: Plan) -> tuple[tuple[int, ...], tuple[int, ...]]:
    moved = tuple(n for n, (q, _) in sorted(former.items()) if plan.at[n] != q)
    rehoused = tuple(
        n for n, (q, room) in sorted(former.items()) if plan.at[n] == q and plan.rooms[n] != room
    )
    return moved, rehoused
