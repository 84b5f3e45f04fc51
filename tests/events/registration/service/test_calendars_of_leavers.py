"""What leaves the calendar of someone who comes no more, and the feed that ends."""

import base64
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.calendar import service as feeds
from consortium.calendar.models import CalendarFeed
from consortium.database import db, transaction
from consortium.directory.models import Lea
from consortium.outbox import jobs
from consortium.people.models import Person
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Team
from tests.events.registration.builders import (
    lead_editor,
    letters,
    seat_of,
)
from tests.events.registration.service.substituting import (
    ADA,
    KIM,
    complete_team,
    confirm,
    institute_with_sessions,
    someone,
    substitute,
)
from tests.factories import make_lea, make_session


@pytest.fixture
def lea(lead: Person) -> Lea:
    return make_lea("3400001", "Oak Park")


@pytest.fixture
def institute(tenant: object) -> Institute:
    return institute_with_sessions()


@pytest.fixture
def team(institute: Institute, lea: Lea) -> Team:
    return complete_team(institute, lea)


def calendars_in(mail: Any) -> list[str]:
    """Return the calendar files of a mail as text."""
    files = [kept for kept in mail.attachments if kept["content_type"] == "text/calendar"]
    return [base64.b64decode(kept["content"]).decode().replace("\r\n ", "") for kept in files]


def line(calendar: str, key: str) -> str:
    return next(one for one in calendar.splitlines() if one.startswith(key))


def test_the_old_calendar_is_told_what_was_sent_to_it_and_no_more(
    app: Flask, team: Team, institute: Institute
) -> None:
    old = confirm(seat_of(team, "Ada"))
    request = calendars_in(letters(ADA)[-1])[0]
    jobs.deliver_due(app)
    make_session(institute, "added", "2026-05-01T14:00", "2026-05-01T15:00")

    new = substitute(team, old)

    (released,) = letters(ADA)
    (cancel,) = calendars_in(released)
    assert line(cancel, "METHOD") == "METHOD:CANCEL"
    assert line(cancel, "STATUS") == "STATUS:CANCELLED"
    assert line(cancel, "UID") == line(request, "UID")
    assert (line(request, "SEQUENCE"), line(cancel, "SEQUENCE")) == ("SEQUENCE:0", "SEQUENCE:1")
    assert f"mailto:{ADA}" in line(cancel, "ATTENDEE")
    # Who has not confirmed gets no appointments yet; then all of them.
    assert calendars_in(letters(KIM)[0]) == []
    confirm(new)
    assert {line(one, "METHOD") for one in calendars_in(letters(KIM)[-1])} == {"METHOD:REQUEST"}


def test_a_calendar_mail_that_never_left_needs_no_cancellation(team: Team) -> None:
    old = confirm(seat_of(team, "Ada"))

    substitute(team, old)

    assert calendars_in(letters(ADA)[0]) == []


def test_who_comes_back_gets_invitations_that_are_newer_than_the_cancellation(
    app: Flask, team: Team
) -> None:
    new = substitute(team, confirm(seat_of(team, "Ada")))
    back = substitute(team, new, someone("Ada", ADA))
    confirm(back)

    assert line(calendars_in(letters(ADA)[-1])[0], "SEQUENCE") == "SEQUENCE:2"


def test_who_gives_a_seat_back_gets_the_sessions_out_of_the_calendar_too(
    app: Flask, team: Team
) -> None:
    seat = confirm(seat_of(team, "Ada"))
    jobs.deliver_due(app)

    with transaction():
        registration.decline_seat(seat, "Ill", by=ADA)

    (mail,) = letters(ADA)
    assert mail.subject == "You have given back your seat at Summer Institute"
    assert [line(one, "METHOD") for one in calendars_in(mail)] == ["METHOD:CANCEL"]


def test_a_withdrawn_team_leaves_the_calendars_of_its_people(app: Flask, team: Team) -> None:
    confirm(seat_of(team, "Ada"))
    jobs.deliver_due(app)

    with transaction():
        registration.withdraw_team(team.id, lead_editor())

    assert [line(one, "METHOD") for one in calendars_in(letters(ADA)[0])] == ["METHOD:CANCEL"]


def test_the_old_feed_is_closed_when_no_seat_is_left(team: Team) -> None:
    old = confirm(seat_of(team, "Ada"))
    with transaction():
        feed = feeds.feed_of(old.person, secret="s", by=ADA)
    token = feeds.find_token(feed, secret="s")
    assert token is not None

    substitute(team, old)

    assert feeds.find_person_by_token(token) is None
    assert db.session.scalars(select(CalendarFeed)).all() == []
