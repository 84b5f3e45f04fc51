"""What a passkey proves of staff, and what a mail alone does not."""

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from consortium import clock
from consortium.auth.models import Passkey, SecondFactor
from consortium.auth.service import second_factors
from consortium.database import db
from consortium.errors import NotFound
from consortium.people.models import Person
from tests.acts import acts
from tests.browser import Browser
from tests.consortium.auth.authenticator import Authenticator
from tests.consortium.auth.passkey_holders import (
    ADD,
    PROVE,
    SIGN_IN,
    add,
    browser,
    mails,
    options,
    sign_in,
    who,
)

STAFF_PAGE = "/lakeshore/settings"


@pytest.fixture
def device(app: Flask, email: str) -> Authenticator:
    """Return a device with a passkey on the account of ``email``."""
    device, client = Authenticator(), browser(app)
    client.sign_in(email)
    add(client, device)
    return device


@pytest.fixture
def staff(client: Browser, coordinator: Person, in_earnest: None) -> Browser:
    """Return the coordinator's browser, signed in by mail only."""
    client.sign_in(coordinator.email)
    return client


def test_passkey_is_both_proofs_of_staff(app: Flask, staff: Browser) -> None:
    device, other = Authenticator(), browser(app)
    add(staff, device)

    sign_in(other, device)

    assert other.get(STAFF_PAGE).status_code == 200
    assert db.session.scalars(select(SecondFactor)).all() == []


def test_first_passkey_opens_the_staff_page(staff: Browser) -> None:
    assert staff.get(STAFF_PAGE).location == "/second-factor?next=" + STAFF_PAGE
    page = staff.get("/second-factor/enrol?next=" + STAFF_PAGE).text
    assert "Make a passkey" in page
    made = Authenticator().make(options(staff, ADD))

    answer = staff.post(ADD, data={"credential": made, "next": STAFF_PAGE})

    assert answer.location == STAFF_PAGE
    assert staff.get(STAFF_PAGE).status_code == 200


@pytest.fixture
def reader_of_the_mail(app: Flask, staff: Browser, coordinator: Person) -> Browser:
    """Return the browser of whoever got hold of the mailbox of staff with a passkey."""
    add(staff, Authenticator(b"passkey-of-staff"))
    thief = browser(app)
    thief.sign_in(coordinator.email)
    return thief


def test_mail_alone_changes_nothing_about_how_staff_prove_themselves(
    reader_of_the_mail: Browser,
) -> None:
    thief, passkey = reader_of_the_mail, db.session.scalars(select(Passkey)).one()

    assert thief.get(STAFF_PAGE).location == "/second-factor?next=" + STAFF_PAGE
    assert thief.get("/second-factor/enrol").location == "/second-factor"
    assert thief.post("/second-factor/enrol", data={"code": "1"}).location == "/second-factor"
    remove = f"{ADD}/{passkey.id}/remove"
    for path, back in ((f"{ADD}/options", "/account"), (ADD, "/account"), (remove, remove)):
        assert thief.post(path).location == f"/second-factor?next={back}"
    assert len(db.session.scalars(select(Passkey)).all()) == 1


def test_passkey_is_the_second_proof_after_a_mail(
    app: Flask, staff: Browser, coordinator: Person
) -> None:
    device, other = Authenticator(), browser(app)
    passkey = add(staff, device)
    other.sign_in(coordinator.email)
    page = other.get("/second-factor?next=" + STAFF_PAGE).text
    assert "Use a passkey" in page
    assert "authenticator app" not in page
    told = options(other, PROVE)
    assert [one["id"] for one in told["allowCredentials"]] == [passkey.credential_id]

    answer = other.post(PROVE, data={"credential": device.prove(told), "next": STAFF_PAGE})

    assert answer.location == STAFF_PAGE
    assert other.get(STAFF_PAGE).status_code == 200
    assert acts() == ["add", "prove_by_passkey"]


def test_passkey_of_someone_else_proves_nothing(
    reader_of_the_mail: Browser, device: Authenticator
) -> None:
    thief = reader_of_the_mail
    said = device.prove(options(thief, PROVE))

    answer = thief.post(PROVE, data={"credential": said, "next": STAFF_PAGE})

    assert answer.status_code == 422
    assert "This passkey did not work." in answer.text
    assert thief.get(STAFF_PAGE).location == "/second-factor?next=" + STAFF_PAGE


def test_sign_in_answer_is_no_second_proof(
    reader_of_the_mail: Browser, device: Authenticator
) -> None:
    said = device.prove(options(reader_of_the_mail, SIGN_IN))

    assert reader_of_the_mail.post(PROVE, data={"credential": said}).status_code == 422


def test_staff_with_both_may_choose(app: Flask, staff: Browser, coordinator: Person) -> None:
    add(staff, Authenticator())
    secret = pyotp.random_base32()
    keys_of = app.extensions["settings"].secret_key
    sealed = second_factors.Keys(keys_of).seal(secret, at=clock.now())
    db.session.add(SecondFactor(identity_id=coordinator.identity_id, secret=sealed))
    db.session.commit()
    other = browser(app)
    other.sign_in(coordinator.email)

    page = other.get("/second-factor").text
    assert "Use a passkey" in page
    assert "Or use your authenticator app" in page
    answer = other.post("/second-factor", data={"code": pyotp.TOTP(secret).at(clock.now())})
    assert answer.location == "/"


def test_staff_keep_their_last_proof(staff: Browser) -> None:
    first = add(staff, Authenticator())

    refused = staff.post(f"{ADD}/{first.id}/remove")
    assert refused.status_code == 422
    assert "so your account needs a second proof" in refused.text

    add(staff, Authenticator(b"other-passkey-02"))
    assert staff.post(f"{ADD}/{first.id}/remove").location == "/account"
    assert [one.name for one in db.session.scalars(select(Passkey))] == ["Passkey 2"]


def test_member_who_lost_the_device_removes_its_passkey_after_a_mail(
    app: Flask, client: Browser, device: Authenticator, email: str, in_earnest: None
) -> None:
    client.sign_in(email)
    passkey = db.session.scalars(select(Passkey)).one()

    assert client.post(f"{ADD}/{passkey.id}/remove").location == "/account"
    assert sign_in(browser(app), device).status_code == 422


def test_operator_takes_away_lost_passkeys_and_whoever_came_in_by_them(
    app: Flask, staff: Browser, coordinator: Person
) -> None:
    device, finder = Authenticator(), browser(app)
    add(staff, device)
    sign_in(finder, device)

    with app.test_request_context():
        second_factors.forget(coordinator.identity, by="command:lost-authenticator")
        db.session.commit()

    assert who(finder) == ""
    assert sign_in(finder, device).status_code == 422
    assert mails(coordinator.email)[-1] == "A passkey was removed from your account"
    with pytest.raises(NotFound, match="no authenticator app and no passkey"):
        second_factors.forget(coordinator.identity, by="command:lost-authenticator")


def test_demonstration_asks_staff_for_no_proof_before_they_change_passkeys(
    app: Flask, client: Browser, coordinator: Person
) -> None:
    client.sign_in(coordinator.email)
    passkey = add(client, Authenticator())
    other = browser(app)
    other.sign_in(coordinator.email)

    assert other.post(f"{ADD}/{passkey.id}/remove").location == "/account"


def test_whoever_has_a_passkey_is_shown_the_app_alone(staff: Browser) -> None:
    add(staff, Authenticator())

    page = staff.get("/second-factor/enrol").text

    assert "Make a passkey" not in page
    assert "An authenticator app" in page
