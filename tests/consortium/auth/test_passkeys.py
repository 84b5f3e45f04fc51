"""Adding, naming and removing passkeys on the page of one's account."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.auth.service import passkeys
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from tests.acts import acts
from tests.browser import Browser
from tests.consortium.auth.authenticator import PRESENT, Authenticator, plain
from tests.consortium.auth.passkey_holders import (
    ADD,
    add,
    browser,
    mails,
    names,
    options,
    sign_in,
    who,
)
from tests.queries import counting_queries

MINUTE = timedelta(minutes=1)


def test_browser_is_told_whom_the_passkey_is_for_and_to_check_who_holds_it(
    member: Browser, email: str
) -> None:
    told = options(member, ADD)

    assert told["rp"] == {"id": "localhost", "name": "Consortium"}
    assert told["user"]["name"] == email
    assert len(plain(told["challenge"])) == 32
    assert told["timeout"] == 300_000
    assert told["attestation"] == "none"
    chosen = told["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")


def test_new_passkey_is_kept_told_by_mail_and_written_down(
    member: Browser, email: str, noon: datetime
) -> None:
    passkey = add(member, Authenticator())

    assert (passkey.identity.email, passkey.name) == (email, "Passkey 1")
    assert (passkey.created_at, passkey.last_used_at, passkey.sign_count) == (noon, None, 1)
    assert mails(email) == ["A passkey was added to your account"]
    mail = db.session.scalars(select(OutboxEmail)).one()
    assert "The passkey “Passkey 1” was added to your Consortium account on" in mail.text
    assert "http://localhost/account" in mail.text
    assert "http://localhost/account" in (mail.html or "")
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.act, entry.subject, entry.actor, entry.after) == (
        "add", f"passkey:{passkey.id}", email, {"name": "Passkey 1"},
    )  # fmt: skip
    page = member.get("/account").text
    assert "The passkey was added." in page
    assert "Passkey 1" in page


def test_browser_learns_which_passkeys_there_are_already(member: Browser) -> None:
    passkey = add(member, Authenticator())

    assert [one["id"] for one in options(member, ADD)["excludeCredentials"]] == [
        passkey.credential_id
    ]


def test_same_form_sent_twice_adds_one_passkey(member: Browser, email: str) -> None:
    sent = {"credential": Authenticator().make(options(member, ADD)), "action_key": "k" * 22}

    first, second = member.post(ADD, data=sent), member.post(ADD, data=sent)

    assert first.location == second.location
    assert names() == ["Passkey 1"]
    assert len(mails(email)) == 1


LIES: list[dict[str, Any]] = [
    {"origin": "https://evil.example"},
    {"origin": "http://localhost.evil.example"},
    {"origin": "https://localhost"},
    {"rp_id": "evil.example"},
    {"flags": PRESENT},
    {"flags": 0},
    {"kind": "webauthn.get"},
    {"challenge": "AAAA"},
    {"cross_origin": True},
]


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_passkey_that_lies_is_not_kept(member: Browser, lie: dict[str, Any]) -> None:
    answer = member.post(
        ADD, data={"credential": Authenticator().make(options(member, ADD), **lie)}
    )

    assert answer.status_code == 422
    assert "The passkey could not be checked. Try again." in answer.text
    assert names() == []
    assert acts() == ["refuse_new_passkey"]


def test_passkey_belongs_to_one_account(app: Flask, member: Browser) -> None:
    device = Authenticator()
    add(member, device)
    other = browser(app)
    other.sign_in("eve@district.example.org")

    answer = other.post(ADD, data={"credential": device.make(options(other, ADD))})

    assert answer.status_code == 422
    assert "This passkey is in use already. Make a new one." in answer.text
    assert names() == ["Passkey 1"]


def test_twenty_passkeys_are_enough(member: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passkeys, "MOST", 2)
    add(member, Authenticator(b"first-passkey-01"))
    add(member, Authenticator(b"other-passkey-02"))

    made = Authenticator(b"third-passkey-03").make(options(member, ADD))
    answer = member.post(ADD, data={"credential": made})

    assert answer.status_code == 422
    assert "You have 2 passkeys. First remove one that you do not use." in answer.text


@pytest.mark.parametrize(
    "nonsense",
    ["", "{", "[]", "null", "0", '{"id": 1}', "[" * 9000, '{"id":"a","rawId":"a","type":"x"}', "é"],
    ids=lambda said: said[:10],
)
@pytest.mark.parametrize("where", [ADD, "/sign-in/passkey", "/second-factor/passkey"])
def test_nonsense_is_answered_with_a_sentence(member: Browser, where: str, nonsense: str) -> None:
    answer = member.post(where, data={"credential": nonsense})

    assert answer.status_code == 422
    assert "Please correct this first" in answer.text
    assert names() == []


def test_without_a_script_the_page_says_what_to_do(member: Browser) -> None:
    page = member.get("/account").text
    assert "Passkeys need JavaScript and a newer browser" in page
    assert 'data-passkey="/account/passkeys/options" hidden' in page

    assert "Your browser sent no passkey. Turn on JavaScript" in member.post(ADD).text


def test_passkey_gets_the_name_its_owner_gives(member: Browser, email: str) -> None:
    passkey = add(member, Authenticator())

    answer = member.post(f"{ADD}/{passkey.id}", data={"name": "  Work   laptop "})

    assert answer.location == "/account"
    assert names() == ["Work laptop"]
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "rename")).one()
    assert (entry.before, entry.after) == ({"name": "Passkey 1"}, {"name": "Work laptop"})


@pytest.mark.parametrize("bad", ["", "   ", "a" * 61, "a\x00b"])
def test_bad_name_is_refused_beside_its_field(member: Browser, bad: str) -> None:
    passkey = add(member, Authenticator())

    answer = member.post(f"{ADD}/{passkey.id}", data={"name": bad})

    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    assert names() == ["Passkey 1"]


def test_next_passkey_takes_a_free_name(member: Browser) -> None:
    first = add(member, Authenticator(b"first-passkey-01"))
    add(member, Authenticator(b"other-passkey-02"))
    member.post(f"{ADD}/{first.id}/remove")
    add(member, Authenticator(b"third-passkey-03"))

    assert sorted(names()) == ["Passkey 1", "Passkey 2"]


def test_removed_passkey_signs_nobody_in_and_its_sessions_end(
    app: Flask, member: Browser, email: str
) -> None:
    device, phone = Authenticator(), browser(app)
    passkey = add(member, device)
    sign_in(phone, device)
    by_mail = browser(app)
    by_mail.sign_in(email)
    assert "Remove the passkey “Passkey 1”?" in member.get(f"{ADD}/{passkey.id}/remove").text
    assert names() == ["Passkey 1"]

    answer = member.post(f"{ADD}/{passkey.id}/remove")

    assert answer.location == "/account"
    assert names() == []
    assert (who(member), who(phone), who(by_mail)) == (email, "", email)
    assert sign_in(phone, device).status_code == 422
    assert mails(email)[-1] == "A passkey was removed from your account"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "remove")).one()
    assert (entry.subject, entry.before) == (f"passkey:{passkey.id}", {"name": "Passkey 1"})


def test_passkey_of_someone_else_is_not_found(app: Flask, member: Browser) -> None:
    passkey = add(member, Authenticator())
    other = browser(app)
    other.sign_in("eve@district.example.org")

    for path in (f"{ADD}/{passkey.id}", f"{ADD}/{passkey.id}/remove", f"{ADD}/{uuid4()}"):
        assert other.get(path).status_code == 404
        assert other.post(path, data={"name": "Mine"}).status_code in {404, 405}
    assert names() == ["Passkey 1"]


@pytest.mark.parametrize("path", ["/account", f"{ADD}/offer", f"{ADD}/{UUID(int=7)}"])
def test_account_is_for_people_who_are_signed_in(client: Browser, path: str) -> None:
    assert client.get(path).location == f"/sign-in?next={path}"


def test_account_asks_the_same_for_one_passkey_and_for_three(member: Browser) -> None:
    counts = []
    for number in range(3):
        add(member, Authenticator(b"passkey-of-mine-%d" % number))
        member.get("/account")
        with counting_queries() as count:
            member.get("/account")
        counts.append(len(count))

    assert counts[0] == counts[2]
