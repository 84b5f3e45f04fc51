"""A programme made ready to be solved: what may be where, and what hinders what, as tables."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from events.schedule.engine.positions import Position, position_of, runs_of, ticks_of
from events.schedule.engine.rules import (
    Apart,
    Item,
    hindrance,
    kept_apart,
    meeting_fixed,
    misfit,
    role_sizes,
    seats_needed,
)
from events.schedule.engine.values import Fixed, Placement, Programme, Session
from events.schedule.engine.wishes import Costs, Flags, Wishes, costs_side_by_side, wishes_of


@dataclass(frozen=True, kw_only=True)
class Case:
    """The tables. Items are the sessions in order of id, then what is fixed; so are their rows.

    Sets of rooms are whole numbers, a bit for each room in order.
    """

    programme: Programme
    sessions: tuple[Session, ...]
    fixed: tuple[Fixed, ...]
    positions: tuple[Position, ...]
    ticks: tuple[tuple[int, ...], ...]
    """By position: the ticks it takes; two positions overlap if they share one."""
    reach: tuple[tuple[int, ...], ...]
    """By session and position: the rooms that could take it then, if nothing else hindered it."""
    home: tuple[int, ...]
    """The position of each fixed item."""
    apart: tuple[Apart, ...]
    before: tuple[tuple[int, int], ...]
    """Pairs of sessions of which the second begins only when the first has ended."""
    needed: tuple[int, ...]
    """By session: how many people its room must hold."""
    wishes: Wishes
    hindrances: dict[tuple[int, int], str] = field(default_factory=dict)
    """Why a session cannot be at a position that is long enough for it."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Sessions, then what is fixed."""
        return (*self.sessions, *self.fixed)

    @cached_property
    def rooms(self) -> tuple[tuple[int, ...], ...]:
        """By session and position: the rooms in which it can be then; none where it cannot be."""
        return tuple(
            tuple(0 if (n, q) in self.hindrances else rooms for q, rooms in enumerate(row))
            for n, row in enumerate(self.reach)
        )

    @cached_property
    def allowed(self) -> tuple[tuple[int, ...], ...]:
        """By session: the positions in which some room can take it."""
        return tuple(tuple(q for q, rooms in enumerate(row) if rooms) for row in self.rooms)

    @cached_property
    def long(self) -> tuple[bool, ...]:
        """By session: whether it takes several ticks somewhere, so that its room must be known."""
        return tuple(any(len(self.ticks[q]) > 1 for q in row) for row in self.allowed)

    @cached_property
    def overlap(self) -> Flags:
        """Which positions overlap."""
        shown = np.zeros((len(self.positions), self.number_of_ticks), dtype=np.float32)
        for q, ticks in enumerate(self.ticks):
            shown[q, list(ticks)] = 1
        return np.asarray(shown @ shown.T > 0)

    @cached_property
    def number_of_ticks(self) -> int:
        """How many moments there are of which overlapping positions share one."""
        return 1 + max((tick for ticks in self.ticks for tick in ticks), default=-1)

    @cached_property
    def conflicts(self) -> Flags:
        """Which items may never overlap."""
        found = np.zeros((len(self.items), len(self.items)), dtype=np.bool_)
        for apart in self.apart:
            members = np.array(apart.members)
            found[np.ix_(members, members)] = True
        np.fill_diagonal(found, val=False)
        return found

    @cached_property
    def costs(self) -> Costs:
        """What it costs that two items are side by side, in points."""
        track = self.programme.weights.track
        return costs_side_by_side(self.wishes, self.items, track=track)

    @cached_property
    def scale(self) -> float:
        """By how many points plans differ that differ in the place of one session, roughly."""
        count = len(self.sessions)
        if count < 2:  # noqa: PLR2004  (one session is beside nothing)
            return 1.0
        pairs = self.costs[:count, :count][~np.eye(count, dtype=np.bool_)]
        beside = max(1.0, count / max(1, self.number_of_ticks))
        apart = float(pairs.std())
        return max(1.0, apart * math.sqrt(2 * beside))

    def slot_of(self, position: int) -> str:
        """Return the slot with which a position begins."""
        return self.positions[position].slot

    def time_of(self, position: int) -> str:
        """Return how people call the slot with which a position begins."""
        return self.programme.times.get(self.slot_of(position), "")

    def placements(self, at: Sequence[int], rooms: Sequence[int]) -> tuple[Placement, ...]:
        """Return the schedule in which each session is at a position and in a room."""
        return tuple(
            Placement(
                session=session.id,
                slot=self.slot_of(at[n]),
                room=self.programme.rooms[rooms[n]].id,
            )
            for n, session in enumerate(self.sessions)
        )


def case_of(programme: Programme) -> Case:
    """Return the tables of a programme whose ids are all known (the reader saw to that)."""
    programme = replace(
        programme,
        rooms=tuple(sorted(programme.rooms, key=lambda room: room.id)),
        slots=tuple(sorted(programme.slots, key=lambda one: (one.starts, one.ends, one.id))),
    )
    sessions = tuple(sorted(programme.sessions, key=lambda one: one.id))
    fixed = tuple(sorted(programme.fixed, key=lambda one: one.id))
    homes = [position_of(one) for one in fixed]
    runs = [runs_of(session, programme.slots) for session in sessions]
    positions = tuple(sorted({*homes, *(run for each in runs for run in each)}))
    index = {position: q for q, position in enumerate(positions)}
    sizes = role_sizes(programme.people)
    needed = tuple(seats_needed(session, sizes) for session in sessions)
    items: tuple[Item, ...] = (*sessions, *fixed)
    apart = kept_apart(items, programme.people)
    return Case(
        programme=programme,
        sessions=sessions,
        fixed=fixed,
        positions=positions,
        ticks=ticks_of(positions),
        reach=_reach(programme, sessions, needed, runs, index),
        home=tuple(index[one] for one in homes),
        apart=apart,
        before=_before(sessions),
        needed=needed,
        wishes=wishes_of(programme.people, items),
        hindrances=_hindrances(programme, sessions, runs, index, apart, fixed),
    )


def _before(sessions: Sequence[Session]) -> tuple[tuple[int, int], ...]:
    place = {session.id: n for n, session in enumerate(sessions)}
    return tuple(
        (n, place[later]) for n, session in enumerate(sessions) for later in sorted(session.before)
    )


def _hindrances(  # noqa: PLR0913, PLR0917  (the tables as they come to be, each of another kind)
    programme: Programme,
    sessions: Sequence[Session],
    runs: Sequence[Sequence[Position]],
    index: dict[Position, int],
    apart: Sequence[Apart],
    fixed: Sequence[Fixed],
) -> dict[tuple[int, int], str]:
    found: dict[tuple[int, int], str] = {}
    for reason in apart:
        for one in (fixed[m - len(sessions)] for m in reason.members if m >= len(sessions)):
            for n in (m for m in reason.members if m < len(sessions)):
                for run in runs[n]:
                    if one.starts < run.ends and run.starts < one.ends:
                        found.setdefault((n, index[run]), meeting_fixed(reason, one))
    for n, session in enumerate(sessions):
        for run in runs[n]:
            why = hindrance(session, run, programme)
            if why:
                found.setdefault((n, index[run]), why)
    return found


def _reach(
    programme: Programme,
    sessions: Sequence[Session],
    needed: Sequence[int],
    runs: Sequence[Sequence[Position]],
    index: dict[Position, int],
) -> tuple[tuple[int, ...], ...]:
    free = {run: _free(programme, run) for each in runs for run in each}
    table = []
    for n, session in enumerate(sessions):
        fit = sum(
            1 << r for r, room in enumerate(programme.rooms) if not misfit(session, room, needed[n])
        )
        row = [0] * len(index)
        for run in runs[n]:
            row[index[run]] = fit & free[run]
        table.append(tuple(row))
    return tuple(table)


def _free(programme: Programme, position: Position) -> int:
    """Return the rooms that are open and not taken by anything fixed at a position."""
    taken = {
        one.room
        for one in programme.fixed
        if one.room and one.starts < position.ends and position.starts < one.ends
    }
    return sum(
        1 << r
        for r, room in enumerate(programme.rooms)
        if room.id not in taken and room.is_open(position.starts, position.ends)
    )
