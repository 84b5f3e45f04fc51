"""A programme is printed once for as long as it says the same, however often it is asked for."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Room, Session
from tests.browser import Browser
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.materials.stage import Broken
from tests.events.schedule.sessions import BY, spec
from tests.factories import make_institute, make_person, make_session, make_tenant

PROGRAMME = "/lakeshore/institutes/summer/programme.pdf"


class Counting:
    """Gives what a paper says, and counts how many it set."""

    edition = "1"

    def __init__(self) -> None:
        self.papers = 0

    def print(self, _template: str, data: Mapping[str, Any]) -> bytes:
        self.papers += 1
        return json.dumps(data).encode()


@pytest.fixture
def printer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Counting:
    printer = Counting()
    ports = app.extensions["ports"]
    monkeypatch.setitem(app.extensions, "ports", replace(ports, printer=printer))
    return printer


@pytest.fixture
def institute(tenant: Tenant) -> Institute:
    institute = make_institute()
    make_session(institute, "key", "2026-05-01T09:00", "2026-05-01T10:00", title="Keynote")
    return institute


def publish(institute: Institute) -> None:
    with transaction():
        seen = schedule.pending(institute).seen
        assert schedule.publish_programme(institute, seen=seen, by=BY, accept=True)


def test_it_is_printed_once_and_once_more_when_it_is_published_anew(
    client: Browser, institute: Institute, printer: Counting, frozen: Callable[[str], object]
) -> None:
    first = client.get(PROGRAMME)
    frozen("2026-03-02T12:20:00+00:00")
    assert client.get(PROGRAMME).data == first.data
    key = schedule.get_session(institute, "key")
    with transaction():
        schedule.edit_session(institute, key, spec(title="Welcome"), version=1, by=BY)
        schedule.add_session(institute, spec(code="planned", title="Planned"), by=BY)
    planned = client.get(PROGRAMME)
    assert (planned.data, planned.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert printer.papers == 1

    publish(institute)
    anew = client.get(PROGRAMME)

    assert b"Keynote" in first.data
    assert b"Welcome" in anew.data
    assert client.get(PROGRAMME).data == anew.data
    assert printer.papers == 2


@pytest.mark.parametrize("what", ["room", "venue", "role", "address", "template"])
def test_whatever_it_says_makes_a_new_one(
    client: Browser, institute: Institute, tenant: Tenant, printer: Counting, what: str
) -> None:
    key = db.session.query(Session).one()
    key.audience_roles = ["principal"]
    room = Room(institute_id=institute.id, name="Hall", name_key="hall", capacity=4, position=0)
    db.session.add(room)
    db.session.commit()
    before = client.get(PROGRAMME)

    match what:
        case "room":
            room.capacity = 5
        case "venue":
            institute.venue = "Elsewhere"
        case "role":
            next(role for role in institute.roles if role.code == "principal").label = "Head"
        case "address":
            tenant.reply_address = "new@lakeshore.example.org"
        case _:
            printer.edition = "2"
    db.session.commit()
    after = client.get(PROGRAMME)

    assert after.headers["ETag"] != before.headers["ETag"]
    assert printer.papers == 2


def test_who_has_it_is_told_so_in_a_word(
    client: Browser, institute: Institute, printer: Counting, app: Flask
) -> None:
    has = {"If-None-Match": client.get(PROGRAMME).headers["ETag"]}
    app.extensions["ports"].storage.files.clear()

    same = client.get(PROGRAMME, headers=has)
    institute.venue = "Elsewhere"
    db.session.commit()
    changed = client.get(PROGRAMME, headers=has)

    assert (same.status_code, same.data, same.headers["Cache-Control"]) == (304, b"", "no-cache")
    assert (changed.status_code, b"Elsewhere" in changed.data) == (200, True)
    assert printer.papers == 2


def test_another_consortium_never_gets_it(
    client: Browser, institute: Institute, printer: Counting, app: Flask
) -> None:
    """Even where the two say the same in every word."""
    other = make_tenant("hillside", reply_address="hello@lakeshore.example.org")
    with as_tenant(other.id):
        theirs = make_institute()
        make_session(theirs, "key", "2026-05-01T09:00", "2026-05-01T10:00", title="Keynote")
    ours = client.get(PROGRAMME)
    elsewhere = client.get(PROGRAMME.replace("lakeshore", "hillside"))

    assert ours.data == elsewhere.data
    assert printer.papers == 2
    folders = {key.split("/")[0] for key in app.extensions["ports"].storage.files}
    assert {institute.tenant_id.hex, other.id.hex} <= folders


def test_what_is_not_announced_stays_with_those_who_plan_it(
    client: Browser, institute: Institute, printer: Counting
) -> None:
    has = {"If-None-Match": client.get(PROGRAMME).headers["ETag"]}
    institute.status = Status.DRAFT
    db.session.commit()

    assert client.get(PROGRAMME, headers=has).status_code == 404
    make_person("casey@x.org", staff="coordinator")
    client.sign_in("casey@x.org")
    answer = client.get(PROGRAMME)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer.headers


@pytest.mark.real_commits
def test_nobody_keeps_the_printer_busy_while_nothing_can_be_kept(tmp_path: Path) -> None:
    printer = Counting()
    with application("sqlite", tmp_path, mailer=FakeMailer(), RATELIMIT_ENABLED=True) as app:
        ports = replace(app.extensions["ports"], storage=Broken(), printer=printer)
        app.extensions["ports"] = ports
        with app.app_context(), as_tenant(make_tenant().id):
            make_institute()
        client = app.test_client()

        answers = [client.get(PROGRAMME) for _ in range(14)]

        assert [answer.status_code for answer in answers] == [200] * 12 + [429] * 2
        assert "Wait five minutes" in answers[-1].text
        assert printer.papers == 12
        has = {"If-None-Match": answers[0].headers["ETag"]}
        assert client.get(PROGRAMME, headers=has).status_code == 304
