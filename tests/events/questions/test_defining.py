import pytest

from events.questions.domain import (
    QuestionRefused,
    QuestionRule,
    Scope,
    Use,
    check_change,
    check_order,
    check_question,
    check_unused,
    code_for,
)
from tests.events.questions.rules import question

pytestmark = pytest.mark.pure
HOTEL = question("hotel", "choice")


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Will you stay at the hotel?", "will_you_stay_at_the_hotel"),
        ("Stay at the hotel", "stay_at_the_hotel"),
        ("¿Llegará en avión?", "llegara_en_avion"),
        ("2 nights or 3?", "nights_or_3"),
        ("李小龍", "question"),
        ("T" * 90, "t" * 30),
        ("Hotel", "hotel_2"),
    ],
)
def test_a_column_is_named_after_its_question(label: str, code: str) -> None:
    assert code_for(label, taken={"hotel"}) == code


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (question("Hotel Room"), "code"),
        (question("x", label=" "), "label"),
        (question("x", label="?" * 301), "label"),
        (question("x", "choice", options=("One",)), "options"),
        (question("x", "choice", options=("Yes", "YES")), "options"),
        (question("x", "choice", options=("Yes", " ")), "options"),
        (question("x", options=("Yes", "No")), "options"),
        (question("x", scope=Scope.TEAM, sensitive=True), "sensitive"),
        (question("x", scope=Scope.TEAM, role_codes=("principal",)), "role_codes"),
        (question("x", shown_if_values=("Yes",)), "shown_if_code"),
        (question("x", shown_if_code="later", shown_if_values=("Yes",)), "shown_if_code"),
        (question("x", shown_if_code="day", shown_if_values=("Yes",)), "shown_if_code"),
        (question("x", shown_if_code="hotel"), "shown_if_values"),
        (question("x", shown_if_code="hotel", shown_if_values=("Maybe",)), "shown_if_values"),
        (question("x", shown_if_code="nights", shown_if_values=("two",)), "shown_if_values"),
        (
            question("x", scope=Scope.TEAM, shown_if_code="hotel", shown_if_values=("Yes",)),
            "shown_if_code",
        ),
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked_is_refused(rule: QuestionRule, field: str) -> None:
    before = [HOTEL, question("day", "date"), question("nights", "number")]

    with pytest.raises(QuestionRefused) as refused:
        check_question(rule, before)

    assert refused.value.field == field


def test_a_question_stays_after_the_one_it_waits_for() -> None:
    later = question("room", shown_if_code="hotel", shown_if_values=("Yes",))

    check_order([HOTEL, later])
    with pytest.raises(QuestionRefused, match="“Room\\?” depends on the answer to “Hotel\\?”"):
        check_order([later, HOTEL])
    with pytest.raises(QuestionRefused, match="“Room\\?” is asked only after this question"):
        check_unused(HOTEL, [later])


@pytest.mark.parametrize(
    ("after", "field"),
    [
        (question("hostel", "choice"), "code"),
        (question("hotel", "text"), "kind"),
        (question("hotel", "choice", scope=Scope.TEAM), "kind"),
        (question("hotel", "choice", options=("No", "Perhaps")), "options"),
    ],
    ids=str,
)
def test_a_change_never_loses_answers(after: QuestionRule, field: str) -> None:
    with pytest.raises(QuestionRefused) as refused:
        check_change(HOTEL, after, Use(answers=3, values=("Yes", "Yes", "Yes")))
    assert refused.value.field == field

    check_change(HOTEL, after, Use())


def test_what_nobody_chose_may_go_and_confidence_may_only_grow() -> None:
    used = Use(answers=1, values=(("Yes",),))
    told = question("needs", sensitive=True)

    check_change(HOTEL, question("hotel", "choice", options=("Yes", "Later")), used)
    check_change(question("needs"), told, used)
    with pytest.raises(QuestionRefused, match="in confidence"):
        check_change(told, question("needs"), used)
