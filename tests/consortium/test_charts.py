"""Line charts: every point lies inside the drawing, in proportion, between round numbers."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.charts import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Point, line_chart

pytestmark = pytest.mark.pure

FIRST = date(2026, 9, 1)


def at(days, value):
    return Point(on=FIRST + timedelta(days=days), value=Decimal(value))


def test_a_line_goes_through_its_points_in_the_order_of_their_days():
    chart = line_chart([at(100, 80), at(0, 60), at(50, 70)], [("target", "Target", Decimal(80))])
    assert [one.point.value for one in chart.points] == [60, 70, 80]
    assert [one.x for one in chart.points] == [LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT]
    assert [one.y for one in chart.points] == [HEIGHT - BOTTOM, (HEIGHT - BOTTOM + TOP) / 2, TOP]
    assert [value for _, value in chart.scale] == [60, 65, 70, 75, 80]
    assert chart.path == "M64.0 244.0 L344.0 130.0 L624.0 16.0"
    assert [(line.y, line.words) for line in chart.lines] == [(TOP, "Target")]


def test_one_point_nothing_and_values_all_the_same_still_make_a_drawing():
    assert line_chart([]).points == ()
    (only,) = line_chart([at(0, 5)], [("baseline", "Start", Decimal(5))]).points
    assert TOP < only.y < HEIGHT - BOTTOM
    assert line_chart([at(0, 0)]).scale[0][1] < 0
    assert [day for _, day in line_chart([at(0, 5)], last=FIRST + timedelta(9)).days] == [
        FIRST, FIRST + timedelta(9),
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(0, 4000), st.decimals(-(10**9), 10**9, places=4, allow_nan=False)),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_is_measured_lies_inside(measured):
    chart = line_chart([at(day, value) for day, value in measured])
    for one in chart.points:
        assert LEFT <= one.x <= WIDTH - RIGHT
        assert TOP <= one.y <= HEIGHT - BOTTOM
    numbers = [value for _, value in chart.scale]
    assert 2 <= len(numbers) <= 12
    assert all(low < high for low, high in pairwise(numbers))
    assert all(right - left >= 60 for (left, _), (right, _) in pairwise(chart.days))
