"""``consortium schedule``: every fault of a file with its line, and nothing half written."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from events.schedule.commands.schedule import schedule
from events.schedule.commands.schedule_help import EXAMPLE

pytestmark = pytest.mark.pure


def _run(*told: object) -> Result:
    return CliRunner().invoke(schedule, [str(one) for one in told])


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    return tmp_path / "programme.json"


def _faults(programme: Path, text: str) -> list[str]:
    programme.write_bytes(text.encode("utf-8", "surrogatepass"))
    out = programme.with_name("out.json")
    told = _run(programme, "--out", out, "--report", programme.with_name("report.json"))
    assert told.exit_code == 2, told.output
    assert [one.name for one in programme.parent.iterdir()] == [programme.name]
    return told.stderr.splitlines()


def _changed(part: str, number: int, **fields: Any) -> str:
    said = json.loads(EXAMPLE)
    said[part][number] |= fields
    return json.dumps(said, indent=1, ensure_ascii=False)


MISTAKES = {
    "a room of nobody": (_changed("rooms", 1, capacity=0), "rooms[1].capacity: Write 1 or more."),
    "longer than the day": (
        _changed("sessions", 0, minutes=600),
        (
            "sessions[0].minutes: It takes 600 minutes, and the longest time without a long break "
            "is 165 minutes. Make it shorter, or add slots."
        ),
    ),
    "who cannot ever meet": (
        _changed("presenters", 0, available=[]),
        (
            "sessions[0].presenters: Dana is away in every slot. Ask for other times, or let "
            "somebody else present it."
        ),
    ),
    "an id twice": (
        _changed("sessions", 1, id="story"),
        "sessions[1].id: “story” is the id of another one already. Give one a new id.",
    ),
    "an unknown id": (
        _changed("people", 1, choices=["stroy"]),
        "people[1].choices: There is no session “stroy”. Correct it, or add it.",
    ),
    "a choice twice": (
        _changed("people", 1, choices=["story", "story"]),
        "people[1].choices: “story” stands here twice. Keep one.",
    ),
    "a circle": (
        _changed("sessions", 2, before=["budget"]),
        (
            "sessions[1].before: These would each have to be before the next, in a circle: "
            "budget → plans → budget."
        ),
    ),
    "too many for any room": (
        _changed("sessions", 2, expected=500),
        "sessions[2].expected: 500 people are expected, and the largest room holds 120.",
    ),
    "what no room has": (
        _changed("sessions", 1, features=["piano"]),
        "sessions[1].features: No room has “piano”. Add it to a room, or do without.",
    ),
    "no such day": (_changed("slots", 0, day="2027-02-30"), "slots[0].day: There is no such day."),
    "a time backwards": (
        _changed("slots", 0, end="08:00"),
        "slots[0].end: It ends at or before its begin. Correct one of both.",
    ),
    "another type": (
        _changed("sessions", 0, minutes="60"),
        "sessions[0].minutes: Write a whole number here, without quotation marks.",
    ),
    "a huge text": (
        _changed("sessions", 0, title="x" * 30_000),
        "sessions[0].title: This text is too long: use at most 20,000 characters.",
    ),
    "a name that nobody knows": (
        _changed("sessions", 0, lenght=3),
        "sessions[0].lenght: Nobody knows this name. Correct its spelling, or remove it.",
    ),
    "no number": (
        EXAMPLE.replace('"expected": 40', '"expected": NaN'),
        "sessions[2].expected: NaN is not a number to count with.",
    ),
    "a name twice": (
        EXAMPLE.replace('"id": "am",', '"id": "am", "id": "am",'),
        "slots[0].id: This name stands here twice. Keep one of them.",
    ),
    "very deep": (
        '{"slots": ' + "[" * 60 + "]" * 60 + "}",
        "There are more than 20 brackets inside each other. Is it the right file?",
    ),
    "nothing to schedule": (
        json.dumps(json.loads(EXAMPLE) | {"sessions": []}),
        "sessions: ",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_with_its_line_and_nothing_is_written(
    programme: Path, mistake: str
) -> None:
    text, sentence = MISTAKES[mistake]
    told = _faults(programme, text)
    assert any(sentence in line for line in told), told
    file, line, _ = told[0].split(":", 2)
    assert file == str(programme)
    assert 1 <= int(line) <= text.count("\n") + 1


def test_rules_that_contradict_each_other_are_told_and_nothing_is_written(programme: Path) -> None:
    said = json.loads(EXAMPLE)
    for one in said["sessions"][:3]:
        one["presenters"] = ["Dana"]
    told = _faults(programme, json.dumps(said))
    assert told[0] == "No schedule keeps every rule. These contradict each other:"
    assert told[1].endswith(
        "Dana is needed at “Budgets”, “Writing the plan” and “A district's story”, of which no two "
        "can be at the same time."
    )
    assert len(told) == 5


def test_a_slip_that_is_no_fault_is_told_on_the_side(programme: Path) -> None:
    programme.write_text(_changed("people", 0, role="superintendant"))
    told = _run(programme, "--out", programme.with_name("out.json"))
    assert told.exit_code == 0
    assert (
        "Nobody has the role “superintendent” that has to be at “Superintendents”." in told.stderr
    )
