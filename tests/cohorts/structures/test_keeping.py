"""How often a body met, beside how often it means to, summers off left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohorts.structures.domain.keeping import BodyTerms, Held, Kept, kept, missed_for
from cohorts.structures.domain.kinds import Cadence
from cohorts.structures.domain.years import SchoolYear, Span, days_counted, years_between

pytestmark = pytest.mark.pure
YEAR = SchoolYear(begins=2026)
LATER = date(2030, 1, 1)


def body(cadence: Cadence, *, summer_off: bool = True, ends: date | None = None) -> BodyTerms:
    begins = date(2026, 7, 1)
    return BodyTerms(cadence=cadence, summer_off=summer_off, begins_on=begins, ends_on=ends)


def both(*days: date) -> list[Held]:
    return [Held(on=day, labor=4, management=3) for day in days]


def test_a_school_year_is_named_by_both_of_its_years() -> None:
    assert str(SchoolYear.of(date(2026, 6, 30))) == "2025–26"
    assert str(SchoolYear.of(date(2026, 7, 1))) == "2026–27"
    assert str(SchoolYear(begins=2099)) == "2099–00"
    assert years_between(date(2025, 1, 1), date(2026, 9, 1)) == [
        SchoolYear(begins=2024),
        SchoolYear(begins=2025),
        SchoolYear(begins=2026),
    ]


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.integers(min_value=0, max_value=1200))
def test_summers_left_out_are_the_days_of_july_and_august(first: date, length: int) -> None:
    until = date.fromordinal(first.toordinal() + length)
    days = [date.fromordinal(n) for n in range(first.toordinal(), until.toordinal())]
    assert days_counted(first, until, summer_off=False) == length
    assert days_counted(first, until, summer_off=True) == sum(
        day.month not in {7, 8} for day in days
    )


@pytest.mark.parametrize(
    ("cadence", "summer_off", "expected"),
    [
        (Cadence.WEEKLY, True, 43),
        (Cadence.WEEKLY, False, 52),
        (Cadence.MONTHLY, True, 9),
        (Cadence.QUARTERLY, True, 3),
        (Cadence.YEARLY, False, 1),
        (Cadence.AS_NEEDED, True, None),
    ],
)
def test_a_whole_year_expects_so_many_meetings(
    cadence: Cadence, summer_off: bool, expected: int | None
) -> None:
    found = kept(body(cadence, summer_off=summer_off), [], YEAR.span, today=LATER)
    assert found is not None
    assert found.expected == expected


def test_meetings_count_once_a_day_and_only_within_the_days() -> None:
    met = both(date(2026, 9, 8), date(2026, 9, 8), date(2026, 10, 6), date(2027, 7, 6))
    met.append(Held(on=date(2026, 11, 3), labor=5, management=0))
    found = kept(body(Cadence.MONTHLY), met, YEAR.span, today=date(2026, 12, 1))
    assert found == Kept(expected=2, met=3, both_sides=2, longest_gap=29)
    assert found.enough


def test_the_longest_gap_reaches_from_the_first_day_to_the_last() -> None:
    found = kept(body(Cadence.MONTHLY), both(date(2026, 12, 1)), YEAR.span, today=LATER)
    assert found is not None
    assert found.longest_gap == (date(2027, 7, 1) - date(2026, 12, 1)).days
    assert not found.enough


def test_nothing_is_said_of_years_in_which_there_was_no_such_body() -> None:
    ended = body(Cadence.MONTHLY, ends=date(2027, 1, 31))
    assert kept(ended, [], SchoolYear(begins=2027).span, today=LATER) is None
    assert kept(ended, [], SchoolYear(begins=2025).span, today=LATER) is None
    of_its_year = kept(ended, [], YEAR.span, today=LATER)
    assert of_its_year is not None
    assert of_its_year.expected == 4


def test_a_body_is_late_after_twice_its_period_and_never_for_the_summer() -> None:
    monthly = body(Cadence.MONTHLY)
    assert missed_for(monthly, None, today=date(2026, 9, 1)) == 0
    assert missed_for(monthly, date(2026, 9, 1), today=date(2026, 11, 2)) == 0
    assert missed_for(monthly, date(2026, 9, 1), today=date(2026, 11, 3)) == 1
    assert missed_for(monthly, date(2027, 6, 10), today=date(2027, 9, 10)) == 0
    assert missed_for(body(Cadence.AS_NEEDED), None, today=LATER) == 0
    over = body(Cadence.WEEKLY, ends=date(2026, 9, 30))
    assert missed_for(over, None, today=date(2026, 12, 1)) == 0


def test_spans_share_their_common_days() -> None:
    first = Span(first=date(2026, 1, 1), last=date(2026, 1, 31))
    other = Span(first=date(2026, 1, 31), last=date(2026, 3, 1))
    assert first.within(other) == Span(first=date(2026, 1, 31), last=date(2026, 1, 31))
    assert first.within(Span(first=date(2026, 2, 1), last=date(2026, 3, 1))) is None
