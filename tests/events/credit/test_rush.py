"""Someone asks for a certificate, or sends the evaluation, in two browsers at once."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text

from consortium.database import db, transaction
from consortium.errors import Refusal
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from events.credit.models import Certificate, EvaluationAnswer
from events.credit.service import certificates, evaluations
from events.credit.service.certificates import issuing
from events.institutes.models import Institute
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.credit.stage import ACADEMY, ANSWERS, give, seat, was_there
from tests.factories import make_institute, make_session, make_tenant
from tests.meeting import Meeting

pytestmark = pytest.mark.real_commits
DAY, BROWSERS = "2026-02-20", 4


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("credit")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def held(own_app: Flask) -> Iterator[tuple[UUID, UUID, UUID]]:
    """A workshop that is over, and someone who was there: ids of consortium, institute, person."""
    with own_app.app_context():
        tenant_id = make_tenant(f"rush-{uuid4().hex[:8]}").id
        with as_tenant(tenant_id):
            institute = make_institute(days=[date(2026, 2, 20)])
            make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T12:00")
            give(institute, ACADEMY)
            person = seat(institute, f"{uuid4().hex}@example.org", "board_member")
            was_there(institute, person, "08:50", "12:05", on=DAY)
            ids = tenant_id, institute.id, person.id
        db.session.remove()
        yield ids
        db.session.remove()


def at_once(app: Flask, tenant_id: UUID, act: Callable[[], None]) -> Counter[str]:
    """Do the act in every browser at one moment; return how it ended in each."""
    outcomes: Counter[str] = Counter()
    start = Barrier(BROWSERS)

    def browse() -> None:
        with app.test_request_context(), as_tenant(tenant_id):
            start.wait()
            try:
                act()
                outcomes["done"] += 1
            except Refusal:
                outcomes["refused"] += 1
            finally:
                db.session.remove()

    threads = [Thread(target=browse) for _ in range(BROWSERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def asks(institute_id: UUID, person_id: UUID) -> None:
    with transaction():
        certificates.issue(institute_of(institute_id), person_id, by="bo@example.org")


def institute_of(institute_id: UUID) -> Institute:
    return db.session.scalars(select(Institute).where(Institute.id == institute_id)).one()


def kept(tenant_id: UUID, kind: type[Certificate] | type[EvaluationAnswer]) -> int:
    with as_tenant(tenant_id):
        return len(db.session.scalars(select(kind)).all())


def test_one_certificate_is_issued_however_many_browsers_ask(
    own_app: Flask, held: tuple[UUID, UUID, UUID]
) -> None:
    tenant_id, institute_id, person_id = held

    ended = at_once(own_app, tenant_id, lambda: asks(institute_id, person_id))

    assert ended["done"] >= 1
    assert ended.total() == BROWSERS
    assert kept(tenant_id, Certificate) == 1


def test_a_person_answers_once_however_many_browsers_send(
    own_app: Flask, held: tuple[UUID, UUID, UUID]
) -> None:
    tenant_id, institute_id, person_id = held

    def sends() -> None:
        with transaction():
            person = db.session.scalars(select(Person).where(Person.id == person_id)).one()
            evaluations.answer(institute_of(institute_id), person, ANSWERS, by="bo@example.org")

    ended = at_once(own_app, tenant_id, sends)

    assert ended == Counter(done=1, refused=BROWSERS - 1)
    assert kept(tenant_id, EvaluationAnswer) == 1


def test_without_the_databases_word_there_would_be_several(
    own_app: Flask, held: tuple[UUID, UUID, UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the look before the write is enough only where one writes at a time."""
    tenant_id, institute_id, person_id = held
    one_writes_at_a_time = db.engine.dialect.name == "sqlite"
    meeting = Meeting(1 if one_writes_at_a_time else BROWSERS)
    numbers = iter(range(900, 999))

    def careless(*_: object) -> tuple[int, str]:
        meeting.wait()
        return 0, f"CE-2026-{next(numbers)}"

    monkeypatch.setattr(issuing, "next_number", careless)
    with transaction():
        db.session.execute(text("DROP INDEX uq_certificate_one_valid"))

    at_once(own_app, tenant_id, lambda: asks(institute_id, person_id))

    assert kept(tenant_id, Certificate) == (1 if one_writes_at_a_time else BROWSERS)
