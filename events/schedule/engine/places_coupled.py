"""Rounds that belong together: who hears a content in one does not hear it in another.

A flow cannot say that. Three exact ways are tried, the fastest first: where the same stories are
told in every round, people are dealt stories by one flow and the stories' people dealt to rounds by
colouring edges; often the flow without the condition keeps it by chance, and then nothing is
better; else a mixed-integer program decides, while there is time.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from events.schedule.engine.places_columns import NOT_RANKED, Columns, team_of
from events.schedule.engine.places_flow import Ints
from events.schedule.engine.places_model import Objective
from events.schedule.engine.places_network import Aim, wanted

Chosen = NDArray[np.bool_]

TOO_MANY = 60_000
"""Possible places above which no program is begun: it would only use up the time."""


def keeps_apart(columns: Columns, chosen: Chosen, apart: Sequence[frozenset[str]]) -> bool:
    """Tell whether nobody was given two sessions of one of these sets."""
    return not any(len(some) > 1 for some in _together(columns, np.flatnonzero(chosen), apart))


def places_by_program(
    columns: Columns, aim: Aim, apart: Sequence[frozenset[str]], *, left: Callable[[], float]
) -> Chosen | None:
    """Return the best places by a mixed-integer program, or ``None`` where time did not suffice.

    One criterion after the other, each held at its best value while the next is sought. ``left``
    says how many seconds may still be spent.
    """
    if len(columns.taker) > TOO_MANY:
        return None
    # Half a second that only this way needs.
    from scipy import optimize, sparse  # noqa: PLC0415

    program = _Program(columns, aim, apart)
    matrix, upper = program.rows()
    held: list[tuple[Ints, int]] = []
    found: NDArray[np.float64] | None = None
    for costs in program.criteria():
        seconds = left()
        if seconds <= 0:
            return None
        rows = sparse.vstack([matrix, *(sparse.csr_array(row[np.newaxis, :]) for row, _ in held)])
        values = np.asarray([value for _, value in held], dtype=np.float64)
        answer = optimize.milp(
            costs.astype(np.float64),
            integrality=program.whole,
            bounds=optimize.Bounds(0, 1),
            constraints=optimize.LinearConstraint(
                rows.tocsc(),
                np.concatenate([np.full(len(upper), -np.inf), values]),
                np.concatenate([upper, values]),
            ),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if answer.status != 0:
            return None
        found = np.round(answer.x)
        held.append((costs, int(np.dot(costs, found.astype(np.int64)))))
    return None if found is None else np.asarray(found[: len(columns.taker)] > 0)


class _Program:
    """The same places as rows of inequalities: takes, then who has any, then teams in sessions."""

    def __init__(self, columns: Columns, aim: Aim, apart: Sequence[frozenset[str]]) -> None:
        self.columns, self.aim, self.apart = columns, aim, apart
        teams = [team_of(person) for person, _ in columns.takers]
        keys = [
            (teams[taker], int(session))
            for taker, session in zip(columns.taker, columns.session, strict=True)
        ]
        self.reach = sorted({key for key in keys if key not in columns.covered})
        where = {key: position for position, key in enumerate(self.reach)}
        self.reaches = [where.get(key, -1) for key in keys]
        self.takes, self.takers = len(columns.taker), len(columns.takers)
        self.size = self.takes + self.takers + len(self.reach)
        # The rest is whole by itself wherever the takes are.
        self.whole = np.concatenate([np.ones(self.takes), np.zeros(self.size - self.takes)])

    def rows(self) -> tuple[Any, NDArray[np.float64]]:
        """Return matrix and upper limits: needs, places, sets apart, and what counts as reached."""
        from scipy import sparse  # noqa: PLC0415

        columns, arcs = self.columns, np.arange(self.takes)
        entries: list[tuple[int, int, int]] = []
        upper: list[float] = []
        for of, limits in ((columns.taker, columns.need), (columns.session, columns.places)):
            entries += [
                (len(upper) + int(row), int(arc), 1) for row, arc in zip(of, arcs, strict=True)
            ]
            upper += [float(limit) for limit in limits]
        for some in _together(columns, arcs, self.apart):
            entries += [(len(upper), arc, 1) for arc in some]
            upper.append(1.0)
        for variable, members in self._counted():
            entries += [(len(upper), variable, 1), *((len(upper), arc, -1) for arc in members)]
            upper.append(0.0)
        table = np.asarray(entries, dtype=np.int64).reshape(-1, 3)
        shape = (len(upper), self.size)
        return (
            sparse.coo_array((table[:, 2], (table[:, 0], table[:, 1])), shape=shape).tocsr(),
            np.asarray(upper),
        )

    def criteria(self) -> list[Ints]:
        """Return what is sought, the most important first, as costs of every variable."""
        aim, columns = self.aim, self.columns
        sought: list[Ints] = []
        if aim.everyone_first:
            sought.append(self._costs(has=-columns.first.astype(np.int64)))
            if columns.need.max() > 1 or not columns.first.all():
                sought.append(self._costs(takes=np.full(self.takes, -1)))
            sought.append(self._costs(takes=(columns.rank == NOT_RANKED).astype(np.int64)))
        spread = self._costs(reach=-1)
        ranks = [self._costs(takes=costs) for costs in wanted(columns, aim)]
        stays = self._costs(takes=-columns.stays.astype(np.int64))
        kept = [stays] if columns.stays.any() else []
        if aim.objective is Objective.POINTS:
            sought += [ranks[0] + aim.spread * spread, *kept]
        else:
            sought += [*ranks, *kept, *([spread] if aim.spread else [])]
        return [*sought, self._costs(takes=columns.lots(aim.seed))]

    def _counted(self) -> list[tuple[int, list[int]]]:
        """Return who has any place, and what a team reaches: no more than the takes that do so."""
        has: list[list[int]] = [[] for _ in range(self.takers)]
        reached: list[list[int]] = [[] for _ in self.reach]
        for arc, (taker, reach) in enumerate(zip(self.columns.taker, self.reaches, strict=True)):
            has[taker].append(arc)
            if reach >= 0:
                reached[reach].append(arc)
        return [(self.takes + position, arcs) for position, arcs in enumerate([*has, *reached])]

    def _costs(self, *, takes: Ints | None = None, has: Ints | None = None, reach: int = 0) -> Ints:
        return np.concatenate(
            [
                np.zeros(self.takes, dtype=np.int64) if takes is None else takes,
                np.zeros(self.takers, dtype=np.int64) if has is None else has,
                np.full(len(self.reach), reach, dtype=np.int64),
            ]
        )


def _together(
    columns: Columns, arcs: Sequence[int] | Ints, apart: Sequence[frozenset[str]]
) -> list[list[int]]:
    """Return those of the arcs that are of one person and one set, two or more each."""
    sets: dict[int, list[int]] = {}
    for number, one in enumerate(apart):
        for position, offer in enumerate(columns.offers):
            if offer.id in one:
                sets.setdefault(position, []).append(number)
    found: dict[tuple[str, int], list[int]] = {}
    for arc in arcs:
        person, _ = columns.takers[columns.taker[arc]]
        for number in sets.get(int(columns.session[arc]), ()):
            found.setdefault((person.id, number), []).append(int(arc))
    return [some for _, some in sorted(found.items()) if len(some) > 1]
