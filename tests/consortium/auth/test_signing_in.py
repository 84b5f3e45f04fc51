"""The pages that let people in."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from consortium.audit.models import AuditEntry
from consortium.auth.models import SignInRequest, SignInSession
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.people import service as people
from consortium.people.models import Identity
from tests.browser import Browser
from tests.consortium.auth.conftest import mails_to
from tests.queries import counting_queries

MINUTE = timedelta(minutes=1)


def ask(client: Browser, email: str, next_path: str = "") -> None:
    response = client.post("/sign-in", data={"email": email, "next": next_path})
    assert response.location == "/sign-in/code"


def main(page: TestResponse) -> str:
    """Return what the page says between its header and its footer."""
    found = BeautifulSoup(page.text, "html.parser").main
    assert found is not None
    return " ".join(found.get_text().split())


def count(model: Any) -> int | None:
    return db.session.scalar(select(func.count()).select_from(model))


def live_sessions(email: str) -> int:
    statement = select(SignInSession).join(Identity).where(Identity.email == email)
    return len(db.session.scalars(statement.where(SignInSession.ended_at.is_(None))).all())


def who(client: Browser) -> str:
    """Return who this browser is signed in as, by what every page says."""
    page = client.get("/sign-in").text
    return (
        page.split("You are signed in as ")[1].split(" now")[0] if "You are signed" in page else ""
    )


def test_page_asks_for_the_address_and_keeps_where_to_go(client: Browser) -> None:
    page = client.get("/sign-in?next=/lakeshore/").text

    assert 'autocomplete="email"' in page
    assert 'name="next" type="hidden" value="/lakeshore/"' in page


def test_address_gets_a_mail_with_link_and_code(client: Browser, email: str) -> None:
    ask(client, "  Ada@District.Example.ORG ")

    mail = db.session.scalars(select(OutboxEmail)).one()
    assert (mail.to, mail.subject, mail.tenant_id) == (email, "Sign in to Consortium", None)
    (read,) = mails_to(email)
    assert f"http://localhost{read.link}" in (mail.html or "")
    assert read.code in (mail.html or "")
    assert len(read.link.rpartition("/")[2]) == 27  # 160 bits
    request = db.session.scalars(select(SignInRequest)).one()
    assert mail.about == f"sign-in:{request.id}"
    kept = " ".join(str(value) for value in vars(request).values())
    assert read.link.rpartition("/")[2] not in kept
    assert read.code.replace(" ", "") not in kept


def test_answer_is_the_same_for_known_and_unknown_addresses(
    app: Flask, client: Browser, email: str
) -> None:
    people.identity_for(email)
    db.session.commit()
    answers = []
    for address in (email, "nobody@district.example.org"):
        browser = app.test_client()
        with counting_queries() as work:
            first = browser.post("/sign-in", data={"email": address})
        page = main(browser.get("/sign-in/code")).replace(address, "ADDRESS")
        answers.append((first.status_code, first.location, page, work.statements))

    assert answers[0] == answers[1]
    assert count(Identity) == 1


@pytest.mark.parametrize("wrong", ["", "ada", "ada@", "a@b.org, c@d.org", "ada@b.org\x00"])
def test_what_is_no_address_is_refused_beside_the_field(client: Browser, wrong: str) -> None:
    response = client.post("/sign-in", data={"email": wrong})

    assert response.status_code == 422
    assert 'href="#email"' in response.text
    assert count(SignInRequest) == 0


def test_link_signs_in_where_it_was_asked_for_and_leads_on(client: Browser, email: str) -> None:
    ask(client, email, "/lakeshore/teams?tab=1")
    (mail,) = mails_to(email)

    page = client.get(mail.link)
    assert page.status_code == 200
    assert "Continue as a•••@d•••.org" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert email not in page.text

    answer = client.post(mail.link)
    assert answer.location == "/lakeshore/teams?tab=1"
    assert who(client) == email
    assert client.get_cookie("req") is None


def test_code_signs_in_where_it_was_asked_for(client: Browser, email: str) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    page = client.get("/sign-in/code").text
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page

    answer = client.post("/sign-in/code", data={"code": mail.code.replace(" ", "-")})

    assert answer.location == "/"
    assert who(client) == email


def test_scanner_may_open_the_link_as_often_as_it_likes(
    app: Flask, client: Browser, email: str
) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    scanner = FlaskClient(app)
    before = dict(vars(db.session.scalars(select(SignInRequest)).one()))

    for _ in range(20):
        assert scanner.get(mail.link).status_code == 200
        assert scanner.head(mail.link).status_code == 200
        assert scanner.post(mail.link).status_code == 422
        assert client.get(mail.link).status_code == 200
    after = dict(vars(db.session.scalars(select(SignInRequest)).one()))

    before.pop("_sa_instance_state")
    after.pop("_sa_instance_state")
    assert after == before
    assert count(SignInSession) == 0
    assert client.post(mail.link).location == "/"


def test_link_elsewhere_asks_for_the_code(app: Flask, client: Browser, email: str) -> None:
    ask(client, email, "/lakeshore/")
    (mail,) = mails_to(email)
    phone = app.test_client()
    assert isinstance(phone, Browser)

    page = phone.get(mail.link).text
    assert "Sign in as a•••@d•••.org" in page
    assert "You asked for this link in another browser." in page
    answer = phone.post(mail.link, data={"code": mail.code})

    assert answer.location == "/lakeshore/"
    assert who(phone) == email
    assert who(client) == ""


def test_link_works_once(app: Flask, client: Browser, email: str) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    client.post(mail.link)

    again = client.post(mail.link)
    assert again.status_code == 410
    assert "This link does not work any more" in again.text
    assert "Get a new link" in client.get(mail.link).text
    assert client.get(mail.link).status_code == 200
    assert live_sessions(email) == 1


def test_unknown_link_looks_like_a_spent_one(client: Browser, email: str) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    client.post(mail.link)

    unknown, spent = client.get("/sign-in/link/" + "x" * 27), client.get(mail.link)
    assert (unknown.status_code, main(unknown)) == (spent.status_code, main(spent))


@pytest.mark.parametrize("minutes", [10, 11])
def test_link_and_code_run_out(
    client: Browser, email: str, minutes: int, noon: datetime, frozen: Any
) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    frozen(noon + minutes * MINUTE)

    assert client.post(mail.link).status_code == 410
    wrong = client.post("/sign-in/code", data={"code": mail.code})
    assert wrong.status_code == 422
    assert "This code does not work." in wrong.text
    assert live_sessions(email) == 0


def test_five_wrong_codes_kill_the_request(client: Browser, email: str) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    wrong = "0000 0000" if mail.code != "0000 0000" else "1111 1111"

    for _ in range(5):
        assert client.post("/sign-in/code", data={"code": wrong}).status_code == 422

    assert client.post("/sign-in/code", data={"code": mail.code}).status_code == 422
    assert client.post(mail.link).status_code == 410
    assert live_sessions(email) == 0
    refused = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "refuse_code")).all()
    assert [entry.actor for entry in refused] == [email] * 5


def test_right_code_counts_on_the_fifth_try(client: Browser, email: str) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    for _ in range(4):
        client.post("/sign-in/code", data={"code": "nonsense"})

    assert client.post("/sign-in/code", data={"code": mail.code}).location == "/"


def test_fifth_wrong_code_beside_the_link_ends_it(app: Flask, client: Browser, email: str) -> None:
    ask(client, email)
    (mail,) = mails_to(email)
    phone = app.test_client()

    statuses = [phone.post(mail.link, data={"code": "1"}).status_code for _ in range(6)]

    assert statuses == [422, 422, 422, 422, 410, 410]


def test_code_of_another_browser_is_wrong(app: Flask, client: Browser, email: str) -> None:
    other = app.test_client()
    ask(client, email)
    assert isinstance(other, Browser)
    ask(other, "eve@district.example.org")
    (mail,) = mails_to(email)

    assert other.post("/sign-in/code", data={"code": mail.code}).status_code == 422
    assert live_sessions(email) == 0
