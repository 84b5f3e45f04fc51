"""People who have not chosen their sessions are asked by themselves, on the host's days."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import SUPERSEDED
from events.agenda import service as agendas
from events.agenda.domain import asking_day
from events.agenda.jobs.reminders import ask_to_choose
from events.institutes.domain import Due, Status
from events.institutes.models import Deadline, Institute
from events.registration.models import Seat, SeatStatus, Team
from events.registration.service.leaving import end_seat
from events.schedule.domain import window_of
from events.schedule.models import Session
from tests.acts import acts
from tests.factories import make_lea, make_person, make_team

NEW_JERSEY = ZoneInfo("America/New_York")
OPENS = Due(code="choose_from", what="", on=date(2026, 4, 1), at=time(12))
CLOSES = Due(code="choose_by", what="", on=date(2026, 4, 20), at=time(17))
FIRST = date(2026, 5, 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_JERSEY)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("dues", "now", "planned"),
    [
        ([OPENS, CLOSES], "2026-04-01T11:00", None),  # not open yet
        ([OPENS, CLOSES], "2026-04-01T12:00", date(2026, 4, 1)),
        ([OPENS, CLOSES], "2026-04-02T09:00", date(2026, 4, 1)),  # no worker ran the day before
        ([OPENS, CLOSES], "2026-04-03T09:00", None),
        ([OPENS, CLOSES], "2026-04-13T07:00", None),  # night
        ([OPENS, CLOSES], "2026-04-13T09:00", date(2026, 4, 13)),
        ([OPENS, CLOSES], "2026-04-18T09:00", date(2026, 4, 18)),
        ([OPENS, CLOSES], "2026-04-20T18:00", None),  # closed
        ([CLOSES], "2026-04-13T09:00", date(2026, 4, 13)),
        ([OPENS], "2026-04-24T09:00", date(2026, 4, 24)),  # a week before the first day
        ([], "2026-04-29T09:00", date(2026, 4, 29)),
        ([], "2026-05-01T09:00", None),  # it has begun
    ],
)
def test_people_are_asked_when_choosing_opens_and_before_it_closes(
    dues: list[Due], now: str, planned: date | None
) -> None:
    window = window_of(dues, zone=NEW_JERSEY, at=at(now))

    assert asking_day(window, FIRST, (7, 2), zone=NEW_JERSEY, now=at(now)) == planned
    assert asking_day(window, FIRST, (), zone=NEW_JERSEY, now=at(now)) is None


@pytest.mark.pure
def test_two_mails_are_not_a_day_apart() -> None:
    opens = Due(code="choose_from", what="", on=date(2026, 4, 12))
    window = window_of([opens, CLOSES], zone=NEW_JERSEY, at=at("2026-04-13T09:00"))

    found = asking_day(window, FIRST, (7, 2), zone=NEW_JERSEY, now=at("2026-04-13T09:00"))

    assert found == date(2026, 4, 12)


@pytest.fixture
def team(institute: Institute) -> Team:
    members = {"ana@x.org": "superintendent", "bo@x.org": "principal", "cy@x.org": "principal"}
    team = make_team(institute, make_lea("3400001", "Great Meadow"), members)
    team.seats[2].status = SeatStatus.INVITED
    institute.deadlines += [
        Deadline(code=due.code, what="", on=due.on, at=due.at, position=n)
        for n, due in enumerate((OPENS, CLOSES), 5)
    ]
    db.session.commit()
    return team


def mails() -> list[OutboxEmail]:
    db.session.expire_all()
    asked = select(OutboxEmail).where(OutboxEmail.about.like("choose:%"))
    return list(db.session.scalars(asked.order_by(OutboxEmail.promised_at, OutboxEmail.to)))


def test_each_who_can_choose_gets_one_mail_that_names_the_open_rounds(
    app: Flask, team: Team, breakouts: list[Session], frozen: Any
) -> None:
    frozen(at("2026-04-01T11:00"))
    assert ask_to_choose(app) == 0
    frozen(at("2026-04-01T12:05"))
    assert ask_to_choose(app) == 2
    assert ask_to_choose(app) == 0
    assert [mail.to for mail in mails()] == ["ana@x.org", "bo@x.org"]
    [to_ana, _] = mails()
    assert to_ana.subject == "Please choose your sessions at Summer Institute"
    said = to_ana.text.replace("\u202f", " ")
    assert "- Friday, May 1, 2026, 10:00 AM Eastern Time: choose 1 of 3 sessions" in said
    assert "You can choose until Mon, Apr 20, 2026, 5:00 PM." in said
    assert "http://localhost/lakeshore/institutes/summer/agenda" in to_ana.text
    assert acts().count("remind_to_choose") == 1

    agendas.choose(agendas.get_place(team.institute, make_person("ana@x.org")), "a1", by="ana")
    db.session.commit()
    assert [mail.outcome for mail in mails()] == [SUPERSEDED, ""]  # Ana's had not left
    frozen(at("2026-04-13T09:00"))
    assert ask_to_choose(app) == 1
    assert mails()[-1].to == "bo@x.org"
    frozen(at("2026-04-20T17:30"))
    assert ask_to_choose(app) == 0


def test_who_gave_the_seat_back_hears_nothing(
    app: Flask, team: Team, breakouts: list[Session], frozen: Any
) -> None:
    frozen(at("2026-04-13T09:00"))
    ask_to_choose(app)
    bo = db.session.scalars(select(Seat).where(Seat.name == "Bo")).one()
    end_seat(bo, SeatStatus.WITHDRAWN)
    db.session.commit()
    assert [(mail.to, mail.outcome) for mail in mails()] == [
        ("ana@x.org", ""),
        ("bo@x.org", SUPERSEDED),
    ]

    frozen(at("2026-04-18T09:00"))
    assert ask_to_choose(app) == 1
    assert mails()[-1].to == "ana@x.org"


def test_the_host_turns_it_off_or_chooses_the_days(
    app: Flask, institute: Institute, team: Team, breakouts: list[Session], frozen: Any
) -> None:
    frozen(at("2026-04-13T09:00"))
    institute.reminder_days = {"choose": []}
    db.session.commit()
    assert ask_to_choose(app) == 0
    institute.reminder_days = {"choose": [7]}
    institute.status = Status.CANCELLED
    db.session.commit()
    assert ask_to_choose(app) == 0
    institute.status = Status.PUBLISHED
    db.session.commit()
    assert ask_to_choose(app) == 2


def test_nobody_hears_twice_on_a_day_on_which_the_button_was_pressed(
    app: Flask, institute: Institute, team: Team, breakouts: list[Session], frozen: Any
) -> None:
    frozen(at("2026-04-13T09:00"))
    assert agendas.remind_everyone(institute, by="host") == (3, 0)
    db.session.commit()

    assert ask_to_choose(app) == 0
