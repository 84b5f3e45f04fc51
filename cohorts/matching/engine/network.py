"""The half-integral optimum: a minimum-cost flow on the double cover of the candidates.

Each person stands on both shores. The source gives the left shore as many units as the person may
have peers, the first of them with a reward, so that most people have one; the right shore gives
them to the sink. A candidate pair is two arcs, there and back, each worth the pair's weight. Where
someone has several candidates in one other LEA, these arcs pass through one more node that lets a
single unit through. Half of the flow on both arcs of a pair is its share, 0, 1/2 or 1; half of the
flow's worth is the most that any matching of these candidates can be worth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from cohorts.matching.engine.crowd import Crowd, Flags, Ints

FIRST = 5_000
"""The reward for a person's first peer: more than all that a chain of exchanges can lose."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """The arcs, in a fixed order, so that the same candidates give the same flow."""

    nodes: int
    people: int
    tails: Ints
    heads: Ints
    rooms: Ints
    """How many units an arc lets through."""
    costs: Ints
    pairs: int
    """Pair ``e`` is the arcs ``e`` and ``pairs + e``; the other arcs follow."""
    able: Ints
    """Everyone who has a pair here."""
    group_person: Ints
    """Of each group node on the left, whose it is; its twin on the right follows all of them."""
    group_lea: Ints

    @property
    def source(self) -> int:
        """The node where the units come from."""
        return 2 * self.people

    @property
    def sink(self) -> int:
        """The node where the units go."""
        return 2 * self.people + 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Flow:
    """Units on each arc of a network."""

    network: Network
    units: Ints

    @property
    def shares(self) -> Ints:
        """Twice the share of each pair: 0, 1 or 2."""
        pairs = self.network.pairs
        return self.units[:pairs] + self.units[pairs : 2 * pairs]


def network_of(
    crowd: Crowd, ones: Ints, others: Ints, weights: Ints, first: int = FIRST
) -> Network:
    """Return the network of these candidates; each pair stands in it once."""
    size = crowd.size
    who = np.concatenate([ones, others])
    lea = crowd.lea[np.concatenate([others, ones])].astype(np.int64)
    gate, group_person, group_lea = _gates(who, lea)
    groups = len(group_person)
    left = np.where(gate >= 0, 2 * size + 2 + gate, who)
    right = np.where(gate >= 0, 2 * size + 2 + groups + gate, size + who)
    pairs = len(ones)
    back = np.concatenate([np.arange(pairs, 2 * pairs), np.arange(pairs)])
    able = np.unique(who)
    several = able[crowd.most[able] > 1]
    source, sink = 2 * size, 2 * size + 1
    node = 2 * size + 2 + np.arange(groups)
    tails = [
        left,
        *(np.full(len(each), source) for each in (able, several)),
        *(size + each for each in (able, several)),
        group_person,
        node + groups,
        [source],
    ]
    heads = [
        right[back],
        *(able, several),
        *(np.full(len(each), sink) for each in (able, several)),
        node,
        size + group_person,
        [sink],
    ]
    rest = crowd.most[several] - 1
    rooms = [
        np.ones(2 * pairs),
        *(np.ones(len(able)), rest) * 2,
        np.ones(2 * groups),
        [crowd.most[able].sum()],
    ]
    costs = [
        -np.tile(weights, 2),
        *(np.full(len(able), -first), np.zeros(len(several))) * 2,
        np.zeros(2 * groups + 1),
    ]
    return Network(
        nodes=2 * size + 2 + 2 * groups,
        people=size,
        tails=_joined(tails),
        heads=_joined(heads),
        rooms=_joined(rooms),
        costs=_joined(costs),
        pairs=pairs,
        able=able,
        group_person=group_person,
        group_lea=group_lea,
    )


def solve(network: Network) -> Flow:
    """Return the flow of least cost. Raises ``RuntimeError`` when the solver fails."""
    solver = min_cost_flow.SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tails, network.heads, network.rooms, network.costs
    )
    supply = int(network.rooms[-1])
    solver.set_node_supply(network.source, supply)
    solver.set_node_supply(network.sink, -supply)
    status = solver.solve()
    if status != solver.OPTIMAL:
        raise RuntimeError(f"minimum-cost flow: {status}")
    return Flow(network=network, units=np.asarray(solver.flows(arcs), np.int64))


def _gates(who: Ints, lea: Ints) -> tuple[Ints, Ints, Ints]:
    """Return a number for each person and LEA that several candidates share; -1 for the rest."""
    span = int(lea.max(initial=0)) + 1
    keys, which, counts = np.unique(who * span + lea, return_inverse=True, return_counts=True)
    shared: Flags = counts > 1
    number = np.where(shared, np.cumsum(shared) - 1, -1)
    return number[which], keys[shared] // span, keys[shared] % span


def _joined(parts: Sequence[object]) -> Ints:
    return np.concatenate([np.asarray(part, np.int64) for part in parts])
