"""How often one may try before one has to wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from limits import parse
from sqlalchemy import select

from consortium.auth.models import SignInRequest
from consortium.auth.routes import limits
from consortium.database import db
from tests.conftest import FakeMailer
from tests.consortium.applications import application

pytestmark = pytest.mark.real_commits


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Flask]:
    with application(
        "sqlite",
        tmp_path,
        mailer=FakeMailer(),
        settings={"trusted_proxies": 1},
        WTF_CSRF_ENABLED=False,
        RATELIMIT_ENABLED=True,
    ) as app:
        yield app


def browser_at(site: Flask, address: str) -> FlaskClient:
    client = site.test_client()
    client.environ_base["HTTP_X_FORWARDED_FOR"] = address
    return client


def test_eleventh_try_at_an_account_waits_wherever_it_comes_from(site: Flask) -> None:
    statuses = []
    for n in range(4):
        client = browser_at(site, f"203.0.113.{n}")
        client.post("/sign-in", data={"email": "ada@example.org"})
        statuses += [client.post("/sign-in/code", data={"code": "0"}).status_code for _ in range(3)]

    assert statuses == [422] * 10 + [429] * 2
    other = browser_at(site, "203.0.113.9")
    other.post("/sign-in", data={"email": "bo@example.org"})
    assert other.post("/sign-in/code", data={"code": "0"}).status_code == 422


def test_page_says_how_long_to_wait(site: Flask) -> None:
    client = site.test_client()
    client.post("/sign-in", data={"email": "ada@example.org"})
    for _ in range(10):
        client.post("/sign-in/code", data={"code": "0"})

    assert "Wait five minutes" in client.post("/sign-in/code", data={"code": "0"}).text


def already_tried(site: Flask, limit: str, whose: str, times: int) -> None:
    """Count tries as if they had been sent."""
    limiter = site.extensions["sign_in_limiter"]
    assert limiter.limiter.hit(parse(limit), "sign-in", whose, "sign-in", cost=times)


def test_hotel_may_send_six_hundred_forms_in_five_minutes(site: Flask) -> None:
    hotel, elsewhere = browser_at(site, "203.0.113.1"), browser_at(site, "203.0.113.2")
    already_tried(site, limits.PER_ADDRESS, "203.0.113.1", 590)

    statuses = [hotel.post("/sign-in").status_code for _ in range(12)]

    assert statuses == [422] * 10 + [429] * 2
    assert hotel.get("/sign-in").status_code == 200
    assert elsewhere.post("/sign-in").status_code == 422


def test_everybody_together_may_send_three_thousand(site: Flask) -> None:
    already_tried(site, limits.ALTOGETHER, "everyone", 2990)

    statuses = [browser_at(site, f"203.0.113.{n}").post("/sign-in").status_code for n in range(12)]

    assert statuses == [422] * 10 + [429] * 2


def test_rows_are_not_made_for_those_who_must_wait(site: Flask) -> None:
    client = site.test_client()
    for _ in range(7):
        client.post("/sign-in", data={"email": "ada@example.org"})

    with site.app_context():
        assert len(db.session.scalars(select(SignInRequest.id)).all()) == 5
