"""The hard rules as a model of CP-SAT: whole, or each rule behind a switch of its own."""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from events.schedule.engine.case import Case
from events.schedule.engine.deadline import Deadline
from events.schedule.engine.rooming import bits_of, unions_of

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar, LinearExpr

POLL = 0.02
"""Seconds between two looks at whether someone ended the solving."""


@dataclass(frozen=True, order=True)
class Switch:
    """A rule that can be switched off: what kind it is, and its place in the case's lists."""

    kind: str
    at: tuple[int, ...]


Column: TypeAlias = "IntVar"
Term: TypeAlias = "LinearExpr | IntVar"


class HardRules:
    """The model. ``x[session][position]`` is 1 where the session is held.

    ``y[session][position, room]`` does the same for sessions whose room must be known.
    ``only`` leaves all rules out but these, for finding out which of them contradict each other.
    ``now`` says of sessions of one tick in which position and room they are; then ``kept`` has a
    variable for each that it stays there.
    """

    def __init__(
        self,
        case: Case,
        *,
        only: Iterable[Switch] | None = None,
        now: Mapping[int, tuple[int, int]] | None = None,
    ) -> None:
        from ortools.sat.python import cp_model  # noqa: PLC0415  (half a second to import)

        self.case = case
        self.model: CpModel = cp_model.CpModel()
        self.switched = only is not None
        self._only = frozenset(only or ())
        rooms = case.reach if self.switched else case.rooms
        self.rooms = rooms
        self.x: list[dict[int, Column]] = [
            {
                q: self.model.new_bool_var(f"x{n}@{q}")
                for q, mask in enumerate(row)
                if mask and self._holds("placed", n) and self._open(n, q)
            }
            for n, row in enumerate(rooms)
        ]
        self.y: list[dict[tuple[int, int], Column]] = [
            self._rooms_of(n) if long else {} for n, long in enumerate(case.long)
        ]
        for n, row in enumerate(self.x):
            if self._holds("placed", n):
                self.model.add_exactly_one(list(row.values()))
        self.kept: dict[int, Column] = {}
        self._elsewhere: dict[int, Column] = {}
        for n, (q, room) in (now or {}).items():
            if q in self.x[n] and rooms[n][q] >> room & 1:
                self._let_stay(n, q, room)
        self.now = now or {}
        self._keep_apart()
        self._keep_order()
        self._keep_to_rooms()

    def _let_stay(self, n: int, q: int, room: int) -> None:
        if self.case.long[n]:
            self.kept[n] = self.y[n][q, room]
            return
        self.kept[n] = self.model.new_bool_var(f"kept{n}")
        self._elsewhere[n] = self.model.new_bool_var(f"elsewhere{n}")
        self.model.add(self.kept[n] + self._elsewhere[n] == self.x[n][q])

    def _holds(self, kind: str, *at: int) -> bool:
        return not self.switched or Switch(kind, at) in self._only

    def _open(self, n: int, q: int) -> bool:
        if not self.switched or (n, q) not in self.case.hindrances:
            return True
        return Switch("hindered", (n, q)) not in self._only

    def _rooms_of(self, n: int) -> dict[tuple[int, int], Column]:
        found = {}
        for q, here in self.x[n].items():
            parts = []
            for room in bits_of(self.rooms[n][q]):
                found[q, room] = part = self.model.new_bool_var(f"y{n}@{q}r{room}")
                parts.append(part)
            self.model.add(sum(parts) == here)
        return found

    def at_tick(self, members: Iterable[int]) -> Iterator[list[Column]]:
        """Return for each tick the variables by which the members would be there."""
        by_tick: dict[int, list[Column]] = defaultdict(list)
        for n in members:
            for q, variable in self.x[n].items():
                for tick in self.case.ticks[q]:
                    by_tick[tick].append(variable)
        return iter(by_tick.values())

    def _keep_apart(self) -> None:
        count = len(self.case.sessions)
        for k, apart in enumerate(self.case.apart):
            members = [n for n in apart.members if n < count]
            if len(members) > 1 and self._holds("apart", k):
                for variables in self.at_tick(members):
                    self.model.add_at_most_one(variables)

    def _keep_order(self) -> None:
        positions = self.case.positions
        for k, (first, second) in enumerate(self.case.before):
            if not self._holds("before", k) or not self.x[first]:
                continue
            for q, later in self.x[second].items():
                earlier = [
                    variable
                    for p, variable in self.x[first].items()
                    if positions[p].ends <= positions[q].starts
                ]
                self.model.add_bool_or([*earlier, ~later])

    def _keep_to_rooms(self) -> None:
        for tick, loose, held in self._by_tick():
            singles = [1 << room for room, variables in held.items() for _ in variables]
            sets, _ = unions_of([*(mask for mask, _ in loose), *singles])
            for rooms in sets:
                if not self._holds("room", tick, rooms):
                    continue
                within = [one for mask, one in loose if mask & ~rooms == 0]
                theirs = [one for room in bits_of(rooms) for one in held.get(room, ())]
                self.model.add(sum(within) + sum(theirs) <= rooms.bit_count())

    def _by_tick(
        self,
    ) -> Iterator[tuple[int, list[tuple[int, Column]], Mapping[int, list[Column]]]]:
        """Return for each tick what might be there: by its rooms, and in which room."""
        loose: dict[int, list[tuple[int, Column]]] = defaultdict(list)
        held: dict[int, dict[int, list[Column]]] = defaultdict(lambda: defaultdict(list))
        for n, row in enumerate(self.x):
            if self.case.long[n]:
                for (q, room), variable in self.y[n].items():
                    for tick in self.case.ticks[q]:
                        held[tick][room].append(variable)
            else:
                for q, variable in row.items():
                    tick = self.case.ticks[q][0]
                    if n in self._elsewhere and q == self.now[n][0]:
                        loose[tick].append((self.rooms[n][q], self._elsewhere[n]))
                        held[tick][self.now[n][1]].append(self.kept[n])
                    else:
                        loose[tick].append((self.rooms[n][q], variable))
        for tick in range(self.case.number_of_ticks):
            yield tick, loose[tick], held[tick]

    def sets_counted(self) -> Iterator[tuple[int, int]]:
        """Return the ticks and sets of rooms that are counted."""
        for tick, loose, held in self._by_tick():
            singles = [1 << room for room, variables in held.items() for _ in variables]
            for rooms in unions_of([*(mask for mask, _ in loose), *singles])[0]:
                yield tick, rooms

    def forbid_together(self, tick: int, sessions: Sequence[int], most: int) -> None:
        """Allow no more than ``most`` of these at a tick: they were seen to lack rooms."""
        variables = [
            variable
            for n in sessions
            for q, variable in self.x[n].items()
            if tick in self.case.ticks[q]
        ]
        self.model.add(sum(variables) <= most)

    def hint(self, at: Mapping[int, int]) -> None:
        """Begin the search near a plan: the position of each session that it has."""
        for n, row in enumerate(self.x):
            if n in at:
                for q, variable in row.items():
                    self.model.add_hint(variable, q == at[n])


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What CP-SAT found."""

    at: tuple[int, ...] | None
    """The position of each session, where there is a plan."""
    held: Mapping[int, int]
    """The rooms of sessions whose room must be known."""
    impossible: bool
    proven: bool
    """Whether the objective is at its best, where there is one."""
    values: Mapping[Any, int]


def solve(
    rules: HardRules,
    deadline: Deadline,
    *,
    seed: int,
    watched: Mapping[Any, Column] | None = None,
) -> Answer:
    """Solve on one thread, so that the same model and seed give the same plan."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % (2**31)
    solver.parameters.catch_sigint_signal = False
    if deadline.left != float("inf"):
        solver.parameters.max_time_in_seconds = max(0.01, deadline.left)
    status: list[cp_model.CpSolverStatus] = []
    # In a thread of its own, so that whoever waits can be told to stop.
    thread = threading.Thread(target=lambda: status.append(solver.solve(rules.model)), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL)
        if deadline.stopped:
            solver.stop_search()
    found = status[0] in {cp_model.OPTIMAL, cp_model.FEASIBLE}
    if not found and status[0] != cp_model.INFEASIBLE:
        _ = deadline.passed
    return Answer(
        at=tuple(
            next(q for q, variable in row.items() if solver.value(variable)) for row in rules.x
        )
        if found and all(any(solver.value(v) for v in row.values()) for row in rules.x)
        else None,
        held={
            n: room
            for n, row in enumerate(rules.y)
            for (_, room), variable in row.items()
            if found and solver.value(variable)
        }
        | {
            n: room
            for n, (_, room) in rules.now.items()
            if found and n in rules.kept and solver.value(rules.kept[n])
        },
        impossible=status[0] == cp_model.INFEASIBLE,
        proven=status[0] == cp_model.OPTIMAL,
        values={key: solver.value(variable) for key, variable in (watched or {}).items()}
        if found
        else {},
    )
