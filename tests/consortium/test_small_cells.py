"""What is published of small counts: nobody can work out a figure that is hidden."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.inference import Circulation
from consortium.small_cells import Shown, is_small, protect, protect_line, protect_most

pytestmark = pytest.mark.pure

LEAST = 3
"""Small enough that every table a reader might think of can be written down."""
ROOM = 4
"""No figure goes down by more than what the largest is, nor is any asked to go up by more."""
Tables = npt.NDArray[np.int64]


def thinkable(shown: Shown, floor: int, real: list[list[int]]) -> Tables:
    """Return every table (cells row by row) that a reader cannot exclude, up to a ceiling."""
    height, width = len(shown.rows), len(shown.rows[0])
    told = [figure for row in shown.rows for figure in row]
    ceiling = max(figure for row in real for figure in row) + ROOM
    spans = [range(floor, ceiling + 1) if figure is None else (figure,) for figure in told]
    cells = np.stack([axis.ravel() for axis in np.meshgrid(*spans, indexing="ij")], axis=1)
    tables = cells.reshape(-1, height, width)
    fits = np.ones(len(tables), dtype=bool)
    for total, sums in (
        *zip(shown.row_totals, tables.sum(axis=2).T, strict=True),
        *zip(shown.column_totals, tables.sum(axis=1).T, strict=True),
        (shown.total, cells.sum(axis=1)),
    ):
        fits &= sums >= floor if total is None else sums == total
    return cells[fits]


tables = st.sampled_from([(1, 3), (3, 1), (2, 2), (2, 3), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, ROOM), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


@settings(max_examples=120, deadline=None)
@given(tables, st.booleans())
def test_each_small_figure_may_be_anything_to_its_reader(
    rows: list[list[int]], zeros_shown: bool
) -> None:
    shown = protect(rows, least=LEAST, zeros_shown=zeros_shown)

    floor = 1 if zeros_shown else 0
    possible = thinkable(shown, floor, rows)
    for place, count in enumerate(count for row in rows for count in row):
        values = possible[:, place]
        if is_small(count, least=LEAST, zeros_shown=zeros_shown):
            assert values.min() == floor
            assert values.max() >= LEAST
        elif shown.rows[place // len(rows[0])][place % len(rows[0])] is None:
            assert values.min() < values.max()


@settings(max_examples=100, deadline=None)
@given(tables, st.data())
def test_the_limits_of_hidden_figures_are_exact(rows: list[list[int]], data: st.DataObject) -> None:
    """Whatever is hidden: the flow finds the very limits that trying all tables finds."""
    height, width = len(rows), len(rows[0])
    flow = Circulation(0)
    numbers = [
        flow.add(("row", i), ("column", j), rows[i][j]) for i in range(height) for j in range(width)
    ]
    numbers += [flow.add("all", ("row", i), sum(row)) for i, row in enumerate(rows)]
    numbers += [
        flow.add(("column", j), "total", sum(column))
        for j, column in enumerate(zip(*rows, strict=True))
    ]
    numbers.append(flow.add("total", "all", sum(map(sum, rows))))
    hidden = data.draw(st.sets(st.sampled_from(numbers)))
    for number in hidden:
        flow.pipes[number].hidden = True
    figures = [None if pipe.hidden else pipe.value for pipe in flow.pipes]
    cells, cut = height * width, height * width + height
    shown = Shown(
        rows=tuple(tuple(figures[i * width : (i + 1) * width]) for i in range(height)),
        row_totals=tuple(figures[cells:cut]),
        groups=(),
        column_totals=tuple(figures[cut : cut + width]),
        group_totals=(),
        total=figures[-1],
    )

    possible = thinkable(shown, 0, rows)
    for number in range(cells):
        assert flow.lowest(number) == possible[:, number].min()
        top = rows[number // width][number % width] + ROOM
        assert flow.highest(number, top) == min(top, possible[:, number].max())


def test_without_small_figures_everything_is_shown() -> None:
    shown = protect([[5, 0, 12], [8, 9, 30]], groups=[0, 0, 1])

    assert shown.rows == ((5, 0, 12), (8, 9, 30))
    assert shown.groups == ((5, 12), (17, 30))
    assert (shown.row_totals, shown.column_totals) == ((17, 47), (13, 9, 42))
    assert (shown.group_totals, shown.total, shown.hides) == ((22, 42), 64, False)


def test_a_second_figure_is_hidden_where_a_total_would_tell_the_first() -> None:
    line = protect_line([3, 40, 9, 12])

    assert (line.counts, line.total) == ((None, 40, None, 12), 64)


def test_two_small_figures_need_a_third_when_their_sum_is_small() -> None:
    assert protect_line([1, 2, 40, 9]).counts == (None, None, 40, None)


def test_a_total_is_hidden_where_nothing_else_protects() -> None:
    assert protect_line([3]).total is None
    assert protect_line([3, 0]).counts == (None, 0)
    assert protect_line([3, 0]).total is None


def test_a_table_hides_a_rectangle_around_one_small_cell() -> None:
    shown = protect([[3, 20, 30], [25, 6, 40], [50, 60, 70]])

    assert shown.rows == ((None, None, 30), (None, None, 40), (50, 60, 70))
    assert shown.total == 304


def test_group_sums_do_not_tell_a_small_figure() -> None:
    """The column beside it is the group's other one, so the group's sums would tell."""
    shown = protect([[2, 30, 40], [9, 30, 41]], groups=[0, 0, 1])

    assert shown.rows == ((None, None, 40), (None, None, 41))
    assert shown.groups == ((32, 40), (39, 41))


def test_what_must_not_be_shown_for_another_reason_cannot_be_worked_out_either() -> None:
    assert protect_line([20, 30, 40], hide={1}).counts == (None, None, 40)
    assert protect_line([0, 30], hide={0}).counts == (None, 30)


def test_small_steps_keep_the_total_of_all_where_one_way_would_hide_it() -> None:
    """Four teams of two teachers and three leaders, of whom there is one of each."""
    shown = protect([[2, 1, 1, 1]] * 4, groups=[0, 0, 1, 1])

    assert shown.total == 20
    assert [*shown.row_totals, *shown.group_totals] == [None] * 6


def test_of_many_small_figures_readers_keep_the_totals() -> None:
    teams = protect_most([[2, 1, 1, 1]] * 4, groups=[0, 0, 1, 1])

    assert (teams.row_totals, teams.group_totals, teams.total) == ((5, 5, 5, 5), (12, 8), 20)
    assert not any(figure for row in (*teams.rows, *teams.groups) for figure in row)
    none_there = protect_most([[5, 0, 12], [8, 9, 30]], groups=[0, 0, 1])
    assert none_there.rows == ((5, 0, 12), (8, 9, 30))


def test_zeros_are_hidden_where_the_caller_says_so() -> None:
    assert protect_line([0, 8, 9], zeros_shown=False).counts == (None, None, 9)
