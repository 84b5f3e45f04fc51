import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cohorts.matching.commands import tables as command
from cohorts.matching.commands.tables import tables

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[4]
HEAD = "team_id,state,goals,roles\n"
BOTH = "superintendent;union_president"


def teams_csv(number=12):
    rows = [f"T{n:02d},{'CA' if n % 2 else 'NJ'},reading;math,{BOTH}\n" for n in range(number)]
    return HEAD + "".join(rows)


@pytest.fixture
def run(tmp_path):
    """Run the command on a TEAMS.csv of this text, with other files by their options."""

    def runs(text, *options, **files):
        teams = tmp_path / "teams.csv"
        teams.write_bytes(text if isinstance(text, bytes) else text.encode())
        for name, content in files.items():
            file = tmp_path / f"{name}.csv"
            file.write_text(content)
            options += (f"--{name}", str(file))
        out = tmp_path / "out.csv"
        out.unlink(missing_ok=True)
        answer = CliRunner().invoke(tables, [str(teams), "--out", str(out), *options])
        answer.written = out.read_text() if out.exists() else None
        return answer

    return runs


def rows_of(answer):
    return list(csv.DictReader(answer.written.splitlines()))


def test_everyone_at_a_table_and_the_checker_agrees(run, tmp_path):
    report = tmp_path / "report.json"
    answer = run(teams_csv(13) + "T99,VT,,\nT98,VT,welding,\n", "--report", str(report))
    assert answer.exit_code == 0, answer.output
    told = json.loads(report.read_text())
    assert (told["seated"], told["theme_value"], told["proven"]) == (13, 52, True)
    assert [row["team_id"] for row in rows_of(answer) if row["why"]] == ["T98", "T99"]
    assert "It names no goal." in answer.written
    assert "reading" not in rows_of(answer)[-1]["why"]
    checks = [sys.executable, ROOT / "scripts/check_tables.py", tmp_path / "teams.csv"]
    checks += [tmp_path / "out.csv", "--report", report, "--prove"]
    assert subprocess.run(checks, capture_output=True, text=True, check=False).stderr == ""
    mutated = answer.written.replace("1,reading,T00,4,", "1,math,T00,4,")
    (tmp_path / "out.csv").write_text(mutated)
    wrong = subprocess.run(checks, capture_output=True, text=True, check=False)
    assert wrong.returncode == 1
    assert "two themes" in wrong.stderr


def test_the_same_bytes_again_and_from_excel(run):
    once = run(teams_csv())
    assert run(teams_csv()).written == once.written
    excel = ("\ufeff" + teams_csv().replace("\n", "\r\n")).encode()
    assert run(excel).written == once.written
    other = "\n".join(
        ";".join(f'"{cell}"' for cell in line.split(",")) for line in teams_csv().splitlines()
    )
    assert run(other).written == once.written


def test_people_make_teams(run):
    head = "participant_id,district_id,state,role,goals\n"
    people = [
        f"P{d}{n},D{d},CA,{'superintendent' if n else 'union_president'},reading;math\n"
        for d in range(5)
        for n in range(2)
    ]
    answer = run(head + "".join(people))
    assert [row["team_id"] for row in rows_of(answer)] == ["D0", "D1", "D2", "D3", "D4"]
    answer = run(head + people[0] + people[1].replace("CA", "NJ"))
    assert "teams.csv:3: District D0 is of NJ here and of CA in line 2." in answer.stderr


def test_a_former_result_locks_and_rounds(run):
    former = run(teams_csv()).written
    at = {row["team_id"]: row["table"] for row in csv.DictReader(former.splitlines())}
    other = next(table for table in at.values() if table != at["T00"])
    locks = f"lock,teams,table\ntable,T00,{other}\ntogether,T00;T01,\napart,T02;T03,\n"
    now = {
        row["team_id"]: row["table"]
        for row in rows_of(run(teams_csv(), former=former, locks=locks))
    }
    assert now["T00"] == now["T01"] == other
    assert now["T02"] != now["T03"]
    again = {row["team_id"]: row["table"] for row in rows_of(run(teams_csv(), past=former))}
    assert again != at


FAULTS = {
    "": "teams.csv:1: The column “team_id” is missing. Add it.",
    HEAD: "teams.csv:1: There is no team in this file.",
    "team_id,state,goals\nT1,CA,a\n": "teams.csv:1: The column “roles” is missing. Add it.",
    "team_id,state,goals,roles,goals\nT1,CA,a,,b\n": "teams.csv:1: The column “goals” stands here "
    "twice. Remove one.",
    HEAD + "T1,CA,a,x\nT1,NJ,b,x\n": "teams.csv:3: The team_id T1 stands in line 2 already.",
    HEAD + ",CA,a,x\n": "teams.csv:2: The cell “team_id” is empty.",
    HEAD + "T1,CA,a\n": "teams.csv:2: This row has 3 cells; the first row names 4 columns.",
    HEAD + "T1,CA,a;b;a,\n": "teams.csv:2: “goals” has a twice. Name it once.",
    HEAD + f"T1,CA,{';'.join(f'g{n}' for n in range(1000))},\n": "teams.csv:2: “goals” has 1,000 "
    "entries; at most 4 count.",
    HEAD + "T1,CA,a\x00b,\n": "teams.csv:2: This text holds an invisible character",
    HEAD + '"T1\n",CA,a,x\nT1,CA,b,x\n': "teams.csv:4: The team_id T1 stands in line 2 already.",
    HEAD + '"T1,CA,a,x\n': "teams.csv:2: This is not CSV",
    HEAD.encode() + b"T\xff,CA,a,\n": "teams.csv:2: This line is not written in UTF-8.",
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_is_one_line_with_what_to_mend(run, text):
    answer = run(text)
    assert answer.exit_code == 2
    assert FAULTS[text] in answer.stderr
    assert answer.written is None


LOCKS = {
    "lock,teams,table\nnear,T00;T01,\n": "locks.csv:2: “lock” is near.",
    "lock,teams,table\napart,T00;T77,\n": "locks.csv:2: There is no team T77 among the teams.",
    "lock,teams,table\napart,T00,\n": "locks.csv:2: “apart” needs two teams",
    "lock,teams,table\ntable,T00,9\n": "locks.csv:2: There is no table 9 in the former result",
    "lock,teams,table\ntogether,T00;T01,\napart,T00;T01,\n": "T00, T01 are to sit together, and",
}


@pytest.mark.parametrize("text", LOCKS)
def test_faults_of_locks(run, text):
    answer = run(teams_csv(), locks=text)
    assert answer.exit_code == 2
    assert LOCKS[text] in answer.stderr
    assert answer.written is None


def test_sizes_that_are_none(run):
    assert "like 4-6" in run(teams_csv(), "--sizes", "6-4").stderr
    assert {row["table"] for row in rows_of(run(teams_csv(6), "--sizes", "3 to 3"))} == {"1", "2"}


def test_stopped_by_hand_nothing_is_written(run, monkeypatch, tmp_path):
    def stopped(*_args, **_kept):
        raise KeyboardInterrupt

    monkeypatch.setattr("cohorts.matching.engine.teams.tables.choose_themes", stopped)
    assert run(teams_csv()).written is None
    assert sorted(file.name for file in tmp_path.iterdir()) == ["teams.csv"]


def test_a_folder_that_is_not_there(run):
    answer = run(teams_csv(), "--report", "/nowhere/report.json")
    assert answer.exit_code == 1
    assert "cannot be written" in answer.stderr
    assert answer.written is None


def test_help_does_not_wait_for_solvers():
    heavy = "{'flask', 'sqlalchemy', 'numpy'}"
    program = f"import sys, {command.__name__}; print(sorted({heavy} & {{*sys.modules}}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout == "[]\n"
