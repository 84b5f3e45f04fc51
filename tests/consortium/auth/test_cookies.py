"""What the browser keeps, on a real site behind TLS with form protection on."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from consortium import clock
from consortium.auth import service as auth
from consortium.auth.models import SignInSession
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.auth.conftest import Mail, read

pytestmark = pytest.mark.real_commits

BASE = "https://consortium.example.org"


class Reader(FlaskClient):
    """A browser that reads over TLS and sends each form with the token that stood in it."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, base_url=BASE, **kwargs)

    def fill_in(self, path: str, **data: str) -> TestResponse:
        found = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', self.get(path).text)
        assert found, path
        return self.post(path, data={"csrf_token": found[1], **data})


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with application("sqlite", tmp_path, mailer=FakeMailer(), settings={"base_url": BASE}) as app:
        app.test_client_class = Reader
        yield app


@pytest.fixture
def reader(site: Flask) -> Reader:
    client = site.test_client()
    assert isinstance(client, Reader)
    return client


def mail_to(site: Flask, email: str = "ada@example.org") -> Mail:
    with site.app_context():
        text = db.session.scalars(select(OutboxEmail.text).where(OutboxEmail.to == email)).one()
    assert BASE in text
    return read(text)


def cookie_line(answer: TestResponse, name: str) -> str:
    (line,) = (line for line in answer.headers.getlist("Set-Cookie") if line.startswith(name + "="))
    return line


def test_asking_browser_gets_a_cookie_that_only_our_host_can_set(reader: Reader) -> None:
    answer = reader.fill_in("/sign-in", email="ada@example.org")

    line = cookie_line(answer, "__Host-req")
    assert {part.strip() for part in line.split(";")[1:]} >= {
        "Secure",
        "HttpOnly",
        "Path=/",
        "SameSite=Lax",
        "Max-Age=600",
    }
    assert "Domain" not in line
    assert len(line.split(";")[0].partition("=")[2]) == 43


def test_link_works_over_tls_though_its_page_sends_no_referrer(site: Flask, reader: Reader) -> None:
    reader.fill_in("/sign-in", email="ada@example.org")

    answer = reader.fill_in(mail_to(site).link)

    assert answer.location == "/"
    assert "Secure" in cookie_line(answer, "__Host-session")
    assert "Max-Age=0" in cookie_line(answer, "__Host-req")


def test_form_of_another_site_signs_nobody_in(site: Flask, reader: Reader) -> None:
    reader.fill_in("/sign-in", email="ada@example.org")

    answer = reader.post(mail_to(site).link)

    assert answer.status_code == 400
    with site.app_context():
        assert db.session.scalars(select(SignInSession)).all() == []


def test_signing_in_again_ends_the_session_before_and_takes_nothing_along(
    site: Flask, reader: Reader
) -> None:
    reader.fill_in("/sign-in", email="ada@example.org")
    reader.fill_in(mail_to(site).link)
    with reader.session_transaction(base_url=BASE) as session:
        first = session["_user_id"]
        session["left over"] = "from before"
    reader.fill_in("/sign-in", email="bo@example.org")
    reader.fill_in(mail_to(site, "bo@example.org").link)

    with reader.session_transaction(base_url=BASE) as session:
        assert session["_user_id"] != first
        assert "left over" not in session
        assert session.permanent
    with site.app_context():
        assert auth.find_session(first) is None


def test_signing_out_ends_the_session_everywhere(site: Flask, reader: Reader) -> None:
    reader.fill_in("/sign-in", email="ada@example.org")
    reader.fill_in(mail_to(site).link)
    stolen = reader.get_cookie("__Host-session", domain="consortium.example.org")
    assert stolen is not None
    assert "You are signed in as ada@example.org" in reader.get("/sign-in").text

    token = re.search(r'name="csrf_token" value="([^"]+)"', reader.get("/sign-in").text)
    assert token
    assert reader.post("/sign-out", data={"csrf_token": token[1]}).location == "/"

    reader.set_cookie("__Host-session", stolen.value, domain="consortium.example.org")
    assert "You are signed in" not in reader.get("/sign-in").text


def test_session_of_thirty_days_is_no_longer_known(
    site: Flask, reader: Reader, frozen: Any
) -> None:
    reader.fill_in("/sign-in", email="ada@example.org")
    reader.fill_in(mail_to(site).link)
    began = clock.now()

    frozen(began + timedelta(days=29, hours=23))
    assert "You are signed in" in reader.get("/sign-in").text
    frozen(began + timedelta(days=30))
    assert "You are signed in" not in reader.get("/sign-in").text


@pytest.mark.parametrize("trick", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_nobody_is_led_astray(site: Flask, reader: Reader, trick: str) -> None:
    assert "evil" not in reader.get("/sign-in", query_string={"next": trick}).text
    reader.fill_in("/sign-in", email="ada@example.org", next=trick)

    assert reader.fill_in(mail_to(site).link).location == "/"
