"""The best matching of all where few pairs are possible: whole-number programs solved to the end.

First as many people as possible have a peer, then the weights add up to the most: two programs, the
second with the first one's result as a rule.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from threading import Thread
from typing import Any, NamedTuple

from ortools.linear_solver import pywraplp

from cohorts.matching.engine.crowd import Crowd
from cohorts.matching.engine.scan import Pairs

MILLISECONDS = 1000
HALF = 0.5
LISTENED = 0.05  # seconds between two looks whether somebody wants to stop


class Solution(NamedTuple):
    """The pairs chosen, by their places in the list, and whether that is proven to be the best."""

    chosen: list[int]
    proven: bool


def best_of_all(
    crowd: Crowd, pairs: Pairs, left: Callable[[], float], known: Collection[int] = ()
) -> Solution | None:
    """Return the best matching of these pairs; ``None`` where none is found in time.

    ``left`` says how many seconds there are; ``known`` are the places of a matching to begin with.
    """
    program = _Program(crowd, pairs)
    most = len({program.ends[place][end] for place in known for end in (0, 1)})
    if most < len(program.covered):
        program.begin_with(known)
        if not program.solve(program.covered.values(), left()):
            return None
        most = round(program.solver.Objective().Value())
    program.cover(most)
    program.begin_with(known)
    weights = zip(program.pairs, pairs.weights.tolist(), strict=True)
    proven = program.solve((weight * pair for pair, weight in weights), left())
    chosen = program.chosen()
    return Solution(chosen, proven) if chosen is not None else None


class _Program:
    """A variable for each pair and one for each person: whether they have a peer."""

    def __init__(self, crowd: Crowd, pairs: Pairs) -> None:
        self.solver: Any = pywraplp.Solver.CreateSolver("SCIP")
        self.solver.SetSolverSpecificParametersAsString("limits/gap = 0\nmisc/catchctrlc = FALSE")
        ones, others = pairs.ones.tolist(), pairs.others.tolist()
        self.ends = list(zip(ones, others, strict=True))
        self.pairs = [self.solver.BoolVar("") for _ in self.ends]
        mine: dict[int, list[Any]] = defaultdict(list)
        in_lea: dict[tuple[int, int], list[Any]] = defaultdict(list)
        lea = crowd.lea.tolist()
        for pair, (one, other) in zip(self.pairs, self.ends, strict=True):
            for who, beside in ((one, other), (other, one)):
                mine[who].append(pair)
                in_lea[who, lea[beside]].append(pair)
        self.covered: Mapping[int, Any] = {who: self.solver.BoolVar("") for who in mine}
        for who, theirs in mine.items():
            self.solver.Add(self.solver.Sum(theirs) <= int(crowd.most[who]))
            self.solver.Add(self.solver.Sum(theirs) >= self.covered[who])
        for theirs in in_lea.values():
            if len(theirs) > 1:
                self.solver.Add(self.solver.Sum(theirs) <= 1)
        self.found = 0

    def begin_with(self, known: Collection[int]) -> None:
        """Give the solver a matching to begin with."""
        if not known:
            return
        chosen = set(known)
        has = {who for place in chosen for who in self.ends[place]}
        self.solver.SetHint(
            [*self.pairs, *self.covered.values()],
            [
                *(float(place in chosen) for place in range(len(self.pairs))),
                *(float(who in has) for who in self.covered),
            ],
        )

    def solve(self, terms: Iterable[Any], seconds: float) -> bool:
        """Find the most of the sum; tell whether it is proven."""
        self.solver.SetTimeLimit(max(1, int(seconds * MILLISECONDS)))
        self.solver.Maximize(self.solver.Sum(list(terms)))
        solving = Thread(target=self._solve, daemon=True)
        solving.start()
        try:  # beside this thread, since nothing reaches one that is inside the solver
            while solving.is_alive():
                solving.join(LISTENED)
        except BaseException:
            self.solver.InterruptSolve()
            solving.join()
            raise
        return bool(self.found == pywraplp.Solver.OPTIMAL)

    def _solve(self) -> None:
        self.found = self.solver.Solve()

    def cover(self, people: int) -> None:
        """Let the next solution give a peer to so many people."""
        self.solver.Add(self.solver.Sum(list(self.covered.values())) >= people)

    def chosen(self) -> list[int] | None:
        """Return the pairs of the solution, or ``None`` when there is none."""
        if self.found not in {pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE}:
            return None
        values = (pair.solution_value() for pair in self.pairs)
        return [place for place, value in enumerate(values) if value > HALF]
