"""Who gets which place as a linear program: what ``check_places.py`` asks of the best."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse


class Case:
    """What is asked: sessions, people, and what excludes what."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.round: dict[str, str] = {}
        self.places: dict[str, int | None] = {}
        self.team: dict[str, Any] = {}
        self.rank: dict[str, dict[str, int]] = {}
        self.can: dict[str, set[str]] = {}
        self.fixed: dict[str, set[str]] = {}
        self.pick: dict[str, int] = defaultdict(lambda: 1)
        self.apart: list[set[str]] = []


class Program:
    """The question as a linear program over the places that could be given."""

    def __init__(self, case: Case) -> None:
        """Find the places that could be given."""
        self.case, self.arcs = case, list[tuple[str, str]]()
        self.need: dict[tuple[str, str], int] = {}
        for person in sorted(case.can):
            fixed = case.fixed[person]
            barred = set(fixed).union(*(some for some in case.apart if some & fixed))
            for session in sorted(case.can[person] - barred):
                round_ = case.round[session]
                left = case.pick[round_] - sum(case.round[one] == round_ for one in fixed)
                if left > 0:
                    self.need[person, round_] = left
                    self.arcs.append((person, session))
        self.at = {arc: number for number, arc in enumerate(self.arcs)}
        self.served = sorted(self.need)
        covered = {(case.team[p], s) for p, fixed in case.fixed.items() for s in fixed}
        reach = {(case.team[p], s) for p, s in self.arcs} - covered
        self.reach = sorted(reach, key=str)
        self.size = len(self.arcs) + len(self.served) + len(self.reach)

    def rows(self) -> tuple[Any, Any]:
        """Return what may not be more than what."""
        rows = [*self._limits(), *self._counted()]
        data = [(row, at, value) for row, (some, _) in enumerate(rows) for at, value in some]
        row, at, value = np.array(data).T if data else (np.zeros(0, int),) * 3
        matrix = sparse.csr_array((value, (row, at)), shape=(len(rows), self.size))
        return matrix, np.array([limit for _, limit in rows], float)

    def _limits(self) -> Iterator[tuple[list[tuple[int, int]], int]]:
        case = self.case
        needs: dict[Any, list[int]] = defaultdict(list)
        rooms: dict[str, list[int]] = defaultdict(list)
        shut: dict[Any, list[int]] = defaultdict(list)
        for number, (person, session) in enumerate(self.arcs):
            needs[person, case.round[session]].append(number)
            rooms[session].append(number)
            for which, some in enumerate(case.apart):
                if session in some:
                    shut[person, which].append(number)
        fixed = Counter(session for some in case.fixed.values() for session in some)
        for key, members in needs.items():
            yield [(number, 1) for number in members], self.need[key]
        for session, members in rooms.items():
            places = case.places[session]
            left = len(members) if places is None else max(0, places - fixed[session])
            yield [(number, 1) for number in members], left
        for members in shut.values():
            yield [(number, 1) for number in members], 1

    def _counted(self) -> Iterator[tuple[list[tuple[int, int]], int]]:
        served: dict[Any, list[int]] = defaultdict(list)
        reach: dict[Any, list[int]] = defaultdict(list)
        for number, (person, session) in enumerate(self.arcs):
            served[person, self.case.round[session]].append(number)
            reach[self.case.team[person], session].append(number)
        start = len(self.arcs)
        for key in self.served:
            yield [(start, 1), *((number, -1) for number in served[key])], 0
            start += 1
        for key in self.reach:
            yield [(start, 1), *((number, -1) for number in reach[key])], 0
            start += 1

    def point(self, given: list[tuple[str, str]]) -> Any:
        """Return the given places as a point of the program."""
        x = np.zeros(self.size)
        fresh = {pair for pair in given if pair in self.at}
        for pair in fresh:
            x[self.at[pair]] = 1
        served = {(person, self.case.round[session]) for person, session in fresh}
        reach = {(self.case.team[person], session) for person, session in fresh}
        x[len(self.arcs) : len(self.arcs) + len(self.served)] = [k in served for k in self.served]
        x[len(self.arcs) + len(self.served) :] = [k in reach for k in self.reach]
        return x

    def criteria(self, by: str) -> Iterator[tuple[str, Any]]:
        """Give what is sought, the most important first."""
        case, arcs = self.case, len(self.arcs)
        first = np.zeros(self.size)
        for position, (person, round_) in enumerate(self.served):
            first[arcs + position] = not any(case.round[s] == round_ for s in case.fixed[person])
        yield "people with a place", first
        every = np.zeros(self.size)
        every[:arcs] = 1
        yield "places given", every
        asked = every.copy()
        asked[:arcs] = [session in case.rank[person] for person, session in self.arcs]
        yield "places that were asked for", asked
        spread = np.zeros(self.size)
        spread[arcs + len(self.served) :] = 1
        ranks = [case.rank[person].get(session, 0) for person, session in self.arcs]
        if by == "points":
            points = spread.copy()
            points[:arcs] = [max(0, 11 - rank) if rank else 0 for rank in ranks]
            yield "points and teams in sessions", points
            return
        for rank in sorted(set(ranks) - {0}):
            costs = np.zeros(self.size)
            costs[:arcs] = [one == rank for one in ranks]
            yield f"choices of rank {rank}", costs
        yield "teams in sessions", spread
