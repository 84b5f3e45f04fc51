from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from events.schedule.domain import (
    Attendee,
    ChoiceRefused,
    PlannedSession,
    SwapOffered,
    agenda_of,
    audience_in_words,
    audience_refusal,
    check_choice,
)
from tests.events.schedule.sessions import planned

pytestmark = pytest.mark.pure

LABELS = {"board_member": "School board member", "teacher": "Teacher", "principal": "Principal"}


def attendee(*roles: str, flags: frozenset[str] = frozenset(), cohort: str = "") -> Attendee:
    return Attendee(seat_id=uuid4(), role_codes=roles or ("teacher",), flags=flags, cohort=cohort)


def refused(session: PlannedSession, who: Attendee, day: str = "") -> tuple[str, str] | None:
    refusal = audience_refusal(session, who, role_labels=LABELS, day_label=day)
    return refusal and (refusal.reason, refusal.message)


def test_a_session_for_everyone_is_for_every_role() -> None:
    assert refused(planned(), attendee("teacher")) is None


def test_a_role_alike_session_names_its_roles_the_day_and_what_the_attendee_is() -> None:
    session = planned(audience_roles=("principal", "board_member"))

    assert refused(session, attendee("board_member")) is None
    assert refused(session, attendee("teacher", "principal")) is None
    assert refused(session, attendee("teacher")) == (
        "audience_roles",
        "“Key” is for: Principal or School board member. You are registered as: Teacher.",
    )
    assert refused(session, attendee("teacher"), "PAL, ABC sites only") == (
        "audience_roles",
        (
            "“Key” (PAL, ABC sites only) is for: Principal or School board member. "
            "You are registered as: Teacher."
        ),
    )


def test_one_fitting_flag_is_enough() -> None:
    session = planned(audience_flags=("new_district", "new_member"))

    assert refused(session, attendee(flags=frozenset({"new_member"}))) is None
    assert refused(session, attendee()) == (
        "audience_flags",
        (
            "“Key” is for districts that are new to this consortium or people who are new to "
            "their team."
        ),
    )


@pytest.mark.parametrize("cohort", ["", "both", "all", "cohort_1"])
def test_a_meeting_of_ones_own_group_or_of_all_groups_is_for_one(cohort: str) -> None:
    assert refused(planned(cohort=cohort), attendee(cohort="cohort_1")) is None


def test_a_meeting_of_another_group_is_not_for_one() -> None:
    assert refused(planned(cohort="cohort_2"), attendee(cohort="cohort_1")) == (
        "cohort",
        "“Key” is for cohort 2. Your team is in cohort 1.",
    )


def test_a_session_of_one_side_is_for_who_sits_there() -> None:
    session = planned(audience_sides=("labor", "governance"))
    labor, management = (
        replace(attendee(role), sides=frozenset({side}))
        for role, side in (("teacher", "labor"), ("principal", "management"))
    )

    assert refused(session, labor) is None
    assert refused(session, management) == (
        "audience_sides",
        "“Key” is for: Labor or Governance (board). You are registered as: Principal.",
    )


def test_a_session_of_a_strand_or_a_counted_day_is_for_who_chose_it_first() -> None:
    ana = replace(
        attendee(), days_off={date(2026, 5, 1): "Welcome day"}, strands_off={"math": "Mathematics"}
    )

    assert refused(planned(strand="math"), ana) == (
        "strand",
        "“Key” belongs to the strand “Mathematics”. Choose that strand in your registration first.",
    )
    assert refused(planned(), ana) == (
        "optional_day",
        "“Key” is on an optional day (Welcome day). Choose that day in your registration first.",
    )
    assert refused(planned(strand="reading"), attendee()) is None
    assert refused(planned("key", "2026-05-02T09:00"), ana) is None
    assert refused(planned(meeting=True), ana) is None


def test_the_audience_is_said_in_words() -> None:
    assert audience_in_words(planned(), role_labels=LABELS) == ""
    assert (
        audience_in_words(
            planned(audience_roles=("teacher",), audience_flags=("new_member",), cohort="cohort_1"),
            role_labels=LABELS,
        )
        == "Teacher, people who are new to their team, cohort 1"
    )


def test_an_agenda_holds_what_is_for_one_and_what_one_chose() -> None:
    later = planned("later", "2026-05-02T09:00")
    mine = planned("mine", "2026-05-01T10:00", audience_roles=("teacher",))
    theirs = planned("theirs", "2026-05-01T10:00", audience_roles=("principal",))
    first, second = (
        planned(code, "2026-05-01T14:00", choice_group="A", pick=1) for code in ("a1", "a2")
    )
    undated = planned("undated", "")

    own = agenda_of([undated, later, mine, theirs, first, second], {second.id}, attendee())

    assert [(entry.session.code, entry.chosen) for entry in own.entries] == [
        ("mine", False),
        ("a2", True),
        ("later", False),
        ("undated", False),
    ]
    assert [choice.held for choice in own.choices] == [(second,)]
    assert own.open_choices == ()


def test_a_round_is_open_until_enough_is_chosen() -> None:
    options = [planned(f"a{n}", choice_group="A", pick=2) for n in range(3)]

    for chosen, left in ((0, 2), (1, 1), (2, 0)):
        own = agenda_of(options, {option.id for option in options[:chosen]}, attendee())
        assert own.choices[0].still_to_pick == left


def test_a_cancelled_choice_stays_on_the_agenda_and_the_round_is_open_again() -> None:
    gone = planned("a1", choice_group="A", cancelled=True)
    other = planned("a2", choice_group="A")

    own = agenda_of([gone, other], {gone.id}, attendee())

    assert [entry.session for entry in own.entries] == [gone]
    assert [(choice.still_to_pick, len(choice.options)) for choice in own.choices] == [(1, 1)]


def test_sessions_at_the_same_time_are_marked_on_both() -> None:
    one, other = planned("one"), planned("other", "2026-05-01T09:30")
    after = planned("after", "2026-05-01T10:30")

    own = agenda_of([one, other, after], frozenset(), attendee())

    assert [entry.beside for entry in own.entries] == [("Other",), ("One",), ()]


def test_a_repeat_of_what_one_has_is_pointed_out() -> None:
    first = planned("a1", choice_group="A", same_content="topic-1")
    repeat = planned("b1", "2026-05-01T14:00", choice_group="B", same_content="topic-1")
    fresh = planned("b2", "2026-05-01T14:00", choice_group="B", same_content="topic-2")

    own = agenda_of([first, repeat, fresh], {first.id}, attendee())

    assert [option.repeats for option in own.choices[1].options] == [first, None]


def test_a_second_session_of_a_round_offers_a_swap() -> None:
    held, wanted = (planned(code, choice_group="A") for code in ("a1", "a2"))

    with pytest.raises(SwapOffered) as offer:
        check_choice(wanted, [held])

    assert (offer.value.held, offer.value.wanted) == ((held,), wanted)
    assert "You already have “A1” in this round." in offer.value.message
    check_choice(wanted, [held], giving_up=held)


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (planned("b1", choice_group="B", cancelled=True), "“B1” was cancelled. Choose another."),
        (
            planned("b1", "2026-05-01T11:00", choice_group="B", capacity=3, taken=3),
            "“B1” is full. Choose another, or wait for a place.",
        ),
        (
            planned("b1", "2026-05-01T09:30", choice_group="B"),
            "“B1” is at the same time as “A1”. Drop that one first.",
        ),
    ],
)
def test_what_cannot_be_chosen_says_why(wanted: PlannedSession, sentence: str) -> None:
    with pytest.raises(ChoiceRefused) as refusal:
        check_choice(wanted, [planned("a1", choice_group="A")])

    assert refusal.value.message == sentence


def test_a_round_asks_for_no_more_than_one_may_take() -> None:
    """Two were to be picked; one was cancelled, another is for others."""
    mine, gone, theirs = (
        planned("mine", choice_group="A", pick=2),
        planned("gone", choice_group="A", pick=2, cancelled=True),
        planned("theirs", choice_group="A", pick=2, audience_roles=("principal",)),
    )

    before = agenda_of([mine, gone, theirs], frozenset(), attendee())
    after = agenda_of([mine, gone, theirs], {mine.id}, attendee())

    assert [(choice.pick, len(choice.options)) for choice in before.choices] == [(1, 1)]
    assert before.open_choices == before.choices
    assert [choice.still_to_pick for choice in after.choices] == [0]
    assert after.open_choices == ()


def test_a_round_in_which_all_is_full_is_not_open() -> None:
    full = [planned(code, choice_group="A", capacity=3, taken=3) for code in ("a1", "a2")]

    own = agenda_of(full, frozenset(), attendee())

    assert (len(own.choices), own.open_choices) == (1, ())


def test_a_place_kept_after_a_change_of_role_is_told_and_on_the_agenda_no_more() -> None:
    taken = planned("taken", choice_group="A", audience_roles=("principal",))
    other = planned("other", choice_group="A")

    own = agenda_of([taken, other], {taken.id}, attendee("teacher"), role_labels=LABELS)

    assert own.sessions == ()
    assert [
        (option.session, option.held, option.no_longer) for option in own.choices[0].options
    ] == [
        (other, False, ""),
        (taken, True, "“Taken” is for: Principal. You are registered as: Teacher."),
    ]
