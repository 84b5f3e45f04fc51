"""The second proof of people who work for a consortium."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.auth.domain.keys import Keys
from consortium.auth.models import SecondFactor, SignInSession
from consortium.auth.service import second_factors
from consortium.database import db
from consortium.errors import NotFound
from consortium.people import service as people
from consortium.people.models import Person
from tests.acts import acts
from tests.browser import Browser

STEP = timedelta(seconds=30)

pytestmark = pytest.mark.usefixtures("in_earnest")


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    """Return the coordinator's browser, without the second proof."""
    client.sign_in(coordinator.email)
    return client


def enrolment(client: Browser) -> tuple[str, dict[str, str]]:
    """Open the enrolment page; return the secret it shows and what its form holds."""
    page = BeautifulSoup(client.get("/second-factor/enrol").text, "html.parser")
    assert page.main
    assert page.main.code
    form = page.main.find("form", action="/second-factor/enrol")
    assert form
    hidden = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all(type="hidden")}
    return page.main.code.get_text().replace(" ", ""), hidden


def code_at(secret: str, at: datetime | None = None) -> str:
    return pyotp.TOTP(secret).at(at or clock.now())


def enrolled(client: Browser) -> str:
    """Enrol and return the secret."""
    secret, form = enrolment(client)
    answer = client.post("/second-factor/enrol", data={**form, "code": code_at(secret)})
    assert answer.location == "/"
    return secret


STAFF_PAGE = "/lakeshore/settings"


def test_staff_page_asks_for_the_second_proof_first(staff: Browser) -> None:
    answer = staff.get(STAFF_PAGE)

    assert answer.location == "/second-factor?next=/lakeshore/settings"
    assert staff.get(answer.location).location == "/second-factor/enrol?next=/lakeshore/settings"


def test_demonstration_asks_for_none(app: Flask, staff: Browser) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], demonstration=True)

    assert staff.get(STAFF_PAGE).status_code == 200


def test_enrolment_shows_the_key_and_its_first_code_opens_the_staff_page(staff: Browser) -> None:
    page = staff.get("/second-factor/enrol?next=" + STAFF_PAGE)
    assert 'src="data:image/svg+xml' in page.text
    assert page.headers["Cache-Control"] == "no-store"
    secret, form = enrolment(staff)
    code = code_at(secret)

    answer = staff.post(
        "/second-factor/enrol",
        data={**form, "next": STAFF_PAGE, "code": f"{code[:3]} {code[3:]}"},
    )

    assert answer.location == STAFF_PAGE
    assert staff.get(STAFF_PAGE).status_code == 200
    assert acts() == ["enrol"]


def test_secret_is_stored_so_that_only_our_key_reads_it(app: Flask, staff: Browser) -> None:
    secret = enrolled(staff)

    kept = db.session.scalars(select(SecondFactor)).one().secret
    assert secret not in kept
    assert Keys(app.extensions["settings"].secret_key).unseal(kept) == secret
    with pytest.raises(ValueError, match="not sealed"):
        Keys("another secret key of this length " * 2).unseal(kept)


def test_an_app_works_on_while_the_former_secret_is_named(
    app: Flask, staff: Browser, coordinator: Person, frozen: Any
) -> None:
    secret = enrolled(staff)
    before = app.extensions["settings"]
    frozen(clock.now() + timedelta(minutes=5))
    staff.sign_in(coordinator.email)
    code = {"code": code_at(secret)}

    app.extensions["settings"] = replace(before, secret_key="another secret" * 4)
    refused = staff.post("/second-factor", data=code)
    app.extensions["settings"] = replace(
        before, secret_key="another secret" * 4, secret_key_fallbacks=(before.secret_key,)
    )

    assert refused.status_code == 409
    assert "not known here any more" in refused.text
    assert staff.post("/second-factor", data=code).status_code == 302


def test_wrong_code_enrols_nothing_and_keeps_the_key(staff: Browser) -> None:
    secret, form = enrolment(staff)

    answer = staff.post("/second-factor/enrol", data={**form, "code": "000000"})

    assert answer.status_code == 422
    assert "This code does not work." in answer.text
    assert secret in answer.text.replace(" ", "")
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_enrolment_of_half_an_hour_ago_begins_anew(staff: Browser, frozen: Any) -> None:
    secret, form = enrolment(staff)
    frozen(clock.now() + timedelta(minutes=31))

    answer = staff.post("/second-factor/enrol", data={**form, "code": code_at(secret)})

    assert answer.status_code == 422
    assert "This page was open too long." in answer.text
    assert secret not in answer.text.replace(" ", "")


def test_key_of_someone_else_enrols_nothing(app: Flask, staff: Browser, lead: Person) -> None:
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(lead.email)
    secret, form = enrolment(other)

    assert (
        staff.post("/second-factor/enrol", data={**form, "code": code_at(secret)}).status_code
        == 422
    )
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_each_sign_in_needs_the_second_proof_again(
    app: Flask, staff: Browser, coordinator: Person, frozen: Any
) -> None:
    secret = enrolled(staff)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(coordinator.email)
    assert other.get(STAFF_PAGE).location == "/second-factor?next=" + STAFF_PAGE
    frozen(clock.now() + STEP)

    answer = other.post("/second-factor", data={"code": code_at(secret), "next": STAFF_PAGE})

    assert answer.location == STAFF_PAGE
    assert other.get(STAFF_PAGE).status_code == 200
    assert acts() == ["enrol", "prove"]


def test_code_counts_once(app: Flask, staff: Browser, coordinator: Person, frozen: Any) -> None:
    secret = enrolled(staff)
    code = code_at(secret)
    other = app.test_client()
    assert isinstance(other, Browser)
    other.sign_in(coordinator.email)

    assert other.post("/second-factor", data={"code": code}).status_code == 422
    frozen(clock.now() + STEP)
    assert other.post("/second-factor", data={"code": code}).status_code == 422
    assert other.post("/second-factor", data={"code": code_at(secret)}).location == "/"
    assert other.post("/second-factor", data={"code": code_at(secret)}).status_code == 422
    refused = "refuse_second_factor"
    assert acts() == ["enrol", refused, refused, "prove", refused]


@pytest.mark.parametrize(("steps", "status"), [(-2, 422), (-1, 302), (1, 302), (2, 422)])
def test_phone_clock_may_be_off_by_half_a_minute(
    staff: Browser, frozen: Any, steps: int, status: int
) -> None:
    secret = enrolled(staff)
    now = frozen(clock.now() + timedelta(hours=1))

    code = code_at(secret, now + steps * STEP)

    assert staff.post("/second-factor", data={"code": code}).status_code == status


def test_enrolled_account_cannot_enrol_again(staff: Browser) -> None:
    _, form = enrolment(staff)
    enrolled(staff)

    assert staff.get("/second-factor/enrol").location == "/second-factor"
    assert staff.post("/second-factor/enrol", data=form).location == "/second-factor"


def test_operator_lets_someone_who_lost_the_phone_start_again(
    staff: Browser, coordinator: Person
) -> None:
    enrolled(staff)
    second_factors.forget(coordinator.identity, by="command:second-factor")
    db.session.commit()

    assert staff.get(STAFF_PAGE).location == "/second-factor?next=" + STAFF_PAGE
    assert db.session.scalars(select(SignInSession.second_factor_at)).all() == [None]
    assert acts() == ["enrol", "forget"]
    with pytest.raises(NotFound):
        second_factors.forget(coordinator.identity, by="command:second-factor")


def test_second_factor_is_for_people_who_are_signed_in(client: Browser) -> None:
    assert client.get("/second-factor").location == "/sign-in?next=/second-factor"
    assert client.get("/second-factor/enrol").location == "/sign-in?next=/second-factor/enrol"


def test_member_needs_no_second_proof(client: Browser) -> None:
    people.identity_for("member@example.org")
    db.session.commit()
    client.sign_in("member@example.org")

    assert client.get("/sign-in").status_code == 200
