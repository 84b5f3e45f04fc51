from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from events.schedule.domain import (
    Attendee,
    ChoiceRefused,
    Gap,
    PlannedSession,
    SessionRefused,
    SessionSpec,
    SwapOffered,
    agenda_of,
    audience_in_words,
    audience_refusal,
    check_choice,
    code_for,
    differences,
    instant_of,
    kind_in_words,
    local_time,
    missing_weeks,
    programme_of,
    room_clashes,
)

pytestmark = pytest.mark.pure

LABELS = {"board_member": "School board member", "teacher": "Teacher", "principal": "Principal"}


def planned(
    code: str = "key", starts: str = "2026-05-01T09:00", ends: str = "", **values: object
) -> PlannedSession:
    first = datetime.fromisoformat(starts) if starts else None
    last = datetime.fromisoformat(ends) if ends else first and first.replace(hour=first.hour + 1)
    return PlannedSession(
        **{  # type: ignore[arg-type]
            "id": uuid4(),
            "code": code,
            "title": code.title(),
            "kind": "plenary",
            "time_zone": "America/New_York",
            "starts": first,
            "ends": last,
            **values,
        }
    )


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
            "“B1” is full. Choose another.",
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


def test_an_instant_follows_from_wall_time_and_zone() -> None:
    wall = datetime(2027, 3, 10, 15, 30)

    assert instant_of(wall, "America/New_York") == datetime(2027, 3, 10, 20, 30, tzinfo=UTC)
    assert instant_of(wall, "America/Phoenix") == datetime(2027, 3, 10, 22, 30, tzinfo=UTC)


def test_a_wall_time_that_does_not_exist_is_asked_back_with_both_readings() -> None:
    with pytest.raises(SessionRefused) as refusal:
        instant_of(datetime(2027, 3, 14, 2, 30), "America/New_York", field="begins")

    assert refusal.value.message == (
        "Clocks go forward that night, so 2:30 AM on Sunday, March 14, 2027 does not exist there. "
        "Choose 1:30 AM or 3:30 AM."
    )
    assert refusal.value.field == "begins"


def test_a_wall_time_that_comes_twice_is_asked_back_with_both_readings() -> None:
    with pytest.raises(SessionRefused) as refusal:
        instant_of(datetime(2026, 11, 1, 1, 30), "America/New_York")

    assert refusal.value.message == (
        "Clocks go back that night, so 1:30 AM on Sunday, November 1, 2026 comes twice: as EDT "
        "and, one hour later, as EST. Calendars cannot tell them apart; choose a time before "
        "1:00 AM or from 2:00 AM on."
    )


@pytest.mark.parametrize("minute", [0, 59])
def test_the_hours_beside_a_clock_change_are_accepted(minute: int) -> None:
    instant_of(datetime(2026, 11, 1, 0, minute), "America/New_York")
    instant_of(datetime(2026, 11, 1, 2, minute), "America/New_York")
    instant_of(datetime(2027, 3, 14, 1, minute), "America/New_York")
    instant_of(datetime(2027, 3, 14, 3, minute), "America/New_York")


def test_local_time_is_told_only_where_clocks_differ() -> None:
    wall = datetime(2027, 3, 10, 15, 30)
    phoenix = local_time(wall, "America/New_York", of="America/Phoenix")

    assert phoenix is not None
    assert phoenix.isoformat(timespec="minutes") == "2027-03-10T13:30-07:00"
    assert local_time(wall, "America/New_York", of="America/Detroit") is None
    assert local_time(wall, "America/New_York", of="") is None


def weekly(*days: str) -> list[PlannedSession]:
    return [planned(day, f"{day}T15:30") for day in days]


def test_a_week_left_out_of_a_weekly_series_is_named_with_the_next_date() -> None:
    series = weekly("2027-03-03", "2027-03-10", "2027-03-17", "2027-03-24", "2027-04-07")

    assert missing_weeks(series) == (Gap(on=date(2027, 3, 31), next_on=date(2027, 4, 7)),)


@pytest.mark.parametrize(
    "days",
    [
        ["2027-03-03"],
        ["2027-03-03", "2027-03-17"],
        ["2027-03-03", "2027-03-17", "2027-03-31"],
        ["2027-03-03", "2027-03-10", "2027-03-17", "2027-10-06"],
    ],
)
def test_other_series_have_no_weeks_left_out(days: list[str]) -> None:
    assert missing_weeks(weekly(*days)) == ()


def test_a_programme_goes_by_day_then_time_with_parallel_sessions_together() -> None:
    breakouts = [planned(f"a{n}", "2026-05-01T10:30", choice_group="A") for n in (1, 2)]
    welcome, undated = planned("welcome"), planned("undated", "")
    next_day = planned("next", "2026-05-02T08:00")

    programme = programme_of([undated, next_day, *breakouts, welcome])

    assert [
        (day.on.day, [[session.code for session in slot.sessions] for slot in day.slots])
        for day in programme.days
    ] == [(1, [["welcome"], ["a1", "a2"]]), (2, [["next"]])]
    assert [slot.choose for slot in programme.days[0].slots] == [0, 1]
    assert programme.undated == (undated,)


def test_a_room_used_twice_is_found_whatever_its_case() -> None:
    one, other = (
        planned("one", room="Ballroom"),
        planned("two", "2026-05-01T09:30", room="BALLROOM"),
    )
    elsewhere = planned("three", "2026-05-01T09:30", room="Suite")
    after, gone = (
        planned("four", "2026-05-01T10:30", room="Ballroom"),
        planned("five", room="Suite", cancelled=True),
    )

    clashes = room_clashes([after, other, one, elsewhere, gone])

    assert [(clash.room, clash.one, clash.other) for clash in clashes] == [("Ballroom", one, other)]


def spec(**values: object) -> SessionSpec:
    return SessionSpec(
        **{  # type: ignore[arg-type]
            "code": "key",
            "title": "Keynote",
            "kind": "plenary",
            "time_zone": "America/New_York",
            "starts": datetime(2026, 5, 1, 9),
            "ends": datetime(2026, 5, 1, 10),
            **values,
        }
    )


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"title": " "}, "title", "Give the session a title."),
        ({"starts": None}, "begins", "Give the time it begins too, or leave out the end."),
        ({"ends": None}, "ends", "Give the time it ends; calendars need it."),
        ({"ends": datetime(2026, 5, 1, 9)}, "ends", "The session must end after it begins."),
        (
            {"capacity": 0},
            "capacity",
            "A session needs at least one place. Leave it empty if nobody counts.",
        ),
        ({"pick": 0}, "pick", "People must take at least one session of a round."),
        ({"audience_roles": ()}, "audience_roles", "Say whom the session is for."),
        (
            {"audience_roles": ("teacher", "clown")},
            "audience_roles",
            "This institute has no role “clown”.",
        ),
    ],
)
def test_a_spec_that_makes_no_session_says_why(
    wrong: dict[str, object], field: str, sentence: str
) -> None:
    with pytest.raises(SessionRefused) as refusal:
        spec(**wrong).check(role_codes={"teacher"})

    assert (refusal.value.field, refusal.value.message) == (field, sentence)


def test_a_session_without_a_date_is_fine() -> None:
    spec(starts=None, ends=None).check(role_codes=set())


def test_differences_are_told_by_label_with_both_values() -> None:
    after = spec(title="Opening", starts=datetime(2026, 5, 1, 8, 30), capacity=20)

    assert differences(spec(), after) == [
        ("title", "Title", "Keynote", "Opening"),
        ("starts", "Begins", "2026-05-01 09:00", "2026-05-01 08:30"),
        ("capacity", "Places", "", "20"),
    ]


@pytest.mark.parametrize(
    ("title", "taken", "code"),
    [
        ("Keynote: Michael Fullan", [], "keynote-michael-fullan"),
        ("Léa’s talk", ["leas-talk", "leas-talk-2"], "leas-talk-3"),
        ("李小龍", [], "session"),
        ("x" * 80, [], "x" * 40),
    ],
)
def test_a_code_is_made_from_the_title(title: str, taken: list[str], code: str) -> None:
    assert code_for(title, taken=taken) == code


def test_kinds_have_words_and_unknown_ones_are_shown_as_written() -> None:
    assert [kind_in_words(kind) for kind in ("role_alike", "poster_walk")] == [
        "Role-alike group",
        "Poster walk",
    ]
