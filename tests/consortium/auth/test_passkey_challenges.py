"""What a passkey has to sign: once, soon, by whom it was asked, for what it was asked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.auth.jobs import forget_old_challenges
from consortium.auth.models import PasskeyChallenge
from consortium.database import db
from tests.browser import Browser
from tests.consortium.auth.authenticator import Authenticator
from tests.consortium.auth.passkey_holders import ADD, browser, names, options

MINUTE = timedelta(minutes=1)


def test_challenge_counts_once_even_if_its_first_answer_was_wrong(member: Browser) -> None:
    told = options(member, ADD)

    wrong = member.post(ADD, data={"credential": Authenticator().make(told, rp_id="x.example")})
    right = member.post(ADD, data={"credential": Authenticator().make(told)})

    assert (wrong.status_code, right.status_code) == (422, 422)
    assert names() == []


@pytest.mark.parametrize(("minutes", "status"), [(4, 302), (5, 422)])
def test_challenge_lasts_five_minutes(
    member: Browser, minutes: int, status: int, noon: datetime, frozen: Any
) -> None:
    made = Authenticator().make(options(member, ADD))
    frozen(noon + minutes * MINUTE)

    assert member.post(ADD, data={"credential": made}).status_code == status


def test_challenge_of_someone_else_or_for_something_else_is_refused(
    app: Flask, member: Browser
) -> None:
    other = browser(app)
    other.sign_in("eve@district.example.org")
    of_eve = Authenticator().make(options(other, ADD))
    to_sign_in = {
        **options(member, ADD),
        "challenge": options(member, "/sign-in/passkey")["challenge"],
    }

    assert member.post(ADD, data={"credential": of_eve}).status_code == 422
    assert (
        member.post(ADD, data={"credential": Authenticator().make(to_sign_in)}).status_code == 422
    )
    assert names() == []


def test_challenges_are_forgotten_when_nobody_can_answer_them(
    app: Flask, member: Browser, noon: datetime, frozen: Any
) -> None:
    options(member, ADD)
    frozen(noon + 4 * MINUTE)
    options(member, ADD)
    assert forget_old_challenges(app) == 0
    frozen(noon + 5 * MINUTE)

    assert forget_old_challenges(app) == 1
    assert len(db.session.scalars(select(PasskeyChallenge)).all()) == 1


def test_challenge_is_kept_as_a_digest(member: Browser) -> None:
    challenge = options(member, ADD)["challenge"]

    row = db.session.scalars(select(PasskeyChallenge)).one()
    assert challenge not in {str(value) for value in vars(row).values()}
    assert len(row.digest) == 64
