"""What the writer makes, read by the letter of the standards."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from consortium.ports import Mailbox, Method
from tests.consortium.adapters.calendar_files import GUEST, HOST, an_event, write
from tests.consortium.adapters.strict_reader import clock_of, instants, read_strictly
from tests.consortium.adapters.test_icalendar_texts import NASTY

pytestmark = pytest.mark.pure

ZONES = (
    "America/Phoenix",
    "Pacific/Honolulu",
    "America/Adak",
    "America/St_Johns",
    "America/New_York",
    "America/Sao_Paulo",
    "Africa/Casablanca",
    "Europe/London",
    "Europe/Dublin",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Guam",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Asia/Dhaka",
    "Atlantic/Reykjavik",
    "UTC",
)
NIGHTS = (
    ("2026-05-01T22:00", "2026-05-02T01:30"),
    ("2026-12-31T22:00", "2027-01-01T00:30"),
    ("2027-03-13T23:30", "2027-03-14T03:30"),
    ("2026-10-31T23:30", "2026-11-01T03:00"),
    ("2026-10-24T20:00", "2026-10-25T04:00"),
    ("2027-04-03T20:00", "2027-04-04T04:00"),
    ("2017-06-19T08:00", "2017-06-22T17:00"),
    ("1995-06-19T08:00", "2034-06-22T17:00"),
)


@pytest.mark.parametrize("zone", ZONES)
def test_every_night_and_day_is_the_right_moment_by_the_files_own_zone(zone: str) -> None:
    local = ZoneInfo(zone)
    for n, night in enumerate(NIGHTS):
        starts, ends = (datetime.fromisoformat(wall) for wall in night)
        event = an_event(uid=f"{n}", starts=starts, ends=ends, time_zone=zone)

        calendar = read_strictly(write([event], organizer=HOST))

        assert instants(calendar.named("VEVENT")[0], calendar) == (
            starts.replace(tzinfo=local).astimezone(UTC),
            ends.replace(tzinfo=local).astimezone(UTC),
        )


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "UTC"])
@pytest.mark.parametrize("years", [(1995, 1998), (2005, 2008), (2010, 2012), (2026, 2028)])
def test_the_files_zone_agrees_with_the_clocks_in_every_hour_it_covers(
    zone: str, years: tuple[int, int]
) -> None:
    first, last = (datetime(year, 6, 1, 9) for year in years)
    event = an_event(starts=first, ends=last, time_zone=zone)
    calendar = read_strictly(write([event], organizer=HOST))
    offset_at = clock_of(calendar.named("VTIMEZONE")[0])

    moment, wrong = first.replace(tzinfo=UTC), []
    while moment < last.replace(tzinfo=UTC):
        if offset_at(moment) != moment.astimezone(ZoneInfo(zone)).utcoffset():
            wrong.append(moment)
        moment += timedelta(hours=7, minutes=30)
    assert wrong == []


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("text", [*NASTY, "a" * 5000, "漢🎓é," * 1250, "\r\n" * 50, "מַה; a\\b,c"])
def test_whatever_the_words_the_file_keeps_to_the_standards(text: str, method: Method) -> None:
    event = an_event(
        uid=text, summary=text, location=text, description=text, url=text, categories=(text,)
    )

    calendar = read_strictly(
        write(
            [event],
            name=text,
            method=method,
            organizer=Mailbox(name=text, email=HOST.email),
            attendee=Mailbox(name=text, email=GUEST.email),
        )
    )

    (written,) = calendar.named("VEVENT")
    assert "\n" not in written.one("SUMMARY").text
    assert calendar.one("METHOD").value == method.value


def test_words_are_what_they_were() -> None:
    words = "Commas, semicolons; back\\slashes\\n and 漢字 🎓, שלום"

    calendar = read_strictly(
        write([an_event(summary=words, description=f"{words}\n{words}")], organizer=HOST)
    )

    (event,) = calendar.named("VEVENT")
    assert event.one("SUMMARY").text == words
    assert event.one("DESCRIPTION").text == f"{words}\n{words}"
