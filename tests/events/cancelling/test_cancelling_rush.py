"""A host cancels an institute while a lead submits a team: nobody reads two contrary mails."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from consortium.tenancy import as_tenant
from events.registration import service as registration
from events.registration.domain import HostCancelled
from events.registration.models import TeamStatus
from events.registration.service import Editor, submission
from events.registration.service import cancelling as ending
from events.registration.service.invariants.cancelled import still_waiting
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.cancelling.acts import cancel_in
from tests.events.registration.test_rush import Rush
from tests.meeting import Meeting

pytestmark = pytest.mark.real_commits


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("cancelling")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def rush(own_app: Flask) -> Iterator[Rush]:
    with own_app.app_context():
        yield Rush(own_app)


@pytest.fixture
def careless(tmp_path: Path) -> Iterator[Rush]:
    """Return one on PostgreSQL: SQLite lets one write at a time, and knows no such moment."""
    with (
        application("postgresql", tmp_path, mailer=FakeMailer()) as app,
        app.app_context(),
    ):
        yield Rush(app)


def cancelling(rush: Rush, *, before: Callable[[], None], after: Callable[[], None]) -> Any:
    def act() -> str:
        before()
        with transaction():
            cancel_in(rush.institute_id)
        after()
        return "cancelled"

    return act


def submitting(team_id: UUID, editor: Editor, *, before: Callable[[], None]) -> Any:
    def act() -> str:
        before()
        try:
            with transaction():
                return registration.submit_team(team_id, editor).status.value
        except HostCancelled:
            return "refused"

    return act


def waiting_after_the_check(monkeypatch: pytest.MonkeyPatch, *meetings: Meeting) -> None:
    """Let who submits a team wait once it has read that the institute is published."""
    check = submission.check_ready

    def check_and_wait(team: Any) -> None:
        check(team)
        for meeting in meetings:
            meeting.wait()

    monkeypatch.setattr(submission, "check_ready", check_and_wait)


def subjects(rush: Rush) -> dict[str, list[str]]:
    """Return what waits for each address, and what is wrong."""
    with as_tenant(rush.tenant_id):
        found: dict[str, list[str]] = {"wrong": list(still_waiting())}
        unsent = select(OutboxEmail).where(OutboxEmail.settled_at.is_(None))
        for mail in db.session.scalars(unsent.where(OutboxEmail.tenant_id == rush.tenant_id)):
            found.setdefault(mail.to, []).append(mail.subject)
    db.session.remove()
    return found


def nothing() -> None:
    """Wait for nobody."""


def test_a_host_waits_for_a_team_that_is_being_submitted_and_then_tells_it_once(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((team_id, editor),) = rush.drafts(1)
    both = Meeting(2)
    waiting_after_the_check(monkeypatch, both)

    ended = rush.at_once(
        [
            submitting(team_id, editor, before=nothing),
            cancelling(rush, before=both.wait, after=nothing),
        ]
    )

    assert ended == {"registered": 1, "cancelled": 1}
    found = subjects(rush)
    assert found.pop("wrong") == []
    assert sorted(found) == ["ada@3400000.example.org", "bo@3400000.example.org", "lead0@x.org"]
    assert {tuple(told) for told in found.values()} == {("Cancelled: Summer Institute",)}


def test_a_lead_who_comes_while_the_host_cancels_is_refused(
    rush: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((team_id, editor),) = rush.drafts(1)
    both = Meeting(2)
    hold = ending.hold_teams

    def hold_and_wait(institute_id: UUID) -> None:
        hold(institute_id)
        both.wait()

    monkeypatch.setattr(ending, "hold_teams", hold_and_wait)

    ended = rush.at_once(
        [
            submitting(team_id, editor, before=both.wait),
            cancelling(rush, before=nothing, after=nothing),
        ]
    )

    assert ended == {"refused": 1, "cancelled": 1}
    assert [status for status, *_ in rush.teams()] == [TeamStatus.DRAFT]
    found = subjects(rush)
    assert found == {"wrong": [], "lead0@x.org": ["Cancelled: Summer Institute"]}


def test_a_host_who_holds_no_team_would_be_contradicted(
    careless: Rush, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((team_id, editor),) = careless.drafts(1)
    checked, cancelled = Meeting(2), Meeting(2)
    waiting_after_the_check(monkeypatch, checked, cancelled)
    monkeypatch.setattr(ending, "hold_teams", lambda _institute_id: None)

    ended = careless.at_once(
        [
            submitting(team_id, editor, before=nothing),
            cancelling(careless, before=checked.wait, after=cancelled.wait),
        ]
    )

    assert ended == {"registered": 1, "cancelled": 1}
    found = subjects(careless)
    assert len(found["wrong"]) == 3  # the team's mail and those of two members
    assert len(found["lead0@x.org"]) == 2
