"""``consortium places``: files in, files out, and every fault with its line."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from events.schedule.commands.places import EXAMPLE, places

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[3]


def _run(*told: object) -> Result:
    return CliRunner().invoke(places, [str(one) for one in told])


@pytest.fixture
def programme(tmp_path: Path) -> Path:
    file = tmp_path / "programme.json"
    file.write_text(EXAMPLE)
    return file


def _faults(programme: Path, text: str) -> list[str]:
    programme.write_bytes(text.encode("utf-8", "surrogatepass"))
    out = programme.with_name("out.json")
    told = _run(programme, "--out", out)
    assert told.exit_code == 2, told.output
    assert [one.name for one in programme.parent.iterdir()] == [programme.name]
    return told.stderr.splitlines()


def test_the_example_is_dealt_and_the_checker_agrees(programme: Path) -> None:
    out, report = programme.with_name("out.json"), programme.with_name("report.json")
    told = _run(programme, "--out", out, "--report", report)
    assert told.exit_code == 0, told.output
    assert "Nothing better is possible." in told.output
    said = json.loads(out.read_text())
    assert said["profile"] == {"1": 1, "2": 1}
    assert [one["session"] for one in said["places"]] == ["panel", "story", "panel"]
    assert said["reasons"][0]["because"][0] == "Your first choice was full; you have your second."
    assert json.loads(report.read_text())["demand"][1]["wanted"] == {"1": 2}
    before = out.read_bytes()
    assert _run(programme, "--out", out).exit_code == 0
    assert out.read_bytes() == before
    assert _judged(programme, out)[0] == 0
    ana, ben, _ = said["places"]
    ana["session"], ana["rank"], ben["session"], ben["rank"] = "panel", 2, "panel", None
    said["profile"] = {"2": 1}
    out.write_text(json.dumps(said))
    code, text = _judged(programme, out)
    assert code == 1
    assert "where 2 are possible" in text


def test_the_checker_finds_what_is_illegal(programme: Path) -> None:
    out = programme.with_name("out.json")
    _run(programme, "--out", out)
    said = json.loads(out.read_text())
    said["places"][0] |= {"session": "story", "rank": 1}
    said["profile"] = {"1": 2}
    out.write_text(json.dumps(said))
    assert "story: 2 people, 1 places" in _judged(programme, out)[1]
    said["places"] = said["places"][:2]
    out.write_text(json.dumps(said))
    assert "eve: lost the fixed place in panel" in _judged(programme, out)[1]


def test_a_content_is_a_choice_of_every_session_that_tells_it(programme: Path) -> None:
    said = {
        "format": "consortium-places/1",
        "sessions": [
            {"id": f"{story}{round_}", "round": round_, "same_content": story, "places": 1}
            for round_ in "12"
            for story in "xy"
        ],
        "people": [{"id": "a", "choices": ["x", "y"]}, {"id": "b", "choices": ["x", "y"]}],
    }
    programme.write_text(json.dumps(said))
    out = programme.with_name("out.json")
    assert _run(programme, "--out", out).exit_code == 0
    found = json.loads(out.read_text())
    assert found["profile"] == {"1": 2, "2": 2}
    assert found["proven"]
    assert _judged(programme, out)[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"places": 1}', '"places": 0}', 6, "Write 1 or more."),
        ('"places": 1}', '"places": NaN}', 6, "NaN is not a number"),
        ('"places": 1}', '"places": "1"}', 6, "whole number here, without quotation marks"),
        ('"places": 1}', '"places": 1, "places": 2}', 6, "stands here twice"),
        ('"id": "ben"', '"id": "ana"', 11, "“ana” stands here twice"),
        ('["story"]', '["stroy"]', 11, "There is no session “stroy”"),
        ('["story"]', '["story", "story"]', 11, "“story” stands here twice"),
        ('"round": "am", "places": 1}', '"round": "pm"}', 6, "There is no round “pm”"),
        ('"fixed": ["panel"]', '"fixed": ["panel", "story"]', 12, "which allows 1"),
        ('"team": "West"', '"teem": "West"', 12, "Nobody knows this name"),
        ('"team": "West"', '"team": "W\\u0000t"', 12, "invisible character (U+0000)"),
        ('"team": "West"', '"team": "\\ud800"', 12, "invisible character (U+D800)"),
        ('"id": "eve", ', "", 12, "This is missing"),
        ('"any_free": true', '"any_free": 1', 3, "Write true or false"),
        ('"apart": []', '"apart": [', 15, "This is not JSON"),
        ('"apart": []', f'"apart": {"[" * 30}{"]" * 30}', 14, "brackets inside each other"),
        ("West", "W" * 201, 12, "Use at most 200 characters."),
        ('"places": 1}', '"places": 1' + "0" * 5_000 + "}", 6, "not a number to count with"),
    ],
)
def test_every_fault_is_told_with_its_line(
    programme: Path, old: str, new: str, line: int, told: str
) -> None:
    assert old in EXAMPLE
    (said,) = _faults(programme, EXAMPLE.replace(old, new, 1))
    assert said.startswith(f"{programme}:{line}: ")
    assert told in said


def test_all_faults_are_told_at_once(programme: Path) -> None:
    text = EXAMPLE.replace('"ben"', '""').replace('"panel"]}', '"none"]}').replace("30", "-1")
    assert len(_faults(programme, text)) == 2
    assert len(_faults(programme, EXAMPLE.replace('"story"', '"x"').replace("am", "pm", 1))) == 2


def test_a_folder_that_cannot_be_written_is_told_before_anything_is_computed(
    programme: Path,
) -> None:
    told = _run(programme, "--out", programme.parent / "none" / "out.json")
    assert told.exit_code == 2
    assert "Make it first." in told.stderr


def _tables(folder: Path, **changed: str) -> None:
    tables = {
        "people": "\ufeffid,team,role\r\nana,East,teacher\r\nben,East,principal\r\n",
        "sessions": (
            "id,kind,role,features,facilitators,before\n"
            "a,talk,,,,\nb,talk,,,ana;other,\nalike,group,principal,,,\nc,talk,,,,\n"
        ),
        "choices": ("person,session,rank\nana,a,1\nana,b,2\nben,a,1\nben,b,2\nana,c,3\nben,c,3\n"),
        "schedule": "session,slot,room\na,1,hall\nb,1,room\nalike,2,room\nc,2,hall\n",
        "rooms": "id,places,features\nhall,1,\nroom,9,\n",
    }
    for name, text in (tables | changed).items():
        (folder / f"{name}.csv").write_text(text, newline="")


def test_a_folder_of_tables_gives_seats_and_the_checker_agrees(tmp_path: Path) -> None:
    """Ana leads b and Ben is with the principals: the one in slot 1, the other in slot 2."""
    _tables(tmp_path)
    told = _run(tmp_path, "--out", tmp_path, "--by", "points")
    assert told.exit_code == 0, told.output
    with (tmp_path / "seats.csv").open(newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["person", "slot", "session"],
            ["ana", "2", "c"],
            ["ben", "1", "a"],
        ]
    assert _judged(tmp_path, tmp_path / "seats.csv", "--by", "points")[0] == 0


@pytest.mark.parametrize(
    ("table", "text", "line", "told"),
    [
        ("rooms", "id,places\nhall,0\nroom,9\n", 2, "Write a room's places as a number"),
        ("rooms", "id,places,places\nhall,1,1\nroom,9,1\n", 1, "“places” stands here twice"),
        ("people", "id,team\nana,East\nben,East\n", 1, "The column “role” is missing"),
        ("people", "id,team,role\nana,East\nben,E,p\n", 2, "This row has 2 cells"),
        ("choices", "person,session,rank\n\nana,a,first\n", 3, "Write the rank as"),
        ("choices", "person,session,rank\nana,a,1\nana,b,1\n", 3, "gives the rank 1 twice"),
        ("choices", "person,session,rank\neve,a,1\n", 2, "There is no person “eve”"),
        ("schedule", 'session,slot,room\n"a,1,hall\n', 2, "This is not CSV"),
    ],
)
def test_every_fault_of_a_table_is_told_with_its_line(
    tmp_path: Path, table: str, text: str, line: int, told: str
) -> None:
    _tables(tmp_path, **{table: text})
    answer = _run(tmp_path, "--out", tmp_path)
    assert answer.exit_code == 2
    assert answer.stderr.startswith(f"{tmp_path / table}.csv:{line}: ")
    assert told in answer.stderr
    assert not (tmp_path / "seats.csv").exists()


def test_help_waits_for_no_solver_and_no_web() -> None:
    code = (
        "import sys, events.schedule.commands.places;"
        "print(sorted({'flask', 'sqlalchemy', 'numpy', 'ortools', 'pydantic'} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert told.stdout == "[]\n"


def _judged(*told: object) -> tuple[int, str]:
    """Ask the checker, which is a program of its own and shares no code."""
    answer = subprocess.run(
        [sys.executable, "scripts/check_places.py", *map(str, told)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert not answer.stderr, answer.stderr
    return answer.returncode, answer.stdout
