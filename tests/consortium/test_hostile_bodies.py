"""Forms that no page of ours sends, and a database that goes away: nothing is half saved."""

import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from consortium.actions.models import ActionKey
from consortium.audit.models import AuditEntry
from consortium.database import db
from consortium.people.models import Person
from consortium.tenants.models import Partner, StaffMember, Tenant
from tests.browser import Browser
from tests.factories import make_institute, make_lea, make_team, make_tenant

PARTNERS = "/lakeshore/settings/partners"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def staff(client: Browser, coordinator: Person) -> Browser:
    """Return the coordinator's browser."""
    client.sign_in(coordinator.email)
    return client


def acts() -> tuple[int, int]:
    """Return how many acts were written down, and how many forms were acted upon."""
    return (
        db.session.scalars(select(func.count()).select_from(AuditEntry)).one(),
        db.session.scalars(select(func.count()).select_from(ActionKey)).one(),
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"--x\r\nbroken", "multipart/form-data"),
        (b"%zz=%ff&name=%00&=&&==", FORM),
        (b"name=Ocean+Union&role=emperor", FORM),
        (b"name=Ocean%0aUnion&role=host", FORM),
        (b"name=Ocean+Union&role=host&action_key=%00", FORM),
        (b"name=" + b"x" * 100_000 + b"&role=host", FORM),
    ],
)
def test_a_body_that_is_no_form_of_ours_changes_nothing(
    staff: Browser, body: bytes, kind: str
) -> None:
    answer = staff.post(PARTNERS, data=body, content_type=kind)

    assert answer.status_code == 422
    assert db.session.scalars(select(Partner)).all() == []
    assert acts() == (0, 0)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"name": "Ocean Union", "role": "host"}', "application/json"),
        (b'{"name": 5, "role": ["host"]}', "application/json; charset=utf-8"),
        (b"[1, 2", "application/json"),
        (b"<name>Ocean Union</name>", "text/xml"),
        (b"name=Ocean+Union&role=host", "text/plain"),
        (b"name=Ocean+Union&role=host", "application/octet-stream"),
    ],
)
def test_a_body_of_another_kind_is_refused(staff: Browser, body: bytes, kind: str) -> None:
    answer = staff.post(PARTNERS, data=body, content_type=kind)

    assert answer.status_code == 415
    assert "<h1>This did not work</h1>" in answer.text
    assert acts() == (0, 0)


@pytest.mark.parametrize("letter", ["x", "é", "&#x0;"])
def test_ten_megabytes_of_text_are_refused_at_once_and_in_plain_words(
    staff: Browser, letter: str
) -> None:
    body = urlencode({"name": letter * (10_000_000 // len(quote(letter))), "role": "host"})
    began = time.process_time()

    answer = staff.post(PARTNERS, data=body, content_type=FORM)

    assert time.process_time() - began < 1.0
    assert answer.status_code == 413
    assert "at most 2 MB of text" in answer.text
    assert "what you typed is still there" in answer.text
    assert acts() == (0, 0)


def test_too_many_fields_are_refused(staff: Browser) -> None:
    answer = staff.post(PARTNERS, data=b"a=b&" * 20_000, content_type=FORM)

    assert answer.status_code == 413
    assert acts() == (0, 0)


def test_a_hidden_character_in_the_key_of_a_button_is_no_fault_of_ours(staff: Browser) -> None:
    answer = staff.post("/lakeshore/calendar", data={"action_key": "\0"})

    assert (answer.status_code, answer.location) == (302, "/lakeshore/calendar")


def test_fields_that_no_form_has_are_not_written(staff: Browser, tenant: Tenant) -> None:
    other = make_tenant("hillside")
    sent = {"name": "Ocean Union", "role": "host", "position": "-7", "tenant_id": str(other.id)}

    staff.post(PARTNERS, data=sent)
    staff.post(
        "/lakeshore/settings",
        data={
            "version": "1",
            "name": "Lakeshore",
            "states": "NJ",
            "time_zone": "America/New_York",
            "brand_colour": "#1f4e79",
            "reply_address": "hello@lakeshore.example.org",
            "slug": "mine",
            "id": str(other.id),
            "created_at": "1999-01-01",
            "goals": "None",
        },
    )

    partner = db.session.scalars(select(Partner)).one()
    assert (partner.name, partner.position, partner.tenant_id) == ("Ocean Union", 0, tenant.id)
    assert (tenant.name, tenant.slug, len(tenant.goals)) == ("Lakeshore", "lakeshore", 4)
    assert tenant.created_at.year == 2026


@pytest.mark.usefixtures("tenant")
def test_a_coordinator_cannot_take_the_owners_part(staff: Browser) -> None:
    sent = {"email": "me@example.org", "role": "owner"}

    assert staff.post("/lakeshore/settings/staff", data=sent).status_code == 403
    assert [row.role for row in db.session.scalars(select(StaffMember))] == ["coordinator"]


def test_of_a_field_sent_twice_the_first_counts(staff: Browser) -> None:
    staff.post(PARTNERS, data={"name": ["Ocean Union", "Evil Union"], "role": ["host", "funder"]})

    partner = db.session.scalars(select(Partner)).one()
    assert (partner.name, partner.role) == ("Ocean Union", "host")


@pytest.mark.parametrize(
    "cookie",
    [
        "session=garbage",
        "session=",
        "session=eyJfdXNlcl9pZCI6IjEifQ.a.b",
        "session=%00; __Host-session=x",
        "session=" + "a" * 9000,
        "=x; ;;",
        "session=\xff",
    ],
)
@pytest.mark.usefixtures("tenant")
def test_a_cookie_that_is_not_ours_signs_nobody_in(app: Flask, cookie: str) -> None:
    client = app.test_client(use_cookies=False)

    answer = client.get("/lakeshore/mine", headers={"Cookie": cookie})

    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/lakeshore/mine")


@pytest.fixture
def broken_database(app: Flask) -> Iterator[dict[str, bool]]:
    """Give a switch; once it is on, the database answers nothing."""
    switch = {"on": False}

    def fail(*_: Any) -> None:
        if switch["on"]:
            raise OperationalError("SELECT", {}, Exception("refused"))

    engine = db.engine
    event.listen(engine, "before_cursor_execute", fail)
    yield switch
    event.remove(engine, "before_cursor_execute", fail)


def test_a_database_that_goes_away_ends_as_a_page_with_a_number(
    staff: Browser, tenant: Tenant, broken_database: dict[str, bool]
) -> None:
    team = make_team(make_institute(), make_lea("3400001", "Alpha"))
    address = f"/lakeshore/teams/{team.id}/submit"

    def go_away(*_: Any) -> None:
        broken_database["on"] = True

    event.listen(db.session, "before_flush", go_away, once=True)
    answer = staff.post(address)
    broken_database["on"] = False

    assert answer.status_code == 500
    assert "<h1>Something broke on our side</h1>" in answer.text
    assert answer.headers["X-Request-Id"] in answer.text
