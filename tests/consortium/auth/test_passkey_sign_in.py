"""Signing in with a passkey, and being refused with one."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.auth.models import Passkey, SignInSession
from consortium.database import db
from tests.acts import acts
from tests.browser import Browser
from tests.consortium.auth.authenticator import PRESENT, VERIFIED, Authenticator, text
from tests.consortium.auth.passkey_holders import (
    SIGN_IN,
    add,
    browser,
    options,
    sign_in,
    who,
)


@pytest.fixture
def device(app: Flask, email: str) -> Authenticator:
    """Return a device with a passkey on the account of ``email``."""
    device, client = Authenticator(), browser(app)
    client.sign_in(email)
    add(client, device)
    return device


def test_passkey_signs_in_and_leads_on(
    client: Browser, device: Authenticator, email: str, noon: datetime, frozen: Any
) -> None:
    page = client.get("/sign-in?next=/lakeshore/").text
    assert "Sign in with a passkey" in page
    assert 'src="/static/passkeys.js"' in page
    told = options(client, SIGN_IN)
    assert (told["rpId"], told["allowCredentials"], told["userVerification"]) == (
        "localhost", [], "required",
    )  # fmt: skip
    frozen(noon + timedelta(minutes=1))

    answer = client.post(
        SIGN_IN, data={"credential": device.prove(told), "next": "/lakeshore/teams?tab=1"}
    )

    assert answer.location == "/lakeshore/teams?tab=1"
    assert who(client) == email
    passkey = db.session.scalars(select(Passkey)).one()
    assert (passkey.sign_count, passkey.last_used_at) == (2, noon + timedelta(minutes=1))
    assert acts() == ["add", "sign_in_by_passkey"]


def test_signing_in_by_passkey_ends_the_session_before(
    client: Browser, device: Authenticator, email: str
) -> None:
    client.sign_in("someone@district.example.org")

    assert sign_in(client, device).location == "/"

    assert who(client) == email
    ended = select(SignInSession.ended_at).where(SignInSession.ended_at.is_not(None))
    assert len(db.session.scalars(ended).all()) == 1


def test_answer_counts_once(client: Browser, device: Authenticator) -> None:
    said = device.prove(options(client, SIGN_IN))
    assert client.post(SIGN_IN, data={"credential": said}).location == "/"
    client.post("/sign-out")

    again = client.post(SIGN_IN, data={"credential": said})

    assert again.status_code == 422
    assert "This passkey did not sign you in." in again.text
    assert who(client) == ""


def test_answer_of_another_browser_is_refused(
    app: Flask, client: Browser, device: Authenticator
) -> None:
    said = device.prove(options(browser(app), SIGN_IN))

    assert client.post(SIGN_IN, data={"credential": said}).status_code == 422
    assert who(client) == ""


@pytest.mark.parametrize(("minutes", "status"), [(4, 302), (5, 422)])
def test_answer_must_come_within_five_minutes(
    client: Browser, device: Authenticator, minutes: int, status: int, frozen: Any
) -> None:
    said = device.prove(options(client, SIGN_IN))
    frozen(clock.now() + timedelta(minutes=minutes))

    assert client.post(SIGN_IN, data={"credential": said}).status_code == status


LIES: list[dict[str, Any]] = [
    {"origin": "https://evil.example"},
    {"origin": "http://localhost:8000"},
    {"origin": "null"},
    {"rp_id": "evil.example"},
    {"flags": PRESENT},
    {"flags": VERIFIED},
    {"kind": "webauthn.create"},
    {"kind": ["webauthn.get"]},
    {"challenge": "AAAA"},
    {"challenge": 7},
    {"cross_origin": True},
    {"signature": b"\x30\x06\x02\x01\x01\x02\x01\x01"},
    {"signature": b""},
    {"owner": text(b"someone else")},
    {"count": 0},
    {"count": 1},
]


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_passkey_that_lies_signs_nobody_in(
    client: Browser, device: Authenticator, lie: dict[str, Any]
) -> None:
    assert sign_in(client, device, **lie).status_code == 422

    assert who(client) == ""
    passkey = db.session.scalars(select(Passkey)).one()
    assert (passkey.sign_count, passkey.last_used_at) == (1, None)


def test_refusal_is_written_down(client: Browser, device: Authenticator, email: str) -> None:
    sign_in(client, device, origin="https://evil.example")

    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "refuse_passkey")).one()
    assert entry.actor == email


def test_copy_of_a_passkey_that_counts_is_noticed(client: Browser, device: Authenticator) -> None:
    copy = replace(device)
    assert sign_in(client, device).location == "/"

    assert sign_in(client, copy).status_code == 422
    assert sign_in(client, device).location == "/"


def test_passkey_that_does_not_count_signs_in_again_and_again(app: Flask, client: Browser) -> None:
    synced = Authenticator(counts=False)
    client.sign_in("bo@district.example.org")
    add(client, synced)

    for _ in range(3):
        assert sign_in(browser(app), synced).location == "/"


def test_other_key_under_the_same_name_signs_nobody_in(
    client: Browser, device: Authenticator
) -> None:
    assert sign_in(client, Authenticator(device.credential_id, count=9)).status_code == 422


def test_unknown_passkey_looks_like_a_wrong_one(client: Browser, device: Authenticator) -> None:
    unknown = sign_in(client, Authenticator(b"never-seen-here!"))
    wrong = sign_in(client, device, flags=PRESENT)

    assert unknown.status_code == wrong.status_code == 422
    assert "This passkey did not sign you in." in unknown.text
    assert "This passkey did not sign you in." in wrong.text


def test_site_without_a_name_offers_no_passkeys(app: Flask, client: Browser, email: str) -> None:
    settings = app.extensions["settings"]
    app.extensions["settings"] = replace(settings, base_url="http://127.0.0.1:8000")
    try:
        assert "passkey" not in client.get("/sign-in").text
        assert client.post(f"{SIGN_IN}/options").status_code == 404
        assert client.post(SIGN_IN).status_code == 404
        client.sign_in(email)
        assert "this server is reached by a number" in client.get("/account").text
        assert client.get("/account/passkeys/offer?next=/x").location == "/x"
    finally:
        app.extensions["settings"] = settings
