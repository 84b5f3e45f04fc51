from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.actions import service as actions
from consortium.database import db
from consortium.drafts import service as drafts
from consortium.drafts.jobs import forget_old
from consortium.drafts.models import FormDraft
from consortium.drafts.service import DraftRefused
from consortium.people import service as people
from consortium.people.models import Identity
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.factories import make_tenant, soon

PAGE = "/lakeshore/teams/1/members/new#MemberForm"


@pytest.fixture
def ada(tenant: Tenant) -> Identity:
    return people.identity_for("ada@example.org")


def count() -> int:
    return db.session.scalars(select(func.count(FormDraft.id))).one()


def test_what_is_typed_later_stands_instead_of_what_was_typed_before(
    ada: Identity, frozen: Any
) -> None:
    drafts.keep(ada.id, PAGE, [("name", "Ad"), ("also", "a"), ("also", "b")])
    frozen(soon(1))
    drafts.keep(ada.id, PAGE, [("name", "Ada")])

    (draft,) = db.session.scalars(select(FormDraft))
    assert (draft.fields, draft.saved_at) == ({"name": ["Ada"]}, soon(1))


def test_nobody_reads_what_someone_else_typed_or_typed_elsewhere(ada: Identity) -> None:
    bo = people.identity_for("bo@example.org")
    drafts.keep(ada.id, PAGE, [("name", "Ada")])

    assert drafts.find(bo.id, PAGE) is None
    assert drafts.find(ada.id, f"{PAGE}2") is None
    with as_tenant(make_tenant("elsewhere").id):
        assert drafts.find(ada.id, PAGE) is None
    drafts.forget(bo.id, PAGE)
    assert drafts.find(ada.id, PAGE) is not None


def test_keys_are_not_kept_and_letters_no_database_can_carry_are_dropped(ada: Identity) -> None:
    sent = [("csrf_token", "x"), ("action_key", "y"), ("name", "李\x00 \ud800小龍"), ("a\x00", "b")]
    draft = drafts.keep(ada.id, PAGE, sent)

    assert draft is not None
    assert draft.fields == {"name": ["李 小龍"]}


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ("", [("name", "Ada")]),
        ("x" * 201, [("name", "Ada")]),
        ("a\x00b", [("name", "Ada")]),
        (PAGE, [("name", "x" * 40_001)]),
        (PAGE, [("name", "x")] * 201),
    ],
)
def test_more_than_a_form_holds_is_refused(
    ada: Identity, form: str, sent: list[tuple[str, str]]
) -> None:
    with pytest.raises(DraftRefused):
        drafts.keep(ada.id, form, sent)
    assert count() == 0


def test_what_arrives_after_the_form_was_sent_is_not_kept(ada: Identity) -> None:
    actions.once("key", [], answer="/done", by=ada.email)

    assert drafts.keep(ada.id, PAGE, [("name", "Ada")], action=f"{ada.email}:key") is None
    assert count() == 0


def test_nobody_fills_the_disk(ada: Identity, frozen: Any) -> None:
    for n in range(53):
        frozen(soon(0) + timedelta(minutes=n))
        drafts.keep(ada.id, f"form {n}", [("name", "Ada")])

    assert count() == 50
    assert drafts.find(ada.id, "form 2") is None
    assert drafts.find(ada.id, "form 3") is not None


def test_after_thirty_days_it_is_forgotten(app: Flask, ada: Identity, frozen: Any) -> None:
    drafts.keep(ada.id, PAGE, [("dietary", "No nuts")])
    frozen(soon(29))
    drafts.keep(ada.id, "newer", [("name", "Ada")])
    db.session.commit()
    assert forget_old(app) == 0
    frozen(soon(30))
    assert drafts.find(ada.id, PAGE) is None

    assert forget_old(app) == 1
    assert (count(), forget_old(app)) == (1, 0)


def test_what_a_form_was_about_is_over_for_everybody(ada: Identity) -> None:
    for who in (ada, people.identity_for("bo@example.org")):
        drafts.keep(who.id, "seat:1", [("dietary", "No nuts")])

    drafts.forget_everyones(["seat:1"])

    assert count() == 0
