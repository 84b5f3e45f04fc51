"""The days of a series of meetings."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.learning.domain.series import MOST, Cadence, SeriesRefused, Span, series

pytestmark = pytest.mark.pure
BREAK = Span(name="spring break", first=date(2027, 3, 29), last=date(2027, 4, 2))


def held(*said: object, **more: object) -> list[date]:
    return [day.on for day in series(*said, **more) if not day.left_out]  # type: ignore[arg-type]


def test_a_weekly_series_leaves_spring_break_out_and_says_why() -> None:
    days = series(date(2027, 3, 17), Cadence.WEEKLY, 3, gaps=[BREAK])
    assert [(day.on.isoformat(), day.left_out) for day in days] == [
        ("2027-03-17", ""),
        ("2027-03-24", ""),
        ("2027-03-31", "spring break"),
        ("2027-04-07", ""),
    ]


def test_holidays_are_left_out_and_the_number_of_meetings_stays() -> None:
    holidays = {date(2027, 2, 15): "Presidents' Day"}
    assert held(date(2027, 2, 1), Cadence.TWO_WEEKS, 3, holidays=holidays) == [
        date(2027, 2, 1),
        date(2027, 3, 1),
        date(2027, 3, 15),
    ]


def test_a_month_without_a_fifth_wednesday_meets_on_its_last() -> None:
    assert held(date(2026, 9, 30), Cadence.MONTHLY, 4) == [
        date(2026, 9, 30),
        date(2026, 10, 28),
        date(2026, 11, 25),
        date(2026, 12, 30),
    ]


@given(
    first=st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    cadence=st.sampled_from(Cadence),
    meetings=st.integers(1, 24),
)
def test_every_series_keeps_its_weekday_its_number_and_its_order(
    first: date, cadence: Cadence, meetings: int
) -> None:
    days = held(first, cadence, meetings)
    assert len(days) == meetings
    assert days == sorted(set(days))
    assert {day.weekday() for day in days} == {first.weekday()}
    assert days[0] == first


@pytest.mark.parametrize("meetings", [0, MOST + 1])
def test_no_meetings_or_too_many_are_refused(meetings: int) -> None:
    with pytest.raises(SeriesRefused) as refused:
        series(date(2027, 1, 4), Cadence.WEEKLY, meetings)
    assert refused.value.field == "meetings"


def test_a_series_whose_days_are_all_left_out_is_refused() -> None:
    first = date(2027, 1, 4)
    always = Span(name="never", first=first, last=first + timedelta(days=3000))
    with pytest.raises(SeriesRefused):
        series(first, Cadence.WEEKLY, 1, gaps=[always])


def test_the_end_of_the_calendar_is_refused_not_passed() -> None:
    with pytest.raises(SeriesRefused):
        series(date(9999, 12, 1), Cadence.MONTHLY, 3)
    with pytest.raises(SeriesRefused):
        series(date(9999, 12, 20), Cadence.WEEKLY, 3)
