"""``consortium schedule``: files in, files out, every fault with its line, and Ctrl-C."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

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
        "from events.schedule.engine import annealing; inner = annealing.step_of;"
        "annealing.step_of = lambda *a: (print('on', flush=True), inner(*a))[1];"
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
