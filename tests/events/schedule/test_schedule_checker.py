"""The checker of schedules sees what is wrong with one."""

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner

from events.schedule.commands.schedule import schedule
from events.schedule.commands.schedule_help import EXAMPLE
from scripts import check_schedule

pytestmark = pytest.mark.pure


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
    tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str, sentence: str
) -> None:
    programme, out = tmp_path / "programme.json", tmp_path / "out.json"
    programme.write_text(EXAMPLE)
    said = json.loads(_the_examples_schedule())
    _mutated(said, what)
    out.write_text(json.dumps(said))
    assert check_schedule.main([str(programme), str(out)]) == 1
    assert sentence in capsys.readouterr().err


@cache
def _the_examples_schedule() -> str:
    with TemporaryDirectory() as folder:
        file, out = Path(folder, "programme.json"), Path(folder, "out.json")
        file.write_text(EXAMPLE)
        assert CliRunner().invoke(schedule, [str(file), "--out", str(out)]).exit_code == 0
        return out.read_text()
