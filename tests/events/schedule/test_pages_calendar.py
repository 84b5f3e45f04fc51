from dataclasses import replace
from datetime import UTC, datetime

import vobject
from icalendar import Calendar

from consortium.database import db
from events.institutes.domain.sections import Basics
from events.institutes.models import Institute
from events.institutes.service.editing import change_institute
from events.institutes.service.sections import section_of
from tests.browser import Browser
from tests.factories import make_session
from tests.reading import main, words


def test_the_calendar_file_agrees_with_the_programme_by_two_parsers(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", room="Ballroom")
    secret = "https://video.example.org/secret"
    make_session(institute, "s2", "2026-05-02T09:00", "2026-05-02T10:00", online_link=secret)

    answer = client.get("/lakeshore/institutes/summer/calendar.ics")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "inline; filename=summer.ics"
    assert "video.example.org" not in answer.text
    assert "ATTENDEE" not in answer.text
    calendar = Calendar.from_ical(answer.data)
    assert (calendar["METHOD"], calendar["NAME"]) == ("PUBLISH", "Summer Institute")
    assert [event.start.astimezone(UTC) for event in calendar.events] == [
        datetime(2026, 5, 1, 13, tzinfo=UTC),
        datetime(2026, 5, 2, 13, tzinfo=UTC),
    ]
    assert [
        event.dtstart.value.astimezone(UTC) for event in vobject.readOne(answer.text).vevent_list
    ] == [event.start.astimezone(UTC) for event in calendar.events]
    assert calendar.events[0]["URL"] == "http://localhost/lakeshore/institutes/summer/programme"


def test_a_program_that_has_the_calendar_already_is_told_so_until_something_changes(
    client: Browser, institute: Institute
) -> None:
    session = make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    address = "/lakeshore/institutes/summer/calendar.ics"
    tag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)

    compressed = client.get(address, headers={"If-None-Match": f"W/{tag}"})
    assert compressed.status_code == 304

    session.title = "Suite"
    db.session.commit()
    changed = client.get(address, headers={"If-None-Match": tag})
    assert (changed.status_code, changed.headers["ETag"] != tag) == (200, True)


def test_one_session_has_a_calendar_file_of_its_own(client: Browser, institute: Institute) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    make_session(institute, "other", "2026-05-01T09:00", "2026-05-01T10:15")

    answer = client.get("/lakeshore/institutes/summer/sessions/key.ics")

    assert [event["SUMMARY"] for event in Calendar.from_ical(answer.data).events] == ["Key"]
    assert answer.headers["Content-Disposition"] == "inline; filename=summer-key.ics"
    assert client.get("/lakeshore/institutes/summer/sessions/nothing.ics").status_code == 404


def test_a_session_without_a_date_has_no_calendar_file_yet(
    client: Browser, institute: Institute
) -> None:
    session = make_session(institute, "tbd", "2026-05-01T09:00", "2026-05-01T10:15")
    session.starts = session.ends = session.starts_at = session.ends_at = None
    db.session.commit()

    answer = client.get("/lakeshore/institutes/summer/sessions/tbd.ics")

    assert answer.status_code == 404
    assert "This session has no date yet." in words(main(answer.text))


def test_a_changed_title_or_place_of_the_institute_raises_every_sequence(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15", sequence=2)
    basics = replace(section_of(institute, Basics), venue="Rutgers, Camden")
    change_institute(institute, basics, version=1, by="coordinator@example.org")
    db.session.commit()

    answer = client.get("/lakeshore/institutes/summer/calendar.ics")

    event = Calendar.from_ical(answer.data).events[0]
    assert (event["LOCATION"], event["SEQUENCE"]) == ("Rutgers, Camden", 3)


def test_a_calendar_program_may_ask_for_the_headers_alone(
    client: Browser, institute: Institute
) -> None:
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:15")
    address = "/lakeshore/institutes/summer/calendar.ics"

    whole, head = client.get(address), client.head(address)

    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control", "Last-Modified"):
        assert head.headers[name] == whole.headers[name]
