"""Schedules of conferences for tests, in the shapes that other programs write."""

from typing import Any

import pytest

from events.programmes.domain import Choices, FaultyProgramme, Reading, parse
from tests.events.programmes.files import as_bytes

TALK: dict[str, Any] = {
    "id": "a",
    "title": "A talk",
    "kind": "talks",
    "start": "2027-06-21T09:00:00-04:00",
    "end": "2027-06-21T10:00:00-04:00",
    "room": "Hall",
    "track": "t0",
    "tags": ["x"],
    "presenters": ["p1"],
}
FRAB: dict[str, Any] = {
    "schedule": {
        "conference": {
            "acronym": "x",
            "title": "X Conf",
            "time_zone_name": "Europe/Berlin",
            "rooms": [{"name": "Saal 1", "capacity": 100}],
            "days": [
                {
                    "date": "2027-12-27",
                    "rooms": {
                        "Saal 1": [
                            {
                                "id": 5,
                                "date": "2027-12-27T11:00:00+01:00",
                                "start": "11:00",
                                "duration": "00:30",
                                "title": "Opening",
                                "type": "lecture",
                                "track": {"en": "Security"},
                                "persons": [{"id": 1, "public_name": "Ada", "email": "a@b.org"}],
                                "abstract": "<p>One</p><p>Two &amp; three</p>",
                            },
                            {"id": "ü 7", "start": "23:30", "duration": "02:00", "title": "Night"},
                        ]
                    },
                }
            ],
        }
    }
}
BY_IDS: dict[str, Any] = {
    "name": "By ids",
    "sessions": [
        {
            "id": "1", "title": "T", "startsAt": "2027-06-21T14:00:00Z",
            "endsAt": "2027-06-21T15:00:00Z", "speakers": ["u1"], "roomId": 3,
        }
    ],
    "speakers": [{"id": "u1", "fullName": "Bo Li", "bio": "Teaches."}],
    "rooms": [{"id": 3, "name": "Room Three"}],
}  # fmt: skip
NESTED: dict[str, Any] = {
    "conference": {"name": "Nested", "timezone": "America/Denver"},
    "tracks": [
        {"name": "Policy", "sessions": [{**TALK, "id": "n", "track": None, "end": "10:30"}]},
        {"name": "Practice", "rooms": [{"name": "Loft", "sessions": [{**TALK, "room": ""}]}]},
    ],
}


def schedule(*sessions: dict[str, Any], **more: Any) -> bytes:
    items = [{**TALK, **session} for session in sessions]
    return as_bytes({"conference": "A Conf", "sessions": items, **more})


def read(content: bytes, **choices: Any) -> Reading:
    return parse(content, Choices(**choices))


def warned(reading: Reading, path: str) -> list[str]:
    return [str(one.sentence) for one in reading.warnings if one.path == path]


def faults(content: bytes, **choices: Any) -> list[tuple[str, str]]:
    with pytest.raises(FaultyProgramme) as caught:
        read(content, **choices)
    return [(fault.path, str(fault.sentence)) for fault in caught.value.faults]
