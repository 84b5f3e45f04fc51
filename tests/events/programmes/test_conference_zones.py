"""The zone of a conference: named in its schedule, said beside it, told by offsets, or asked."""

from datetime import datetime

import pytest

from tests.events.programmes.conferences import faults, read, schedule, warned

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("offsets", "home", "zone"),
    [
        (("2027-06-21T09:00-04:00",), "", "America/New_York"),
        (("2027-06-21T09:00-0500",), "", "America/Chicago"),
        (("2027-06-21T09:00-07:00",), "", "America/Los_Angeles"),
        (("2027-06-21T09:00-07:00",), "America/Phoenix", "America/Phoenix"),
        (("2027-01-21T09:00-07:00",), "", "America/Denver"),
        (("2027-01-21T09:00-07:00", "2027-06-21T09:00-07:00"), "", "America/Phoenix"),
        (("2027-01-21T09:00-04:00",), "America/New_York", "America/Puerto_Rico"),
        (("2027-06-21T09:00-10:00",), "America/Chicago", "Pacific/Honolulu"),
        (("2027-06-21T09:00",), "America/Chicago", "America/Chicago"),
        (("2027-06-21T09:00+02:00",), "Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_the_zone_is_the_one_that_every_offset_fits(
    offsets: tuple[str, ...], home: str, zone: str
) -> None:
    sessions = ({"id": f"s{n}", "start": at, "end": "", "duration": 30}
                for n, at in enumerate(offsets))  # fmt: skip
    reading = read(schedule(*sessions), home=home)
    assert reading.programme.time_zone == zone
    guessed = zone != home or offsets[0].endswith("T09:00")
    assert [zone in said for said in warned(reading, "$.timezone")] == ([True] if guessed else [])


def test_a_zone_that_nothing_tells_is_asked_for() -> None:
    utc = {"start": "2027-06-21T13:00:00.000Z", "end": "2027-06-21T14:00:00+00:00"}
    [(path, sentence)] = faults(schedule(utc), home="America/New_York")
    assert path == "$.timezone"
    assert sentence.startswith("All times are in UTC")
    berlin = {"start": "2027-06-21T09:00+02:00", "end": "2027-06-21T10:00+02:00"}
    [(_, sentence)] = faults(schedule(berlin))
    assert "(+02:00)" in sentence
    bare = {"start": "2027-06-21T09:00", "end": "2027-06-21T10:00"}
    [(_, sentence)] = faults(schedule(bare))
    assert "--zone" in sentence
    assert read(schedule(utc), zone="America/Denver").programme.sessions[0].starts == datetime(
        2027, 6, 21, 7
    )
    named = read(schedule(utc, timezone="America/Chicago"), zone="America/Denver").programme
    assert named.time_zone == "America/Chicago"


def test_the_second_of_two_equal_times_is_asked_about() -> None:
    night = {"start": "2027-11-07T01:30:00-05:00", "end": "2027-11-07T03:00:00-05:00"}
    [(path, sentence)] = faults(schedule(night), home="America/New_York")
    assert path == "$.sessions[0].start"
    assert "comes twice" in sentence
    first = {"start": "2027-11-07T01:30:00-04:00", "end": "2027-11-07T03:00:00-05:00"}
    session = read(schedule(first), home="America/New_York").programme.sessions[0]
    assert session.starts == datetime(2027, 11, 7, 1, 30)
