"""Request, change, cancellation: what mails and feed say, as independent parsers read it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import vobject
from flask import Flask
from icalendar import Calendar

from consortium.calendar import service as feeds
from consortium.database import db, transaction
from consortium.ports import Email
from events.agenda.jobs.notices import tell_of_changes
from events.agenda.service import notices
from events.institutes.models import Institute
from events.registration.models import Team
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.browser import Browser
from tests.calendars import deliver, sent_to
from tests.consortium.adapters.strict_reader import instants, read_strictly
from tests.events.registration.builders import seat_of
from tests.events.registration.service.substituting import (
    ADA,
    KIM,
    complete_team,
    confirm,
    institute_with_sessions,
    someone,
    substitute,
)
from tests.factories import make_lea
from tests.judges import Judge

SECRET = "only-for-tests-" + "x" * 32
Story = tuple[str, str, int, str, datetime]


@pytest.fixture
def institute(tenant: object, lead: object) -> Institute:
    return institute_with_sessions()


@pytest.fixture
def team(institute: Institute) -> Team:
    return complete_team(institute, make_lea("3400001", "Oak Park"))


def move(session: Session) -> None:
    with transaction():
        institute = db.session.get_one(Institute, session.institute_id)
        later = replace(
            session.spec,
            starts=datetime(2026, 5, 1, 8),
            ends=datetime(2026, 5, 1, 9, 30),
            title="Opening; with \\ and, “quotes” 🎉 שלום " + "é" * 90,
        )
        schedule.change_session(institute, session, later, version=session.version, by="x")
        notices.programme_changed(institute.id, [session.id])
    publish_to_calendars()


def cancel(session: Session) -> None:
    with transaction():
        schedule.cancel_session(session, by="x")
        notices.programme_changed(session.institute_id, [session.id])
    publish_to_calendars()


def publish_to_calendars() -> None:
    tell_of_changes(None)  # type: ignore[arg-type]


def test_a_session_that_is_moved_and_then_cancelled(
    app: Flask, mailer: Any, client: Browser, team: Team, institute: Institute, judge: Judge
) -> None:
    seat = confirm(seat_of(team, "Ada"))
    deliver(app)
    opening = schedule.get_session(institute, "opening")
    move(opening)
    deliver(app)
    moved = feed(client, seat.person, judge)
    cancel(opening)
    deliver(app)

    nine = datetime(2026, 5, 1, 13, tzinfo=UTC)
    eight = datetime(2026, 5, 1, 12, tzinfo=UTC)
    read = stories(sent_to(mailer, ADA), judge)
    assert [(one[0], one[2], one[3], one[4]) for one in read] == [
        ("REQUEST", 0, "CONFIRMED", nine),
        ("REQUEST", 1, "CONFIRMED", eight),
        ("CANCEL", 2, "CANCELLED", eight),
    ]
    assert {one[1] for one in read} == {opening.uid}
    assert [one[1:] for one in moved if one[1] == opening.uid] == [read[1][1:]]
    assert [one[1:] for one in feed(client, seat.person, judge)] == [read[2][1:]]


def test_someone_who_is_replaced_and_comes_back(
    app: Flask, mailer: Any, team: Team, judge: Judge
) -> None:
    ada = confirm(seat_of(team, "Ada"))
    deliver(app)
    kim = confirm(substitute(team, ada))
    deliver(app)
    confirm(substitute(team, kim, someone("Ada", ADA)))
    deliver(app)

    methods = [(one[0], one[2]) for one in stories(sent_to(mailer, ADA), judge)]
    assert methods == [("REQUEST", 0), ("CANCEL", 1), ("REQUEST", 2)]
    methods = [(one[0], one[2]) for one in stories(sent_to(mailer, KIM), judge)]
    assert methods == [("REQUEST", 0), ("CANCEL", 1)]


def stories(mails: Any, judge: Judge) -> list[Story]:
    """Return what each calendar file says, on which four readers agree."""
    return [one for mail in mails for one in _in_mail(mail, judge)]


def _in_mail(mail: Email, judge: Judge) -> list[Story]:
    files = [file for file in mail.attachments if file.content_type == "text/calendar"]
    return [one for file in files for one in _agreed(file.content, judge)]


def feed(client: Browser, person: Any, judge: Judge) -> list[Story]:
    with transaction():
        found = feeds.feed_of(person, secret=SECRET, by=ADA)
    path = f"/lakeshore/calendar/{feeds.find_token(found, secret=SECRET)}.ics"
    return _agreed(client.get(path).data, judge)


def _agreed(content: bytes, judge: Judge) -> list[Story]:
    one = [
        (
            str(calendar["METHOD"]),
            str(event["UID"]),
            int(event["SEQUENCE"]),
            str(event["STATUS"]),
            event.start.astimezone(UTC),
        )
        for calendar in [Calendar.from_ical(content)]
        for event in calendar.events
    ]
    two = [
        (
            calendar.method.value,
            event.uid.value,
            int(event.sequence.value),
            event.status.value,
            event.dtstart.value.astimezone(UTC),
        )
        for calendar in [vobject.readOne(content.decode())]
        for event in calendar.vevent_list
    ]
    three = [
        (event.method, event.uid, event.sequence, event.status, event.starts)
        for event in judge.read(content)
    ]
    strictly = read_strictly(content)
    four = [
        (
            strictly.one("METHOD").text,
            event.one("UID").text,
            int(event.one("SEQUENCE").text),
            event.one("STATUS").text,
            instants(event, strictly)[0],
        )
        for event in strictly.named("VEVENT")
    ]
    assert one == two == three == four
    return one
