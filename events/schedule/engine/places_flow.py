"""Flows that are best by a first criterion, then by a second among those, and so on, exactly.

Weights that put ten ranks of three thousand people in one number overflow 64 bits. So criteria are
taken by a few at once, as many as fit (``weights_that_fit``), and between two such stages the graph
is cut down to the flows that are best so far: with prices p of an optimum, a flow is optimal if and
only if it is empty where an arc costs more than its ends' prices differ, and full where it costs
less (complementary slackness). What remains is again a flow problem, without extra rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

LARGEST = 2**61
"""What the solver's numbers hold: it multiplies costs by the number of nodes."""


@dataclass(frozen=True, kw_only=True)
class Network:
    """A circulation: what flows into a node flows out of it."""

    nodes: int
    tails: Ints
    heads: Ints
    room: Ints
    """How much each arc can carry."""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """What a flow costs by one criterion."""

    costs: Ints
    swing: int
    """By how much two flows can differ in it at most."""


def best_flow(network: Network, criteria: Sequence[Criterion], *, largest: int = LARGEST) -> Ints:
    """Return the flow that costs least by the first criterion, then by the second, and so on.

    ``largest`` bounds the weights that are put together in one stage; a small one means one stage
    for each criterion, with the same result.
    """
    flow = np.zeros(len(network.tails), dtype=np.int64)
    kept = np.flatnonzero(network.room > 0)
    owed = np.zeros(network.nodes, dtype=np.int64)
    todo = list(criteria)
    while todo and len(kept):
        at_once, todo = _stage(todo, network.nodes, largest)
        costs = _together(at_once)[kept]
        tails, heads, room = network.tails[kept], network.heads[kept], network.room[kept]
        found = _solve(network.nodes, tails, heads, room, costs, owed)
        flow[kept] = found
        if not todo:
            break
        prices = _prices(network.nodes, tails, heads, room, costs, found)
        over = costs + prices[tails] - prices[heads]
        full = kept[over < 0]
        np.subtract.at(owed, network.tails[full], network.room[full])
        np.add.at(owed, network.heads[full], network.room[full])
        kept = kept[over == 0]
    return flow


def weights_that_fit(swings: Sequence[int], limit: int) -> list[int]:
    """Return a weight for each of the first criteria that can be sought at once.

    Each weight is more than all that the later criteria together can differ by, so that a unit of
    an earlier criterion is never given up; at least one criterion is taken, with weight 1.
    """
    for taken in range(len(swings), 1, -1):
        weights = [1]
        below = swings[taken - 1]
        for swing in reversed(swings[: taken - 1]):
            weights.insert(0, below + 1)
            below += (below + 1) * swing
        if below <= limit:
            return weights
    return [1]


def _stage(
    todo: list[Criterion], nodes: int, largest: int
) -> tuple[list[tuple[int, Criterion]], list[Criterion]]:
    weights = weights_that_fit([one.swing for one in todo], largest // (nodes + 2))
    taken = list(zip(weights, todo, strict=False))
    return taken, todo[len(taken) :]


def _together(weighted: Sequence[tuple[int, Criterion]]) -> Ints:
    total = np.zeros_like(weighted[0][1].costs)
    for weight, criterion in weighted:
        total += weight * criterion.costs
    return total


def _solve(  # noqa: PLR0913, PLR0917  (a graph, column by column)
    nodes: int, tails: Ints, heads: Ints, room: Ints, costs: Ints, owed: Ints
) -> Ints:
    # Loading it takes longer than solving a small round.
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    solver: Any = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, room, costs)
    solver.set_nodes_supplies(np.arange(nodes), owed)
    status = solver.solve()
    if status != solver.OPTIMAL:
        message = f"The flow of a legal question was not solved: {status}"
        raise ArithmeticError(message)
    flows: Ints = np.asarray(solver.flows(np.arange(len(tails))), dtype=np.int64)
    return flows


def _prices(  # noqa: PLR0913, PLR0917  (a graph, column by column)
    nodes: int, tails: Ints, heads: Ints, room: Ints, costs: Ints, flow: Ints
) -> Ints:
    """Return shortest distances in the residual graph of an optimal flow (Bellman and Ford)."""
    onward, back = flow < room, flow > 0
    begin = np.concatenate([tails[onward], heads[back]])
    end = np.concatenate([heads[onward], tails[back]])
    length = np.concatenate([costs[onward], -costs[back]])
    order = np.argsort(end, kind="stable")
    begin, end, length = begin[order], end[order], length[order]
    prices = np.zeros(nodes, dtype=np.int64)
    if not len(end):
        return prices
    reached, starts = np.unique(end, return_index=True)
    while True:
        nearer = np.minimum(prices[reached], np.minimum.reduceat(prices[begin] + length, starts))
        if np.array_equal(nearer, prices[reached]):
            return prices
        prices[reached] = nearer
