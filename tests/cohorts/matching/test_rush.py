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
    """The negative control: reading the run, and who met since, under a lock is what holds."""
    tenant_id, _ = stage
    run_id = draft_of(app, stage)

    def read_too_early(run_id: UUID) -> MatchRun:
        run = db.session.scalars(select(MatchRun).where(MatchRun.id == run_id)).one()
        set_committed_value(run, "published_at", None)
        return run

    monkeypatch.setattr(publishing, "_locked", read_too_early)
    monkeypatch.setattr(publishing, "still_fitting", lambda run, _: run.matches)
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


def withdraw_while_publishing(
    app: Flask, stage: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Let Ben withdraw while a run that names him is published; return whose mails name him."""
    tenant_id, institute_id = stage
    run_id = draft_of(app, stage)
    read, withdrawn = threading.Event(), threading.Event()
    introduce = publishing.introduce

    def slowly(*args: Any, **options: Any) -> int:
        read.set()
        withdrawn.wait(timeout=1)
        return introduce(*args, **options)

    def withdraw() -> None:
        with app.test_request_context(), as_tenant(tenant_id), transaction():
            g.tenant = db.session.get_one(Tenant, tenant_id)
            read.wait()
            off = matching.Sharing(wants_peers=False, shares_email=False, shares_phone=False)
            ben = seat_of("ben@example.org").person_id
            matching.change_sharing(institute_id, ben, off, wording="", by="ben@example.org")
        withdrawn.set()

    monkeypatch.setattr(publishing, "introduce", slowly)
    other = threading.Thread(target=withdraw)
    with app.test_request_context(), as_tenant(tenant_id), transaction():
        g.tenant = db.session.get_one(Tenant, tenant_id)
        other.start()
        matching.publish_run(run_id, COORDINATOR)
    other.join()
    with app.app_context():
        waiting = select(OutboxEmail).where(OutboxEmail.settled_at.is_(None))
        mails = db.session.scalars(waiting.order_by(OutboxEmail.to)).all()
        return [mail.to for mail in mails if "Ben" in mail.text]


def test_who_withdraws_while_a_run_is_published_is_named_in_no_mail(
    app: Flask, stage: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert withdraw_while_publishing(app, stage, monkeypatch) == []


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_agreements_that_nobody_holds_would_change_while_a_run_is_published(
    app: Flask, stage: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: holding the seats is what the test before this one rests on.

    SQLite has one writer at a time anyway.
    """
    monkeypatch.setattr(publishing.facade, "hold_agreements", lambda _: None)

    named = withdraw_while_publishing(app, stage, monkeypatch)

    assert named == ["ana@example.org", "ben@example.org", "cy@example.org"]
