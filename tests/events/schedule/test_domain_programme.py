from datetime import datetime

import pytest

from events.schedule.domain import (
    SessionRefused,
    code_for,
    differences,
    kind_in_words,
    programme_of,
)
from tests.events.schedule.sessions import planned, spec

pytestmark = pytest.mark.pure


def test_a_programme_goes_by_day_then_time_with_parallel_sessions_together() -> None:
    breakouts = [planned(f"a{n}", "2026-05-01T10:30", choice_group="A") for n in (1, 2)]
    welcome, undated = planned("welcome"), planned("undated", "")
    next_day = planned("next", "2026-05-02T08:00")

    programme = programme_of([undated, next_day, *breakouts, welcome], zone="America/New_York")

    assert [
        (day.on.day, [[session.code for session in slot.sessions] for slot in day.slots])
        for day in programme.days
    ] == [(1, [["welcome"], ["a1", "a2"]]), (2, [["next"]])]
    assert [slot.choose for slot in programme.days[0].slots] == [0, 1]
    assert programme.undated == (undated,)


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


def test_what_is_held_elsewhere_stands_where_it_falls_at_the_institute() -> None:
    """9:00 in Denver is after 10:30 in New York, and 8:00 of May 2 in Guam is still May 1 there."""
    denver = planned("denver", time_zone="America/Denver")
    guam = planned("guam", "2026-05-02T08:00", time_zone="Pacific/Guam")
    early, late = planned("early", "2026-05-01T10:30"), planned("late", "2026-05-01T11:30")

    programme = programme_of([guam, late, denver, early], zone="America/New_York")

    assert [
        (day.on.day, [slot.sessions[0].code for slot in day.slots]) for day in programme.days
    ] == [(1, ["early", "denver", "late", "guam"])]
    assert programme.sessions == (early, denver, late, guam)
    assert [
        [(time.starts.strftime("%d %H:%M"), time.time_zone) for time in slot.times]
        for slot in programme.days[0].slots
    ] == [
        [("01 10:30", "America/New_York")],
        [("01 09:00", "America/Denver"), ("01 11:00", "America/New_York")],
        [("01 11:30", "America/New_York")],
        [("02 08:00", "Pacific/Guam"), ("01 18:00", "America/New_York")],
    ]


def test_a_round_held_in_two_zones_at_once_is_one_slot() -> None:
    here = planned("a1", "2026-05-01T11:00", choice_group="A")
    there = planned("a2", "2026-05-01T09:00", choice_group="A", time_zone="America/Denver")

    slot = programme_of([here, there], zone="America/New_York").days[0].slots[0]

    assert (slot.sessions, slot.choose, slot.is_mixed) == ((here, there), 1, True)
    assert slot.times == (there.span, here.span)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2026-01-15", ["America/Phoenix", "America/Los_Angeles"]),
        ("2026-07-15", ["America/Phoenix"]),
    ],
)
def test_the_institutes_own_time_is_told_only_while_its_clocks_differ(
    day: str, told: list[str]
) -> None:
    session = planned("tucson", f"{day}T09:00", time_zone="America/Phoenix")

    assert [time.time_zone for time in session.times("America/Los_Angeles")] == told


def test_a_series_elsewhere_says_its_missing_week_on_the_day_it_meets_again() -> None:
    days = ("04-02", "04-09", "04-16", "04-30")
    series = [planned(day, f"2027-{day}T08:00", time_zone="Pacific/Guam") for day in days]

    programme = programme_of(series, zone="America/New_York")

    assert [(day.on.day, [gap.on.day for gap in day.gaps]) for day in programme.days] == [
        (1, []),
        (8, []),
        (15, []),
        (29, [23]),
    ]
