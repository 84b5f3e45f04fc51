"""Two coordinators who press the button at the same moment send one mail to each person."""

import threading
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, g
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from events.board.domain.reminders import Kind, Reminder
from events.board.service.reminders import remind
from events.institutes.models import Institute
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.board.rows import store_team
from tests.factories import make_institute, make_tenant

pytestmark = pytest.mark.real_commits

COORDINATORS = 6
PEOPLE = 5


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    with application(request.param, tmp_path, mailer=FakeMailer(), demonstration=True) as app:
        yield app


def rush(app: Flask) -> tuple[int, int]:
    """Let all coordinators press at once; return how many got through, and the mails."""
    with app.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            institute = make_institute()
            invited = [(f"Ivy {n}", "principal", "invited") for n in range(PEOPLE)]
            store_team(institute, 1, *invited)
            institute_id = institute.id
    barrier = threading.Barrier(COORDINATORS)
    through: list[tuple[int, int]] = []
    faults: list[BaseException] = []

    def press() -> None:
        try:
            with app.test_request_context(), as_tenant(tenant_id):
                barrier.wait()
                _press(tenant_id, institute_id, through)
        except BaseException as fault:  # noqa: BLE001  (a thread's fault must fail the test)
            faults.append(fault)

    threads = [threading.Thread(target=press) for _ in range(COORDINATORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with app.app_context():
        mails = db.session.scalars(select(func.count(OutboxEmail.id))).one()
    return len(through), mails


def _press(tenant_id: UUID, institute_id: UUID, through: list[tuple[int, int]]) -> None:
    try:
        with transaction():
            g.tenant = db.session.get_one(Tenant, tenant_id)
            institute = db.session.get_one(Institute, institute_id)
            through.append(remind(institute, [Kind.CONFIRM], by="c@example.org"))
    except Refusal:
        db.session.rollback()


def test_everyone_gets_one_mail_however_many_press(app: Flask) -> None:
    assert rush(app) == (1, PEOPLE)


def test_without_the_days_key_everyone_would_get_several(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the key is what holds."""
    monkeypatch.setattr(Reminder, "key", lambda *_: uuid4().hex)

    assert rush(app) == (COORDINATORS, COORDINATORS * PEOPLE)
