"""A list comes in while a captain changes the same person: nobody is overwritten unseen."""

import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.bulk.domain.lines import Line, seen_by_row
from events.bulk.service import importing
from events.institutes.models import Institute
from events.registration.models import Seat
from events.registration.service import Editor, MemberChange, NamedPerson, change_member
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.bulk.lists import EDITOR, bring, csv_of, listed
from tests.factories import make_institute, make_lea, make_tenant

pytestmark = pytest.mark.real_commits

PAT = ("3400001", "Pat Lee", "pat@oak.example.org", "Superintendent")
KIM = ("3400001", "Kim Day", "kim@oak.example.org", "Principal")


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    with application(request.param, tmp_path, mailer=FakeMailer(), demonstration=True) as app:
        yield app


def import_while_a_captain_edits(app: Flask) -> tuple[list[str], list[str]]:
    """Start the import while the captain's act is not committed; return effects and names."""
    with app.test_request_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            make_lea("3400001", "Oak Township")
            institute = make_institute()
            with transaction():
                bring(institute, csv_of(PAT, KIM))
            renamed = csv_of((PAT[0], "Patricia", *PAT[2:]), (KIM[0], "Kimberly", *KIM[2:]))
            given = listed(institute, renamed)
            shown = importing.preview(given).seen
            seat = db.session.scalars(select(Seat).where(Seat.name == "Pat Lee")).one()
            team_id, seat_id, institute_id = seat.team_id, seat.id, institute.id
            db.session.rollback()
    seen = seen_by_row([row.number for row in given.rows], shown)
    acted, began = threading.Event(), threading.Event()
    brought: list[importing.Brought] = []
    faults: list[BaseException] = []

    def captain() -> None:
        with transaction():
            change = MemberChange(person=_named("Pat O'Lee"), base=_named("Pat Lee"))
            change_member(team_id, seat_id, change, Editor(email="c@b.org", coordinates=True))
            acted.set()
            assert began.wait(10)

    def coordinator() -> None:
        assert acted.wait(10)
        began.set()
        with transaction():
            assert db.session.get_one(Institute, institute_id).slug == "summer"
            brought.append(importing.bring(given, next(iter(given.groups)), seen, EDITOR))

    def run(act: Any) -> None:
        try:
            with app.test_request_context(), as_tenant(tenant_id):
                g.tenant = db.session.get_one(Tenant, tenant_id)
                db.session.rollback()
                act()
        except BaseException as fault:  # noqa: BLE001  (a thread's fault must fail the test)
            faults.append(fault)
            acted.set()
            began.set()

    threads = [threading.Thread(target=run, args=[act]) for act in (captain, coordinator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return [line.effect.value for line in brought[0].plan.lines], names(app, tenant_id)


def _named(name: str) -> NamedPerson:
    return NamedPerson(name=name, email="pat@oak.example.org", role_codes=("superintendent",))


def names(app: Flask, tenant_id: UUID) -> list[str]:
    with app.app_context(), as_tenant(tenant_id):
        return list(db.session.scalars(select(Seat.name).order_by(Seat.position)))


def import_twice_at_once(app: Flask) -> tuple[list[list[str]], list[str]]:
    """Let two coordinators bring in the same list; return the effects of each, and the names."""
    with app.test_request_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            make_lea("3400001", "Oak Township")
            given = listed(make_institute(), csv_of(PAT, KIM))
            shown = importing.preview(given).seen
            db.session.rollback()
    seen = seen_by_row([row.number for row in given.rows], shown)
    (key,) = given.groups
    start = threading.Barrier(2)
    effects: list[list[str]] = []
    faults: list[BaseException] = []

    def coordinator() -> None:
        try:
            with app.test_request_context(), as_tenant(tenant_id):
                start.wait(10)
                try:
                    with transaction():
                        brought = importing.bring(given, key, seen, EDITOR)
                except Refusal as refused:
                    brought = importing.not_brought(given, key, refused)
                effects.append([line.effect.value for line in brought.plan.lines])
        except BaseException as fault:  # noqa: BLE001  (a thread's fault must fail the test)
            faults.append(fault)

    threads = [threading.Thread(target=coordinator) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return sorted(effects), names(app, tenant_id)


def test_two_coordinators_with_one_list_make_one_team(app: Flask) -> None:
    (first, second), people = import_twice_at_once(app)

    assert first == ["added"] * 2
    assert second in (["refused"] * 2, ["same"] * 2)
    assert people == ["Pat Lee", "Kim Day"]


def test_the_captains_change_stays_and_the_row_is_reported(app: Flask) -> None:
    assert import_while_a_captain_edits(app) == (
        ["refused", "changed"],
        ["Pat O'Lee", "Kimberly"],
    )


def test_without_the_look_at_each_row_the_change_would_be_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the page showed of each row is what holds."""

    def unchecked(line: Line, _seen: Any) -> Line:
        return line

    monkeypatch.setattr(importing, "_as_shown", unchecked)

    assert import_while_a_captain_edits(app) == (["changed"] * 2, ["Patricia", "Kimberly"])
