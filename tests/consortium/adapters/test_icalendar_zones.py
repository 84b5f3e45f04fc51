from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from tests.consortium.adapters.calendar_files import an_event, begins, read, write, zone_part

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("zone", "day", "instant"),
    [
        ("America/New_York", (2027, 3, 10), "2027-03-10T20:30+00:00"),
        ("America/New_York", (2027, 3, 17), "2027-03-17T19:30+00:00"),
        ("America/Los_Angeles", (2026, 11, 1), "2026-11-01T23:30+00:00"),
        ("America/Phoenix", (2027, 7, 1), "2027-07-01T22:30+00:00"),
        ("Pacific/Honolulu", (2027, 1, 8), "2027-01-09T01:30+00:00"),
        ("Africa/Johannesburg", (2017, 10, 25), "2017-10-25T13:30+00:00"),
        ("UTC", (2026, 3, 2), "2026-03-02T15:30+00:00"),
    ],
)
def test_half_past_three_on_the_wall_is_the_right_moment_in_both_parsers(
    zone: str, day: tuple[int, int, int], instant: str
) -> None:
    starts = datetime(*day, 15, 30)
    content = write([an_event(time_zone=zone, starts=starts, ends=starts + timedelta(hours=1))])

    assert [moment.isoformat(timespec="minutes") for moment in begins(content)] == [instant] * 2


def test_events_on_both_sides_of_a_clock_change_and_in_two_zones_share_a_file() -> None:
    events = [
        an_event(uid="a", starts=datetime(2017, 3, 11, 9), ends=datetime(2017, 3, 11, 10)),
        an_event(uid="b", starts=datetime(2017, 3, 13, 9), ends=datetime(2017, 3, 13, 10)),
        an_event(
            uid="c",
            time_zone="America/New_York",
            starts=datetime(2018, 12, 6, 16),
            ends=datetime(2018, 12, 6, 18),
        ),
    ]

    content = write(events)

    assert content.count(b"BEGIN:VTIMEZONE") == 2
    assert [event.start.astimezone(UTC).isoformat() for event in read(content)] == [
        "2017-03-11T17:00:00+00:00",
        "2017-03-13T16:00:00+00:00",
        "2018-12-06T21:00:00+00:00",
    ]


def test_a_moment_with_a_zone_is_no_wall_time() -> None:
    with pytest.raises(ValueError, match="no wall time"):
        write([an_event(starts=datetime(2017, 6, 20, 9, tzinfo=UTC))])


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Vancouver",
        "America/Nuuk",
        "Pacific/Honolulu",
        "America/Sao_Paulo",
        "Africa/Casablanca",
        "Africa/Johannesburg",
        "Asia/Kathmandu",
        "Europe/Dublin",
        "Pacific/Apia",
        "Australia/Lord_Howe",
    ],
)
@pytest.mark.parametrize("year", [2006, 2011, 2017, 2026])
def test_the_zone_in_the_file_is_right_on_every_day_and_in_every_hour_around_a_change(
    zone: str, year: int
) -> None:
    """Read by a third parser, which has only the file and not the zone's name to go by."""
    new_year = datetime(year, 12, 31, 22, 0)
    content = write([an_event(time_zone=zone, starts=new_year, ends=new_year + timedelta(hours=3))])
    of_file, real = tzical(StringIO(zone_part(content).decode())).get(), ZoneInfo(zone)

    moments = set()
    for n in range(2 * 365):
        noon = datetime(year, 1, 1, 12) + timedelta(days=n)
        next_noon = noon + timedelta(days=1)
        changes = offset(noon, real) != offset(next_noon, real)
        moments |= {noon + timedelta(minutes=30 * m) for m in range(48 if changes else 1)}
    wrong = [
        moment
        for moment in sorted(moments)
        if moment.replace(tzinfo=real).astimezone(UTC).astimezone(real).replace(tzinfo=None)
        == moment
        and offset(moment, real) != offset(moment, of_file)
    ]
    assert len(moments) >= 2 * 365
    assert wrong == []


def offset(wall: datetime, zone: Any) -> timedelta | None:
    return wall.replace(tzinfo=zone).utcoffset()


def test_a_zone_is_defined_alike_whatever_the_dates_so_that_programs_may_keep_it() -> None:
    definitions = {
        zone_part(write([an_event(starts=starts, ends=starts + timedelta(hours=1))]))
        for starts in (datetime(2017, 6, 20, 9), datetime(2024, 3, 21, 9), datetime(2031, 1, 2, 9))
    }

    assert len(definitions) == 1
    assert len(definitions.pop()) < 400
