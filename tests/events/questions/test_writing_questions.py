import pytest
from sqlalchemy import select

from consortium.audit.models import AuditEntry
from consortium.database import db, transaction
from consortium.errors import Conflict, NotFound
from consortium.people.models import Person
from events.institutes.models import Institute
from events.questions import service as questions
from events.questions.domain import AnswerKind, QuestionRefused
from tests.events.questions.builders import CASEY, answer, ask, ask_team, change, seat_holder
from tests.events.questions.rules import question
from tests.factories import make_institute, make_lea, make_team


@pytest.fixture
def institute(coordinator: Person) -> Institute:
    return make_institute()


def codes(institute: Institute, *, retired: bool = False) -> list[str]:
    return [one.code for one in questions.questions_of(institute.id, retired=retired)]


def acts() -> list[tuple[str, dict[str, object], dict[str, object]]]:
    found = db.session.scalars(select(AuditEntry).order_by(AuditEntry.at, AuditEntry.id)).all()
    return [(entry.act, entry.before, entry.after) for entry in found]


def someone_answers(institute: Institute, **values: str) -> None:
    (seat,) = make_team(institute, make_lea("3400001", "Oak Park")).seats
    answer(seat_holder(institute, seat), **values)


def test_a_question_gets_a_column_and_stands_last(institute: Institute) -> None:
    ask(institute, "hotel")
    with transaction():
        rule = question("", "number", label="Hotel")
        added = questions.add_question(institute, rule, by=CASEY)

    assert (added.code, codes(institute)) == ("hotel_2", ["hotel", "hotel_2"])
    assert acts()[-1] == (
        "add_question",
        {},
        {"code": "hotel_2", "label": "Hotel", "scope": "person", "kind": "number"},
    )


def test_a_column_stands_for_one_question_also_for_one_that_was_taken_out(
    institute: Institute,
) -> None:
    ask(institute, "hotel")
    someone_answers(institute, hotel="Yes")
    with transaction():
        questions.stop_asking(institute, "hotel", by=CASEY)

    with pytest.raises(QuestionRefused, match="column “hotel” already"):
        ask(institute, "hotel")


def test_a_change_is_written_down_with_what_differs(institute: Institute) -> None:
    ask(institute, "hotel")
    changed = change(institute, "hotel", label="Which hotel?", required=True)

    assert (changed.label, changed.required, changed.version) == ("Which hotel?", True, 2)
    assert acts()[-1] == (
        "change_question",
        {"code": "hotel", "label": "Hotel?", "required": None},
        {"code": "hotel", "label": "Which hotel?", "required": True},
    )


def test_a_new_column_takes_those_along_that_depend_on_it(institute: Institute) -> None:
    ask(institute, "hotel", "choice")
    ask(institute, "nights", "number", shown_if_code="hotel", shown_if_values=("Yes",))
    change(institute, "hotel", code="stay")

    assert questions.get_question(institute.id, "nights").shown_if_code == "stay"


def test_two_coordinators_at_once_lose_nothing(institute: Institute) -> None:
    ask(institute, "hotel")
    change(institute, "hotel", label="Mine")

    with pytest.raises(Conflict) as conflict:
        change(institute, "hotel", label="Yours", kind=AnswerKind.DATE, sensitive=True, version=1)

    assert conflict.value.versions == (
        ("Question", "Mine", "Yours"),
        ("What is the answer?", "A text", "A date"),
        ("In confidence", "no", "yes"),
    )
    assert questions.get_question(institute.id, "hotel").label == "Mine"


def test_answers_hold_the_kind_and_what_was_chosen(institute: Institute) -> None:
    ask(institute, "hotel", "choice")
    someone_answers(institute, hotel="Yes")

    for values in ({"options": ("No", "Maybe")}, {"kind": "text", "options": ()}, {"code": "x"}):
        with pytest.raises(QuestionRefused):
            change(institute, "hotel", **values)
        db.session.rollback()
    assert change(institute, "hotel", options=("Yes", "Later")).options == ["Yes", "Later"]


def test_a_change_that_leaves_another_question_without_an_occasion_is_refused(
    institute: Institute,
) -> None:
    ask(institute, "hotel", "choice")
    ask(institute, "nights", shown_if_code="hotel", shown_if_values=("Yes",))

    with pytest.raises(QuestionRefused, match="“Nights\\?” is asked only after certain answers"):
        change(institute, "hotel", options=("No", "Maybe"))


def test_questions_move_among_those_of_the_same_people(institute: Institute) -> None:
    ask(institute, "one")
    ask_team(institute, "aside")
    ask(institute, "two", shown_if_code="one", shown_if_values=("x",))
    ask(institute, "three")

    with transaction():
        questions.move_question(institute, "three", earlier=True, by=CASEY)
        questions.move_question(institute, "aside", earlier=True, by=CASEY)
    assert codes(institute) == ["one", "aside", "three", "two"]
    assert [act for act, *_ in acts()].count("move_question") == 1
    with transaction():
        questions.move_question(institute, "three", earlier=True, by=CASEY)
    with pytest.raises(QuestionRefused, match="so it stays after it"), transaction():
        questions.move_question(institute, "one", earlier=False, by=CASEY)
    assert codes(institute) == ["three", "aside", "one", "two"]


def test_what_nobody_answered_goes_and_the_rest_waits_for_its_day(institute: Institute) -> None:
    ask(institute, "hotel", "choice")
    ask(institute, "nights", shown_if_code="hotel", shown_if_values=("Yes",))
    someone_answers(institute, hotel="Yes")

    with pytest.raises(QuestionRefused, match="“Nights\\?” is asked only after this question"):
        questions.stop_asking(institute, "hotel", by=CASEY)
    with transaction():
        kept = [questions.stop_asking(institute, one, by=CASEY) for one in ("nights", "hotel")]
    assert kept == [False, True]
    assert (codes(institute), codes(institute, retired=True)) == ([], ["hotel"])
    with transaction():
        assert questions.stop_asking(institute, "hotel", by=CASEY)
    assert [act for act, _, _ in acts()].count("stop_asking") == 2

    with transaction():
        questions.ask_again(institute, "hotel", by=CASEY)
    assert codes(institute) == ["hotel"]
    with pytest.raises(NotFound):
        questions.get_question(institute.id, "nights")


def test_another_institutes_question_is_not_here(institute: Institute) -> None:
    ask(make_institute("fall"), "hotel")

    with pytest.raises(NotFound, match="This institute has no such question"):
        questions.get_question(institute.id, "hotel")
