"""People say how it was, once, and nobody can tell who said what."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from consortium.actions.models import ActionKey
from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.drafts.models import FormDraft
from consortium.errors import Conflict
from consortium.outbox.models import OutboxEmail
from consortium.people.models import Person
from events.credit.domain.evaluations import USUAL, Item
from events.credit.domain.rules import CreditRefused
from events.credit.models import EvaluationAnswer, EvaluationPart
from events.credit.service import evaluations
from events.institutes.models import Institute
from tests.browser import Browser
from tests.events.credit.stage import answered, seat, was_there
from tests.factories import make_institute, make_session
from tests.scenarios.registering import words

DAY = "2026-02-20"
OPEN = "/lakeshore/institutes/summer/evaluation/whole"
MANAGED = "/lakeshore/manage/institutes/summer/evaluation"


@pytest.fixture
def workshop(tenant: Any) -> Institute:
    institute = make_institute(days=[date(2026, 2, 20)])
    make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T11:45")
    make_session(institute, "close", f"{DAY}T11:45", f"{DAY}T12:00", kind="survey")
    return institute


def people_at(workshop: Institute, n: int) -> list[Person]:
    found = [seat(workshop, f"p{m}@example.org", "principal") for m in range(n)]
    for person in found:
        was_there(workshop, person, "08:50", "12:00", on=DAY)
    return found


def test_an_answer_is_kept_apart_from_who_gave_it(workshop: Institute, client: Browser) -> None:
    (ada,) = people_at(workshop, 1)
    client.sign_in(ada.email)

    sent = client.post(OPEN, data={"answer_1": "5", "answer_2": "2", "answer_3": "The talk."})

    assert sent.status_code == 302
    (answer,) = db.session.scalars(select(EvaluationAnswer))
    (part,) = db.session.scalars(select(EvaluationPart))
    assert answer.said == {"useful": 5, "well-run": 2, "worked": "The talk."}
    assert part.person_id == ada.id
    assert (answer.id.version, part.id.version) == (4, 4)  # no order of time in them
    columns = {column.name for column in EvaluationAnswer.__table__.columns}
    assert columns == {"id", "tenant_id", "evaluation_id", "said"}
    (act,) = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "answer_evaluation"))
    assert (act.before, act.after) == ({}, {})
    assert db.session.scalars(select(ActionKey)).all() == []
    assert db.session.scalars(select(FormDraft)).all() == []


def test_a_person_answers_once(workshop: Institute, client: Browser) -> None:
    (ada,) = people_at(workshop, 1)
    client.sign_in(ada.email)
    data = {"answer_1": "5", "answer_2": "2"}
    client.post(OPEN, data=data)

    again = client.post(OPEN, data={**data, "answer_1": "1"})

    assert "You have answered" in words(again)
    assert len(db.session.scalars(select(EvaluationAnswer)).all()) == 1
    with pytest.raises(CreditRefused, match="answered already"):
        answered(workshop, ada)


@pytest.mark.parametrize(
    ("data", "told"),
    [({}, "Answer “What I learned"), ({"answer_1": "6", "answer_2": "1"}, "Not a valid choice"),
     ({"answer_1": "1", "answer_2": "1", "answer_3": "x" * 2001}, "at most 2,000"),
     ({"answer_1": "1", "answer_2": "1", "answer_3": "a\x00b"}, "control characters")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_said_beside_the_question(
    workshop: Institute, client: Browser, data: dict[str, str], told: str
) -> None:
    (ada,) = people_at(workshop, 1)
    client.sign_in(ada.email)

    answer = client.post(OPEN, data=data)

    assert answer.status_code == 422
    assert told in words(answer)
    assert db.session.scalars(select(EvaluationPart)).all() == []


def test_it_opens_with_the_closing_survey_and_closes_when_the_host_says(
    workshop: Institute, client: Browser, frozen: Any
) -> None:
    (ada,) = people_at(workshop, 1)
    frozen(f"{DAY}T11:44:00-05:00")
    with pytest.raises(CreditRefused, match="when it is over"):
        answered(workshop, ada)
    frozen(f"{DAY}T11:45:00-05:00")
    change(workshop, closes_on=date(2026, 2, 21))
    frozen("2026-02-22T00:01:00-05:00")
    with pytest.raises(CreditRefused, match="time for answers is over"):
        answered(workshop, ada)
    frozen("2026-02-21T23:00:00-05:00")
    answered(workshop, ada)


def change(institute: Institute, *items: Item, version: int = 1, **values: Any) -> None:
    with transaction():
        evaluations.change_evaluation(
            institute,
            "whole",
            items or USUAL,
            **{"rates_sessions": False, "closes_on": None, **values},
            version=version,
            by="c@example.org",
        )


def test_a_question_that_people_answered_stays(workshop: Institute) -> None:
    (ada,) = people_at(workshop, 1)
    change(workshop, *USUAL, Item(code="more", words="More?"))
    with pytest.raises(Conflict):
        change(workshop)
    change(workshop, version=2)
    answered(workshop, ada)

    with pytest.raises(CreditRefused, match="take none out"):
        change(workshop, *USUAL[:1], version=3)
    change(workshop, *USUAL, Item(code="more", words="More?"), version=3)


def test_sessions_can_be_rated_too(workshop: Institute, client: Browser) -> None:
    people = people_at(workshop, 5)
    change(workshop, rates_sessions=True)
    for person in people:
        answered(workshop, person, **{"session:talk": 4})

    report = evaluations.report_of(evaluations.get_form(workshop))

    (rated,) = [one for one in report.results if one.item.code == "session:talk"]
    assert (rated.item.words, rated.mean) == ("Talk", 4.0)


def test_four_answers_are_shown_to_nobody_and_five_are(
    workshop: Institute, coordinator: Person, client: Browser
) -> None:
    people = people_at(workshop, 5)
    for person in people[:4]:
        answered(workshop, person, worked="I alone")
    client.sign_in(coordinator.email)

    four = client.get(f"{MANAGED}/whole/results")
    file = client.get(f"{MANAGED}/whole/results.xlsx")
    assert "Too few to show" in words(four)
    assert "I alone" not in four.text + _unzipped(file.data)
    answered(workshop, people[4], worked="All of us")

    five = words(client.get(f"{MANAGED}/whole/results"))
    table = client.get(f"{MANAGED}/whole/results.csv").text
    whole = _unzipped(client.get(f"{MANAGED}/whole/results.xlsx").data)
    assert "Mean 5.0 of 5" in five
    assert "100% gave 4 or 5" in five
    assert '"5","5.00","100"' in table
    assert whole.count("I alone") + whole.count("All of us") >= 2


def _unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return " ".join(book.read(name).decode() for name in book.namelist())


def test_reminders_go_to_those_who_were_there_and_have_not_answered(workshop: Institute) -> None:
    ada, bea = people_at(workshop, 2)
    seat(workshop, "absent@example.org", "principal")
    answered(workshop, ada)

    with transaction():
        assert evaluations.remind(workshop, by="c@example.org") == 1

    about = select(OutboxEmail).where(OutboxEmail.about.startswith("evaluation:"))
    assert [mail.to for mail in db.session.scalars(about)] == [bea.email]
    with pytest.raises(CreditRefused, match="reminded today"):
        evaluations.remind(workshop, by="c@example.org")
    answered(workshop, bea)
    db.session.expire_all()
    assert [mail.outcome for mail in db.session.scalars(about)] == ["superseded"]


def test_a_day_and_a_session_can_be_asked_about(workshop: Institute, client: Browser) -> None:
    (ada,) = people_at(workshop, 1)
    with transaction():
        evaluations.add_evaluation(workshop, "session:talk", by="c@example.org")
        with pytest.raises(CreditRefused, match="Choose a day or a session"):
            evaluations.add_evaluation(workshop, "session:nothing", by="c@example.org")
    client.sign_in(ada.email)

    page = client.get("/lakeshore/institutes/summer/evaluation/session:talk")

    assert "How was it? Talk" in words(page)
    keys = [part.key for part in evaluations.parts_to_ask_about(workshop)]
    assert keys == [f"day:{DAY}", "session:close"]
    assert client.get("/lakeshore/institutes/summer/evaluation/session:close").status_code == 404
