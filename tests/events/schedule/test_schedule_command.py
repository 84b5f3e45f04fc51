"""``consortium schedule``: files in, files out, every fault with its line, and Ctrl-C."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result

from events.schedule.commands.schedule import schedule
from events.schedule.commands.schedule_help import EXAMPLE
from scripts import check_schedule

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[3]


def _run(*told: object) -> Result:
    return CliRunner().invoke(schedule, [str(one) for one in told])


def _checked(capsys: pytest.CaptureFixture[str], *told: object) -> tuple[int, str, str]:
    """Return what the checker says: whether anything is wrong, the figures, and the faults."""
    capsys.readouterr()
    code = check_schedule.main([str(one) for one in told])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    file = tmp_path / "programme.json"
    file.write_text(EXAMPLE)
    return file


def test_the_example_is_scheduled_and_the_checker_agrees(
    programme: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, report = programme.with_name("out.json"), programme.with_name("report.json")
    prices = programme.with_name("prices.csv")
    told = _run(programme, "--out", out, "--report", report, "--prices", prices)
    assert told.exit_code == 0, told.output
    assert "4 sessions in 3 slots and 2 rooms. 100.0% of what people ranked" in told.output
    figures = json.loads(report.read_text())
    assert figures["points"] == {"all": 38, "without_clashes": 38, "seated": 38}
    assert figures["bound"] >= 38
    code, said, faults = _checked(capsys, programme, out, "--prices", prices)
    assert (code, faults) == (0, "")
    judged = json.loads(said)
    assert (judged["V"], judged["bound"]) == (38, figures["bound"])
    first = out.read_bytes()
    assert _run(programme, "--out", out).exit_code == 0
    assert out.read_bytes() == first


def test_a_lost_presenter_moves_one_session_and_the_rest_stays(programme: Path) -> None:
    out = programme.with_name("out.json")
    assert _run(programme, "--out", out).exit_code == 0
    former = {one["session"]: one for one in json.loads(out.read_text())["sessions"]}
    said = json.loads(EXAMPLE)
    said["rooms"][1].pop("open")
    said["presenters"][0]["away"] = [former["story"]["slot"]]
    programme.write_text(json.dumps(said))
    told = _run(programme, "--out", out, "--from", out, "--keep")
    assert told.exit_code == 0, told.output
    assert "1 sessions moved, 0 more have another room; fewer is impossible." in told.output
    now = {one["session"]: one for one in json.loads(out.read_text())["sessions"]}
    assert [one for one in now if now[one] != former[one]] == ["story"]


def test_tables_in_tables_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    tables = {
        "slots": "id\nt1\nt2\n",
        "rooms": "id,places,features\nhall,40,projector;stage\nroom,20,\n",
        "sessions": "id,kind,role,features,facilitators,before\n"
        "s1,breakout,,projector,p3,s2\ns2,breakout,,,p2,\ns3,role_alike,lead,,,\n",
        "people": "\ufeffid,team,role\r\np1,a,lead\r\np2,a,teacher\r\np3,b,teacher\r\n",
        "choices": "person,session,rank\np2,s1,1\np3,s2,1\np1,s2,2\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
    told = _run(folder, "--out", out, "--seed", 3)
    assert told.exit_code == 0, told.output
    assert (out / "schedule.csv").read_text().splitlines()[:2] == [
        "session,slot,room",
        "s1,t1,hall",
    ]
    code, said, faults = _checked(capsys, folder, out)
    assert (code, faults) == (0, "")
    assert json.loads(said)["seated"] == 10 + 10 + 9
    (folder / "choices.csv").write_text(
        "person,session,rank\np2,s1,one\np9,s1,1\np3,s1,1\np3,s1,2\n"
    )
    told = _run(folder, "--out", out, "--seed", 3)
    assert told.exit_code == 2
    assert told.stderr.splitlines() == [
        (
            f"{folder}/choices.csv:2: Write “rank” as a whole number from 1 to 1000, or leave it "
            "empty, not “one”."
        ),
        f"{folder}/choices.csv:3: There is no person “p9”. Correct it, or add it.",
        f"{folder}/choices.csv:5: “p3” ranks “s1” twice. Keep one.",
    ]


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


def test_ctrl_c_leaves_a_legal_schedule_or_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stopped in the midst of the search, the best so far is written, whole."""
    said = json.loads(EXAMPLE)
    ids = [f"s{n}" for n in range(6)]
    said["sessions"] = [{"id": one} for one in ids]
    people = [{"id": f"p{n}", "choices": ids[n % 3 : n % 3 + 3]} for n in range(9)]
    said["people"] = people
    said["rooms"] = [{"id": "hall", "capacity": 120}, {"id": "r1", "capacity": 30}]
    programme, out = tmp_path / "programme.json", tmp_path / "out.json"
    programme.write_text(json.dumps(said))
    script = (
        "import sys; from events.schedule.engine import planning;"
        "planning.best_possible = lambda *_: False;"
        "from events.schedule.engine import annealing; inner = annealing._step;"
        "annealing._step = lambda *a: (print('on', flush=True), inner(*a))[1];"
        "from events.schedule.commands.schedule import schedule; schedule()"
    )
    started = subprocess.Popen(
        [sys.executable, "-c", script, str(programme), "--out", str(out), "--seconds", "600"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert started.stdout is not None
    assert started.stdout.readline() == "on\n"
    began = time.monotonic()
    started.send_signal(signal.SIGINT)
    told, _ = started.communicate(timeout=60)
    assert started.returncode == 0
    assert time.monotonic() - began < 30
    assert "Time ended before the search did: this is the best so far." in told
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out.json", "programme.json"]
    assert _checked(capsys, programme, out)[0] == 0


def _mutated(schedule: dict[str, Any], what: str) -> None:
    placed = {one["session"]: one for one in schedule["sessions"]}
    if what == "a session is missing":
        schedule["sessions"].pop()
    elif what == "another room":
        placed["budget"]["room"] = "r1"  # it has no projector
    elif what == "when she is away":
        placed["story"]["slot"] = "pm"
    elif what == "before its time":
        placed["plans"]["slot"] = placed["budget"]["slot"]
    elif what == "a seat of someone else":
        schedule["seats"].append({"person": "ben", "slot": "pm", "session": "plans"})
    elif what == "a worse seat":
        schedule["seats"] = [one for one in schedule["seats"] if one["session"] != "story"]
    elif what == "no duty":
        schedule["seats"] = [one for one in schedule["seats"] if one["session"] != "leads"]


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ("a session is missing", "placed 0 times, not once"),
        ("another room", "budget: r1 lacks ['projector']"),
        ("when she is away", "story: Dana is away"),
        ("before its time", "budget: does not end before plans begins"),
        ("a seat of someone else", "ben did not rank plans"),
        ("a worse seat", "may exist"),
        ("no duty", "ana has to be at leads and has no seat there"),
    ],
)
def test_the_checker_sees_what_was_spoiled(
    programme: Path, capsys: pytest.CaptureFixture[str], what: str, sentence: str
) -> None:
    out = programme.with_name("out.json")
    said = json.loads(_the_examples_schedule())
    _mutated(said, what)
    out.write_text(json.dumps(said))
    code, _, faults = _checked(capsys, programme, out)
    assert code == 1
    assert sentence in faults


@cache
def _the_examples_schedule() -> str:
    with TemporaryDirectory() as folder:
        file, out = Path(folder, "programme.json"), Path(folder, "out.json")
        file.write_text(EXAMPLE)
        assert _run(file, "--out", out).exit_code == 0
        return out.read_text()


def test_the_table_of_a_schedule_begins_the_next(programme: Path, tmp_path: Path) -> None:
    out, folder = programme.with_name("out.json"), tmp_path / "tables"
    folder.mkdir()
    assert _run(programme, "--out", out).exit_code == 0
    assert _run(programme, "--out", folder).exit_code == 0
    with (folder / "schedule.csv").open() as stream:
        rows = {row["session"]: row for row in csv.DictReader(stream)}
    said = {one["session"]: one for one in json.loads(out.read_text())["sessions"]}
    assert {one: (row["slot"], row["room"]) for one, row in rows.items()} == {
        one: (row["slot"], row["room"]) for one, row in said.items()
    }
    told = _run(programme, "--out", out, "--from", folder, "--keep")
    assert "0 sessions moved, 0 more have another room; fewer is impossible." in told.output
