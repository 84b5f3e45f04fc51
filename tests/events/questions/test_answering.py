from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import NotFound
from consortium.files import service as files
from consortium.files.domain import clean_file
from consortium.files.models import StoredFile
from consortium.people.models import Person
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import AnswersRefused
from events.questions.jobs import forget_old_answers, sweep_files
from events.questions.models import Answer
from events.questions.service import Said
from events.registration.models import Seat, Team
from tests.consortium.files.samples import PDF
from tests.events.questions.builders import (
    CASEY,
    answer,
    ask,
    ask_team,
    seat_holder,
    team_holder,
)
from tests.factories import make_institute, make_lea, make_team, soon
from tests.queries import counting_queries
from tests.storage import MemoryStorage


@pytest.fixture
def institute(coordinator: Person) -> Institute:
    return make_institute(days=[date(2026, 5, 1), date(2026, 5, 2)])


@pytest.fixture
def team(institute: Institute) -> Team:
    members = {"ada@example.org": "superintendent", "bo@example.org": "principal"}
    return make_team(institute, make_lea("3400001", "Oak Park"), members)


@pytest.fixture
def ada(team: Team) -> Seat:
    return team.seats[0]


@pytest.fixture
def storage(app: Flask) -> MemoryStorage:
    kept: MemoryStorage = app.extensions["ports"].storage
    kept.files.clear()
    return kept


def handed_in(storage: MemoryStorage, code: str, name: str = "vote.pdf") -> Said:
    return Said(files={code: files.put(storage, clean_file(name, PDF))})


def stored() -> dict[str, Any]:
    return {answer.of_id: answer.value for answer in db.session.scalars(select(Answer))}


def test_answers_are_kept_changed_and_dropped_when_they_are_asked_no_more(
    institute: Institute, ada: Seat
) -> None:
    ask(institute, "hotel", "choice", required=True)
    ask(institute, "nights", "number", shown_if_code="hotel", shown_if_values=("Yes",))
    holder = seat_holder(institute, ada)

    assert answer(holder, hotel="Yes", nights="2") == ("hotel", "nights")
    assert answer(holder, hotel="Yes", nights="2") == ()
    assert questions.asked_of(holder).answers == {"hotel": "Yes", "nights": "2"}
    assert answer(holder, hotel="No", nights="2") == ("hotel", "nights")
    assert questions.asked_of(holder).answers == {"hotel": "No"}


def test_what_must_be_answered_is_checked_once_more(institute: Institute, ada: Seat) -> None:
    ask(institute, "hotel", "choice", required=True)

    with pytest.raises(AnswersRefused) as refused:
        answer(seat_holder(institute, ada))
    assert (refused.value.message, refused.value.field) == ("Choose one answer.", "q_hotel")
    with pytest.raises(AnswersRefused, match="Choose one of the list"):
        answer(seat_holder(institute, ada), hotel="Perhaps")
    assert stored() == {}


def test_each_is_asked_what_concerns_them(institute: Institute, team: Team) -> None:
    ask(institute, "caucus", role_codes=("principal",))
    ask_team(institute, "vote")
    holders = [*(seat_holder(institute, seat) for seat in team.seats), team_holder(institute, team)]

    asked = [[rule.code for rule in questions.asked_of(holder).questions] for holder in holders]

    assert asked == [[], ["caucus"], ["vote"]]


def test_a_file_is_kept_replaced_and_taken_back(
    institute: Institute, ada: Seat, storage: MemoryStorage
) -> None:
    ask(institute, "cv", "file")
    holder = seat_holder(institute, ada)

    assert answer(holder, handed_in(storage, "cv")) == ("cv",)
    assert answer(holder) == ()
    first = questions.get_answered_file(ada.id, "cv", in_confidence=False)
    assert answer(holder, handed_in(storage, "cv", "new.pdf")) == ("cv",)
    second = questions.get_answered_file(ada.id, "cv", in_confidence=False)

    assert (first.id != second.id, second.filename) == (True, "new.pdf")
    assert questions.asked_of(holder).files == {"cv"}
    assert answer(holder, Said(removed={"cv"})) == ("cv",)
    assert db.session.scalar(select(func.count(StoredFile.id))) == 0
    with pytest.raises(NotFound):
        questions.get_answered_file(ada.id, "cv", in_confidence=False)


def test_what_is_in_confidence_is_there_only_for_few(
    institute: Institute, ada: Seat, storage: MemoryStorage
) -> None:
    ask(institute, "note", "file", sensitive=True)
    ask(institute, "needs", sensitive=True)
    ask(institute, "hotel")
    holder = seat_holder(institute, ada)
    answer(
        holder,
        Said(values={"needs": "x", "hotel": "y"}, files=handed_in(storage, "note").files),
    )

    with pytest.raises(NotFound, match="There is no such file"):
        questions.get_answered_file(ada.id, "note", in_confidence=False)
    assert questions.get_answered_file(ada.id, "note", in_confidence=True).filename == "vote.pdf"
    assert dict(questions.answers_of(institute.id).rows) == {ada.id: {"hotel": "y"}}
    assert questions.answers_of(institute.id, in_confidence=True).rows[ada.id].keys() == {
        "note",
        "needs",
        "hotel",
    }


def test_the_table_has_every_answer_of_the_institute_and_of_no_other(
    institute: Institute, team: Team, ada: Seat
) -> None:
    ask(institute, "topics", "choices")
    ask_team(institute, "vote", "date")
    answer(seat_holder(institute, ada), topics=("Yes", "No"))
    answer(team_holder(institute, team), vote="2026-03-01")
    fall = make_institute("fall")
    ask(fall, "topics")
    db.session.refresh(institute)

    with counting_queries() as count:
        table = questions.answers_of(institute.id)

    assert [column.code for column in table.columns] == ["topics", "vote"]
    assert table.value(ada.id, "topics") == ("Yes", "No")
    assert (table.value(team.id, "vote"), table.value(team.id, "topics")) == ("2026-03-01", "")
    assert len(count) == 2


def test_who_owes_an_answer_is_known_for_all_at_once(institute: Institute, team: Team) -> None:
    holders = [*(seat_holder(institute, seat) for seat in team.seats), team_holder(institute, team)]
    ask(institute, "hotel", required=True)
    ask(institute, "caucus", required=True, role_codes=("principal",))
    ask_team(institute, "vote", required=True)
    answer(holders[0], hotel="Yes")
    db.session.refresh(institute, ["id", "time_zone", "days"])

    with counting_queries() as count:
        owed = questions.missing_of(institute, holders)

    assert {of: [rule.code for rule in rules] for of, rules in owed.items()} == {
        team.seats[1].id: ["hotel", "caucus"],
        team.id: ["vote"],
    }
    assert len(count) == 2


def test_answers_and_their_files_go_when_their_day_has_come(
    app: Flask, institute: Institute, ada: Seat, storage: MemoryStorage, frozen: Any
) -> None:
    ask(institute, "hotel", required=True)
    ask(institute, "needs", sensitive=True)
    ask(institute, "cv", "file", keep_until=date(2026, 5, 10))
    said = Said(values={"hotel": "Yes", "needs": "quiet"}, files=handed_in(storage, "cv").files)
    holder = seat_holder(institute, ada)
    answer(holder, said)
    left: list[tuple[str, int, list[str]]] = []

    for day in ("2026-05-10", "2026-05-11", "2026-06-01", "2026-06-02", "2026-07-31", "2026-08-01"):
        frozen(f"{day}T12:00-04:00")
        gone = forget_old_answers(app)
        assert forget_old_answers(app) == 0
        left.append((day[5:], gone, sorted(questions.asked_of(holder).answers)))
    frozen("2026-08-01T14:00-04:00")

    assert left == [
        ("05-10", 0, ["cv", "hotel", "needs"]),
        ("05-11", 1, ["hotel", "needs"]),
        ("06-01", 0, ["hotel", "needs"]),
        ("06-02", 1, ["hotel"]),
        ("07-31", 0, ["hotel"]),
        ("08-01", 1, []),
    ]
    assert (sweep_files(app), storage.files) == (1, {})
    # What is over is asked no more, so nobody is kept from saving the rest of the page.
    assert (questions.asked_of(holder).questions, answer(holder)) == ((), ())
    forgotten = select(AuditEntry).where(AuditEntry.act == "forget_answers")
    assert [entry.after for entry in db.session.scalars(forgotten.order_by(AuditEntry.at))] == [
        {"questions": ["cv"], "answers": 1, "files": 1},
        {"questions": ["needs"], "answers": 1, "files": 0},
        {"questions": ["hotel"], "answers": 1, "files": 0},
    ]


def test_what_waits_for_an_answer_that_is_deleted_is_neither_asked_nor_lost(
    app: Flask, institute: Institute, ada: Seat, frozen: Any
) -> None:
    ask(institute, "hotel", "choice", keep_until=date(2026, 5, 10))
    ask(institute, "nights", required=True, shown_if_code="hotel", shown_if_values=("Yes",))
    ask(institute, "why", shown_if_code="nights", shown_if_values=("2",))
    ask(institute, "food")
    holder = seat_holder(institute, ada)
    answer(holder, hotel="Yes", nights="2", why="far", food="any")

    frozen("2026-05-11T12:00-04:00")
    assert forget_old_answers(app) == 1

    assert [rule.code for rule in questions.asked_of(holder).questions] == ["food"]
    assert answer(holder, food="none") == ("food",)
    assert sorted(db.session.scalars(select(Answer.value))) == ["2", "far", "none"]


def test_answers_stay_while_a_day_is_still_to_be_set(
    app: Flask, institute: Institute, ada: Seat, frozen: Any
) -> None:
    ask(institute, "hotel")
    answer(seat_holder(institute, ada), hotel="Yes")
    institute.days = []
    db.session.commit()
    frozen((soon() + timedelta(days=4000)).isoformat())

    assert forget_old_answers(app) == 0


def test_who_takes_a_seat_over_starts_empty(institute: Institute, team: Team) -> None:
    ask(institute, "hotel")
    old, new = team.seats
    answer(seat_holder(institute, old), hotel="Yes")

    assert questions.asked_of(seat_holder(institute, new)).answers == {}


def test_an_answer_meets_a_question_that_changed_meanwhile(institute: Institute, ada: Seat) -> None:
    ask(institute, "hotel", "choice")
    with transaction():
        questions.stop_asking(institute, "hotel", by=CASEY)

    assert answer(seat_holder(institute, ada), hotel="Yes") == ()
