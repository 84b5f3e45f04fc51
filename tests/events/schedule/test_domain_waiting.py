"""Who gets a free place, who is passed over, and what one cannot wait for."""

from uuid import uuid4

import pytest

from events.schedule.domain import (
    Attendee,
    ChoiceRefused,
    PassedOver,
    PlannedSession,
    Promoted,
    SameContentTwice,
    TakenOut,
    Wait,
    agenda_of,
    check_choice,
    check_wait,
    given_up_for,
    judge_waiter,
)
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure

ANA = Attendee(seat_id=uuid4(), role_codes=("teacher",), sides=frozenset({"labor"}))


def option(code: str, starts: str = "2026-05-01T10:00", **values: object) -> PlannedSession:
    return planned(code, starts, **{"choice_group": "A", "capacity": 1, "taken": 1, **values})


def test_who_holds_nothing_of_the_round_simply_gets_the_place() -> None:
    assert judge_waiter(option("a1"), ANA, []) == Promoted()


def test_who_holds_all_the_round_allows_moves() -> None:
    held = option("a2")

    assert judge_waiter(option("a1"), ANA, [held]) == Promoted(leaving=held)


def test_of_two_that_are_held_the_named_one_is_given_up_else_the_last() -> None:
    first, last = option("a2", pick=2), option("a3", "2026-05-01T14:00", pick=2)
    wanted = option("a1", "2026-05-02T10:00", pick=2)

    assert given_up_for(wanted, [last, first], first.id) == first
    assert given_up_for(wanted, [last, first]) == last
    assert given_up_for(wanted, [last, first], uuid4()) == last
    assert given_up_for(wanted, [first]) is None


def test_who_chose_something_else_at_that_time_is_passed_over() -> None:
    elsewhere = option("b1", "2026-05-01T10:30", choice_group="B")

    assert judge_waiter(option("a1"), ANA, [elsewhere]) == PassedOver(because=elsewhere)


def test_nobody_leaves_a_session_that_has_begun() -> None:
    held = option("a2")

    verdict = judge_waiter(option("a1"), ANA, [held], begun={held.id})

    assert verdict == PassedOver(because=held)


def test_who_is_not_meant_any_more_is_taken_out_and_told_why() -> None:
    verdict = judge_waiter(
        option("a1", audience_roles=("principal",)),
        ANA,
        [],
        role_labels={"principal": "Principal", "teacher": "Teacher"},
    )

    assert verdict == TakenOut(
        why="“A1” is for: Principal. You are registered as: Teacher.",
    )


def test_a_wait_ends_in_silence_when_the_session_begins_or_is_held_already() -> None:
    wanted = option("a1")

    assert judge_waiter(wanted, ANA, [], begun={wanted.id}) == TakenOut()
    assert judge_waiter(wanted, ANA, [wanted]) == TakenOut()
    assert judge_waiter(option("a1", cancelled=True), ANA, []) == TakenOut()
    assert judge_waiter(option("a1", choice_group=""), ANA, []) == TakenOut()


def test_one_waits_only_for_what_is_full_and_at_a_time_of_ones_own() -> None:
    elsewhere = option("b1", "2026-05-01T10:30", choice_group="B")

    with pytest.raises(ChoiceRefused, match="There is a place in “A1” now"):
        check_wait(option("a1", taken=0), [])
    with pytest.raises(ChoiceRefused, match="was cancelled"):
        check_wait(option("a1", cancelled=True), [])
    with pytest.raises(ChoiceRefused, match="Drop that one first"):
        check_wait(option("a1"), [elsewhere])
    check_wait(option("a1"), [option("a2")])


def test_the_same_content_twice_is_taken_only_by_who_says_so() -> None:
    """Denver told twelve stories twice: one person hears two, not one of them twice."""
    heard = option("story-1", same_content="story 1")
    again = option(
        "story-1-again", "2026-05-01T14:00", choice_group="B", same_content="story 1", taken=0
    )

    with pytest.raises(SameContentTwice) as refusal:
        check_choice(again, [heard])
    assert (refusal.value.wanted, refusal.value.heard) == (again, heard)
    check_choice(again, [heard], twice=True)
    with pytest.raises(SameContentTwice):
        check_wait(
            option("x", "2026-05-02T10:00", choice_group="C", same_content="story 1"), [heard]
        )
    other = option("b2", "2026-05-01T14:00", choice_group="B")
    with pytest.raises(SameContentTwice):
        check_choice(again, [heard, other], giving_up=other)


def test_an_agenda_says_what_one_waits_for_and_moves_from() -> None:
    held, full = option("a1", taken=0), option("a2")
    elsewhere = option("b1", "2026-05-01T10:30", choice_group="B", taken=0)

    own = agenda_of([held, full, elsewhere], {held.id}, ANA, waiting={full.id: Wait(rank=2)})

    waited = own.choices[0].waited_for
    assert [(one.session, one.wait, one.moves_from) for one in waited] == [
        (full, Wait(rank=2), held)
    ]
    assert own.choices[1].options[0].beside == held
