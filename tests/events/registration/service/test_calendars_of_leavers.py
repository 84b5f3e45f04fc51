"""What leaves the calendar of someone who comes no more, and the feed that ends."""

from dataclasses import replace
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
from consortium.ports import GatewayDown, GatewayRefused
from events.institutes.models import Institute
from events.registration import service as registration
from events.registration.models import Team
from events.schedule import service as schedule
from tests.calendars import deliver, files_of, sent_to, told
from tests.events.registration.builders import (
    lead_editor,
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


def test_the_old_calendar_is_told_what_was_sent_to_it_and_no_more(
    app: Flask, mailer: Any, team: Team, institute: Institute
) -> None:
    old = confirm(seat_of(team, "Ada"))
    deliver(app)
    make_session(institute, "added", "2026-05-01T14:00", "2026-05-01T15:00")

    new = substitute(team, old)
    deliver(app)

    *_, confirmed, released = sent_to(mailer, ADA)
    (request,), (cancel,) = files_of(confirmed), files_of(released)
    assert (cancel["METHOD"], cancel["STATUS"]) == ("CANCEL", "CANCELLED")
    assert cancel["UID"] == request["UID"]
    assert (request["SEQUENCE"], cancel["SEQUENCE"]) == ("0", "1")
    assert cancel["ATTENDEE"] == f"mailto:{ADA}"
    # Who has not confirmed gets no appointments yet; then all of them.
    assert told(mailer, KIM) == []
    confirm(new)
    deliver(app)
    assert told(mailer, KIM) == [("REQUEST", "Opening", 0), ("REQUEST", "Added", 0)]


def test_a_calendar_mail_that_never_left_needs_no_cancellation(
    app: Flask, mailer: Any, team: Team
) -> None:
    old = confirm(seat_of(team, "Ada"))

    substitute(team, old)
    deliver(app)

    assert told(mailer, ADA) == []
    assert not any(mail.attachments for mail in sent_to(mailer, ADA))


def test_a_mail_that_a_server_refused_for_good_needs_no_cancellation(
    app: Flask, mailer: Any, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = confirm(seat_of(team, "Ada"))
    with monkeypatch.context() as broken:
        broken.setattr(mailer, "send", refuse)
        deliver(app)

    substitute(team, old)
    deliver(app)

    assert told(mailer, ADA) == []


def test_who_may_have_got_the_invitation_is_told_that_it_is_off(
    app: Flask, mailer: Any, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server took the mail and the connection broke: nobody knows whether it arrived."""
    old = confirm(seat_of(team, "Ada"))
    with monkeypatch.context() as broken:
        broken.setattr(mailer, "send", fall_silent)
        jobs.deliver_due(app)

    substitute(team, old)
    deliver(app)

    assert told(mailer, ADA) == [("CANCEL", "Opening", 1)]


def test_a_mail_that_is_tried_again_says_what_is_so_then_under_the_right_number(
    app: Flask,
    mailer: Any,
    team: Team,
    institute: Institute,
    frozen: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    confirm(seat_of(team, "Ada"))
    with monkeypatch.context() as broken:
        broken.setattr(mailer, "send", fall_silent)
        jobs.deliver_due(app)
    opening = schedule.get_session(institute, "opening")
    with transaction():
        later = replace(opening.spec, title="Welcome")
        schedule.change_session(institute, opening, later, version=1, by="x")
    frozen("2026-03-02T13:00+00:00")

    deliver(app)
    deliver(app)

    assert told(mailer, ADA) == [("REQUEST", "Welcome", 1)]


def refuse(_email: object) -> None:
    raise GatewayRefused("550 no such mailbox")


def fall_silent(_email: object) -> None:
    raise GatewayDown("the connection broke")


def test_who_comes_back_gets_invitations_that_are_newer_than_the_cancellation(
    app: Flask, mailer: Any, team: Team
) -> None:
    ada = confirm(seat_of(team, "Ada"))
    deliver(app)
    kim = substitute(team, ada)
    deliver(app)
    ada = confirm(substitute(team, kim, someone("Ada", ADA)))
    deliver(app)
    kim = substitute(team, ada)
    deliver(app)
    confirm(substitute(team, kim, someone("Ada", ADA)))
    deliver(app)

    assert told(mailer, ADA) == [
        ("REQUEST", "Opening", 0),
        ("CANCEL", "Opening", 1),
        ("REQUEST", "Opening", 2),
        ("CANCEL", "Opening", 3),
        ("REQUEST", "Opening", 4),
    ]


def test_who_gives_a_seat_back_gets_the_sessions_out_of_the_calendar_too(
    app: Flask, mailer: Any, team: Team
) -> None:
    seat = confirm(seat_of(team, "Ada"))
    deliver(app)

    with transaction():
        registration.decline_seat(seat, "Ill", by=ADA)
    deliver(app)

    mail = sent_to(mailer, ADA)[-1]
    assert mail.subject == "You have given back your seat at Summer Institute"
    assert [file["METHOD"] for file in files_of(mail)] == ["CANCEL"]


def test_a_withdrawn_team_leaves_the_calendars_of_its_people(
    app: Flask, mailer: Any, team: Team
) -> None:
    confirm(seat_of(team, "Ada"))
    deliver(app)

    with transaction():
        registration.withdraw_team(team.id, lead_editor())
    deliver(app)

    assert told(mailer, ADA)[-1] == ("CANCEL", "Opening", 1)


def test_the_old_feed_is_closed_when_no_seat_is_left(team: Team) -> None:
    old = confirm(seat_of(team, "Ada"))
    with transaction():
        feed = feeds.feed_of(old.person, secret="s", by=ADA)
    token = feeds.find_token(feed, secret="s")
    assert token is not None

    substitute(team, old)

    assert feeds.find_person_by_token(token) is None
    assert db.session.scalars(select(CalendarFeed)).all() == []
