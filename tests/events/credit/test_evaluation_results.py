"""What answers come to, without saying whose they are; and how long records are kept."""

from datetime import UTC, date, datetime

import pytest

from events.credit.domain.evaluations import (
    USUAL,
    Item,
    Kind,
    check_answers,
    check_items,
    is_closed,
    opens_at,
    read_items,
    results,
    written_items,
)
from events.credit.domain.keeping import full_years_after, keeping_of
from events.credit.domain.presets import preset
from events.credit.domain.rules import CreditPlan, CreditRefused
from events.credit.domain.stored import read_plan

pytestmark = pytest.mark.pure

PICK = Item(code="pick", words="Which day?", kind=Kind.CHOICE, options=("First", "Second"))


def test_a_scale_is_summed_up() -> None:
    (useful, *_) = results(USUAL, [{"useful": mark} for mark in (5, 5, 4, 3, 1)])

    assert (useful.n, useful.mean, useful.high_percent) == (5, 3.6, 60)
    assert [(bar.label, bar.n, bar.percent) for bar in useful.bars] == [
        ("1", 1, 20), ("2", 0, 0), ("3", 1, 20), ("4", 1, 20), ("5", 2, 40),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", list(Kind))
def test_of_four_people_nothing_is_shown(kind: Kind) -> None:
    item = Item(code="q", words="?", kind=kind, options=("a", "b"))
    value = {Kind.SCALE: 5, Kind.CHOICE: "a", Kind.TEXT: "I alone know"}[kind]

    (four,) = results([item], [{"q": value}] * 4 + [{}] * 6)
    (five,) = results([item], [{"q": value}] * 5)

    assert (four.shown, four.mean, four.bars, four.texts) == (False, None, (), ())
    assert five.shown
    assert bool(five.bars) is (kind is not Kind.TEXT)


def test_texts_stand_in_no_order_of_arrival() -> None:
    words = ["Zeal", "apples", "Music", "breaks", "Teams"]

    (result,) = results([USUAL[2]], [{"worked": text} for text in words])

    assert result.texts == ("apples", "breaks", "Music", "Teams", "Zeal")


def test_questions_are_read_as_they_were_written() -> None:
    assert read_items(written_items([*USUAL, PICK])) == (*USUAL, PICK)


@pytest.mark.parametrize(
    "items", [[], [Item(code="a", words="?", kind=Kind.CHOICE, options=("x", "x"))], [PICK] * 31]
)
def test_questions_nobody_could_answer_are_refused(items: list[Item]) -> None:
    with pytest.raises(CreditRefused):
        check_items(items)


@pytest.mark.parametrize(
    "said", [{}, {"useful": 6, "well-run": 3}, {"useful": 0, "well-run": 3},
             {"useful": 3, "well-run": 3, "pick": "Third"},
             {"useful": 3, "well-run": 3, "worked": "x" * 2001}],
)  # fmt: skip
def test_answers_are_checked(said: dict[str, object]) -> None:
    with pytest.raises(CreditRefused):
        check_answers([*USUAL, PICK], said)


def test_what_was_not_asked_is_not_kept() -> None:
    kept = check_answers(USUAL, {"useful": 5, "well-run": 4, "worked": "", "other": "x"})

    assert kept == {"useful": 5, "well-run": 4}


def moment(hour: int, minute: int = 0) -> datetime:
    return datetime(2019, 11, 15, hour, minute, tzinfo=UTC)


def test_people_may_answer_from_the_closing_survey_or_the_end() -> None:
    programme = [("plenary", moment(9), moment(11, 45))]
    survey = ("survey", moment(11, 45), moment(12))

    assert opens_at([*programme, survey], None) == moment(11, 45)
    assert opens_at(programme, moment(23)) == moment(11, 45)
    assert opens_at([], moment(23)) == moment(23)
    assert is_closed(date(2019, 12, 1), date(2019, 12, 2))
    assert not is_closed(date(2019, 12, 1), date(2019, 12, 1))


@pytest.mark.parametrize(
    ("day", "years", "later"),
    [(date(2019, 11, 15), 6, date(2025, 11, 15)), (date(2020, 2, 29), 6, date(2026, 3, 1)),
     (date(2020, 2, 29), 4, date(2024, 2, 29))],
)  # fmt: skip
def test_full_years(day: date, years: int, later: date) -> None:
    assert full_years_after(day, years) == later


def test_records_are_kept_for_the_longest_rule_also_one_that_was_made_shorter() -> None:
    plan = CreditPlan(rules=(preset("njsba").rule, preset("illinois").rule))
    day = date(2019, 11, 15)

    now = keeping_of(plan, day, issued_years=(), held="")
    issued = keeping_of(CreditPlan(), day, issued_years=((6, "Hours"),), held="")

    assert (now.years, now.because) == (6, "ISBE professional development hours")
    assert (issued.earliest, issued.because) == (date(2025, 11, 15), "Hours")
    assert keeping_of(read_plan(None).plan, day, issued_years=(), held="").years == 4


def test_a_hold_beats_every_year() -> None:
    kept = keeping_of(CreditPlan(), date(2000, 1, 1), issued_years=(), held="A court asked for it")

    assert not kept.is_over(date(2099, 1, 1))
    assert kept.refusal(date(2099, 1, 1)).message == (
        "They are held: A court asked for it. Lift the hold first."
    )
