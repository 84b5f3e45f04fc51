"""One or more rounds as a network of places, and what is sought in it, in order."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.places_columns import LOTS, NOT_RANKED, Columns, team_of
from events.schedule.engine.places_flow import LARGEST, Criterion, Ints, Network, best_flow
from events.schedule.engine.places_model import Objective

POINTS = 10
"""What a first choice is worth by points; each later rank is worth one less, none less than 0."""


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What the best places are."""

    objective: Objective = Objective.RANKS
    everyone_first: bool = True
    """Whether nobody stays without a place, nor has one that was not asked for, for the sake of
    others' better ones."""
    spread: int = 1
    """What the first of a team in a session earns by points; by ranks, whether it counts at all."""
    seed: int = 0
    largest: int = LARGEST


def wanted(columns: Columns, aim: Aim) -> list[Ints]:
    """Return what each possible place costs by ranks or points, the most important first."""
    if aim.objective is Objective.RANKS:
        return [-(columns.rank == rank).astype(np.int64) for rank in columns.ranks]
    points = np.maximum(0, POINTS + 1 - columns.rank)
    return [-np.where(columns.rank == NOT_RANKED, 0, points).astype(np.int64)]


def places_by_flow(columns: Columns, aim: Aim) -> NDArray[np.bool_]:
    """Return which of the possible places are given: by a flow, and so exactly.

    A flow knows that a taker has so many places of a round, and nothing else: sessions of which
    one person can have but one have to be in one round of which one is picked.
    """
    if not len(columns.taker):
        return np.zeros(0, dtype=np.bool_)
    asked = _asked_only(columns) if aim.everyone_first else None
    if asked is not None:
        some = columns.only(asked)
        chosen = _by_flow(some, aim)
        if np.array_equal(np.bincount(some.taker[chosen], minlength=len(some.need)), some.need):
            asked[asked] = chosen
            return asked
    return _by_flow(columns, aim)


def _asked_only(columns: Columns) -> NDArray[np.bool_] | None:
    """Return the places to look at first: of who ranked enough, only what was ranked.

    Where that leaves nobody short it is the best: places that nobody asked for come last, so that
    nobody who has a ranked one would have another. ``None`` where it would save or prove nothing.
    """
    ranked = columns.rank != NOT_RANKED
    wishes = np.bincount(columns.taker[ranked], minlength=len(columns.need))
    if ranked.all() or ((wishes > 0) & (wishes < columns.need)).any():
        return None
    return np.asarray(ranked | (wishes[columns.taker] == 0))


def _by_flow(columns: Columns, aim: Aim) -> NDArray[np.bool_]:
    arcs = _Arcs(columns)
    units = int(columns.need.sum())
    criteria: list[Criterion] = []
    if aim.everyone_first:
        criteria.append(
            Criterion(costs=arcs.costs(entry=np.where(arcs.firsts, -1, 0)), swing=units)
        )
        if columns.need.max() > 1 or not columns.first.all():
            everything = np.full(len(arcs.firsts), -1)
            criteria.append(Criterion(costs=arcs.costs(entry=everything), swing=units))
        unasked = (columns.rank == NOT_RANKED).astype(np.int64)
        if unasked.any():
            criteria.append(Criterion(costs=arcs.costs(take=unasked), swing=units))
    spread = arcs.spread()
    ranks = [arcs.costs(take=costs) for costs in wanted(columns, aim)]
    if aim.objective is Objective.POINTS:
        together = ranks[0] + aim.spread * spread
        criteria.append(Criterion(costs=together, swing=units * (POINTS + aim.spread)))
    else:
        criteria += [Criterion(costs=costs, swing=units) for costs in ranks]
    if columns.stays.any():
        stays = arcs.costs(take=-columns.stays.astype(np.int64))
        criteria.append(Criterion(costs=stays, swing=units))
    if aim.spread and aim.objective is Objective.RANKS:
        criteria.append(Criterion(costs=spread, swing=units))
    lots = arcs.costs(take=columns.lots(aim.seed))
    criteria.append(Criterion(costs=lots, swing=units * LOTS))
    flow = best_flow(arcs.network, criteria, largest=aim.largest)
    return np.asarray(flow[arcs.takes] > 0)


@dataclass
class _Arcs:
    """The network: source, takers, teams in stories of sessions, sessions, and back again.

    A taker enters by an arc for the first place and one for the others; a possible place is an
    arc to the team in that session; from there the first goes by a ``fresh`` arc, the others by
    another; a session leads to the sink as often as it has places. Where only one of a team could
    be in a session, the arc leads there at once.
    """

    columns: Columns
    tails: list[Ints] = field(default_factory=list)
    heads: list[Ints] = field(default_factory=list)
    room: list[Ints] = field(default_factory=list)
    size: int = 0

    def __post_init__(self) -> None:
        columns = self.columns
        takers, sessions = len(columns.takers), len(columns.offers)
        group, group_session, group_fresh = _groups(columns)
        crowd = np.bincount(group, minlength=len(group_session))
        shared = np.flatnonzero(crowd > 1)
        node = np.full(len(group_session), -1, dtype=np.int64)
        node[shared] = np.arange(len(shared))
        source, sink = 0, 1
        taker, session, groups = 2, 2 + takers, 2 + takers + sessions
        everyone = np.arange(takers)
        ones = np.ones(takers, dtype=np.int64)
        self.entries = self._add(
            np.zeros_like(everyone), taker + everyone, np.minimum(ones, columns.need)
        )
        more = np.flatnonzero(columns.need > 1)
        self.further = self._add(np.zeros_like(more), taker + more, columns.need[more] - 1)
        self.firsts = np.concatenate([columns.first, np.zeros(len(more), dtype=np.bool_)])
        alone = crowd[group] == 1
        self.takes = self._add(
            taker + columns.taker,
            np.where(alone, session + columns.session, groups + node[group]),
            np.ones(len(group), dtype=np.int64),
        )
        onward = np.arange(len(shared))
        reaches = self._add(groups + onward, session + group_session[shared], np.ones_like(onward))
        self.fresh = np.concatenate(
            [reaches[group_fresh[shared]], self.takes[alone & group_fresh[group]]]
        )
        self._add(groups + onward, session + group_session[shared], crowd[shared] - 1)
        units = int(columns.need.sum())
        self._add(
            session + np.arange(sessions),
            np.full(sessions, sink),
            np.minimum(columns.places, units),
        )
        self._add(np.array([sink]), np.array([source]), np.array([units]))
        self.network = Network(
            nodes=groups + len(shared),
            tails=np.concatenate(self.tails),
            heads=np.concatenate(self.heads),
            room=np.concatenate(self.room),
        )

    def costs(self, *, entry: Ints | None = None, take: Ints | None = None) -> Ints:
        """Return what arcs cost where only entering or taking costs something."""
        costs = np.zeros(self.size, dtype=np.int64)
        if entry is not None:
            costs[np.concatenate([self.entries, self.further])] = entry
        if take is not None:
            costs[self.takes] = take
        return costs

    def spread(self) -> Ints:
        """Return what arcs cost where the first of a team in a session is worth one."""
        costs = np.zeros(self.size, dtype=np.int64)
        costs[self.fresh] = -1
        return costs

    def _add(self, tails: Ints, heads: Ints, room: Ints) -> Ints:
        self.tails.append(np.asarray(tails, dtype=np.int64))
        self.heads.append(np.asarray(heads, dtype=np.int64))
        self.room.append(np.asarray(room, dtype=np.int64))
        self.size += len(tails)
        return np.arange(self.size - len(tails), self.size)


def _groups(columns: Columns) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Return by arc its team in its session; of each such the session, and whether it is fresh."""
    teams = [team_of(person) for person, _ in columns.takers]
    number = {team: position for position, team in enumerate(sorted(set(teams)))}
    team = np.asarray([number[one] for one in teams], dtype=np.int64)
    sessions = len(columns.offers)
    keys, group = np.unique(team[columns.taker] * sessions + columns.session, return_inverse=True)
    covered = [
        number[name] * sessions + session for name, session in columns.covered if name in number
    ]
    return group.astype(np.int64), keys % sessions, ~np.isin(keys, covered)
