"""Counts of people that are too small to be shown, and what must be hidden with them.

A figure below five says too much of each person behind it. Hiding it alone does not help where its
row or column has a total: the reader subtracts. So further figures are hidden until everything
shown together leaves each small one anywhere between the smallest count and five or more.
Every published table of this product goes through here. Pure: values in, values out.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from consortium.inference import Circulation

LEAST = 5
"""The smallest count of people that is shown (the field's usual threshold)."""
TOTALS = 10_000.0
"""How much dearer it is to hide a total than a figure within the table."""
Figure = int | None
"""A count as readers see it; None where it is hidden."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A table of counts as it may be published: every None is a figure that stays hidden."""

    rows: tuple[tuple[Figure, ...], ...]
    row_totals: tuple[Figure, ...]
    groups: tuple[tuple[Figure, ...], ...]
    """Of each row, the sums over groups of columns; empty where the columns have no groups."""
    column_totals: tuple[Figure, ...]
    group_totals: tuple[Figure, ...]
    total: Figure

    @property
    def figures(self) -> Iterator[Figure]:
        """Every figure of it, totals too."""
        for row in (*self.rows, *self.groups):
            yield from row
        yield from (*self.row_totals, *self.column_totals, *self.group_totals, self.total)

    @property
    def hides(self) -> bool:
        """Whether anything of it is hidden."""
        return any(figure is None for figure in self.figures)

    @property
    def loss(self) -> int:
        """What readers miss: the total of all is worth ten others, each worth ten figures."""
        sums = (*self.row_totals, *self.column_totals, *self.group_totals)
        within = [figure for row in (*self.rows, *self.groups) for figure in row]
        return 100 * (self.total is None) + 10 * sums.count(None) + within.count(None)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of counts with its total, as it may be published."""

    counts: tuple[Figure, ...]
    total: Figure


def is_small(count: int, *, least: int = LEAST, zeros_shown: bool = True) -> bool:
    """Return whether a count of people is too small to be shown."""
    return count < least and not (zeros_shown and count == 0)


def protect_line(
    counts: Sequence[int],
    *,
    least: int = LEAST,
    zeros_shown: bool = True,
    hide: Collection[int] = (),
) -> Line:
    """Return a line of counts and its total without the figures that would tell a small one.

    ``hide`` names further places that must not be shown (too few have answered, say).
    """
    shown = protect(
        [[count] for count in counts],
        least=least,
        zeros_shown=zeros_shown,
        hide={(place, 0) for place in hide},
    )
    return Line(counts=tuple(row[0] for row in shown.rows), total=shown.total)


def protect(
    rows: Sequence[Sequence[int]],
    *,
    groups: Sequence[int] = (),
    least: int = LEAST,
    zeros_shown: bool = True,
    hide: Collection[tuple[int, int]] = (),
) -> Shown:
    """Return a table with all its totals without the figures that would tell a small one.

    ``groups`` says of each column to which group it belongs (0, 1, …): each group's sums are shown
    as well. ``zeros_shown``: that there is nobody may be read. ``hide`` names further cells that
    must not be shown. Totals are hidden only where nothing else protects a small cell.
    """
    width = len(rows[0]) if rows else 0
    table = _Table(
        [list(row) for row in rows], list(groups or [0] * width), 1 if zeros_shown else 0
    )
    small = [
        each
        for each, pipe in enumerate(table.flow.pipes)
        if is_small(pipe.value, least=least, zeros_shown=zeros_shown)
    ]
    asked = [table.cells[place] for place in hide]
    for each in {*small, *asked}:
        table.flow.pipes[each].hidden = True
    for each in small:
        _widen(table, each, least)
    for each in set(asked) - set(small):
        if table.flow.lowest(each) == table.flow.highest(each, table.value(each) + 1):
            _hide_way(table, each, by=1)
    return table.shown(with_groups=bool(groups))


def protect_most(
    rows: Sequence[Sequence[int]], *, groups: Sequence[int] = (), least: int = LEAST
) -> Shown:
    """Return the table of counts that tells readers most: with its zeros, or without.

    Where zeros are shown, whatever is hidden is known to be some, so in a table of many small
    figures far more has to be hidden, its totals too.
    """
    both = [protect(rows, groups=groups, least=least, zeros_shown=shown) for shown in (True, False)]
    return min(both, key=lambda shown: shown.loss)


class _Table:
    """The table as a flow: rows spread into columns, columns gather in the totals."""

    def __init__(self, rows: list[list[int]], groups: list[int], floor: int) -> None:
        self.rows, self.groups = rows, groups
        self.flow = Circulation(floor)
        self.cells: dict[tuple[int, int], int] = {}
        self.sums: dict[tuple[int, int], int] = {}
        self.of_rows: list[int] = []
        self.inner: set[int] = set()
        height, names = len(rows), sorted(set(groups))
        for i, row in enumerate(rows):
            self.of_rows.append(self.flow.add("all", ("row", i), sum(row)))
            for g in names:
                total = sum(count for j, count in enumerate(row) if groups[j] == g)
                self.sums[i, g] = self.flow.add(("row", i), ("group", i, g), total)
            for j, count in enumerate(row):
                number = self.flow.add(("group", i, groups[j]), ("column", j), count)
                self.cells[i, j] = number
                self.inner.add(number)
        for j, g in enumerate(groups):
            total = sum(row[j] for row in rows)
            self.cells[height, j] = self.flow.add(("column", j), ("group", height, g), total)
        for g in names:
            total = sum(row[j] for row in rows for j in range(len(groups)) if groups[j] == g)
            self.sums[height, g] = self.flow.add(("group", height, g), "total", total)
        self.total = self.flow.add("total", "all", sum(map(sum, rows)))

    def value(self, number: int) -> int:
        return self.flow.pipes[number].value

    @property
    def hidden(self) -> frozenset[int]:
        """The figures that are hidden now."""
        return frozenset(each for each, pipe in enumerate(self.flow.pipes) if pipe.hidden)

    @hidden.setter
    def hidden(self, numbers: Collection[int]) -> None:
        for each, pipe in enumerate(self.flow.pipes):
            pipe.hidden = each in numbers

    def price_of(self, numbers: Iterable[int]) -> float:
        """Say what it costs readers to lose these figures."""
        return sum(self.cost(each) for each in numbers)

    def cost(self, number: int) -> float:
        """Say what it costs readers to lose this figure: totals are missed most."""
        value = float(1 + self.value(number))
        if number in self.inner:
            return value
        return value + (TOTALS * TOTALS if number == self.total else TOTALS)

    def shown(self, *, with_groups: bool) -> Shown:
        height, width, names = len(self.rows), len(self.groups), sorted(set(self.groups))

        def figure(number: int) -> Figure:
            pipe = self.flow.pipes[number]
            return None if pipe.hidden else pipe.value

        sums = [
            tuple(figure(self.sums[i, g]) for g in names) if with_groups else ()
            for i in range(height + 1)
        ]
        return Shown(
            rows=tuple(
                tuple(figure(self.cells[i, j]) for j in range(width)) for i in range(height)
            ),
            row_totals=tuple(figure(number) for number in self.of_rows),
            groups=tuple(sums[:height]) if with_groups else (),
            column_totals=tuple(figure(self.cells[height, j]) for j in range(width)),
            group_totals=sums[height],
            total=figure(self.total),
        )


def _widen(table: _Table, number: int, least: int) -> None:
    """Hide more until this small figure may be anything up to ``least``, for all one can tell.

    A sum of two figures that are known to be some can be no less than two: that stays so.
    """
    flow = table.flow
    _make_room(table, number, lambda: least - flow.highest(number, least), up=True)
    _make_room(table, number, lambda: flow.lowest(number) - flow.floor, up=False)


def _make_room(table: _Table, number: int, missing: Callable[[], int], *, up: bool) -> None:
    """Hide what makes the missing room: all of it by one way, or step by step by several.

    One way alone may lead over the total of everything, where small steps find enough beside it.
    Whatever leaves less missing is taken, and of those the one that readers miss least.
    """
    if missing() <= 0:
        return
    before, plans = table.hidden, []
    for step in (None, 1):
        while (lacks := missing()) > 0 and _hide_way(table, number, by=step or lacks, up=up):
            pass
        plans.append((max(0, lacks), table.price_of(table.hidden - before), table.hidden))
        table.hidden = before
    *_, table.hidden = min(plans, key=lambda plan: plan[:2])


def _hide_way(table: _Table, number: int, *, by: int, up: bool = True) -> bool:
    """Hide the cheapest figures that make room; a little at a time where none makes all of it.

    There is always a way up by the totals, unless the figure is a zero whose totals show zeros.
    """
    for amount in (by, 1):
        way = table.flow.way_round(number, up=up, by=amount, cost=table.cost)
        if way is not None:
            for each in way:
                table.flow.pipes[each].hidden = True
            return True
    return False
