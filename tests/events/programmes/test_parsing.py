"""Every fault of a programme file is told with its place and what to do."""

import json
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.people.domain import Side
from events.institutes.domain import Admission, Due, Gate, RoleRule, Strength, gate_of
from events.institutes.domain.sections import HostLine
from events.programmes.domain import parse, written
from tests.events.programmes.files import (
    FILES,
    NAMES,
    as_bytes,
    faults,
    faults_of,
    parsed,
    places,
    scenario,
    small,
    warnings,
)

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_every_real_file_is_read_without_a_word_of_warning(file: Path) -> None:
    assert parse(file.read_bytes()).warnings == ()


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_what_is_written_is_read_back_as_the_same_programme(file: Path) -> None:
    programme = parse(file.read_bytes()).programme
    plain = json.dumps(written(programme)).encode()
    assert parse(plain).programme == programme


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_what_is_written_names_no_source(file: Path) -> None:
    plain = written(parse(file.read_bytes()).programme)
    steps = {step for place in places(plain) for step in place}
    assert steps.isdisjoint({"source", "assumed", "assumed_fields", "basis", "note", "value"})
    assert steps.isdisjoint({"acceptance_tests", "test_clock", "schema", "file", "start_utc"})


def test_the_california_file_says_what_it_says() -> None:
    programme = parse(scenario("01").read_bytes()).programme
    assert programme.title == "California Labor Management Initiative Summer Institute 2017"
    assert programme.time_zone == "America/Los_Angeles"
    assert programme.hosts[0] == HostLine(
        name="Californians Dedicated to Education Foundation", role="convener_and_fiscal_agent"
    )
    assert [day.on for day in programme.days] == [date(2017, 6, n) for n in (19, 20, 21)]
    assert programme.days[0].optional
    assert programme.days[0].audience_flags == ("new_district", "new_member")
    assert programme.admission == Admission(home=frozenset({"CA"}), by_request=True)
    assert gate_of(programme.gate) is Gate.IDEAL
    assert programme.roles[2] == RoleRule(
        code="class_union_leader",
        label="Classified school employees union or association leader",
        side=Side.LABOR,
        strength=Strength.EXPECTED,
        min=1,
        max=2,
        waiver="LEA has no classified unit",
    )
    assert programme.fees["rules"][0] == {
        "code": "free_first_n",
        "per": "LEA",
        "n": 5,
        "then_each_cents": 15000,
    }
    assert programme.deadlines[1] == Due(
        code="register_by", what="registration closes", on=date(2017, 5, 26), at=time(23, 59)
    )
    assert programme.deadlines[0].at is None
    assert programme.places == {"people": 300, "teams": 50}
    assert programme.waitlist == "form, event closed when full"
    assert len(programme.sessions) == 28
    assert programme.extras["surveys"] == [
        {"code": "exit", "items": 2, "scale": "1-5", "report": "percent at 4 or 5"}
    ]


def test_other_states_may_be_named_asked_for_or_spoken_of() -> None:
    def admission(**said: Any) -> Admission | None:
        return parsed(states_admitted=said).admission

    assert admission(home="all", **{"except": ["NJ"]}) == Admission(
        everywhere=True, excluded=frozenset({"NJ"})
    )
    assert admission(home=["CA"], others=["NJ", "foreign:ZA"]) == Admission(
        home=frozenset({"CA"}), guests=frozenset({"NJ", "foreign:ZA"})
    )
    assert admission(home=["NJ"], others="visitors by invitation") == Admission(
        home=frozenset({"NJ"}), others_note="visitors by invitation"
    )
    assert admission(home="NJ", others="on written request") == Admission(
        home=frozenset({"NJ"}), by_request=True, others_note="on written request"
    )
    assert parsed(states_admitted=...).admission is None


def test_meetings_may_have_both_ends_in_one_or_no_date_yet() -> None:
    programme = parse(scenario("05").read_bytes()).programme
    meetings = [session for session in programme.sessions if session.meeting]
    assert [(m.code, m.title, str(m.starts), str(m.ends)) for m in meetings] == [
        ("coaching-visit", "Coaching visit", "None", "None"),
        ("alumni-checkin", "Alumni check-in", "2027-10-06 15:30:00", "2027-10-06 17:00:00"),
    ]
    assert meetings[0].extras == {
        "per_team": 2,
        "windows": ["2027-02-25/2027-03-12", "2027-03-25/2027-04-30"],
    }


def test_days_and_deadlines_without_a_date_wait_for_it() -> None:
    changes: dict[str, Any] = {
        "days__1__date": None,
        "deadlines__0__at": None,
        "sessions__0__start": None,
        "sessions__0__end": None,
    }
    programme = parsed(**changes)
    assert [day.on for day in programme.days] == [date(2027, 3, 14)]
    assert programme.deadlines == ()
    assert programme.sessions[0].starts is None
    assert programme.extras["undated"] == {
        "days": [{"date": None, "label": "Day 2"}],
        "deadlines": [{"code": "register_by", "at": None, "what": "registration closes"}],
    }
    assert parse(as_bytes(written(programme))).programme == programme


def test_further_fields_are_kept_where_they_stood() -> None:
    changes: dict[str, Any] = {
        "hotel": {"name": "Lodge", "nights": [1, 2.5, None]},
        "team__sites": 30,
        "roles__0__pledge": True,
        "days__0__house": "union hall",
        "capacity__beds": 12,
        "capacity__rooming": "double",
        "sessions__0__speaker": "Pat",
    }
    programme = parsed(**changes)
    assert programme.places == {"beds": 12, "people": 100, "teams": 10}
    assert parse(as_bytes(written(programme))).programme == programme
    plain = written(programme)
    assert plain["hotel"] == {"name": "Lodge", "nights": [1, 2.5, None]}
    assert plain["team"]["sites"] == 30
    assert plain["roles"][0]["pledge"] is True
    assert plain["days"][0]["house"] == "union hall"
    assert plain["capacity"]["rooming"] == "double"
    assert plain["sessions"][0]["speaker"] == "Pat"


def test_an_offset_is_an_instant_and_is_shown_in_the_institutes_zone() -> None:
    programme = parsed(deadlines__0__at="2027-03-01T23:59-08:00")
    assert programme.deadlines[0].on == date(2027, 3, 2)
    assert programme.deadlines[0].at == time(2, 59)
    assert warnings(deadlines__0__at="2027-03-01T23:59-08:00") == [
        (
            "$.deadlines[0].at",
            (
                "The offset is not the one of America/New_York; this was read as 2027-03-02T02:59 "
                "there."
            ),
        )
    ]


def test_the_first_of_two_equal_wall_times_can_be_meant() -> None:
    changes: dict[str, Any] = {
        "sessions__0__start": "2027-11-07T01:30",
        "sessions__0__start_utc": "2027-11-07T05:30Z",
        "sessions__0__end": "2027-11-07T03:00",
    }
    programme = parsed(**changes)
    assert str(programme.sessions[0].starts) == "2027-11-07 01:30:00"
    assert written(programme)["sessions"][0]["start"] == "2027-11-07T01:30-04:00"
    assert parse(as_bytes(written(programme))).programme == programme


def test_a_cohort_may_do_without_days_and_meet_on_other_ones() -> None:
    programme = parsed(kind="cohort", days=[], sessions=[])
    assert programme.days == ()
    assert faults(kind="cohort", days__0__date="2027-03-13") == []


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
PLACES = sorted(places(small()), key=str)


@settings(max_examples=300, deadline=None)
@given(place=st.sampled_from(PLACES), value=ANYTHING)
def test_whatever_stands_in_a_file_it_is_read_whole_or_refused_with_faults(
    place: tuple[Any, ...], value: Any
) -> None:
    path = "__".join(str(step) for step in place)
    content = json.dumps(small(**{path: value})).encode("utf-8", "surrogatepass")
    found = faults_of(content)
    assert all(path.startswith("$") and sentence for path, sentence in found)
    if not found:
        programme = parse(content).programme
        assert parse(as_bytes(written(programme))).programme == programme
