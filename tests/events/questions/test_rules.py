from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.questions.domain import (
    AnswerKind,
    Answers,
    QuestionRule,
    Scope,
    Value,
    cell_of,
    check,
    kept,
    missing,
    value_in,
    visible,
)
from tests.events.questions.rules import question

pytestmark = pytest.mark.pure
HOTEL = question("hotel", "choice", required=True)
NIGHTS = question(
    "nights", "number", required=True, shown_if_code="hotel", shown_if_values=("yes",)
)
WHY = question("why", required=True, shown_if_code="nights", shown_if_values=("3", "4"))
CHAIN = (HOTEL, NIGHTS, WHY)


def codes(questions: tuple[QuestionRule, ...]) -> list[str]:
    return [one.code for one in questions]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({}, ["hotel"]),
        ({"hotel": "No", "nights": "3"}, ["hotel"]),
        ({"hotel": "Yes"}, ["hotel", "nights"]),
        ({"hotel": "Yes", "nights": "2"}, ["hotel", "nights"]),
        ({"hotel": "Yes", "nights": "3.0"}, ["hotel", "nights", "why"]),
    ],
)
def test_a_question_is_asked_after_the_answers_it_waits_for(
    answers: Answers, shown: list[str]
) -> None:
    assert codes(visible(CHAIN, answers)) == shown


def test_only_roles_that_are_meant_are_asked_and_what_depends_on_it_falls_with_it() -> None:
    first = question("caucus", "choices", role_codes=("union_leader",))
    then = question("topic", shown_if_code="caucus", shown_if_values=("Yes",))
    answers = {"caucus": ("No", "Yes")}

    assert codes(visible([first, then], answers, ("principal", "union_leader"))) == [
        "caucus",
        "topic",
    ]
    assert codes(visible([first, then], answers, ("principal",))) == []


def test_circles_and_later_questions_ask_nothing() -> None:
    one = question("one", shown_if_code="two", shown_if_values=("x",))
    two = question("two", shown_if_code="one", shown_if_values=("x",))

    assert visible([one, two], {"one": "x", "two": "x"}) == ()


def test_answers_to_what_is_not_asked_are_dropped() -> None:
    answers = {"hotel": "No", "nights": "3", "why": "far", "made_up": "x"}

    assert kept(CHAIN, answers) == {"hotel": "No"}
    assert kept(CHAIN, {**answers, "hotel": "Yes", "why": " "}) == {"hotel": "Yes", "nights": "3"}


def test_what_must_be_answered_is_asked_for_only_where_it_is_asked() -> None:
    assert codes(missing(CHAIN, {})) == ["hotel"]
    assert check(CHAIN, {"hotel": "Yes", "nights": "3"}) == {"why": "Write an answer."}
    assert check(CHAIN, {"hotel": "No"}) == {}


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("choice", "Maybe", "Choose one of the list."),
        ("choice", ("Yes", "No"), "Give one answer only."),
        ("choices", ("Yes", "Maybe"), "Choose from the list."),
        ("choices", ("Yes", "Yes"), "Choose from the list."),
        ("choices", ("Yes",), None),
        ("number", "-2.50", None),
        ("number", "+007", None),
        *(
            ("number", wrong, "Write a number with digits only, such as 40 or 2.5.")
            for wrong in ("1e3", "NaN", "Infinity", "1_000", "1,000", "١٢", "４", "0x1", "2.", ".5")
        ),
        ("date", "2028-02-29", None),
        *(
            ("date", wrong, "Write the day like 2027-06-21.")
            for wrong in ("2027-02-29", "06/21/2027", "20270621", "0001-01-01", "２027-06-21")
        ),
        ("text", "x" * 2000, None),
        ("text", "x" * 2001, "Use at most 2,000 characters."),
        ("text", "O'Brien <b>李小龍</b>", None),
    ],
)
def test_an_answer_must_be_what_was_asked_for(kind: str, value: Value, fault: str | None) -> None:
    found = check([question("it", kind)], {"it": value})

    assert found == ({"it": fault} if fault else {})


def test_answers_stay_ninety_days_in_confidence_thirty_or_as_the_host_says() -> None:
    last = date(2026, 6, 30)
    usual, told = question("a"), question("b", sensitive=True)
    own = question("c", keep_until=date(2026, 7, 4))

    assert [one.kept_to(last) for one in (usual, told, own)] == [
        date(2026, 9, 28),
        date(2026, 7, 30),
        date(2026, 7, 4),
    ]
    assert (usual.kept_to(None), own.is_over(None, date(2026, 7, 4))) == (None, False)
    assert own.is_over(last, date(2026, 7, 5))


TEXTS = st.text(max_size=6)
CODES = st.sampled_from("abcdef")
RULES = st.builds(
    question,
    CODES,
    st.sampled_from([kind.value for kind in AnswerKind]),
    required=st.booleans(),
    role_codes=st.sampled_from([(), ("principal",)]),
    scope=st.sampled_from(Scope),
    shown_if_code=st.none() | CODES,
    shown_if_values=st.tuples(st.sampled_from(["Yes", "1", "x"])),
)
ANSWERS = st.dictionaries(
    CODES, st.sampled_from(["Yes", "1.0", "x", "", "2027-06-21"]) | st.just(("Yes",)) | TEXTS
)


@given(st.lists(RULES, unique_by=lambda rule: rule.code), ANSWERS)
def test_what_is_kept_is_kept_again_and_asks_for_no_more(
    rules: list[QuestionRule], answers: Answers
) -> None:
    """Dropping what is not asked changes nothing of what is asked."""
    clean = kept(rules, answers)

    assert kept(rules, clean) == clean
    assert visible(rules, clean) == visible(rules, answers)
    assert check(rules, clean) == check(rules, answers)


@given(st.lists(RULES, unique_by=lambda rule: rule.code), ANSWERS)
def test_only_questions_that_are_asked_have_faults(
    rules: list[QuestionRule], answers: Answers
) -> None:
    assert check(rules, answers).keys() <= {rule.code for rule in visible(rules, answers)}


@given(st.lists(st.text(min_size=1).filter(lambda text: text == text.strip()), min_size=1))
def test_options_come_back_from_a_cell_as_they_went_in(options: list[str]) -> None:
    assert value_in(cell_of(tuple(options)), AnswerKind.CHOICES) == tuple(options)


@given(st.text())
def test_any_cell_can_be_read(cell: str) -> None:
    for kind in AnswerKind:
        value_in(cell, kind)
