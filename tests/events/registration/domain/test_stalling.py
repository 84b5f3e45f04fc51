from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.registration.domain import is_daytime, nudge_moments, nudges_due

pytestmark = pytest.mark.pure

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 3, 2, 12, tzinfo=NEW_YORK)


def after(days: float) -> datetime:
    return MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("closes", "moments"),
    [
        (None, (after(7), after(14))),
        (after(60), (after(7), after(14))),
        (after(15), (after(7), after(12))),
        (after(11), (after(7),)),  # the last call would come a day after the first reminder
        (after(9), (after(6),)),
        (after(4), (after(1),)),
        (after(2), ()),  # last worked on when it was nearly too late already
    ],
)
def test_leads_are_reminded_weekly_and_before_registration_closes(
    closes: datetime | None, moments: tuple[datetime, ...]
) -> None:
    assert nudge_moments(MONDAY, closes, NEW_YORK) == moments


def test_the_last_call_is_three_days_by_the_clock_on_the_wall() -> None:
    closes = datetime(2026, 3, 9, 17, tzinfo=NEW_YORK)  # clocks go forward on the 8th

    (call,) = nudge_moments(MONDAY, closes, NEW_YORK)

    assert call == datetime(2026, 3, 6, 17, tzinfo=NEW_YORK)


def test_nobody_is_reminded_once_registration_has_closed() -> None:
    closes = after(9)

    assert nudges_due(MONDAY, closes, NEW_YORK, now=after(8.9)) == 1
    assert nudges_due(MONDAY, closes, NEW_YORK, now=closes) == 0


@given(st.integers(0, 40 * 24), st.integers(0, 80 * 24))
def test_there_are_two_reminders_at_most_apart_and_in_time(closes_in: int, now_in: int) -> None:
    closes = MONDAY + timedelta(hours=closes_in)
    moments = nudge_moments(MONDAY, closes, NEW_YORK)

    assert len(moments) <= 2
    assert all(MONDAY < moment < closes for moment in moments)
    assert all(later - one >= timedelta(days=2) for one, later in pairwise(moments))
    assert 0 <= nudges_due(MONDAY, closes, NEW_YORK, now=MONDAY + timedelta(hours=now_in)) <= 2


@pytest.mark.parametrize(
    ("hour", "zone", "awake"),
    [(12, "America/New_York", True), (12, "Pacific/Honolulu", False), (20, "UTC", False)],
)
def test_mail_goes_out_while_people_of_the_zone_are_up(hour: int, zone: str, awake: bool) -> None:
    now = MONDAY.replace(hour=hour)
    if zone == "UTC":
        now = now.replace(tzinfo=ZoneInfo("UTC"))

    assert is_daytime(now, ZoneInfo(zone)) is awake
