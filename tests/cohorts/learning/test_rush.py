"""Two who begin one partnership, and two sides who agree, at the same moment."""

from contextlib import nullcontext
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from cohorts.learning.models import Partnership
from cohorts.learning.service import continuing, partnerships
from cohorts.learning.service.continuing import Asked
from consortium import clock
from consortium.database import db
from consortium.tenancy import as_tenant
from events.registration.models import Team
from tests.cohorts.learning.conftest import ROSTER
from tests.cohorts.matching.test_rush import app  # noqa: F401
from tests.factories import make_institute, make_lea, make_team, make_tenant
from tests.meeting import Meeting, at_once, transacting

pytestmark = pytest.mark.real_commits
Stage = tuple[UUID, UUID, dict[str, UUID]]


@pytest.fixture
def stage(app: Flask) -> Stage:  # noqa: F811
    """Return a consortium, a question to a team whether it goes on, and the team's people."""
    with app.test_request_context():
        tenant_id = make_tenant().id
        with as_tenant(tenant_id):
            team = make_team(make_institute("summer"), make_lea("3400001", "Harbor"), ROSTER)
            people = {seat.person.email.split("@")[0]: seat.person_id for seat in team.seats}
            cohort = make_institute("year", kind="cohort")
            (row,) = continuing.ask_to_continue(cohort.id, [team.id], note="", by="host")
            asked_id = row.id
            db.session.commit()
    return tenant_id, asked_id, people


def count(app: Flask, tenant_id: UUID, statement: Any) -> int:  # noqa: F811
    with app.app_context(), as_tenant(tenant_id):
        return db.session.scalar(statement) or 0


def begin_together(app: Flask, tenant_id: UUID) -> list[BaseException]:  # noqa: F811
    def begin() -> object:
        return partnerships.partnership_of_place("3400001")

    _, broken = at_once(app, tenant_id, [transacting(begin)] * 4)
    return broken


def test_four_who_begin_one_partnership_find_the_same(
    app: Flask,  # noqa: F811
    stage: Stage,
) -> None:
    tenant_id, _, _ = stage
    assert begin_together(app, tenant_id) == []
    assert count(app, tenant_id, select(func.count(Partnership.id))) == 1


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_the_constraint_translated_all_but_one_would_break(
    app: Flask,  # noqa: F811
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control: all look before one of them has stored anything."""
    tenant_id, _, _ = stage
    meeting, now = Meeting(4), clock.now()

    def look_together() -> datetime:
        meeting.wait()
        return now

    monkeypatch.setattr(partnerships.clock, "now", look_together)
    monkeypatch.setattr(partnerships, "translating", lambda *_, **__: nullcontext())
    assert len(begin_together(app, tenant_id)) == 3


def agree_together(app: Flask, stage: Stage) -> tuple[list[BaseException], int]:  # noqa: F811
    tenant_id, asked_id, people = stage

    def answer(name: str) -> Any:
        return lambda: continuing.answer_continuing(asked_id, people[name], agrees=True, by=name)

    _, broken = at_once(app, tenant_id, [transacting(answer("sue")), transacting(answer("uma"))])
    return broken, count(app, tenant_id, select(func.count(Team.id)).where(Team.status == "draft"))


def test_when_both_sides_agree_at_once_one_draft_begins(
    app: Flask,  # noqa: F811
    stage: Stage,
) -> None:
    assert agree_together(app, stage) == ([], 1)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_without_holding_the_question_nobody_would_see_the_other_agree(
    app: Flask,  # noqa: F811
    stage: Stage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The negative control. SQLite has one writer at a time, whoever holds what."""
    meeting, read = Meeting(2), continuing.get_asked

    def read_together(asked_id: UUID, person_id: UUID | None, *, hold: bool = False) -> Asked:
        found = read(asked_id, person_id, hold=False)
        meeting.wait()
        return found

    monkeypatch.setattr(continuing, "get_asked", read_together)
    assert agree_together(app, stage) == ([], 0)
