"""Clocks that are wrong, days that are not the institute's, codes as scanners write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.checkin.domain import Clocks, Problem, clean_code, problem_of_time

pytestmark = pytest.mark.pure
NOON = datetime(2027, 6, 21, 19, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
DAYS = frozenset({date(2027, 6, 21), date(2027, 6, 22)})


@given(offset=st.timedeltas(timedelta(days=-9000), timedelta(days=9000)), ago=st.integers(0, 90000))
def test_a_clock_that_is_wrong_is_righted_by_what_it_said_when_it_sent(offset, ago):
    true = NOON - timedelta(seconds=ago)
    clocks = Clocks(sent_at=NOON + offset, received_at=NOON)
    difference = abs(clocks.right(true + offset) - true)
    assert difference <= timedelta(seconds=10)


def test_what_the_network_delayed_is_not_taken_for_a_wrong_clock():
    clocks = Clocks(sent_at=NOON - timedelta(seconds=4), received_at=NOON)
    scanned = NOON - timedelta(hours=4)
    assert clocks.right(scanned) == scanned


def test_a_clock_a_little_ahead_never_makes_a_scan_of_the_future():
    clocks = Clocks(sent_at=NOON + timedelta(seconds=8), received_at=NOON)
    assert clocks.right(NOON + timedelta(seconds=7)) == NOON


@pytest.mark.parametrize(
    ("at", "problem"),
    [
        (NOON, None),
        (NOON - timedelta(hours=4), None),
        (NOON + timedelta(minutes=1), None),
        (NOON + timedelta(minutes=3), Problem.CLOCK),
        (NOON - timedelta(days=15), Problem.CLOCK),
        (NOON - timedelta(days=1), Problem.OFF_DAY),
    ],
)
def test_a_scan_of_the_future_or_of_another_day_does_not_count(at, problem):
    assert problem_of_time(at, NOON, DAYS, ZONE) is problem


def test_yesterdays_scan_counts_where_yesterday_was_a_day_of_the_institute():
    tomorrow = NOON + timedelta(days=1)
    assert problem_of_time(NOON, tomorrow, DAYS, ZONE) is None


def test_without_days_any_day_is_one():
    assert problem_of_time(NOON - timedelta(days=3), NOON, (), ZONE) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("7K3MQRTW9X", "7K3MQRTW9X"),
        (" 7k3m-qrtw 9x\r\n", "7K3MQRTW9X"),
        ("https://consortium.example/garden-coast/b/7k3mqrtw9x/", "7K3MQRTW9X"),
        ("７Ｋ３ＭＱＲＴＷ９Ｘ", "7K3MQRTW9X"),
        ("seat:4F1C", "seat:4f1c"),
        ("", ""),
        ("\x00\ud800!", ""),
    ],
)
def test_codes_are_read_as_scanners_and_thumbs_write_them(text, code):
    assert clean_code(text) == code


@given(st.text(st.characters(codec=None), max_size=500))
def test_no_text_at_all_breaks_the_reading_of_a_code(text):
    code = clean_code(text)
    assert len(code) <= 200
    code.encode()  # what is stored can be stored
