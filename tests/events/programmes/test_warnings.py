"""What is probably not meant is warned of, and loaded all the same."""

from typing import Any

import pytest

from tests.events.programmes.files import warnings

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        (
            {"sumary": "x"},
            "$.sumary",
            "“sumary” is kept, but nothing reads it. Did you mean “summary”?",
        ),
        (
            {"sessions__0__capcity": 3},
            "$.sessions[0].capcity",
            "“capcity” is kept, but nothing reads it. Did you mean “capacity”?",
        ),
        (
            {"sessions__0__audience_flags": ["vip"]},
            "$.sessions[0].audience_flags[0]",
            "Nobody carries the flag “vip” yet.",
        ),
        (
            {"roles__0__applies_to": "state teams"},
            "$.roles[0].applies_to[0]",
            "“state teams” is no state, so the role is asked of every team.",
        ),
        (
            {
                "questions": [
                    {
                        "code": "bus",
                        "label": "Bus?",
                        "scope": "person",
                        "kind": "text",
                        "role_codes": ["superintendent", "driver"],
                    },
                ],
            },
            "$.questions[0].role_codes[1]",
            "No role has the code “driver”, so nobody is asked.",
        ),
        ({"roles": [], "sessions": []}, "$", "There are no roles, so nobody can register yet."),
        (
            {"team__max_people": 1},
            "$.team.max_people",
            "The roles ask for 2 people, and a team has at most 1.",
        ),
        (
            {"deadlines": []},
            "$",
            "No deadline closes registration, such as “register_by”.",
        ),
        (
            {"deadlines__0__at": "2028-01-01"},
            "$.deadlines[0].at",
            "Registration closes after the last day.",
        ),
        (
            {"sessions__0__end": "2027-03-15T09:00"},
            "$.sessions[0].end",
            "This session lasts 24 hours.",
        ),
        (
            {"sessions__0__start_utc": "2027-03-14T09:00Z"},
            "$.sessions[0].start",
            (
                "2027-03-14T09:00 in America/New_York is 2027-03-14T13:00Z, not what the file has "
                "beside it. The wall time counts."
            ),
        ),
    ],
)
def test_what_is_probably_not_meant_is_warned_of(
    changes: dict[str, Any], path: str, sentence: str
) -> None:
    assert warnings(**changes) == [(path, sentence)]
