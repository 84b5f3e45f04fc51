"""Many teams hand in at one moment: no more is kept than there is room, no version is lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, expect_writes, transaction
from consortium.errors import Refusal
from consortium.files import service as files
from consortium.tenancy import as_tenant
from events.deliverables import service as deliverables
from events.deliverables.models import HandIn
from events.deliverables.service import handing_in
from events.registration.service import Editor
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.files.samples import PDF
from tests.events.deliverables.stage import ask, lead, team_of_two
from tests.events.materials.stage import put_file
from tests.factories import make_institute, make_tenant
from tests.meeting import Meeting

pytestmark = pytest.mark.real_commits
TEAMS, ROOM_FOR = 6, 3


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with application(request.param, tmp_path_factory.mktemp("papers"), mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def tenant_id(own_app: Flask) -> Iterator[UUID]:
    with own_app.app_context():
        yield make_tenant(f"rush-{uuid4().hex[:8]}").id
        db.session.remove()


def at_once(app: Flask, tenant_id: UUID, acts: list[Callable[[], Any]]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    start = Barrier(len(acts))
    db.session.remove()  # a reader would hold SQLite's writers up

    def run(act: Callable[[], Any]) -> None:
        with app.test_request_context(), as_tenant(tenant_id):
            expect_writes()  # as each form does that is sent
            put = put_file()
            start.wait()
            try:
                with transaction():
                    act(put)  # type: ignore[call-arg]
                outcomes["done"] += 1
            except Refusal:
                outcomes["refused"] += 1
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def upload(
    team_id: UUID, plan_id: UUID, by: Editor, *, room: int
) -> Callable[[files.PutFile], Any]:
    return lambda put: deliverables.hand_in(team_id, plan_id, put, "", by, room)


def uploads_of_many_teams(tenant_id: UUID, *, room: int) -> list[Callable[[], Any]]:
    with as_tenant(tenant_id):
        institute = make_institute(f"rush-{uuid4().hex[:6]}")
        plan_id = ask(institute).id
        acts = []
        for n in range(TEAMS):
            team = team_of_two(institute, number=int(uuid4().int % 90_000) + n + 100)
            acts.append(upload(team.id, plan_id, lead(team), room=room))
        return acts  # type: ignore[return-value]


def numbers(tenant_id: UUID) -> list[int]:
    with as_tenant(tenant_id):
        return sorted(db.session.scalars(select(HandIn.number)))


def test_no_more_is_kept_than_there_is_room(own_app: Flask, tenant_id: UUID) -> None:
    acts = uploads_of_many_teams(tenant_id, room=len(PDF) * ROOM_FOR)

    outcomes = at_once(own_app, tenant_id, acts)

    assert outcomes == {"done": ROOM_FOR, "refused": TEAMS - ROOM_FOR}
    assert len(numbers(tenant_id)) == ROOM_FOR


def test_versions_of_one_team_come_one_by_one(own_app: Flask, tenant_id: UUID) -> None:
    with as_tenant(tenant_id):
        institute = make_institute(f"rush-{uuid4().hex[:6]}")
        plan_id = ask(institute).id
        team = team_of_two(institute, number=int(uuid4().int % 90_000) + 100)
        acts: list[Callable[[], Any]] = [
            upload(team.id, plan_id, lead(team, who), room=10_000)  # type: ignore[misc]
            for who in ("sue", "tess") * 3
        ]

    assert at_once(own_app, tenant_id, acts) == {"done": 6}
    assert numbers(tenant_id) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("own_app", ["postgresql"], indirect=True)
def test_without_waiting_for_each_other_they_take_more_room_than_there_is(
    own_app: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: nobody holds the room. SQLite lets one transaction write at a time."""
    meeting = Meeting(TEAMS)

    def keep(file: files.PutFile, *, person_id: UUID | None) -> Any:
        meeting.wait()
        return files.keep(file, person_id=person_id)

    monkeypatch.setattr(handing_in, "hold", lambda *_: None)
    monkeypatch.setattr(handing_in, "files", SimpleNamespace(keep=keep))
    acts = uploads_of_many_teams(tenant_id, room=len(PDF) * ROOM_FOR)

    assert at_once(own_app, tenant_id, acts) == {"done": TEAMS}
    assert len(numbers(tenant_id)) > ROOM_FOR
