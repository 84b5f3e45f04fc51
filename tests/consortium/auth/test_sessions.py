"""Who is signed in, and for how long."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_login import current_user
from sqlalchemy import select

from consortium import clock
from consortium.auth import service as auth
from consortium.auth.models import SignInSession
from consortium.auth.routes.browser import present_path
from consortium.database import db
from consortium.people import service as people
from tests.browser import Browser
from tests.queries import counting_queries


def test_session_is_found_by_its_token_with_its_identity_in_one_query() -> None:
    token = auth.begin_session(people.identity_for("ada@example.org"))
    db.session.commit()
    db.session.expunge_all()

    with counting_queries() as count:
        found = auth.find_session(token)
        assert found is not None
        email = found.identity.email

    assert email == "ada@example.org"
    assert len(count) == 1


@pytest.mark.parametrize("late", [timedelta(days=30), timedelta(days=400)])
def test_session_past_its_days_is_not_found(late: timedelta, noon: datetime, frozen: Any) -> None:
    token = auth.begin_session(people.identity_for("ada@example.org"))

    frozen(noon + late)

    assert auth.find_session(token) is None


def test_session_that_was_ended_is_not_found() -> None:
    token = auth.begin_session(people.identity_for("ada@example.org"))

    db.session.scalars(select(SignInSession)).one().ended_at = clock.now()
    db.session.flush()

    assert auth.find_session(token) is None


def test_session_keeps_no_token(noon: datetime) -> None:
    token = auth.begin_session(people.identity_for("ada@example.org"))

    row = db.session.scalars(select(SignInSession)).one()
    assert token not in vars(row).values()
    assert len(token) == 43  # 256 bits
    assert row.expires_at == noon + timedelta(days=30)


def test_browser_carries_the_session(app: Flask, client: Browser) -> None:
    client.sign_in("ada@example.org")

    with client, app.test_client() as other:
        client.get("/livez")
        assert current_user.is_authenticated
        assert current_user.identity.email == "ada@example.org"
        other.get("/livez")
        assert not current_user.is_authenticated


def test_request_asks_once_who_is_signed_in(client: Browser) -> None:
    client.sign_in("ada@example.org")

    with counting_queries() as count:
        assert "You are signed in as ada@example.org" in client.get("/sign-in").text

    assert len(count) == 1


def test_person_is_led_back_to_the_page_that_asked(app: Flask, client: Browser) -> None:
    answer = client.get("/second-factor?next=/lakeshore/")

    assert answer.location == "/sign-in?next=/second-factor?next%3D/lakeshore/"
    with app.test_request_context("/sign-out", method="POST"):
        assert present_path() == ""
    with app.test_request_context("/second-factor", method="POST"):
        assert present_path() == "/second-factor"
