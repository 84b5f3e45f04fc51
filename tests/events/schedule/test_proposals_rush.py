"""A proposal is accepted while somebody edits the programme: never both, unseen by each other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.errors import Conflict
from consortium.tenancy import as_tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.domain import RoomSpec
from events.schedule.domain.proposing import Asked
from events.schedule.models import Session
from events.schedule.service import adopting
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.schedule.proposing import work
from tests.events.schedule.sessions import BY
from tests.factories import make_institute, make_session, make_tenant
from tests.meeting import Meeting, at_once

pytestmark = pytest.mark.real_commits


class Office:
    """One coordinator accepts a proposal, the other edits a session that it moves."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant().id
        with as_tenant(self.tenant_id):
            with transaction():
                institute = make_institute(status=Status.DRAFT)
                for name in "Blue", "Green":
                    schedule.put_room(institute, RoomSpec(name=name, capacity=30), by=BY)
                for code in "one", "two":
                    make_session(
                        institute,
                        code,
                        "2026-05-01T10:00",
                        "2026-05-01T11:00",
                        kind="breakout",
                        choice_group="stories",
                        capacity=20,
                        room="Blue",
                    )
            with transaction():
                proposal = schedule.ask_proposal(institute, Asked(), by=BY)
            self.proposal_id = proposal.id
            db.session.remove()
            work()
            db.session.remove()
            done = schedule.get_proposal(_institute().id, self.proposal_id)
            self.moved = [UUID(one["session"]) for one in done.moves]
        db.session.remove()

    def both(
        self, once_edited: Callable[[], None] = lambda: None
    ) -> tuple[list[Any], list[BaseException], int]:
        """Return what was refused, what broke, and how many of the two acts were done."""
        done: list[str] = []

        def accept() -> None:
            with transaction():
                schedule.accept_proposal(_institute(), self.proposal_id, self.moved, by=BY)
            done.append("accept")

        def edit() -> None:
            with transaction():
                institute = _institute()
                session = db.session.scalars(
                    select(Session).where(Session.id == self.moved[0])
                ).one()
                spec = replace(session.spec, title="Edited")
                schedule.edit_session(institute, session, spec, version=1, by=BY)
            once_edited()
            done.append("edit")

        refused, broken = at_once(self.app, self.tenant_id, [accept, edit])
        return refused, broken, len(done)


def _institute() -> Institute:
    return db.session.scalars(select(Institute)).one()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def office(kind: str, tmp_path: Path) -> Iterator[Office]:
    with application(kind, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Office(app)


def test_either_the_proposal_or_the_edit_is_a_conflict(office: Office) -> None:
    refused, broken, done = office.both()
    assert (done, broken) == (1, [])
    assert [type(one) for one in refused] == [Conflict]


@pytest.mark.parametrize("kind", ["postgresql"])
def test_both_are_done_when_the_sessions_are_not_held(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the edit comes after the look for one, and is not seen."""
    looked, edited = Meeting(2), Meeting(2)
    look, edit = adopting.basis_of, schedule.edit_session

    def look_before(institute_id: UUID) -> dict[str, Any]:
        found = look(institute_id)
        looked.wait()
        edited.wait()
        return found

    def edit_after(*args: Any, **values: Any) -> Session:
        looked.wait()
        return edit(*args, **values)

    monkeypatch.setattr(adopting, "hold_sessions", lambda _: None)
    monkeypatch.setattr(adopting, "basis_of", look_before)
    monkeypatch.setattr(schedule, "edit_session", edit_after)

    assert office.both(once_edited=edited.wait) == ([], [], 2)
