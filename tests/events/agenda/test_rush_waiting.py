"""Many drop, wait and choose at the same moment: every place goes on, and none lies idle."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.database import db, transaction
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.agenda import service as agendas
from events.institutes.models import Institute
from events.schedule import jobs
from events.schedule import service as schedule
from events.schedule.models import Session, SessionChoice, SessionWait
from events.schedule.service import choices, invariants, promoting, taking
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_institute, make_lea, make_session, make_team, make_tenant
from tests.meeting import Meeting, at_once, transacting

PEOPLE, PLACES = 18, 4
CODES = ("a1", "a2", "a3")

pytestmark = pytest.mark.real_commits


class Line:
    """An institute whose three parallel sessions are full, and people who wait for each of them."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant().id
        with as_tenant(self.tenant_id):
            institute = make_institute()
            members = {f"p{n}@x.org": "principal" for n in range(PEOPLE)}
            make_team(institute, make_lea("3400001", "Great Meadow"), members)
            for code in CODES:
                make_session(
                    institute,
                    code,
                    "2026-05-01T10:00",
                    "2026-05-01T11:00",
                    choice_group="A",
                    capacity=PLACES,
                )
            with transaction():
                for n in range(PLACES * 3):
                    agendas.choose(place_of(n), CODES[n % 3], by="them")
                for n in range(PLACES * 3, PEOPLE):
                    for code in CODES:
                        agendas.wait(place_of(n), code, by="them")
                for n in range(6):  # they move on to the next session, when there is a place
                    agendas.wait(
                        place_of(n), CODES[(n + 1) % 3], instead_of=CODES[n % 3], by="them"
                    )
        db.session.remove()

    def at_once(self, acts: Sequence[Callable[[], object]]) -> list[str]:
        """Do all acts at the same moment; return what was refused."""
        refused, broken = at_once(self.app, self.tenant_id, [transacting(act) for act in acts])
        assert broken == []
        return [refusal.message for refusal in refused]

    def promote(self) -> None:
        """Let the worker look after what nobody could do at the moment."""
        with as_tenant(self.tenant_id):
            jobs.promote_waiters(self.app)
        db.session.remove()

    def check(self) -> dict[str, int]:
        """Return how full each session is; counters and promises hold, nothing free is awaited."""
        with as_tenant(self.tenant_id):
            counted = {
                code: (taken, n)
                for code, taken, n in db.session.execute(
                    select(Session.code, Session.taken, func.count(SessionChoice.id))
                    .outerjoin(SessionChoice, SessionChoice.session_id == Session.id)
                    .group_by(Session.code, Session.taken)
                )
            }
            assert all(taken == n <= PLACES for taken, n in counted.values())
            twice = (
                select(SessionChoice.seat_id)
                .group_by(SessionChoice.seat_id)
                .having(func.count() > 1)
            )
            assert db.session.scalars(twice).all() == []
            assert list(invariants.waiting_for_nothing()) == []
            assert list(invariants.in_two_places()) == []
            idle = select(func.count(SessionWait.id)).join(
                Session, Session.id == SessionWait.session_id
            )
            assert db.session.scalar(idle.where(Session.taken < PLACES)) == 0
        db.session.remove()
        return {code: n for code, (_, n) in counted.items()}


@pytest.fixture(params=["sqlite", "postgresql"])
def line(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Line]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Line(app)


def place_of(n: int) -> agendas.Place:
    institute = db.session.scalars(select(Institute)).one()
    person = db.session.scalars(select(Person).where(Person.name == f"P{n}")).one()
    return agendas.get_place(institute, person)


def dropping(n: int) -> Callable[[], object]:
    def drop() -> None:
        place = place_of(n)
        code = db.session.scalar(
            select(Session.code)
            .join(SessionChoice, SessionChoice.session_id == Session.id)
            .where(SessionChoice.seat_id == place.attendee.seat_id)
        )
        if code is not None:
            agendas.drop(place, code, by=f"p{n}@x.org")

    return drop


def choosing(n: int, code: str) -> Callable[[], object]:
    return lambda: agendas.choose(place_of(n), code, by=f"p{n}@x.org")


def leaving(n: int) -> Callable[[], object]:
    def leave() -> None:
        place = place_of(n)
        schedule.release_seat(place.institute.id, place.attendee.seat_id)

    return leave


def promoting_at(code: str) -> Callable[[], object]:
    return lambda: promoting.promote_one(session_with(code).id)


def session_with(code: str) -> Session:
    return db.session.scalars(select(Session).where(Session.code == code)).one()


@pytest.fixture
def two_left_free(line: Line, monkeypatch: Any) -> Line:
    """Leave a place in two sessions, for both of which the same person waits longest."""
    with monkeypatch.context() as patch, as_tenant(line.tenant_id):
        patch.setattr(choices, "promote", lambda *_: 0)
        for n in (0, 1):
            with transaction():
                dropping(n)()
    db.session.remove()
    return line


def test_every_freed_place_goes_on_and_nobody_has_two(line: Line) -> None:
    """People drop, seats end, others try to choose, and the worker promotes: all at once."""
    refused = line.at_once(
        [
            *(dropping(n) for n in range(4)),
            *(leaving(n) for n in range(6, 9)),
            *(choosing(n, CODES[n % 3]) for n in range(12, PEOPLE)),
            *(promoting_at(code) for code in CODES),
        ]
    )
    line.promote()

    full = line.check()

    # Five never gave theirs up, and six waited for any; who dropped may wait for another.
    assert sum(full.values()) >= 11
    assert all("is full" in sentence or "already" in sentence for sentence in refused)


def test_two_promoters_at_once_give_one_person_one_place(two_left_free: Line) -> None:
    two_left_free.at_once([promoting_at("a1"), promoting_at("a2")])
    two_left_free.promote()

    assert two_left_free.check() == dict.fromkeys(CODES, PLACES)


def test_one_person_gets_two_places_when_promoters_look_first_and_give_then(
    two_left_free: Line,
) -> None:
    """The negative control: what the turns are for."""
    both = Meeting(2)

    def careless(code: str) -> Callable[[], object]:
        def give() -> None:
            first = select(SessionWait.seat_id).order_by(SessionWait.since, SessionWait.id)
            session = session_with(code)
            seat_id = db.session.scalar(first.where(SessionWait.session_id == session.id))
            assert seat_id is not None
            attendee = promoting.attendees([seat_id])[seat_id]
            assert [one for one in taking.held_by(attendee) if one.cancelled_at is None] == []
            db.session.rollback()
            both.wait()
            taking.take_place(session_with(code), attendee)

        return give

    two_left_free.at_once([careless("a1"), careless("a2")])

    with pytest.raises(AssertionError):
        two_left_free.check()
