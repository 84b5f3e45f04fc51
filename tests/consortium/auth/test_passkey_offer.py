"""A passkey is offered once, where the browser can make one."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.auth.models import SignInSession
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from tests.browser import Browser
from tests.consortium.auth.authenticator import Authenticator
from tests.consortium.auth.conftest import mails_to
from tests.consortium.auth.passkey_holders import ADD, add, options

MINUTE = timedelta(minutes=1)


@pytest.fixture
def member(client: Browser, email: str) -> Browser:
    client.sign_in(email)
    return client


def test_passkey_is_offered_once_where_the_browser_can_make_one(
    app: Flask, client: Browser, email: str, noon: datetime, frozen: Any
) -> None:
    leads_to = []
    for number, said in enumerate(["", "1", "1"]):
        frozen(noon + number * 3 * MINUTE)
        client.post("/sign-in", data={"email": email, "next": "/lakeshore/"})
        code = mails_to(email)[-1].code
        answer = client.post("/sign-in/code", data={"code": code, "passkeys": said})
        leads_to.append(answer.location)

    assert leads_to == ["/lakeshore/", "/account/passkeys/offer?next=/lakeshore/", "/lakeshore/"]
    page = client.get(leads_to[1]).text
    assert "Sign in faster next time?" in page
    assert '<a class="btn btn-secondary" href="/lakeshore/">Not now</a>' in page
    asked = db.session.scalars(select(SignInSession.passkey_offered_at)).all()
    assert sorted(moment is not None for moment in asked) == [False, False, True]


def test_passkey_made_on_the_offer_leads_on(member: Browser) -> None:
    made = Authenticator().make(options(member, ADD))

    answer = member.post(ADD, data={"credential": made, "next": "/lakeshore/"})

    assert answer.location == "/lakeshore/"
    assert member.get(f"{ADD}/offer?next=/lakeshore/").location == "/lakeshore/"


def test_passkey_is_not_offered_to_someone_who_has_one(
    client: Browser, member: Browser, email: str
) -> None:
    add(member, Authenticator())
    client.post("/sign-in", data={"email": email})
    (mail,) = (one for one in mails_to_sign_in(email))

    assert client.post("/sign-in/code", data={"code": mail, "passkeys": "1"}).location == "/"


def mails_to_sign_in(email: str) -> list[str]:
    rows = db.session.scalars(
        select(OutboxEmail.text).where(
            OutboxEmail.to == email, OutboxEmail.subject == "Sign in to Consortium"
        )
    )
    return [line.strip() for text in rows for line in text.splitlines() if line[:4] == "    "]
