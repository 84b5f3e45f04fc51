from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.ports import DatedEvent, Mailbox, Method

pytestmark = pytest.mark.pure

write = IcalendarWriter().write
HOST = Mailbox(name="Lakeshore Partnership", email="hello@lakeshore.example.org")
GUEST = Mailbox(name="Ana O'Brien", email="ana@district.example.org")


def an_event(**values: Any) -> DatedEvent:
    return DatedEvent(
        **{
            "uid": "d1-key@consortium",
            "sequence": 2,
            "summary": "Keynote",
            "starts": datetime(2017, 6, 20, 9, 0),
            "ends": datetime(2017, 6, 20, 10, 15),
            "time_zone": "America/Los_Angeles",
            "changed_at": datetime(2017, 5, 1, 16, 0, 30, 123456, tzinfo=UTC),
            **values,
        }
    )


def unfolded(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_published_file_reads_exactly_so() -> None:
    event = an_event(
        location="Ballroom, DoubleTree; Mission Valley",
        description="First line\nSecond line",
        url="https://lakeshore.example.org/institutes/2017/programme",
        categories=("Plenary",),
    )

    content = write([event], name="Summer Institute", organizer=HOST)

    assert unfolded(content) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Consortium//Institutes and learning cohorts//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "NAME:Summer Institute",
        "X-WR-CALNAME:Summer Institute",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "BEGIN:VTIMEZONE",
        "TZID:America/Los_Angeles",
        "BEGIN:DAYLIGHT",
        "DTSTART:20070311T020000",
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3",
        "TZNAME:PDT",
        "TZOFFSETFROM:-0800",
        "TZOFFSETTO:-0700",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20071104T020000",
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11",
        "TZNAME:PST",
        "TZOFFSETFROM:-0700",
        "TZOFFSETTO:-0800",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:Keynote",
        "DTSTART;TZID=America/Los_Angeles:20170620T090000",
        "DTEND;TZID=America/Los_Angeles:20170620T101500",
        "DTSTAMP:20170501T160030Z",
        "UID:d1-key@consortium",
        "SEQUENCE:2",
        "CATEGORIES:Plenary",
        "DESCRIPTION:First line\\nSecond line",
        "LAST-MODIFIED:20170501T160030Z",
        "LOCATION:Ballroom\\, DoubleTree\\; Mission Valley",
        'ORGANIZER;CN="Lakeshore Partnership":mailto:hello@lakeshore.example.org',
        "STATUS:CONFIRMED",
        "URL:https://lakeshore.example.org/institutes/2017/programme",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_same_events_make_the_same_bytes_and_lines_are_folded() -> None:
    event = an_event(description="é漢🎓" * 4000)

    content = write([event])

    assert content == write([event])
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert Calendar.from_ical(content).events[0]["DESCRIPTION"] == event.description


def test_an_invitation_names_both_sides_and_asks_for_an_answer() -> None:
    content = write([an_event()], method=Method.REQUEST, organizer=HOST, attendee=GUEST)

    lines = unfolded(content)
    assert "METHOD:REQUEST" in lines
    assert [line for line in lines if line.startswith(("ORGANIZER", "ATTENDEE"))] == [
        (
            'ATTENDEE;CN="Ana O\'Brien";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;'
            "ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:ana@district.example.org"
        ),
        'ORGANIZER;CN="Lakeshore Partnership":mailto:hello@lakeshore.example.org',
    ]
    assert [line for line in lines if line.startswith("REFRESH")] == []


def test_a_cancellation_has_status_cancelled_and_the_same_uid() -> None:
    lines = unfolded(write([an_event()], method=Method.CANCEL, organizer=HOST, attendee=GUEST))

    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "UID:d1-key@consortium"} <= set(lines)


def test_a_cancelled_session_stays_in_a_published_file() -> None:
    assert "STATUS:CANCELLED" in unfolded(write([an_event(cancelled=True)]))


def test_a_published_file_never_carries_an_attendee() -> None:
    content = write([an_event()], organizer=HOST, attendee=GUEST)

    assert b"ATTENDEE" not in content


@pytest.mark.parametrize("method", [Method.REQUEST, Method.CANCEL])
def test_an_invitation_without_both_sides_or_of_two_events_is_refused(method: Method) -> None:
    with pytest.raises(ValueError, match="both organizer and attendee"):
        write([an_event()], method=method, organizer=HOST)
    with pytest.raises(ValueError, match="one UID"):
        write([an_event(), an_event(uid="other")], method=method, organizer=HOST, attendee=GUEST)


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


def test_a_feed_without_events_is_still_a_calendar() -> None:
    content = write([], name="Nothing yet")

    assert read(content) == []
    assert vobject.readOne(content.decode()).name == "VCALENDAR"


def test_a_moment_with_a_zone_is_no_wall_time() -> None:
    with pytest.raises(ValueError, match="no wall time"):
        write([an_event(starts=datetime(2017, 6, 20, 9, tzinfo=UTC))])


NASTY = (
    "\r\nATTENDEE:mailto:evil@example.org",
    "x\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:two",
    "semi;colon,comma:colon\\back\\nslash\"quote'",
    "\x00\x0b\x0c\x1b[31m\x7f\x85\u2028\u2029",
    "\ud800 lone \udfff surrogates",
    "\u202eright to left\u202c שלום مرحبا",
    "👩‍👩‍👧‍👦" * 40,
    "long " * 2000,
    '"; PARTSTAT=ACCEPTED:mailto:evil@example.org',
    "^n^'^^",
    " ",
    "\\",
)
texts = st.text(st.characters(exclude_categories=()), min_size=1, max_size=300) | st.sampled_from(
    NASTY
)


@settings(max_examples=150, deadline=None)
@example(text="\r\nATTENDEE:mailto:evil@example.org")
@given(text=texts)
def test_no_text_adds_or_removes_a_property(text: str) -> None:
    """The harmless text stands for what every other text must look like."""
    harmless, tried = everywhere("harmless"), everywhere(text)

    assert properties(Calendar.from_ical(tried)) == properties(Calendar.from_ical(harmless))
    assert len(vobject.readOne(tried.decode()).vevent.getSortedChildren()) == len(
        vobject.readOne(harmless.decode()).vevent.getSortedChildren()
    )


@settings(max_examples=150, deadline=None)
@given(text=texts)
def test_both_parsers_read_the_same_words(text: str) -> None:
    content = everywhere(text)

    one = Calendar.from_ical(content).events[0]
    other = vobject.readOne(content.decode()).vevent
    assert str(one["SUMMARY"]) == other.summary.value
    assert str(one["LOCATION"]) == other.location.value
    assert str(one["DESCRIPTION"]) == other.description.value
    assert str(one["URL"]) == other.url.value
    assert one["ATTENDEE"].params.get("CN", "") == getattr(other.attendee, "cn_param", "")


def everywhere(text: str) -> bytes:
    return write(
        [
            an_event(
                uid=text,
                summary=text,
                location=text,
                description=text,
                url=text,
                categories=(text,),
            )
        ],
        name=text,
        method=Method.REQUEST,
        organizer=Mailbox(name=text, email=text),
        attendee=Mailbox(name=text, email=text),
    )


def properties(component: Any) -> list[str]:
    return sorted(
        f"{name} {sorted(getattr(value, 'params', {}))}"
        for name, value in component.property_items(recursive=True)
    )


def read(content: bytes) -> Sequence[Any]:
    return Calendar.from_ical(content).events


def begins(content: bytes) -> list[datetime]:
    return [
        read(content)[0].start.astimezone(UTC),
        vobject.readOne(content.decode()).vevent.dtstart.value.astimezone(UTC),
    ]


def zone_part(content: bytes) -> bytes:
    begin, end = b"BEGIN:VTIMEZONE", b"END:VTIMEZONE"
    return begin + content.split(begin)[1].split(end)[0] + end


@pytest.mark.parametrize(
    "zone",
    [
        "America/New_York",
        "America/Phoenix",
        "America/Los_Angeles",
        "America/Vancouver",
        "America/Nuuk",
        "Pacific/Honolulu",
        "Africa/Casablanca",
        "Africa/Johannesburg",
        "Europe/Dublin",
        "Australia/Lord_Howe",
    ],
)
@pytest.mark.parametrize("year", [2006, 2017, 2026])
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
