from datetime import UTC, date, datetime

import pytest

from events.schedule.domain import (
    Gap,
    PlannedSession,
    SessionRefused,
    instant_of,
    local_time,
    missing_weeks,
)
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure


def test_an_instant_follows_from_wall_time_and_zone() -> None:
    wall = datetime(2027, 3, 10, 15, 30)

    assert instant_of(wall, "America/New_York") == datetime(2027, 3, 10, 20, 30, tzinfo=UTC)
    assert instant_of(wall, "America/Phoenix") == datetime(2027, 3, 10, 22, 30, tzinfo=UTC)


def test_a_wall_time_that_does_not_exist_is_asked_back_with_both_readings() -> None:
    with pytest.raises(SessionRefused) as refusal:
        instant_of(datetime(2027, 3, 14, 2, 30), "America/New_York", field="begins")

    assert refusal.value.message == (
        "Clocks go forward that night, so 2:30 AM on Sunday, March 14, 2027 does not exist there. "
        "Choose 1:30 AM or 3:30 AM."
    )
    assert refusal.value.field == "begins"


def test_a_wall_time_that_comes_twice_is_asked_back_with_both_readings() -> None:
    with pytest.raises(SessionRefused) as refusal:
        instant_of(datetime(2026, 11, 1, 1, 30), "America/New_York")

    assert refusal.value.message == (
        "Clocks go back that night, so 1:30 AM on Sunday, November 1, 2026 comes twice: first "
        "as EDT, then as EST. Calendars cannot tell them apart; choose a time before 1:00 AM or "
        "from 2:00 AM on."
    )


@pytest.mark.parametrize(
    ("zone", "wall", "choose"),
    [
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15), "1:45 AM or 2:45 AM."),
        (
            "America/Sao_Paulo",
            datetime(2018, 11, 4, 0, 30),
            "11:30 PM on Saturday, November 3, 2018 or 1:30 AM.",
        ),
        (
            "Pacific/Apia",
            datetime(2011, 12, 30, 9, 0),
            "9:00 AM on Thursday, December 29, 2011 or 9:00 AM on Saturday, December 31, 2011.",
        ),
    ],
)
def test_what_clocks_skip_is_named_with_its_day_where_midnight_is_skipped_too(
    zone: str, wall: datetime, choose: str
) -> None:
    with pytest.raises(SessionRefused) as refusal:
        instant_of(wall, zone)

    assert refusal.value.message.endswith(f"does not exist there. Choose {choose}")


def test_half_an_hour_that_comes_twice_is_not_called_an_hour() -> None:
    with pytest.raises(SessionRefused) as refusal:
        instant_of(datetime(2027, 4, 4, 1, 45), "Australia/Lord_Howe")

    assert refusal.value.message.endswith("choose a time before 1:30 AM or from 2:00 AM on.")
    assert "hour" not in refusal.value.message


@pytest.mark.parametrize("minute", [0, 59])
def test_the_hours_beside_a_clock_change_are_accepted(minute: int) -> None:
    instant_of(datetime(2026, 11, 1, 0, minute), "America/New_York")
    instant_of(datetime(2026, 11, 1, 2, minute), "America/New_York")
    instant_of(datetime(2027, 3, 14, 1, minute), "America/New_York")
    instant_of(datetime(2027, 3, 14, 3, minute), "America/New_York")


def test_local_time_is_told_only_where_clocks_differ() -> None:
    wall = datetime(2027, 3, 10, 15, 30)
    phoenix = local_time(wall, "America/New_York", of="America/Phoenix")

    assert phoenix is not None
    assert phoenix.isoformat(timespec="minutes") == "2027-03-10T13:30-07:00"
    assert local_time(wall, "America/New_York", of="America/Detroit") is None
    assert local_time(wall, "America/New_York", of="") is None


def weekly(*days: str) -> list[PlannedSession]:
    return [planned(day, f"{day}T15:30") for day in days]


def test_a_week_left_out_of_a_weekly_series_is_named_with_the_next_date() -> None:
    series = weekly("2027-03-03", "2027-03-10", "2027-03-17", "2027-03-24", "2027-04-07")

    assert missing_weeks(series) == (Gap(on=date(2027, 3, 31), next_on=date(2027, 4, 7)),)


@pytest.mark.parametrize(
    "days",
    [
        ["2027-03-03"],
        ["2027-03-03", "2027-03-17"],
        ["2027-03-03", "2027-03-17", "2027-03-31"],
        ["2027-03-03", "2027-03-10", "2027-03-17", "2027-10-06"],
    ],
)
def test_other_series_have_no_weeks_left_out(days: list[str]) -> None:
    assert missing_weeks(weekly(*days)) == ()
