"""Asking again, asking too often, and whose address it is."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.auth.jobs import forget_spent_requests
from consortium.auth.models import SignInRequest
from consortium.database import db
from consortium.outbox import jobs as outbox_jobs
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Identity
from tests.browser import Browser
from tests.consortium.auth.conftest import mails_to

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def ask(client: Browser, email: str) -> None:
    assert client.post("/sign-in", data={"email": email}).location == "/sign-in/code"


def outcomes() -> list[str]:
    return list(
        db.session.scalars(
            select(OutboxEmail.outcome).order_by(OutboxEmail.promised_at, OutboxEmail.id)
        )
    )


@pytest.mark.parametrize(("later", "status"), [(119, 302), (120, 410)])
def test_older_link_works_for_two_more_minutes(
    client: Browser, email: str, later: int, status: int, frozen: Any
) -> None:
    ask(client, email)
    asked_again = frozen(clock.now() + MINUTE)
    ask(client, email)
    first, second = mails_to(email)
    assert first.link != second.link

    frozen(asked_again + timedelta(seconds=later))
    assert client.get(second.link).status_code == 200
    assert client.post(first.link).status_code == status


def test_both_codes_work_during_the_overlap(
    app: Flask, client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    ask(client, email)
    frozen(noon + MINUTE)
    ask(client, email)
    first, _second = mails_to(email)

    assert client.post("/sign-in/code", data={"code": first.code}).location == "/"


def test_newest_link_outlives_the_older_ones(
    client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    for n in range(3):
        frozen(noon + n * MINUTE)
        ask(client, email)
    mails = mails_to(email)

    frozen(noon + 11 * MINUTE)
    assert [client.get(mail.link).text.count("Continue as") for mail in mails] == [0, 0, 2]


def test_unsent_mail_of_the_older_request_is_superseded(
    app: Flask, client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    ask(client, email)
    frozen(noon + timedelta(seconds=1))
    ask(client, email)

    assert outcomes() == ["superseded", ""]
    assert outbox_jobs.deliver_due(app) == 1
    assert outcomes() == ["superseded", "sent"]


def test_mail_that_would_come_too_late_is_not_sent(
    app: Flask, client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    ask(client, email)
    frozen(noon + 10 * MINUTE)
    outbox_jobs.deliver_due(app)

    assert outcomes() == ["failed"]


def test_sixth_mail_in_an_hour_is_not_sent_and_the_answer_is_the_same(
    client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    for n in range(6):
        frozen(noon + n * MINUTE)
        ask(client, email)
    assert len(mails_to(email)) == 5
    page = client.get("/sign-in/code").text
    assert "After five mails in an hour, or twenty in a day, no more are sent" in page

    frozen(noon + HOUR)
    ask(client, email)
    assert len(mails_to(email)) == 6


def test_asking_too_often_does_not_void_the_mail_that_came(
    client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    for n in range(7):
        frozen(noon + timedelta(seconds=n))
        ask(client, email)
    *_, last = mails_to(email)

    frozen(noon + 5 * MINUTE)
    assert client.post(last.link).location == "/"


def test_twenty_mails_a_day(client: Browser, email: str, noon: datetime, frozen: Any) -> None:
    for n in range(24):
        frozen(noon + n * 13 * MINUTE)
        ask(client, email)

    assert len(mails_to(email)) == 20
    frozen(noon + timedelta(days=1) + 13 * MINUTE)
    ask(client, email)
    assert len(mails_to(email)) == 21


def test_other_addresses_are_not_held_up(client: Browser, email: str) -> None:
    for _ in range(6):
        ask(client, email)
    ask(client, "bo@district.example.org")

    assert len(mails_to("bo@district.example.org")) == 1


LOOK_ALIKES = [
    "ada@district.example.org",
    "a.da@district.example.org",
    "ada+x@district.example.org",
    "ada@dıstrict.example.org",  # a dotless i
    "ada@district.exаmple.org",  # a Cyrillic a
    "ada@district.example.com",
]


def test_look_alike_addresses_are_different_accounts(app: Flask) -> None:
    for address in LOOK_ALIKES:
        client = app.test_client()
        assert isinstance(client, Browser)
        ask(client, address)
        (mail,) = mails_to(address)
        assert client.post(mail.link).location == "/"

    assert len(db.session.scalars(select(Identity.email)).all()) == len(LOOK_ALIKES)


@pytest.mark.parametrize("imitated", ["аda@district.example.org", "\u212aay@district.example.org"])
def test_look_alike_letters_before_the_at_are_refused(client: Browser, imitated: str) -> None:
    assert client.post("/sign-in", data={"email": imitated}).status_code == 422


def test_same_address_in_other_case_is_the_same_account(app: Flask) -> None:
    for address in ("ada@district.example.org", "ADA@District.example.ORG"):
        client = app.test_client()
        assert isinstance(client, Browser)
        ask(client, address)
        mail = mails_to("ada@district.example.org")[-1]
        assert client.post("/sign-in/code", data={"code": mail.code}).location == "/"

    assert db.session.scalars(select(Identity.email)).all() == ["ada@district.example.org"]


def test_code_page_without_a_request_leads_to_the_beginning(client: Browser) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"


def test_spent_requests_and_their_mails_are_forgotten_after_two_days(
    app: Flask, client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    ask(client, email)
    frozen(noon + timedelta(days=1))
    ask(client, "bo@district.example.org")
    assert forget_spent_requests(app) == 0
    frozen(noon + timedelta(days=2, seconds=1))

    assert forget_spent_requests(app) == 1
    assert db.session.scalars(select(SignInRequest.email)).all() == ["bo@district.example.org"]
    assert db.session.scalars(select(OutboxEmail.to)).all() == ["bo@district.example.org"]
