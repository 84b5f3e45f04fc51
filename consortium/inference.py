"""What a reader of a table can work out about the figures that it does not show.

A table with totals is a flow that goes round: each figure is a pipe between two sums, and what
enters a sum leaves it. So the smallest and largest values that a hidden figure can have, all shown
ones being what they are, follow exactly from what can still be pushed through the hidden pipes.
Pure: values in, values out.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from heapq import heappop, heappush

ENDLESS = 1 << 60
"""What fits through a pipe that has no upper end: more than all people together."""
Node = Hashable


@dataclass
class Pipe:
    """One figure of the table: what flows from one sum to another."""

    tail: Node
    head: Node
    value: int
    hidden: bool = False


@dataclass
class Circulation:
    """A table as its reader sees it; ``floor`` is what he knows every hidden figure to reach."""

    floor: int
    pipes: list[Pipe] = field(default_factory=list)
    _at: dict[Node, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, tail: Node, head: Node, value: int) -> int:
        """Add a figure that is shown; return its number."""
        self.pipes.append(Pipe(tail, head, value))
        number = len(self.pipes) - 1
        self._at[tail].append((number, True))
        self._at[head].append((number, False))
        return number

    def highest(self, number: int, enough: int = ENDLESS) -> int:
        """Return the largest value the reader must think possible, or ``enough`` if it is more."""
        pipe = self.pipes[number]
        if not pipe.hidden:
            return pipe.value
        return pipe.value + self._pushed(pipe.head, pipe.tail, number, enough - pipe.value)[0]

    def lowest(self, number: int) -> int:
        """Return the smallest value that the reader must think possible."""
        pipe = self.pipes[number]
        if not pipe.hidden:
            return pipe.value
        room = max(0, pipe.value - self.floor)
        return pipe.value - self._pushed(pipe.tail, pipe.head, number, room)[0]

    def way_round(
        self, number: int, *, up: bool, by: int, cost: Callable[[int], float]
    ) -> list[int] | None:
        """Return the cheapest figures to hide so that this one may be ``by`` more still (or less).

        What hidden figures allow already is used up first. A figure of zero cannot be hidden where
        zeros are shown, for the reader would know that it is none.
        """
        pipe = self.pipes[number]
        start, goal = (pipe.head, pipe.tail) if up else (pipe.tail, pipe.head)
        _, moved = self._pushed(start, goal, number, ENDLESS)
        best: dict[Node, float] = {start: 0.0}
        came: dict[Node, tuple[Node, int]] = {}
        queue: list[tuple[float, int, Node]] = [(0.0, 0, start)]
        turn = 0
        while queue:
            spent, _, node = heappop(queue)
            if node == goal:
                return _steps(came, start, goal)
            if spent > best[node]:
                continue
            for each, forward in self._at[node]:
                other = self.pipes[each]
                room = self._room(other, forward=forward, if_hidden=True)
                if each == number or room + (0 if forward else moved[each]) < by:
                    continue
                price = spent + (0.0 if other.hidden else cost(each))
                end = other.head if forward else other.tail
                if price < best.get(end, float("inf")):
                    best[end] = price
                    came[end] = (node, each)
                    turn += 1
                    heappush(queue, (price, turn, end))
        return None

    def _room(self, pipe: Pipe, *, forward: bool, if_hidden: bool = False) -> int:
        if not pipe.hidden and (not if_hidden or (self.floor and not pipe.value)):
            return 0
        return ENDLESS if forward else max(0, pipe.value - self.floor)

    def _pushed(
        self, start: Node, goal: Node, without: int, wanted: int
    ) -> tuple[int, dict[int, int]]:
        """Return how much more can go from one sum to another by hidden pipes, and by which."""
        moved: dict[int, int] = defaultdict(int)
        total = 0
        while total < wanted:
            step = self._one_way(start, goal, without, moved)
            if step is None:
                break
            amount, way = step
            amount = min(amount, wanted - total)
            for each, forward in way:
                moved[each] += amount if forward else -amount
            total += amount
        return total, moved

    def _one_way(
        self, start: Node, goal: Node, without: int, moved: dict[int, int]
    ) -> tuple[int, list[tuple[int, bool]]] | None:
        came: dict[Node, tuple[Node, int, bool, int]] = {}
        queue = deque([start])
        seen = {start}
        while queue and goal not in seen:
            node = queue.popleft()
            for each, forward in self._at[node]:
                pipe = self.pipes[each]
                if each == without or not pipe.hidden:
                    continue
                room = self._room(pipe, forward=forward) + (0 if forward else moved[each])
                end = pipe.head if forward else pipe.tail
                if room > 0 and end not in seen:
                    seen.add(end)
                    came[end] = (node, each, forward, room)
                    queue.append(end)
        if goal not in seen:
            return None
        way, amount, node = [], ENDLESS, goal
        while node != start:
            node, each, forward, room = came[node]
            way.append((each, forward))
            amount = min(amount, room)
        return amount, way


def _steps(came: dict[Node, tuple[Node, int]], start: Node, goal: Node) -> list[int]:
    way, node = [], goal
    while node != start:
        node, each = came[node]
        way.append(each)
    return way
