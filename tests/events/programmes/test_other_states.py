"""Programme files as other states would write them: nothing is lost, whatever shape they take."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from events.programmes.domain import Programme, json_schema, parse, written
from events.schedule.domain import SessionSpec
from tests.events.programmes.files import OTHERS, as_bytes, faults, other, parsed, small

pytestmark = pytest.mark.pure
VALIDATOR = jsonschema.Draft202012Validator(json_schema())


def read(name: str) -> Programme:
    return parse(other(name).read_bytes()).programme


def session_of(programme: Programme, code: str) -> SessionSpec:
    return next(spec for spec in programme.sessions if spec.code == code)


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: file.stem)
def test_what_is_written_is_read_as_the_same_programme(file: Path) -> None:
    programme = parse(file.read_bytes()).programme
    plain = written(programme)
    assert parse(as_bytes(plain)).programme == programme
    assert written(parse(as_bytes(plain)).programme) == plain


@pytest.mark.parametrize("file", OTHERS, ids=lambda file: file.stem)
def test_the_schema_takes_it_as_it_came_and_as_it_is_written(file: Path) -> None:
    for content in (json.loads(file.read_text()), written(parse(file.read_bytes()).programme)):
        assert [error.message for error in VALIDATOR.iter_errors(content)] == []


def test_four_hundred_sessions_are_read_and_written() -> None:
    one = small()["sessions"][0]
    programme = parsed(sessions=[{**one, "id": f"s{n}", "room": f"Room {n}"} for n in range(400)])
    assert len(programme.sessions) == 400
    assert parse(as_bytes(written(programme))).programme == programme


def test_what_is_null_is_as_if_it_were_not_there() -> None:
    programme = read("ohio")
    assert (programme.title, programme.venue, programme.gate) == (
        "Ohio: “É” & <b>Co</b>",
        "",
        "ideal",
    )
    assert (programme.roles[0].max, programme.roles[0].min) == (None, 0)
    assert session_of(programme, "a").audience_roles == ("*",)
    assert session_of(programme, "a").extras["speakers"] == ["Ana Gómez", "李小龍"]


def test_a_session_may_have_clocks_of_its_own() -> None:
    hawaii = session_of(read("online"), "hawaii")
    assert (hawaii.time_zone, hawaii.starts) == ("Pacific/Honolulu", datetime(2027, 3, 10, 18))
    sentence = (
        "“Hawaii Time” is not the zone of a place. Write it like America/New_York or "
        "America/Chicago."
    )
    assert faults(sessions__0__timezone="Hawaii Time") == [("$.sessions[0].timezone", sentence)]


def test_a_session_elsewhere_is_on_a_day_by_its_own_clocks_or_by_those_at_home() -> None:
    abroad = {"timezone": "Pacific/Auckland", "id": "far", "title": "Far"}
    there = {"start": "2027-03-15T06:00", "end": "2027-03-15T07:00"}  # still March 14 at home
    late = {"start": "2027-03-16T06:00", "end": "2027-03-16T07:00"}
    assert faults(sessions=[{**abroad, **there}]) == []
    assert [path for path, _ in faults(sessions=[{**abroad, **late}])] == ["$.sessions[0].start"]


def test_the_hour_that_comes_twice_is_the_first_one_after_a_round_trip() -> None:
    early = next(item for item in written(read("maine"))["sessions"] if item["id"] == "d2-early")
    assert early["start"] == "2027-11-07T01:30-04:00"


def test_places_without_summer_time_have_no_hour_to_skip() -> None:
    for name, code in (("puerto_rico", "cierre"), ("arizona", "night")):
        assert session_of(read(name), code).starts == datetime(2027, 3, 14, 2, 30)


def test_an_instant_is_told_in_the_clocks_of_the_place() -> None:
    morning = session_of(read("guam"), "am")
    assert morning.starts == datetime(2027, 1, 9, 8)


def test_hosts_who_say_all_of_others_admit_every_state() -> None:
    admission = read("iowa").admission
    assert admission is not None
    assert (admission.everywhere, admission.of("ND"), admission.others_note) == (True, "home", "")


@pytest.mark.parametrize(
    ("said", "note", "by_request"),
    [
        ({"others": "by invitation", "others_note": "Ask Jo."}, "by invitation — Ask Jo.", False),
        ({"others": "by_request", "others_note": "Ask Jo."}, "Ask Jo.", True),
        ({"others": "on request"}, "on request", True),
        ({"others_note": "DE"}, "DE", False),
    ],
)
def test_every_word_on_others_is_kept(said: dict[str, Any], note: str, by_request: bool) -> None:
    programme = parsed(states_admitted={"home": ["NJ"], **said})
    assert programme.admission is not None
    assert (programme.admission.others_note, programme.admission.by_request) == (note, by_request)
    assert parse(as_bytes(written(programme))).programme == programme


def test_repeats_may_be_marked_by_true() -> None:
    assert session_of(read("iowa"), "x").same_content == "Together"
    assert parsed(sessions__0__same_content=False).sessions[0].same_content == ""


def test_a_wrapped_value_may_tell_its_instant_too() -> None:
    at = {"value": "2027-03-01T17:00", "source": "a page", "value_utc": "2027-03-01T22:00Z"}
    assert parsed(deadlines__0__at=at) == parsed()


def test_the_code_of_a_meeting_is_never_longer_than_a_code() -> None:
    programme = parsed(cohort_meetings=[{"kind": "a meeting " * 15, "title": "M"}])
    assert parse(as_bytes(written(programme))).programme == programme


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        (
            {"days": [*small()["days"], {"date": None, "label": 5}]},
            "$.days[2].label",
            "This must be text in quotation marks.",
        ),
        (
            {"deadlines": [{"code": "register_by", "at": None, "what": ["x"]}]},
            "$.deadlines[0].what",
            "This must be text in quotation marks.",
        ),
        (
            {"deadlines": [{"at": None}]},
            "$.deadlines[0].code",
            "“code” is missing. Give it a short name of its own, like board_member.",
        ),
        (
            {"states_admitted": {"home": ["NJ"], "by_request": "yes"}},
            "$.states_admitted.by_request",
            "This must be true or false.",
        ),
        (
            {"states_admitted": {"home": ["New Jersy"], "others": "all"}},
            "$.states_admitted.home[0]",
            "“New Jersy” is no state. Use its two letters, like NJ, or foreign:ZA for a country.",
        ),
        ({"slug": "new"}, "$.slug", "This is the address of another page. Choose another."),
        (
            {"days__0__date": "２０２７-03-14"},
            "$.days[0].date",
            "“２０２７-03-14” is not a date or time. Write it like 2017-06-20 or 2017-06-20T09:00.",
        ),
    ],
)
def test_what_still_makes_no_sense_is_told(
    changes: dict[str, Any], path: str, sentence: str
) -> None:
    assert faults(**changes) == [(path, sentence)]
