"""Venues, rooms and presenters of a programme file: read, named, refused, written back."""

from typing import Any

import pytest

from events.programmes.domain import parse, written
from tests.events.programmes.files import as_bytes, faults, parsed, small, warnings

pytestmark = pytest.mark.pure

WHOLE: dict[str, Any] = {
    "venue": "Grand Hotel",
    "venues": [{"name": "Harbor Inn", "address": "1 Pier Road"}],
    "rooms": [
        {"name": "Ballroom", "capacity": 300, "features": ["hearing_loop"], "notes": "2nd floor"},
        "Foyer",
        {"name": "Pier Room", "venue": "harbor  INN"},
    ],
    "presenters": ["Dana Fox", {"name": "Eli Roe", "affiliation": "Elm ISD", "email": "E@elm.org"}],
    "strands": [{"code": "reading", "label": "Reading"}],
    "sessions__0__room": "ballroom",
    "sessions__0__presenters": ["dana fox", {"name": "Ida Low", "about": "Teaches."}],
    "sessions__0__facilitators": {"name": "Eli Roe", "about": "Mediates."},
    "sessions__0__track": "Main",
    "sessions__0__strand": "reading",
    "sessions__0__features": ["hearing_loop", "Piano", "Piano"],
    "sessions__0__audience_sides": ["labor"],
    "sessions__1__room": "PIER ROOM",
    "sessions__1__venue": "Harbor Inn",
}


def test_sessions_name_rooms_and_people_as_the_lists_spell_them() -> None:
    programme = parsed(**WHOLE)
    said, (opening, talk) = programme.whereabouts, programme.sessions
    assert [(room.name, room.venue, room.capacity) for room in said.rooms] == [
        ("Ballroom", "", 300), ("Foyer", "", None), ("Pier Room", "Harbor Inn", None),
    ]  # fmt: skip
    assert [(one.name, one.affiliation, one.email, one.about) for one in said.presenters] == [
        ("Dana Fox", "", "", ""),
        ("Eli Roe", "Elm ISD", "e@elm.org", "Mediates."),
        ("Ida Low", "", "", "Teaches."),
    ]
    assert (opening.room, opening.presenters) == ("Ballroom", ("Dana Fox", "Ida Low"))
    assert (opening.facilitators, opening.track) == (("Eli Roe",), "Main")
    assert opening.features == ("hearing_loop", "Piano")
    assert (opening.strand, opening.audience_sides) == ("reading", ("labor",))
    assert (talk.room, talk.venue) == ("Pier Room", "Harbor Inn")


def test_what_is_written_is_read_as_the_same() -> None:
    programme = parsed(**WHOLE)
    again = parse(as_bytes(written(programme))).programme
    assert again == programme
    assert written(again) == written(programme)


def test_names_that_only_sessions_say_become_rooms_venues_and_presenters() -> None:
    said = parsed(
        sessions__0__room="Hall", sessions__1__room="hall", sessions__1__venue="Inn",
        sessions__1__presenters="Ana",
    ).whereabouts  # fmt: skip
    assert [(room.name, room.venue) for room in said.rooms] == [("Hall", "Inn")]
    assert [venue.name for venue in said.venues] == ["Inn"]
    assert [one.name for one in said.presenters] == ["Ana"]
    assert said.listed == frozenset()


def test_further_fields_of_a_room_are_kept() -> None:
    programme = parsed(rooms=[{"name": "Big  Hall", "floor": 2}])
    assert written(programme)["rooms"] == [{"name": "Big Hall", "floor": 2}]


@pytest.mark.parametrize(
    ("changes", "path", "sentence"),
    [
        (
            {"rooms": [{"name": "A", "capacity": 0}]},
            "$.rooms[0].capacity",
            "This number must be 1 or more.",
        ),
        (
            {"rooms": [{"name": "A", "capacity": -5}]},
            "$.rooms[0].capacity",
            "This number must be 1 or more.",
        ),
        (
            {"rooms": ["Hall", {"name": "HALL"}]},
            "$.rooms[1].name",
            "“HALL” stands here twice. Write it once.",
        ),
        (
            {"venues": ["Harbor Inn"], "rooms": [{"name": "A", "venue": "Harbour Inn"}]},
            "$.rooms[0].venue",
            "“Harbour Inn” is none of the “venues”. Did you mean “Harbor Inn”?",
        ),
        (
            {"venue": "Grand Hotel", "venues": ["grand hotel"]},
            "$.venues[0].name",
            "That is the programme's own venue. List only others here.",
        ),
        (
            {
                "rooms": [{"name": "A", "venue": "Inn"}],
                "sessions__0__room": "A",
                "sessions__0__venue": "Barn",
            },
            "$.sessions[0].venue",
            "“A” is in Inn, not in Barn. Name a room of that venue.",
        ),
        (
            {
                "sessions__0__room": "A",
                "sessions__0__venue": "Inn",
                "sessions__1__room": "A",
                "sessions__1__venue": "Barn",
            },
            "$.sessions[1].venue",
            "“A” is in Inn, not in Barn. Name a room of that venue.",
        ),
        (
            {"rooms": ["A"], "sessions__0__room": "A", "sessions__0__venue": "Inn"},
            "$.sessions[0].venue",
            "“A” is in the programme's own venue, not in Inn. Name a room of that venue.",
        ),
        (
            {"presenters": [{"affiliation": "Elm"}]},
            "$.presenters[0].name",
            "“name” is missing. Write its name.",
        ),
        (
            {"sessions__1__presenters": ["Ana", {"affiliation": "Elm"}]},
            "$.sessions[1].presenters[1].name",
            "“name” is missing. Write its name.",
        ),
        (
            {"presenters": [{"name": "Ana", "email": "ana"}]},
            "$.presenters[0].email",
            "Write an address like name@example.org.",
        ),
        (
            {"sessions__1__strand": "reding", "strands": [{"code": "reading", "label": "R"}]},
            "$.sessions[1].strand",
            "No strand has the code “reding”. Did you mean “reading”?",
        ),
        (
            {"sessions__1__strand": "x"},
            "$.sessions[1].strand",
            "No strand has the code “x”. Write the code of one of the “strands”, or leave it out.",
        ),
        (
            {"sessions__1__audience_sides": ["labour"]},
            "$.sessions[1].audience_sides[0]",
            "“labour” is not known here. Did you mean “labor”?",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(changes: dict[str, Any], path: str, sentence: str) -> None:
    assert faults(**changes) == [(path, sentence)]


def test_a_room_beside_those_that_are_listed_is_probably_a_slip() -> None:
    assert warnings(rooms=["Ballroom"], sessions__0__room="Balroom") == [
        (
            "$.sessions[0].room",
            "“Balroom” is none of the “rooms”, and becomes one. Did you mean “Ballroom”?",
        )
    ]


def test_a_presenter_beside_those_that_are_listed_may_be_a_slip() -> None:
    people = ["Ana O’Brien", "Bo Li"]
    said = {"presenters": people, "sessions__0__presenters": ["Ana O'Brien", "Cy Lee"]}
    assert warnings(**said) == [
        (
            "$.sessions[0].presenters",
            (
                "“Ana O'Brien” is none of the “presenters”, and becomes one. Did you mean "
                f"“{people[0]}”?"
            ),
        )
    ]
    assert warnings(**{**said, "presenters": None}) == []


def test_a_file_of_before_keeps_what_it_said_under_these_names() -> None:
    file = small(sessions__0__speakers=["Ana"], rooms=None)
    assert parse(as_bytes(file)).programme.sessions[0].extras == {"speakers": ["Ana"]}
