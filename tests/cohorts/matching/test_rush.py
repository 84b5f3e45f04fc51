"""Coordinators who press the same button at the same moment."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import Select, func, select
from sqlalchemy.orm.attributes import set_committed_value

from cohorts.matching import service as matching
from cohorts.matching.models import Disclosure, MatchRun
from cohorts.matching.service import publishing
from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from consortium.tenants.models import Tenant
from tests.cohorts.matching.meeting import COORDINATOR, seat_of, three_superintendents
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_institute, make_tenant

pytestmark = pytest.mark.real_commits

COORDINATORS = 6


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    with application(request.param, tmp_path, mailer=FakeMailer(), demonstration=True) as app:
        yield app


@pytest.fixture
def stage(app: Flask) -> tuple[UUID, UUID]:
    """Return a consortium and an institute with three people who fit each other."""
    with app.app_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            institute = make_institute()
            three_superintendents(institute)
            return tenant_id, institute.id


def press_together(app: Flask, tenant_id: UUID, act: Callable[[], Any]) -> int:
    """Let all coordinators act at once; return how many got through."""
    barrier = threading.Barrier(COORDINATORS)
    through: list[object] = []
    faults: list[BaseException] = []

    def press() -> None:
        try:
            with app.test_request_context(), as_tenant(tenant_id):
                barrier.wait()
                try:
                    with transaction():
                        g.tenant = db.session.get_one(Tenant, tenant_id)
                        through.append(act())
                except Refusal:
                    db.session.rollback()
        except BaseException as fault:  # noqa: BLE001  (a thread's fault must fail the test)
            faults.append(fault)

    threads = [threading.Thread(target=press) for _ in range(COORDINATORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return len(through)


def counted(app: Flask, tenant_id: UUID, statement: Select[int]) -> int:
    with app.app_context(), as_tenant(tenant_id):
        return db.session.scalars(statement).one()


def test_only_one_draft_stands_however_many_run(app: Flask, stage: tuple[UUID, UUID]) -> None:
    tenant_id, institute_id = stage

    through = press_together(
        app, tenant_id, lambda: matching.run_matching(institute_id, COORDINATOR)
    )

    assert through >= 1
    assert counted(app, tenant_id, select(func.count(MatchRun.id))) == 1


def draft_of(app: Flask, stage: tuple[UUID, UUID]) -> UUID:
    tenant_id, institute_id = stage
    with app.app_context(), as_tenant(tenant_id), transaction():
        return matching.run_matching(institute_id, COORDINATOR).id


def test_a_run_is_published_once_however_many_press(app: Flask, stage: tuple[UUID, UUID]) -> None:
    tenant_id, _ = stage
    run_id = draft_of(app, stage)

    through = press_together(app, tenant_id, lambda: matching.publish_run(run_id, COORDINATOR))

    assert through == 1
    assert counted(app, tenant_id, select(func.count(OutboxEmail.id))) == 3


def test_a_run_read_before_the_others_would_be_published_by_all(
    app: Flask, stage: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: reading the run under its lock is what holds."""
    tenant_id, _ = stage
    run_id = draft_of(app, stage)

    def read_too_early(run_id: UUID) -> MatchRun:
        run = db.session.scalars(select(MatchRun).where(MatchRun.id == run_id)).one()
        set_committed_value(run, "published_at", None)
        return run

    monkeypatch.setattr(publishing, "_locked", read_too_early)
    through = press_together(app, tenant_id, lambda: matching.publish_run(run_id, COORDINATOR))

    assert through == COORDINATORS
    assert counted(app, tenant_id, select(func.count(OutboxEmail.id))) == 3 * COORDINATORS


def test_a_contact_seen_twice_at_once_is_noted_once(app: Flask, stage: tuple[UUID, UUID]) -> None:
    tenant_id, institute_id = stage
    run_id = draft_of(app, stage)
    with app.test_request_context(), as_tenant(tenant_id), transaction():
        g.tenant = db.session.get_one(Tenant, tenant_id)
        matching.publish_run(run_id, COORDINATOR)
    with app.app_context(), as_tenant(tenant_id):
        ana = seat_of("ana@example.org").person_id
        contacts = matching.contacts_of(institute_id, ana)
        fresh = matching.fresh_disclosures(
            institute_id, contacts.peers, to=ana, form=matching.Form.PAGE
        )

    through = press_together(app, tenant_id, lambda: matching.record_disclosures(fresh))

    assert through == COORDINATORS
    assert counted(app, tenant_id, select(func.count(Disclosure.id))) == 2
