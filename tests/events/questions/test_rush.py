"""A coordinator changes a question at the moment in which people answer it."""

from collections import Counter
from collections.abc import Callable, Iterator
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from consortium.database import db, expect_writes, transaction
from consortium.errors import Refusal
from consortium.tenancy import as_tenant
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import Scope
from events.questions.models import Answer, Question
from events.questions.service import Holder, Said, answering
from tests.conftest import FakeMailer
from tests.consortium.applications import application
from tests.events.questions.builders import ask, change
from tests.factories import make_institute, make_tenant

pytestmark = pytest.mark.real_commits
EACH = 6


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def own_app(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("questions")
    with application(request.param, folder, mailer=FakeMailer()) as app:
        yield app


@pytest.fixture
def tenant_id(own_app: Flask) -> Iterator[UUID]:
    with own_app.app_context():
        yield make_tenant(f"rush-{uuid4().hex[:8]}").id
        db.session.remove()


def questions_asked(tenant_id: UUID) -> UUID:
    with as_tenant(tenant_id):
        institute = make_institute()
        for n in range(EACH):
            ask(institute, f"hotel_{n}", "choice")
        return institute.id


def institute_of(institute_id: UUID) -> Institute:
    return db.session.scalars(select(Institute).where(Institute.id == institute_id)).one()


def answers_yes(institute_id: UUID, code: str) -> None:
    holder = Holder(id=uuid4(), institute=institute_of(institute_id), scope=Scope.PERSON)
    with transaction():
        questions.keep_answers(holder, Said(values={code: "Yes"}), by="a@x.org", person_id=None)


def asks_differently(institute_id: UUID, code: str) -> None:
    change(institute_of(institute_id), code, options=("No", "Maybe"))


def at_once(app: Flask, tenant_id: UUID, acts: list[Callable[[], None]]) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    start = Barrier(len(acts))
    db.session.remove()  # a reader would hold SQLite's writers up

    def run(act: Callable[[], None]) -> None:
        with app.app_context(), as_tenant(tenant_id):
            expect_writes()  # as each form does that is sent
            start.wait()
            try:
                act()
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


def strays(tenant_id: UUID) -> int:
    """Return how many answers are none of their question's options."""
    with as_tenant(tenant_id):
        pairs = select(Answer, Question).join(Question, Question.id == Answer.question_id)
        rows = db.session.execute(pairs).all()
        return sum(answer.value not in question.options for answer, question in rows)


def test_nobodys_answer_falls_between_two_versions_of_a_question(
    own_app: Flask, tenant_id: UUID
) -> None:
    institute_id = questions_asked(tenant_id)
    acts: list[Callable[[], None]] = []
    for n in range(EACH):
        acts.append(lambda code=f"hotel_{n}": answers_yes(institute_id, code))
        acts.append(lambda code=f"hotel_{n}": asks_differently(institute_id, code))

    outcomes = at_once(own_app, tenant_id, acts)

    assert outcomes == {"done": EACH, "refused": EACH}
    assert strays(tenant_id) == 0


def test_without_the_second_look_answers_fall_between(
    own_app: Flask, tenant_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: what the form showed is believed."""
    institute_id = questions_asked(tenant_id)
    with as_tenant(tenant_id):
        shown = [one.rule for one in questions.questions_of(institute_id)]
        for n in range(EACH):
            asks_differently(institute_id, f"hotel_{n}")
    monkeypatch.setattr(answering, "live_rules", lambda *_: shown)

    acts = [lambda code=f"hotel_{n}": answers_yes(institute_id, code) for n in range(EACH)]
    at_once(own_app, tenant_id, acts)

    assert strays(tenant_id) == EACH
