"""Someone places a hold at the moment in which what teams handed in is deleted."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from threading import Thread
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.deliverables import service as deliverables
from events.deliverables.models import HandIn
from events.deliverables.service import forgetting
from events.institutes.models import Institute, RecordHold
from events.institutes.service import holding
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.deliverables.stage import ask, hand_in, team_of_two
from tests.factories import make_institute, make_tenant
from tests.meeting import Meeting

pytestmark = pytest.mark.real_commits
_numbers = count(70_000)
"""LEAs are everyone's, and the second test has the same database."""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("holding")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def past(own_app: Flask) -> Iterator[tuple[UUID, UUID]]:
    """An institute whose papers are past their time: ids of consortium and institute."""
    with own_app.app_context():
        tenant_id = make_tenant(f"held-{uuid4().hex[:8]}").id
        with as_tenant(tenant_id):
            institute = make_institute(days=[date(2019, 11, 14)])
            hand_in(team_of_two(institute, next(_numbers)), ask(institute))
            ids = tenant_id, institute.id
        db.session.remove()
        yield ids
        db.session.remove()


def both(app: Flask, past: tuple[UUID, UUID], before_deleting: Callable[[], None]) -> int:
    """Place a hold and delete at once; return how many papers are left."""
    tenant_id, institute_id = past

    def place() -> None:
        with transaction():
            found = select(Institute).where(Institute.id == institute_id)
            holding.place_hold(db.session.scalars(found).one(), "A grievance.", by="c@x.org")

    def delete() -> None:
        before_deleting()
        with transaction():
            deliverables.forget_old(by="worker")

    def in_thread(act: Callable[[], None]) -> Thread:
        def run() -> None:
            with app.test_request_context(), as_tenant(tenant_id):
                try:
                    act()
                finally:
                    db.session.remove()

        return Thread(target=run)

    threads = [in_thread(place), in_thread(delete)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with as_tenant(tenant_id):
        assert holding.find_hold(institute_id) is not None
        return len(db.session.scalars(select(HandIn)).all())


def meet_once_placed(monkeypatch: pytest.MonkeyPatch, meeting: Meeting) -> None:
    """Let who places a hold meet the other one when it is written and nobody can see it."""
    recorded = holding.audit.record

    def record(act: str, *values: str, **more: object) -> None:
        if act == "place_hold":
            meeting.wait()
        recorded(act, *values, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(holding.audit, "record", record)


def test_what_is_held_at_that_moment_stays(
    own_app: Flask, past: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting = Meeting(2)
    meet_once_placed(monkeypatch, meeting)

    assert both(own_app, past, meeting.wait) == 1


def test_without_the_institutes_row_it_would_be_held_and_gone(
    own_app: Flask, past: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: who deletes has looked for a hold before anyone could see it."""
    one_writes_at_a_time = db.engine.dialect.name == "sqlite"
    meeting = Meeting(1 if one_writes_at_a_time else 2)

    def look(institute_id: UUID) -> RecordHold | None:
        found = holding.find_hold(institute_id)
        meeting.wait()
        return found

    monkeypatch.setattr(forgetting, "find_hold", look)
    monkeypatch.setattr(holding, "hold", lambda *_: None)
    meet_once_placed(monkeypatch, meeting)

    left = both(own_app, past, Meeting(1).wait)

    assert left == 0 or one_writes_at_a_time
