"""Two hosts give places at the same moment, or someone ranks meanwhile: nothing is given twice."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from consortium import clock
from consortium.database import db
from consortium.tenancy import as_tenant
from events.agenda import service as agendas
from events.agenda.domain.drafting import Asked
from events.agenda.service import accepting, drafts
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import PlacesDraft, RankedRound, Session, SessionChoice
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import (
    make_institute,
    make_lea,
    make_person,
    make_session,
    make_team,
    make_tenant,
)
from tests.meeting import Meeting, at_once, transacting

pytestmark = pytest.mark.real_commits
HALLS = count()


class Hall:
    """An institute with a ranked round, four people, and two drafts: all in a1, or all in a2."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.number = next(HALLS)
        self.tenant_id: UUID = make_tenant(f"hall-{self.number}").id
        with as_tenant(self.tenant_id):
            institute = make_institute()
            members = dict.fromkeys(map(self.address, range(4)), "principal")
            make_team(institute, make_lea(f"34{self.number:05}", "Great Meadow"), members)
            for code in ("a1", "a2"):
                make_session(
                    institute,
                    code,
                    "2026-05-01T10:00",
                    "2026-05-01T11:00",
                    choice_group="A",
                    capacity=8,
                )
            until = clock.now() + timedelta(days=1)
            row = schedule.let_rank(institute, "A", until=until, any_free=False, by="x")
            for n in range(4):
                place = agendas.get_place(institute, make_person(self.address(n)))
                agendas.rank(place, row.id, ["a1", "a2"], by="x")
            db.session.flush()
            row.until = clock.now()
            for seed in (1, 2):
                asked = Asked(rounds=(row.id,), seed=seed)
                draft = agendas.ask_draft(institute, asked, by="x")
                agendas.find_now(draft)
            other = str(schedule.get_session(institute, "a2").id)
            draft.answers = [{**one, "given": [other]} for one in draft.answers]
            db.session.commit()
        db.session.remove()

    def address(self, n: int) -> str:
        """Return the address of one of its four people; LEAs and people are everyone's."""
        return f"p{n}@hall{self.number}.org"

    def at_once(self, *acts: Callable[[], object]) -> list[str]:
        """Do all acts at the same moment; return what was refused."""
        refused, broken = at_once(self.app, self.tenant_id, [transacting(act) for act in acts])
        assert broken == []
        return [one.message for one in refused]

    def given(self) -> tuple[int, int]:
        """Return how many places the sessions count, and how many there are."""
        with as_tenant(self.tenant_id):
            taken = db.session.scalar(select(func.sum(Session.taken)))
            rows = db.session.scalar(select(func.count(SessionChoice.id)))
        db.session.remove()
        return taken or 0, rows or 0


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("ranking")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def hall(app: Flask) -> Iterator[Hall]:
    with app.app_context():
        yield Hall(app)


def _institute() -> Institute:
    return db.session.scalars(select(Institute)).one()


def accepting_draft(number: int) -> Callable[[], object]:
    def act() -> object:
        draft = db.session.scalars(select(PlacesDraft).where(PlacesDraft.number == number)).one()
        return agendas.accept_draft(_institute(), draft.id, by="host")

    return act


def ranking_anew(address: str) -> Callable[[], object]:
    def act() -> object:
        place = agendas.get_place(_institute(), make_person(address))
        row = db.session.scalars(select(RankedRound)).one()
        return agendas.rank(place, row.id, ["a2"], by="p0")

    return act


def taking_places_away() -> object:
    session = schedule.get_session(_institute(), "a1")
    schedule.hold_sessions(session.institute_id)
    session.capacity = 7
    return db.session.flush()


def test_of_two_drafts_one_is_given_and_that_once(hall: Hall) -> None:
    refused = hall.at_once(accepting_draft(1), accepting_draft(1), accepting_draft(2))

    assert len(refused) == 2
    assert all("Make a new draft." in one or "given already" in one for one in refused)
    assert hall.given() == (4, 4)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_two_drafts_are_given_when_neither_waits(hall: Hall, monkeypatch: Any) -> None:
    """The negative control. SQLite has one writer at a time, whoever waits."""
    both, refuse = Meeting(2), accepting._refuse_chosen

    def look_together(*said: Any) -> None:
        refuse(*said)
        both.wait()

    monkeypatch.setattr(accepting, "_refuse_chosen", look_together)
    monkeypatch.setattr(accepting.schedule, "hold_sessions", lambda _institute_id: None)
    monkeypatch.setattr(accepting, "_held_rounds", _looked_at)
    hall.at_once(accepting_draft(1), accepting_draft(2))

    assert hall.given()[1] > 4


def _looked_at(draft: PlacesDraft) -> list[RankedRound]:
    return list(db.session.scalars(select(RankedRound)))


def test_whoever_ranks_or_changes_places_meanwhile_is_before_it_or_after_it(hall: Hall) -> None:
    refused = hall.at_once(accepting_draft(1), ranking_anew(hall.address(0)), taking_places_away)

    taken, rows = hall.given()
    assert taken == rows
    assert rows in {0, 4}
    assert refused


def asking() -> object:
    row = db.session.scalars(select(RankedRound)).one()
    return agendas.ask_draft(_institute(), Asked(rounds=(row.id,)), by="host")


def test_two_coordinators_who_ask_at_once_end_in_one_search(hall: Hall) -> None:
    (refused,) = hall.at_once(asking, asking)

    assert "is being found" in refused
    with as_tenant(hall.tenant_id):
        numbers = db.session.scalars(select(PlacesDraft.number).order_by(PlacesDraft.number)).all()
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_they_end_in_an_error_when_the_institute_is_not_held(hall: Hall, monkeypatch: Any) -> None:
    """The negative control: both count the drafts before either has written one."""
    both, translating = Meeting(2), drafts.translating

    def write_together(name: str, *, into: Exception) -> Any:
        both.wait()
        return translating(name, into=into)

    monkeypatch.setattr(drafts, "hold", lambda *_: None)
    monkeypatch.setattr(drafts, "translating", write_together)
    _, broken = at_once(hall.app, hall.tenant_id, [transacting(asking)] * 2)

    assert [type(one) for one in broken] == [IntegrityError]
