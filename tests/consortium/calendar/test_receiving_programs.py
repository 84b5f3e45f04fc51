"""Answers as the programs that people use write them, and files that are no answers at all."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from consortium.adapters.icalendar_writer import IcalendarWriter
from consortium.calendar.commands import SAID
from consortium.calendar.models import CalendarInvitation
from consortium.calendar.service.answers import Outcome
from consortium.database import db
from consortium.people.models import Person
from tests.consortium.calendar.test_receiving import (
    ANA,
    UID,
    address,
    ana,
    ics,
    message,
    receive,
    row,
)
from tests.factories import make_institute, make_person

__all__ = ["address", "ana", "receive"]

OUTLOOK = f"""BEGIN:VCALENDAR
METHOD:REPLY
PRODID:Microsoft Exchange Server 2010
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Eastern Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
ATTENDEE;PARTSTAT=ACCEPTED;CN="Day, Ana":MAILTO:{ANA}
COMMENT;LANGUAGE=en-US:\\n
UID:{UID}
SUMMARY;LANGUAGE=en-US:Accepted: Keynote
DTSTART;TZID=Eastern Standard Time:20260501T090000
DTEND;TZID=Eastern Standard Time:20260501T100000
CLASS:PUBLIC
PRIORITY:5
DTSTAMP:20260302T110500Z
TRANSP:OPAQUE
STATUS:CONFIRMED
SEQUENCE:3
LOCATION;LANGUAGE=en-US:Oak
X-MICROSOFT-CDO-APPT-SEQUENCE:3
X-MICROSOFT-CDO-OWNERAPPTID:0
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
END:VEVENT
END:VCALENDAR
"""
GOOGLE = f"""BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260501T130000Z
DTEND:20260501T140000Z
DTSTAMP:20260302T110500Z
ORGANIZER;CN=Lakeshore:mailto:hello@lakeshore.example.org
UID:{UID}
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN={ANA}
 ;X-NUM-GUESTS=0:mailto:{ANA}
X-MICROSOFT-CDO-OWNERAPPTID:-1234567890
CREATED:20260301T120000Z
DESCRIPTION:
LAST-MODIFIED:20260302T110500Z
LOCATION:Oak
SEQUENCE:3
STATUS:CONFIRMED
SUMMARY:Keynote
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
"""
APPLE = f"""BEGIN:VCALENDAR
CALSCALE:GREGORIAN
PRODID:-//Apple Inc.//macOS 14.4//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:{UID}
ATTENDEE;CN="Ana";CUTYPE=INDIVIDUAL;EMAIL="{ANA}";PARTSTAT=ACCEPTED:mailto:Ana@X.org
DTSTART;TZID=America/New_York:20260501T090000
DTEND;TZID=America/New_York:20260501T100000
LAST-MODIFIED:20260302T110500Z
ORGANIZER;CN="Lakeshore":mailto:hello@lakeshore.example.org
DTSTAMP:20260302T110500Z
SEQUENCE:3
SUMMARY:Keynote
X-APPLE-TRAVEL-ADVISORY-BEHAVIOR:AUTOMATIC
END:VEVENT
END:VCALENDAR
"""
THUNDERBIRD = f"""BEGIN:VCALENDAR
PRODID:-//Mozilla.org/NONSGML Mozilla Calendar V1.1//EN
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
CREATED:20260302T110400Z
LAST-MODIFIED:20260302T110500Z
DTSTAMP:20260302T110500Z
UID:{UID}
SUMMARY:Keynote
STATUS:CONFIRMED
ORGANIZER;CN=Lakeshore:mailto:hello@lakeshore.example.org
ATTENDEE;CN=Ana;CUTYPE=INDIVIDUAL;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT;RSVP=
 TRUE:mailto:{ANA}
DTSTART;TZID=America/New_York:20260501T090000
DTEND;TZID=America/New_York:20260501T100000
SEQUENCE:3
X-MOZ-INVITED-ATTENDEE:mailto:{ANA}
END:VEVENT
END:VCALENDAR
"""
PROGRAMS = {"Outlook": OUTLOOK, "Google": GOOGLE, "Apple": APPLE, "Thunderbird": THUNDERBIRD}

Receive = Callable[[bytes], Result]


@pytest.mark.parametrize("begin", ["", "\ufeff"])
@pytest.mark.parametrize("name", PROGRAMS)
def test_the_answers_of_the_usual_programs_are_taken(
    receive: Receive, address: str, name: str, begin: str
) -> None:
    written = begin + PROGRAMS[name].replace("\n", "\r\n")

    said = receive(message(address, written, cte="base64"))

    assert (said.exit_code, said.output) == (0, f"{SAID[Outcome.TAKEN]}\n")
    assert (row().answer, row().comment) == ("ACCEPTED", "")


def test_an_answer_in_another_character_set_is_read_as_it_was_written(
    receive: Receive, address: str
) -> None:
    written = ics(COMMENT="COMMENT:Désolée – à bientôt").encode("windows-1252")
    head = f"To: {address}\nContent-Type: text/calendar; charset=windows-1252\n"

    said = receive(f"{head}Content-Transfer-Encoding: 8bit\n\n".encode() + written)

    assert (said.output, row().comment) == (
        f"{SAID[Outcome.TAKEN]}\n",
        "Désolée – à bientôt",
    )


def test_what_other_projects_try_their_readers_with_answers_nothing_of_ours(
    receive: Receive, address: str, ana: Person, calendar_samples: list[Path]
) -> None:
    """Each is read as it is and as if it were an answer; one speaks of what a stranger has."""
    stranger = CalendarInvitation(
        person_id=make_person("eve@x.org", "Eve").id,
        institute_id=make_institute("other").id,
        uid="noend123",  # stands in a sample
        sequence=0,
    )
    db.session.add(stranger)
    db.session.commit()
    for path in calendar_samples:
        content = path.read_text(encoding="utf-8", errors="replace")
        answer = content.replace("BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nMETHOD:REPLY", 1)
        for written in (content, answer):
            said = receive(message(address, written, cte="base64"))
            assert said.exception is None or isinstance(said.exception, SystemExit), path.name
            assert said.output.strip(), path.name
            assert SAID[Outcome.TAKEN] not in said.output, path.name

    rows = db.session.scalars(select(CalendarInvitation)).all()
    assert [(one.answer, one.comment, one.answered_at) for one in rows] == [(None, "", None)] * 2


@pytest.mark.pure
@pytest.mark.parametrize(
    "line",
    [
        "DTSTART;TZID=America:20260501T090000",  # a folder of zones
        "DTSTAMP;VALUE=PERIOD:20260101T000000Z/P99999999999W",
    ],
)
def test_what_makes_the_reader_stumble_is_no_calendar(line: str) -> None:
    with pytest.raises(ValueError, match="no calendar file"):
        IcalendarWriter().read(ics(MORE=line).encode())


@pytest.mark.pure
@settings(max_examples=300)
@given(data=st.data())
def test_a_file_with_something_wrong_is_read_or_is_no_calendar(data: st.DataObject) -> None:
    """Whatever is not a ``ValueError`` would end in a trace instead of a line."""
    lines = data.draw(st.sampled_from((OUTLOOK, GOOGLE, THUNDERBIRD, ics()))).splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(lines) - 1))
        wrong = data.draw(st.sampled_from(WRONG) | st.text(max_size=40))
        at = data.draw(st.integers(0, len(lines[place])))
        lines[place] = lines[place][:at] + wrong + lines[place][at:]
        lines.insert(data.draw(st.integers(0, len(lines))), wrong)
    content = "\r\n".join(lines).encode("utf-8", "replace")

    try:
        found = IcalendarWriter().read(content)
    except ValueError as error:
        assert "no calendar file" in str(error)  # noqa: PT017
    else:
        assert len(found) <= 100


WRONG = (
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "TZID:America", "TZID:../../etc", ";TZID=/",
    "DTSTAMP:00010101T000000", "DTSTAMP;TZID=Asia/Tokyo:00010101T000000", "DTSTAMP;VALUE=DATE:2026",
    "SEQUENCE:٣", "SEQUENCE:99999999999999999999", "ATTENDEE", 'ATTENDEE;CN="', "RRULE:FREQ=X",
    "RRULE:FREQ=DAILY;COUNT=99999999", "\ufeff", "\x00", "=", ";", ":", "\\", "PARTSTAT=ACCEPTED,X",
    "TZOFFSETFROM:+9999", "DURATION:P99999999999W", "EXDATE:1", "GEO:1", "X" * 5000,
)  # fmt: skip
