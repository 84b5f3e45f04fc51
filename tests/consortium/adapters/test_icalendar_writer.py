import pytest
import vobject
from icalendar import Calendar

from consortium.ports import Method
from tests.consortium.adapters.calendar_files import GUEST, HOST, an_event, read, unfolded, write

pytestmark = pytest.mark.pure


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


def test_a_feed_without_events_is_still_a_calendar() -> None:
    content = write([], name="Nothing yet")

    assert read(content) == []
    assert vobject.readOne(content.decode()).name == "VCALENDAR"
