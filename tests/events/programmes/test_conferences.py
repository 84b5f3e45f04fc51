"""Schedules of conferences, in the shapes that other programs write, are read as programmes."""

import copy
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.programmes.domain import FaultyProgramme, Programme, parse, written
from tests.events.programmes.conferences import (
    BY_IDS,
    FRAB,
    NESTED,
    TALK,
    faults,
    read,
    schedule,
    warned,
)
from tests.events.programmes.files import as_bytes, places

pytestmark = pytest.mark.pure


def test_a_list_of_sessions_becomes_a_programme() -> None:
    programme = read(schedule({}, {"id": "b", "start": "2027-06-22T12:00:00-04:00",
                                   "end": "2027-06-22T13:00:00-04:00", "title": "Lunch",
                                   "kind": "logistics", "room": None}, rooms=["Loft", "Hall"]),
                     home="America/New_York").programme  # fmt: skip
    assert (programme.title, programme.kind, programme.time_zone) == (
        "A Conf", "conference", "America/New_York",
    )  # fmt: skip
    assert [day.on.isoformat() for day in programme.days] == ["2027-06-21", "2027-06-22"]
    assert [room.name for room in programme.whereabouts.rooms] == ["Loft", "Hall"]
    talk, lunch = programme.sessions
    assert (talk.code, talk.kind, talk.room, talk.track) == ("a", "talks", "Hall", "t0")
    assert (talk.presenters, talk.extras) == (("p1",), {"tags": ["x"]})
    assert (talk.starts, talk.ends) == (datetime(2027, 6, 21, 9), datetime(2027, 6, 21, 10))
    assert (lunch.kind, lunch.room, talk.choice_group) == ("meal", "", "")
    assert parse(as_bytes(written(programme))).programme == programme


def test_days_and_rooms_of_frab_are_found_with_durations_and_prose() -> None:
    programme = read(as_bytes(FRAB)).programme
    opening, night = programme.sessions
    assert (programme.title, programme.time_zone) == ("X Conf", "Europe/Berlin")
    assert programme.whereabouts.rooms[0].capacity == 100
    assert (opening.code, opening.room, opening.track) == ("5", "Saal 1", "Security")
    assert (opening.ends, opening.kind) == (datetime(2027, 12, 27, 11, 30), "lecture")
    assert opening.description == "One\nTwo & three"
    assert programme.whereabouts.presenters[0].email == ""
    assert opening.presenters == ("Ada",)
    assert (night.code, night.starts) == ("u-7", datetime(2027, 12, 27, 23, 30))
    assert night.ends == datetime(2027, 12, 28, 1, 30)


def test_what_is_earlier_than_its_day_begins_is_after_midnight() -> None:
    file = copy.deepcopy(FRAB)
    [day] = file["schedule"]["conference"]["days"]
    day["day_start"] = "2027-12-27T04:00:00+01:00"
    day["rooms"]["Saal 1"].append({"start": "00:30", "duration": "00:30", "title": "Late"})
    late = read(as_bytes(file)).programme.sessions[-1]
    assert (late.starts, late.ends) == (
        datetime(2027, 12, 28, 0, 30), datetime(2027, 12, 28, 1, 0),
    )  # fmt: skip


def test_rooms_and_people_known_by_ids_get_their_names() -> None:
    programme = read(as_bytes(BY_IDS), zone="America/Chicago").programme
    assert programme.sessions[0].room == "Room Three"
    assert programme.sessions[0].starts == datetime(2027, 6, 21, 9)
    assert programme.sessions[0].presenters == ("Bo Li",)
    assert programme.whereabouts.presenters[0].about == "Teaches."


def test_tracks_and_rooms_round_about_sessions_are_theirs() -> None:
    reading = read(as_bytes(NESTED))
    first, second = reading.programme.sessions
    assert (first.track, first.ends) == ("Policy", datetime(2027, 6, 21, 8, 30))
    assert (second.track, second.room) == ("t0", "Loft")
    assert warned(reading, "$.conference.timezone") == [
        "The times were moved from their own offsets to clocks of America/Denver."
    ]


def test_faults_are_told_where_they_stand_in_the_schedule() -> None:
    backwards = {"end": "2027-06-21T08:00:00-04:00"}
    [(path, sentence)] = faults(schedule({"id": "z"}, backwards))
    assert path == "$.sessions[1].end"
    assert sentence.startswith("This session ends before it starts")
    [(path, _)] = faults(schedule({"capacity": 0}))
    assert path == "$.sessions[0].capacity"
    conference = FRAB["schedule"]["conference"]
    [day] = conference["days"]
    rooms = {**day["rooms"], "Saal 2": [{"start": "noon", "duration": "00:30"}]}
    days = [{**day, "rooms": rooms}]
    inside = {"schedule": {"conference": {**conference, "days": days}}}
    at = '$.schedule.conference.days[0].rooms["Saal 2"][0]'
    found = dict(faults(as_bytes(inside)))
    assert set(found) == {f"{at}.title", f"{at}.start"}
    [(path, _)] = faults(
        schedule({"start": "2027-06-21T25:00", "end": None}), zone="America/Chicago"
    )
    assert path == "$.sessions[0].start"
    [(path, sentence)] = faults(as_bytes({"schedule": {"conference": {"day": {"room": []}}}}))
    assert path == "$.schedule.conference"
    assert sentence.startswith("No session with a date was found in this schedule. Sessions are ")


@pytest.mark.parametrize(
    "said",
    [
        {"date": "2027-06-21", "start": "9:30 AM", "end": "1:00 p.m."},
        {"day": "2027-06-21", "start_time": "09:30", "end_time": "13:00"},
        {"date": "2027-06-21", "start": "09:30:00", "duration": "03:30"},
        {"start_date": "2027-06-21T09:30", "end_date": "2027-06-21T13:00"},
    ],
)
def test_a_day_and_a_time_of_day_may_stand_apart(said: dict[str, Any]) -> None:
    [session] = read(
        schedule({"start": None, "end": None, **said}), home="America/Chicago"
    ).programme.sessions
    assert (session.starts, session.ends) == (
        datetime(2027, 6, 21, 9, 30), datetime(2027, 6, 21, 13),
    )  # fmt: skip


def test_words_in_any_language_are_words() -> None:
    [talk] = read(schedule({"title": {"fr": None, "de-AT": "Brücken"}})).programme.sessions
    assert talk.title == "Brücken"


def test_ids_that_stand_twice_or_are_no_codes_become_codes() -> None:
    reading = read(schedule({}, {}, {"id": "Ünï / cöde?"}, {"id": None}, {"id": 7}))
    assert [session.code for session in reading.programme.sessions] == [
        "a", "a-2", "uni-code", "a-talk", "7",
    ]  # fmt: skip
    assert warned(reading, "$.sessions[1].id") == [
        "“a” stands here twice; the second is known as “a-2”."
    ]


def test_what_says_no_end_ends_when_the_room_is_needed_again_and_it_is_told() -> None:
    nine, ten = "2027-06-21T09:00:00-04:00", "2027-06-21T09:40:00-04:00"
    reading = read(schedule({"start": nine, "end": None}, {"id": "b", "start": ten, "end": ""}))
    first, second = reading.programme.sessions
    assert (first.ends, second.ends) == (
        datetime(2027, 6, 21, 9, 40), datetime(2027, 6, 21, 10, 40),
    )  # fmt: skip
    assert warned(reading, "$.sessions[0]") == [
        "The file does not say when this ends; 09:40 was taken. Correct it afterwards."
    ]


def test_what_is_cancelled_or_not_dated_is_left_out_or_waits() -> None:
    reading = read(schedule({}, {"id": "x", "status": "canceled"}, {"id": "y", "start": None}))
    assert [(one.code, one.starts is None) for one in reading.programme.sessions] == [
        ("a", False), ("y", True),
    ]  # fmt: skip
    assert warned(reading, "$.sessions[1]") == ["This is not held, so it was left out."]


def test_marks_and_signs_of_html_are_read_as_people_read_them() -> None:
    titles = ("path(&lt;user&gt;)", "A <b>bold</b> idea", "if a < b and c > d", "Q&amp;A\n now",
              "x" * 300, "a\u200b&#8238;b")  # fmt: skip
    found = read(schedule(*({"id": str(n), "title": said} for n, said in enumerate(titles))))
    assert [one.title for one in found.programme.sessions][:4] == [
        "path(<user>)", "A bold idea", "if a < b and c > d", "Q&A now",
    ]  # fmt: skip
    long, unsafe = found.programme.sessions[4:]
    assert (len(long.title), long.description) == (200, "x" * 300)
    assert unsafe.title == "a\u200bb"


@pytest.mark.parametrize(
    ("kind", "title", "expected"),
    [
        ("logistics", "Breakfast", "meal"),
        ("logistics", "Early Lunch", "meal"),
        ("break", "Coffee break", "social"),
        ("logistics", "Registration", "registration"),
        ("logistics", "Shuttle to the museum", "travel"),
        ("logistics", "Quiet Room", "logistics"),
        ("talks", "Breakfast of champions", "talks"),
        (None, "Lunch", "meal"),
        (None, "What schools learn over lunch in Vermont", "session"),
        ({"name": "Keynote"}, "Opening", "Keynote"),
    ],
)
def test_kinds_are_ours_where_words_tell_and_the_files_own_elsewhere(
    kind: Any, title: str, expected: str
) -> None:
    [session] = read(schedule({"kind": kind, "title": title})).programme.sessions
    assert session.kind == expected


def test_talks_side_by_side_are_rounds_only_when_asked() -> None:
    both = schedule({}, {"id": "b", "room": "Loft", "presenters": []})
    plain = read(both)
    assert {one.choice_group for one in plain.programme.sessions} == {""}
    assert [said for said in warned(plain, "$") if "side by side: 1" in said]
    assert {one.choice_group for one in read(both, rounds=True).programme.sessions} == {
        "2027-06-21 09:00–10:00"
    }


def test_rooms_and_people_used_twice_are_told_and_stop_nothing() -> None:
    reading = read(schedule({}, {"id": "b", "title": "B"}))
    assert warned(reading, "$.sessions[1].room") == [
        "Hall is used twice at the same time: for “A talk” and for “B”."
    ]
    assert warned(reading, "$.sessions[1].presenters")


def test_a_programme_file_is_never_taken_for_a_schedule() -> None:
    programme: Programme = parse(as_bytes({
        "title": "Ours", "timezone": "America/Chicago", "days": [{"date": "2027-06-21"}],
        "conference": "x", "speakers": [], "sessions": [],
    })).programme  # fmt: skip
    assert (programme.schedule_only, programme.kind) == (False, "institute")


ANYTHING = st.sampled_from(
    (None, "", 0, -1, 45, 2.5, True, [], {}, "x", "a\nb", ["x"], [None], {"name": "x"}, "x" * 300)
) | st.sampled_from(
    ("09:00", "2027-06-21", "2027-06-21T09:00Z", 1_813_500_000, 10**15, [[{}]], {"a": [{}]}, "PT1H")
)


@given(
    file=st.sampled_from((FRAB, BY_IDS, NESTED, {"conference": "A", "sessions": [TALK, TALK]})),
    data=st.data(),
)
def test_whatever_stands_somewhere_is_read_or_is_a_fault_with_its_place(
    file: dict[str, Any], data: st.DataObject
) -> None:
    changed = copy.deepcopy(file)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(list(places(changed))))
        inner: Any = changed
        for step in place[:-1]:
            inner = inner[step]
        inner[place[-1]] = copy.deepcopy(data.draw(ANYTHING))
    try:
        programme = read(as_bytes(changed), zone="America/Chicago").programme
    except FaultyProgramme:
        return  # told as faults, and anything else that is raised fails
    assert parse(as_bytes(written(programme))).programme == programme
