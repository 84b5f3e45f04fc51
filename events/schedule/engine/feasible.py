"""A first plan that keeps every hard rule, or the rules that exclude any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.rooming import matched, too_few
from events.schedule.engine.solving import Answer, HardRules, solve
from events.schedule.engine.values import NotFoundInTime


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where every session is: its position, and its room (by their places in the case)."""

    at: tuple[int, ...]
    rooms: tuple[int, ...]


class Impossible(Exception):
    """No plan keeps every hard rule; why is found out elsewhere."""


def first_plan(
    case: Case, deadline: Deadline, *, seed: int, near: Mapping[int, int] | None = None
) -> Plan:
    """Return some plan that keeps every hard rule, like ``near`` where that was given.

    Raises ``Impossible`` where there is none, ``NotFoundInTime`` where time ran out before.
    """
    if not all(case.allowed):
        raise Impossible
    rules = HardRules(case)
    if near:
        rules.hint(near)
    while True:
        answer = solve(rules, deadline, seed=seed)
        if answer.impossible:
            raise Impossible
        if answer.at is None:
            raise NotFoundInTime
        plan = with_rooms(case, answer.at, answer.held)
        if plan is not None:
            return plan
        forbid_shortages(rules, answer)


def with_rooms(case: Case, at: Sequence[int], held: Mapping[int, int]) -> Plan | None:
    """Return the plan with a room for each session, where every moment has enough of them."""
    rooms = [held.get(n, -1) for n in range(len(at))]
    for tick, members in enumerate(by_tick(case, at)):
        loose = [n for n in members if n not in held]
        found = matched(_left(case, at, held, tick, loose))
        if found is None:
            return None
        for n, room in zip(loose, found, strict=True):
            rooms[n] = room
    return Plan(at=tuple(at), rooms=tuple(rooms))


def by_tick(case: Case, at: Sequence[int]) -> list[list[int]]:
    """Return the sessions at each tick."""
    members: list[list[int]] = [[] for _ in range(case.number_of_ticks)]
    for n, q in enumerate(at):
        for tick in case.ticks[q]:
            members[tick].append(n)
    return members


def forbid_shortages(rules: HardRules, answer: Answer) -> None:
    """Add what the plan showed to be too much for the rooms of a moment."""
    case, at = rules.case, answer.at or ()
    for tick, members in enumerate(by_tick(case, at)):
        loose = [n for n in members if n not in answer.held]
        left = _left(case, at, answer.held, tick, loose)
        short = too_few(left)
        if short:
            confined = [n for n, rooms in zip(loose, left, strict=True) if rooms & ~short == 0]
            rules.forbid_together(tick, confined, len(confined) - 1)


def _left(
    case: Case, at: Sequence[int], held: Mapping[int, int], tick: int, loose: Sequence[int]
) -> list[int]:
    taken = 0
    for n, room in held.items():
        if tick in case.ticks[at[n]]:
            taken |= 1 << room
    return [case.rooms[n][at[n]] & ~taken for n in loose]
