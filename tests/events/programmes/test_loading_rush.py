"""A file that lowers a limit is loaded while someone takes a place: one of the two is refused."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.programmes import service as programmes
from events.programmes.service import loading
from events.schedule import service as schedule
from events.schedule.models import Session
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.programmes.files import parsed
from tests.factories import make_lea, make_team, make_tenant
from tests.meeting import Meeting, at_once

ROUND: dict[str, Any] = {"sessions__1__choice_group": "A", "sessions__1__audience_roles": ["*"]}

pytestmark = pytest.mark.real_commits


class Desk:
    """A coordinator with a file, and two people of whom one has a place in a session already."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant().id
        with as_tenant(self.tenant_id):
            with transaction():
                programmes.load_programme(parsed(**ROUND, sessions__1__capacity=2), by="x")
            institute = db.session.scalars(select(Institute)).one()
            people = {"p0@x.org": "superintendent", "p1@x.org": "union_leader"}
            make_team(institute, make_lea("3400001", "Great Meadow"), people)
            with transaction():
                choose("P0")
        db.session.remove()

    def at_once(self, *acts: Callable[[], None]) -> tuple[int, list[BaseException]]:
        """Do all acts at the same moment; return how many were refused, and what broke."""
        refused, broken = at_once(self.app, self.tenant_id, acts)
        return len(refused), broken

    def places(self) -> tuple[int, int | None]:
        with as_tenant(self.tenant_id):
            talk = select(Session.taken, Session.capacity).where(Session.code == "talk")
            taken, capacity = db.session.execute(talk).one()
        db.session.remove()
        return taken, capacity


def choose(name: str) -> None:
    institute = db.session.scalars(select(Institute)).one()
    person = db.session.scalars(select(Person).where(Person.name == name)).one()
    agendas.choose(agendas.get_place(institute, person), "talk", by="them")


def choosing() -> None:
    with transaction():
        choose("P1")


def load_smaller() -> None:
    with transaction():
        programmes.load_programme(parsed(**ROUND, sessions__1__capacity=1), by="x")


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk(kind: str, tmp_path: Path) -> Iterator[Desk]:
    with application(kind, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Desk(app)


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the other person choose after the file was first compared with the institute."""
    compared, chosen, plan = Meeting(2), Meeting(2), loading.plan
    kept: list[Session] = []

    def compare_and_let_choose(*said: Any, **how: Any) -> programmes.Plan:
        planned = plan(*said, **how)
        kept.extend(db.session.scalars(select(Session)))  # as whoever showed them before would
        compared.wait()
        chosen.wait()
        return planned

    def choose_meanwhile() -> None:
        compared.wait()
        choosing()
        chosen.wait()

    monkeypatch.setattr(loading, "plan", compare_and_let_choose)
    return choose_meanwhile


def test_a_limit_and_a_choice_at_once_never_end_in_a_broken_page(desk: Desk) -> None:
    assert desk.at_once(load_smaller, choosing) == (1, [])
    assert desk.places() in {(1, 1), (2, 2)}


@pytest.mark.parametrize("kind", ["postgresql"])
def test_a_place_that_is_taken_meanwhile_counts(desk: Desk, meanwhile: Callable[[], None]) -> None:
    assert desk.at_once(load_smaller, meanwhile) == (1, [])
    assert desk.places() == (2, 2)


@pytest.mark.parametrize("kind", ["postgresql"])
def test_it_breaks_when_sessions_are_not_read_anew(
    desk: Desk, meanwhile: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control. SQLite has one writer at a time, whoever reads anew."""
    monkeypatch.setattr(schedule, "hold_sessions", lambda _: None)

    refused, broken = desk.at_once(load_smaller, meanwhile)

    assert (refused, len(broken)) == (0, 1)
    assert "places_not_oversold" in str(broken[0])
