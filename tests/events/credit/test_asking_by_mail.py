"""Whoever was there is asked how it was by mail: when it opens, and once more."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from events.credit.domain.asking import Call, call_due
from events.credit.domain.evaluations import USUAL
from events.credit.jobs import ask_how_it_was
from events.credit.service import evaluations, give_licence, plan_of
from events.institutes.domain import Status
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.credit.stage import ILLINOIS, answered, give, person_of, seat, was_there
from tests.factories import make_institute, make_session

CHICAGO = ZoneInfo("America/Chicago")
DAY = "2026-02-20"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.pure
@pytest.mark.parametrize(
    ("closes_on", "now", "call"),
    [
        (None, "2026-02-20T15:59", None),  # not open
        (None, "2026-02-20T16:00", Call.OPENED),
        (None, "2026-02-20T22:00", None),  # night
        (None, "2026-02-21T09:00", Call.OPENED),
        (None, "2026-02-22T09:00", None),
        (None, "2026-02-27T09:00", Call.LAST),
        (None, "2026-03-01T09:00", None),
        (date(2026, 3, 6), "2026-02-27T09:00", None),
        (date(2026, 3, 6), "2026-03-04T09:00", Call.LAST),
        (date(2026, 3, 6), "2026-03-05T09:00", Call.LAST),  # no worker ran the day before
        (date(2026, 3, 6), "2026-03-06T09:00", None),
        (date(2026, 2, 22), "2026-02-21T09:00", Call.OPENED),  # too short for another
        (date(2026, 2, 20), "2026-02-21T09:00", None),  # closed
    ],
)
def test_a_mail_as_it_opens_and_one_before_it_closes(
    closes_on: date | None, now: str, call: Call | None
) -> None:
    opens = datetime(2026, 2, 20, 16, tzinfo=CHICAGO)
    moment = datetime.fromisoformat(now).replace(tzinfo=CHICAGO)

    assert call_due(opens, closes_on, zone=CHICAGO, now=moment) is call
    assert call_due(None, closes_on, zone=CHICAGO, now=moment) is None


@pytest.fixture
def workshop(tenant: Any) -> Institute:
    institute = make_institute(days=[date(2026, 2, 20)])
    make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T10:00", kind="breakout")
    make_session(institute, "late", f"{DAY}T10:30", f"{DAY}T12:00")
    return institute


@pytest.fixture
def people(workshop: Institute) -> list[Person]:
    """Let Ada be there all day, Bea only late; Cy has a seat and never came."""
    ada, bea = (seat(workshop, f"{name}@x.org", "principal") for name in ("ada", "bea"))
    seat(workshop, "cy@x.org", "principal")
    was_there(workshop, ada, "08:50", "12:00", on=DAY)
    was_there(workshop, bea, "10:20", "12:00", on=DAY)
    return [ada, bea]


def mails() -> list[OutboxEmail]:
    db.session.expire_all()
    asked = select(OutboxEmail).where(OutboxEmail.about.like("evaluation:%"))
    return list(db.session.scalars(asked.order_by(OutboxEmail.promised_at, OutboxEmail.to)))


def change(institute: Institute, key: str = "whole", **values: Any) -> None:
    row = evaluations.get_form(institute, key).row
    usual = {"rates_sessions": False, "closes_on": None, "version": row.version if row else 1}
    with transaction():
        evaluations.change_evaluation(institute, key, USUAL, **{**usual, **values}, by="c@x.org")


def test_whoever_was_there_is_asked_once_and_reminded_once(
    app: Flask, workshop: Institute, people: list[Person], frozen: Any
) -> None:
    change(workshop, closes_on=date(2026, 3, 6))
    frozen(at(f"{DAY}T11:59"))
    assert ask_how_it_was(app) == 0
    frozen(at(f"{DAY}T12:00"))
    assert ask_how_it_was(app) == 2
    assert ask_how_it_was(app) == 0

    assert [mail.to for mail in mails()] == ["ada@x.org", "bea@x.org"]
    first = mails()[0]
    assert first.subject == "How was it? Summer Institute"
    assert "http://localhost/lakeshore/institutes/summer/evaluation/whole" in first.text
    assert "You can answer until Friday, March 6, 2026." in first.text
    assert "certificate" not in first.text

    answered(workshop, people[0])
    frozen(at("2026-03-04T09:00"))
    assert ask_how_it_was(app) == 1
    frozen(at("2026-03-05T09:00"))
    assert ask_how_it_was(app) == 0
    assert [mail.to for mail in mails()] == ["ada@x.org", "bea@x.org", "bea@x.org"]


def test_only_whose_certificate_waits_for_it_reads_so(
    app: Flask, workshop: Institute, people: list[Person], frozen: Any
) -> None:
    give(workshop, ILLINOIS)
    with transaction():
        (iein,) = plan_of(workshop).licences
        give_licence(people[0], iein, "7654321", by="ada@x.org")
    dee = seat(workshop, "dee@x.org", "superintendent")
    was_there(workshop, dee, "08:50", "12:00", on=DAY)
    frozen(at(f"{DAY}T12:00"))
    ask_how_it_was(app)

    said = {mail.to: "Your certificate waits for this" in mail.text for mail in mails()}
    # Bea gave no number: hers says only that she was there, and waits for nothing.
    assert said == {"ada@x.org": True, "bea@x.org": False, "dee@x.org": False}


def test_a_session_is_asked_about_of_who_was_in_the_building_meanwhile(
    app: Flask, workshop: Institute, people: list[Person], frozen: Any
) -> None:
    change(workshop, by_mail=False)
    with transaction():
        evaluations.add_evaluation(workshop, "session:talk", by="c@x.org")
    frozen(at(f"{DAY}T10:05"))
    assert ask_how_it_was(app) == 1

    (mail,) = mails()
    assert (mail.to, mail.subject) == ("ada@x.org", "How was it? Talk")
    assert "“Summer Institute” (Talk)" in mail.text
    assert mail.text.count("/evaluation/session:talk") == 1


def test_the_host_switches_it_off(
    app: Flask, workshop: Institute, people: list[Person], coordinator: Person, client: Browser,
    frozen: Any,
) -> None:  # fmt: skip
    client.sign_in(coordinator.email)
    address = "/lakeshore/manage/institutes/summer/evaluation/whole"
    assert evaluations.get_form(workshop).by_mail
    data = {"rows-0-words": "How?", "rows-0-kind": "text", "version": "1"}
    assert client.post(address, data=data).status_code == 302  # the tick is off
    assert "no mail by itself" in client.get(address.removesuffix("/whole")).text
    frozen(at(f"{DAY}T12:00"))

    assert ask_how_it_was(app) == 0
    change(workshop, by_mail=True)
    assert ask_how_it_was(app) == 2


def test_nobody_is_asked_twice_in_two_days_whoever_asks(
    app: Flask, workshop: Institute, people: list[Person], frozen: Any
) -> None:
    frozen(at(f"{DAY}T12:00"))
    with transaction():
        assert evaluations.remind(workshop, by="c@x.org") == 2
    assert ask_how_it_was(app) == 0


def test_a_cancelled_institute_asks_nobody(
    app: Flask, workshop: Institute, people: list[Person], frozen: Any
) -> None:
    frozen(at(f"{DAY}T12:00"))
    workshop.status = Status.CANCELLED
    db.session.commit()

    assert ask_how_it_was(app) == 0
    assert person_of("ada@x.org").email == "ada@x.org"
