"""Faults of sessions: times that cannot be, days that are none, roles that nobody has."""

from typing import Any

import pytest

from tests.events.programmes.files import faults

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        (
            {"sessions__1__end": "2027-03-14T09:00"},
            "$.sessions[1].end",
            "This session ends before it starts: end must be after 2027-03-14T10:15.",
        ),
        (
            {"sessions__1__end": "2027-03-14T10:15"},
            "$.sessions[1].end",
            "This session ends when it starts: end must be after 2027-03-14T10:15.",
        ),
        (
            {"sessions__1__end": ...},
            "$.sessions[1].end",
            "“end” is missing. Write it like 2017-06-20T10:15.",
        ),
        (
            {"sessions__1__start": "2027-03-14"},
            "$.sessions[1].start",
            "The time is missing: write it like 2027-03-14T09:00.",
        ),
        (
            {"sessions__1__start": "2027-03-14T24:00"},
            "$.sessions[1].start",
            "There is no 24:00 on a clock. Write 00:00 to 23:59.",
        ),
        (
            {"sessions__1__start": "2027-03-14T10:15:30"},
            "$.sessions[1].start",
            "Leave out the seconds: write 2027-03-14T10:15.",
        ),
        (
            {"sessions__1__start": "2027-03-14T10:15+15:00"},
            "$.sessions[1].start",
            "No place on Earth is +15:00 away from UTC.",
        ),
        (
            {"sessions__1__start": "2027-03-15T10:15", "sessions__1__end": "2027-03-15T11:00"},
            "$.sessions[1].start",
            "2027-03-15 is none of the days of the programme. Add it to “days”, or correct it.",
        ),
        (
            {"sessions__0__start": "2027-03-14T02:30"},
            "$.sessions[0].start",
            (
                "Clocks go forward that night, so 2027-03-14T02:30 does not exist in "
                "America/New_York. "
                "Write 2027-03-14T01:30 or 2027-03-14T03:30."
            ),
        ),
        (
            {"sessions__0__start": "2027-11-07T01:30", "sessions__0__end": "2027-11-07T03:00"},
            "$.sessions[0].start",
            (
                "Clocks go back that night, so 2027-11-07T01:30 comes twice in America/New_York. "
                "Say "
                "which: write 2027-11-07T01:30-04:00 for the first, or choose another time."
            ),
        ),
        (
            {
                "sessions__0__start": "2027-11-07T01:30",
                "sessions__0__start_utc": "2027-11-07T06:30Z",
                "sessions__0__end": "2027-11-07T03:00",
            },
            "$.sessions[0].start",
            (
                "Clocks go back that night, so 2027-11-07T01:30 comes twice in America/New_York. "
                "The "
                "second one is meant here, and calendars cannot tell it from the first. Choose "
                "another "
                "time."
            ),
        ),
        (
            {"sessions__1__id": "open"},
            "$.sessions[1].id",
            "$.sessions[0] has the id “open” already. Give each session its own.",
        ),
        (
            {"sessions__1__id": "my talk"},
            "$.sessions[1].id",
            "This is a short name without spaces. Use letters, digits, “-” and “_”.",
        ),
        (
            {"sessions__1__audience_roles": ["union_leder"]},
            "$.sessions[1].audience_roles[0]",
            "No role has the code “union_leder”. Did you mean “union_leader”?",
        ),
        (
            {"sessions__1__audience_roles": ["nurse"]},
            "$.sessions[1].audience_roles[0]",
            "No role has the code “nurse”. Write the code of a role, or * for everyone.",
        ),
        (
            {"sessions__1__capacity": 0},
            "$.sessions[1].capacity",
            "This number must be 1 or more.",
        ),
        (
            {"sessions__1__choice_group": "A", "sessions__1__pick": 2},
            "$.sessions[1].pick",
            "One cannot pick 2: “A” has only 1 sessions.",
        ),
        (
            {
                "sessions__0__choice_group": "A",
                "sessions__1__choice_group": "A",
                "sessions__1__pick": 2,
            },
            "$.sessions[1].pick",
            "$.sessions[0] says to pick 1 of “A”. Say the same here.",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(changes: dict[str, Any], path: str, sentence: str) -> None:
    assert faults(**changes) == [(path, sentence)]
