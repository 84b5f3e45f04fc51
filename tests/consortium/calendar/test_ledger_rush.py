"""Someone answers on a page while a worker tells of the same session for the first time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.calendar.domain import Told
from consortium.calendar.domain.answers import Answer
from consortium.calendar.models import CalendarInvitation
from consortium.calendar.service import answers, ledger
from consortium.calendar.service.ledger import Message
from consortium.database import db
from consortium.people.models import Person
from consortium.ports import Method
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.consortium.calendar.test_ledger import FACTS
from tests.factories import make_institute, make_person, make_tenant
from tests.meeting import Meeting, at_once, transacting

UID = "e6a5c5de-8a46-4a65-9d8a-6f0b6c1c4a01"

pytestmark = pytest.mark.real_commits


class Desk:
    """A person at a page, and the worker with the person's first mail in hand."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.tenant_id: UUID = make_tenant().id
        with as_tenant(self.tenant_id):
            make_institute()
            make_person("ana@x.org", "Ana")
        db.session.remove()

    def both_at_once(self) -> list[BaseException]:
        """Return what went wrong."""
        return at_once(self.app, self.tenant_id, [transacting(_answer), transacting(_tell)])[1]


def _answer() -> None:
    person, institute = _both()
    answers.answer_here(person, institute.id, UID, Answer.ACCEPTED, by="ana@x.org")


def _tell() -> None:
    person, institute = _both()
    told = Told(method=Method.REQUEST, facts=FACTS)
    message = Message(uid=UID, sequence=0, lift=0, told=told)
    ledger.note(person.id, institute.id, [message], mail_id=uuid4())


def _both() -> tuple[Person, Institute]:
    return db.session.scalars(select(Person)).one(), db.session.scalars(select(Institute)).one()


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def desk(kind: str, tmp_path: Path) -> Iterator[Desk]:
    with application(kind, tmp_path, mailer=FakeMailer()) as app, app.app_context():
        yield Desk(app)


def test_an_answer_and_the_first_message_share_one_row(desk: Desk) -> None:
    assert desk.both_at_once() == []

    with as_tenant(desk.tenant_id):
        row = db.session.scalars(select(CalendarInvitation)).one()
        assert (row.answer, row.sequence, row.method) == (Answer.ACCEPTED, 0, Method.REQUEST)
    db.session.remove()


@pytest.mark.parametrize("kind", ["postgresql"])
def test_it_fails_when_each_looks_first_and_makes_the_row_then(
    desk: Desk, monkeypatch: Any
) -> None:
    """The negative control. SQLite has one writer at a time, whoever looks."""
    both_looked = Meeting(2)

    def look_then_make(person_id: UUID, institute_id: UUID, uids: Any) -> Any:
        seen = db.session.scalars(select(CalendarInvitation)).all()
        both_looked.wait()
        if seen:
            return {row.uid: row for row in seen}
        row = CalendarInvitation(person_id=person_id, institute_id=institute_id, uid=UID)
        db.session.add(row)
        return {UID: row}

    monkeypatch.setattr(answers, "hold_rows", look_then_make)
    monkeypatch.setattr(ledger, "hold_rows", look_then_make)

    assert desk.both_at_once() != []
