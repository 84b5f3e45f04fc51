"""Choose themes for the items that are free to move, proven by mixed-integer programming."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cohorts.matching.engine.teams.items import SEAT

_FOR_ROLES = 50
"""So many branches for finding equal choices with more roles at each table: not seconds, so that
the same file gives the same tables on a busy machine too."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """The themes that a few items may choose from while all others keep theirs."""

    options: Mapping[int, Mapping[str, int]]
    """Free item -> theme -> worth. None of them is also possible: then it is not seated."""
    sizes: Mapping[int, int]
    fixed: Mapping[str, int]
    """Theme -> teams that have it and do not move. Only these themes must come out at tables."""
    smallest: int
    largest: int
    apart: Collection[frozenset[int]] = ()
    carriers: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """Required role -> free items with it. Given only where every item is free."""


@dataclass(frozen=True, kw_only=True)
class Solved:
    """Which theme each free item has, and how far that is from the most."""

    themes: Mapping[int, str]
    worth: int
    bound: int
    """No choice is worth more; the same as ``worth`` when proven."""


class _Rows:
    """Constraints as a solver takes them: low <= sum of coefficients times columns <= high.

    The first columns are choices (of which ``whole`` says those that a solver of fractions could
    split), then come numbers of tables, one for each theme.
    """

    def __init__(self, whole: np.ndarray) -> None:
        self.whole = whole
        self.row: list[int] = []
        self.column: list[int] = []
        self.factor: list[float] = []
        self.low: list[float] = []
        self.high: list[float] = []

    def add(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """Add one constraint."""
        for column, factor in terms:
            self.row.append(len(self.low))
            self.column.append(column)
            self.factor.append(factor)
        self.low.append(low)
        self.high.append(high)


def solve(model: Model, *, seconds: float) -> Solved:
    """Return the choice that seats most teams and then is worth most.

    Each theme has as many teams as fill tables; sets of items to be kept apart have as many
    tables of a theme as items with it. Among equals, themes whose every table can have the
    required roles are taken, as far as that is found quickly.
    """
    columns = [(i, theme) for i in sorted(model.options) for theme in sorted(model.options[i])]
    worth = np.array([model.options[i][t] + SEAT * model.sizes[i] for i, t in columns], float)
    themes = sorted(model.fixed)
    rows = _rows(model, columns, themes)
    chosen, bound = _run(-worth, rows, {"time_limit": seconds})
    best = round(float(worth @ chosen))
    if bound is None or bound < best:
        bound = best
    if best == bound and model.carriers:
        rows.add(enumerate(worth), best - 1 / 2, np.inf)
        chosen = _with_roles(model, columns, rows, chosen)
    found = {i: t for (i, t), one in zip(columns, chosen, strict=True) if one}
    return Solved(themes=found, worth=best, bound=bound)


def _rows(model: Model, columns: Sequence[tuple[int, str]], themes: Sequence[str]) -> _Rows:
    whole = [model.sizes[i] > 1 or any(i in each for each in model.apart) for i, _ in columns]
    rows = _Rows(np.array(whole + [True] * len(themes)))
    of_item: dict[int, list[int]] = defaultdict(list)
    of_theme: dict[str, list[int]] = defaultdict(list)
    for column, (i, theme) in enumerate(columns):
        of_item[i].append(column)
        of_theme[theme].append(column)
    for its in of_item.values():
        rows.add(((column, 1.0) for column in its), 0, 1)
    for number, theme in enumerate(themes, start=len(columns)):
        sizes = [(column, float(model.sizes[columns[column][0]])) for column in of_theme[theme]]
        held = model.fixed[theme]
        rows.add([*sizes, (number, -float(model.smallest))], -held, np.inf)
        rows.add([*sizes, (number, -float(model.largest))], -np.inf, -held)
        for each in model.apart:
            among = [(column, 1.0) for column in of_theme[theme] if columns[column][0] in each]
            if len(among) > 1:
                rows.add([*among, (number, -1.0)], -np.inf, 0)
    return rows


def _run(
    cost: np.ndarray, rows: _Rows, limit: dict[str, float], *, slacks: int = 0
) -> tuple[np.ndarray, int | None]:
    """Return which choices are made, and the bound; none are made when the limit was too low.

    ``cost`` is of the choices, and behind them of as many slacks as there are.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415  (half a second)
    from scipy.sparse import csr_array  # noqa: PLC0415

    choices = len(cost) - slacks
    others = len(rows.whole) - choices + slacks
    width = choices + others
    matrix = csr_array((rows.factor, (rows.row, rows.column)), shape=(len(rows.low), width))
    objective = np.concatenate([cost[:choices], np.zeros(others - slacks), cost[choices:]])
    upper = np.concatenate([np.ones(choices), np.full(others, np.inf)])
    some = np.concatenate([rows.whole, np.zeros(slacks, dtype=bool)])
    for integrality in (some, np.ones(width, dtype=bool)):
        answer = milp(
            objective,
            constraints=LinearConstraint(matrix, rows.low, rows.high),
            integrality=integrality,
            bounds=Bounds(0, upper),
            options={"mip_rel_gap": 0.0, **limit},
        )
        bound = answer.mip_dual_bound
        known = None if bound is None or not np.isfinite(bound) else int(np.floor(-bound + 1e-3))
        if answer.x is None:
            return np.zeros(choices, dtype=bool), known
        made = answer.x[:choices]
        if np.abs(made - made.round()).max(initial=0) < 1e-4:  # noqa: PLR2004  (a solver's dust)
            break
    return made > 1 / 2, known


def _with_roles(
    model: Model, columns: Sequence[tuple[int, str]], rows: _Rows, chosen: np.ndarray
) -> np.ndarray:
    """Return a choice of the same worth whose tables lack fewer required roles, if there is one."""
    themes = sorted(model.fixed)
    lacking = _lacking(model, columns, chosen)
    if not lacking:
        return chosen
    first = len(columns) + len(themes)
    slacks = [(theme, role) for theme in themes for role in sorted(model.carriers)]
    for slack, (theme, role) in enumerate(slacks, start=first):
        carrying = [
            (column, -1.0)
            for column, (i, its) in enumerate(columns)
            if its == theme and i in model.carriers[role]
        ]
        number = len(columns) + themes.index(theme)
        rows.add([(number, 1.0), *carrying, (slack, -1.0)], -np.inf, 0)
    cost = np.concatenate([np.zeros(len(columns)), np.ones(len(slacks))])
    better, _ = _run(cost, rows, {"node_limit": _FOR_ROLES}, slacks=len(slacks))
    same = better.any() and _lacking(model, columns, better) < lacking
    return better if same else chosen


def _lacking(model: Model, columns: Sequence[tuple[int, str]], chosen: np.ndarray) -> int:
    """Return how often a role lacks when each theme sits at as few tables as hold it."""
    teams: dict[str, int] = defaultdict(int)
    with_role: dict[tuple[str, str], int] = defaultdict(int)
    for (i, theme), one in zip(columns, chosen, strict=True):
        if one:
            teams[theme] += model.sizes[i]
            for role, its in model.carriers.items():
                with_role[theme, role] += i in its
    return sum(
        max(0, -(-number // model.largest) - with_role[theme, role])
        for theme, number in teams.items()
        for role in model.carriers
    )
