"""Many people choose at the same moment: no session is oversold, no round taken twice."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.database import db
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.agenda import service as agendas
from events.agenda.service import choosing as choosing_own
from events.institutes.models import Institute
from events.schedule.domain import ChoiceRefused
from events.schedule.models import Session, SessionChoice
from events.schedule.service import choices
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.factories import make_institute, make_lea, make_session, make_team, make_tenant
from tests.meeting import Meeting, at_once, transacting

PEOPLE, PLACES = 16, 5

pytestmark = pytest.mark.real_commits


class Hall:
    """An institute with two sessions of one round, and people who want in."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant().id
        with as_tenant(self.tenant_id):
            institute = make_institute()
            members = {f"p{n}@x.org": "principal" for n in range(PEOPLE)}
            make_team(institute, make_lea("3400001", "Great Meadow"), members)
            for code in ("a1", "a2"):
                make_session(
                    institute,
                    code,
                    "2026-05-01T10:00",
                    "2026-05-01T11:00",
                    choice_group="A",
                    capacity=PLACES,
                )
        db.session.remove()

    def at_once(self, acts: Sequence[Callable[[], object]]) -> int:
        """Do all acts at the same moment; return how many were refused."""
        refused, broken = at_once(self.app, self.tenant_id, [transacting(act) for act in acts])
        assert broken == []
        return len(refused)

    def places(self) -> dict[str, tuple[int, int]]:
        """Return, for each session, the counter and the rows it counts."""
        with as_tenant(self.tenant_id):
            rows = db.session.execute(
                select(Session.code, Session.taken, func.count(SessionChoice.id))
                .outerjoin(SessionChoice, SessionChoice.session_id == Session.id)
                .group_by(Session.code, Session.taken)
            )
            places = {code: (taken, counted) for code, taken, counted in rows}
        db.session.remove()  # an open reader would keep SQLite's writers waiting
        return places


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    with application(request.param, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Hall(app)


def place_of(n: int) -> agendas.Place:
    institute = db.session.scalars(select(Institute)).one()
    person = db.session.scalars(select(Person).where(Person.name == f"P{n}")).one()
    return agendas.get_place(institute, person)


def choosing(n: int, code: str) -> Callable[[], object]:
    return lambda: agendas.choose(place_of(n), code, by=f"p{n}@x.org")


def swapping(n: int, give_up: str, take: str) -> Callable[[], object]:
    return lambda: agendas.swap(place_of(n), give_up=give_up, take=take, by=f"p{n}@x.org")


def test_a_session_is_never_oversold(hall: Hall) -> None:
    refused = hall.at_once([choosing(n, "a1") for n in range(PEOPLE)])

    assert (refused, hall.places()) == (PEOPLE - PLACES, {"a1": (PLACES, PLACES), "a2": (0, 0)})


def test_a_session_is_oversold_when_the_program_looks_first_and_takes_then(
    hall: Hall, monkeypatch: Any
) -> None:
    """The negative control, with the database's own CHECK out of the way too."""
    all_looked = Meeting(PEOPLE)

    def look_then_take(session: Session, attendee: Any) -> None:
        db.session.rollback()
        seen = session.taken
        db.session.rollback()
        if seen >= PLACES:
            raise ChoiceRefused("full")
        all_looked.wait()
        db.session.add(
            SessionChoice(
                session_id=session.id, seat_id=attendee.seat_id, chosen_at=session.changed_at
            )
        )
        session.taken = min(seen + 1, PLACES)
        db.session.flush()

    monkeypatch.setattr(choices, "take_place", look_then_take)
    monkeypatch.setattr(choices, "take_turn", lambda _institute_id: None)
    monkeypatch.setattr(choosing_own, "hold_seat", lambda _place: None)
    hall.at_once([choosing(n, "a1") for n in range(PEOPLE)])

    assert hall.places()["a1"][1] > PLACES


def test_one_person_in_two_browsers_takes_one_session_of_a_round(hall: Hall) -> None:
    for n in range(PLACES):
        assert hall.at_once([choosing(n, "a1"), choosing(n, "a2")]) == 1

    counted = hall.places()
    assert sum(rows for _, rows in counted.values()) == PLACES
    assert all(taken == rows for taken, rows in counted.values())


@pytest.mark.parametrize("hall", ["postgresql"], indirect=True)
def test_two_browsers_take_two_of_a_round_when_neither_waits(hall: Hall, monkeypatch: Any) -> None:
    """The negative control. SQLite has one writer at a time, whoever waits."""
    both, check = Meeting(2), choices.check_choice

    def check_together(*said: Any, **how: Any) -> None:
        check(*said, **how)
        both.wait()

    monkeypatch.setattr(choices, "check_choice", check_together)
    monkeypatch.setattr(choices, "take_turn", lambda _institute_id: None)
    monkeypatch.setattr(choosing_own, "hold_seat", lambda _place: None)

    assert hall.at_once([choosing(0, "a1"), choosing(0, "a2")]) == 0
    assert hall.places() == {"a1": (1, 1), "a2": (1, 1)}


def test_the_same_choice_sent_twice_at_once_takes_one_place(hall: Hall) -> None:
    hall.at_once([choosing(0, "a1"), choosing(0, "a1"), choosing(0, "a1")])

    assert hall.places()["a1"] == (1, 1)


def test_opposite_swaps_never_block_each_other(hall: Hall) -> None:
    hall.at_once([choosing(n, "a1" if n % 2 else "a2") for n in range(4)])
    for _ in range(3):
        hall.at_once([swapping(n, *(("a1", "a2") if n % 2 else ("a2", "a1"))) for n in range(4)])
        assert hall.places() == {"a1": (2, 2), "a2": (2, 2)}
        hall.at_once([swapping(n, *(("a2", "a1") if n % 2 else ("a1", "a2"))) for n in range(4)])

    assert hall.places() == {"a1": (2, 2), "a2": (2, 2)}


@pytest.mark.parametrize("hall", ["postgresql"], indirect=True)
def test_opposite_swaps_block_each_other_when_nobody_holds_the_round(
    hall: Hall, monkeypatch: Any
) -> None:
    """The negative control: each gives a place back, and waits for the other's session."""
    hall.at_once([choosing(n, "a1" if n else "a2") for n in range(2)])
    both, give_back = Meeting(2), choices._give_back

    def give_back_together(session: Session, attendee: Any) -> None:
        give_back(session, attendee)
        both.wait()

    monkeypatch.setattr(choices, "_give_back", give_back_together)
    monkeypatch.setattr(choices, "take_turn", lambda _institute_id: None)
    monkeypatch.setattr(choices, "hold_rounds", lambda *_: ())

    with pytest.raises(AssertionError, match=r"deadlock|lock timeout"):
        hall.at_once([swapping(0, "a2", "a1"), swapping(1, "a1", "a2")])
