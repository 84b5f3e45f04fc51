import csv
import json

import pytest
from click.testing import CliRunner

from cohorts.matching.commands.partners import partners

pytestmark = pytest.mark.pure
HEAD = "team_id,state,enrollment,locale,past_partners\n"
FOUR = HEAD + "A,CA,1000,21,\nB,CA,500,41,\nC,NJ,1000,21,B\nD,NJ,,,\n"


@pytest.fixture
def run(tmp_path):
    def runs(text, *options, name="teams.csv", out="out.csv", **files):
        teams = tmp_path / name
        teams.write_text(text)
        for option, content in files.items():
            file = tmp_path / f"{option}.csv"
            file.write_text(content)
            options += (f"--{option}", str(file))
        target = tmp_path / out
        target.unlink(missing_ok=True)
        answer = CliRunner().invoke(partners, [str(teams), "--out", str(target), *options])
        answer.written = target.read_text() if target.exists() else None
        return answer

    return runs


def pairs_of(answer):
    rows = csv.DictReader(answer.written.splitlines())
    return {"".join(row[c] for c in ("team_a", "team_b", "team_c")) for row in rows}


def test_pairs_and_their_cost(run, tmp_path):
    report = tmp_path / "report.json"
    answer = run(FOUR, "--report", str(report))
    assert pairs_of(answer) == {"AC", "BD"}
    told = json.loads(report.read_text())
    assert (told["cost"], told["bound"], told["proven"]) == (200, 200, True)
    assert json.loads(run(FOUR, out="out.json").written)["pairs"] == [["A", "C"], ["B", "D"]]


def test_options_that_change_the_pairs(run):
    pairs = "team_a,team_b\nA,D\n"
    free = FOUR.replace("21,B", "21,")
    assert pairs_of(run(free, "--states", "any", pin=pairs)) == {"AD", "BC"}
    assert "AC" not in pairs_of(run(FOUR, "--states", "any", apart="team_a,team_b\nA,C\n"))
    assert pairs_of(run(free, former="team_a,team_b\nA,D\nB,C\n")) == {
        "AD",
        "BC",
    }
    assert "AC" not in pairs_of(run(FOUR, "--states", "any", past="team_a,team_b,team_c\nA,X,C\n"))


def test_who_stays_alone_and_why(run):
    five = HEAD + "".join(f"{x},CA,100,21,\n" for x in "ABC") + "D,NJ,100,21,\nE,NJ,90,21,\n"
    assert len(pairs_of(run(five, "--states", "any"))) == 2
    alone = run(five, "--states", "any", "--odd", "alone").written
    assert "The number of teams is odd" in alone
    few = run(five).written
    assert "3 teams in its position, which may only have partners among 2 others" in few
    assert "No other team may be its partner" in run(HEAD + "A,CA,1,11,\nB,CA,1,11,\n").written


FAULTS = {
    HEAD + "A,CA,0,21,\n": "teams.csv:2: “enrollment” is 0.",
    HEAD + "A,CA,many,21,\n": "teams.csv:2: “enrollment” is many.",
    HEAD + "A,CA,10,99,\n": "teams.csv:2: “locale” is 99.",
    HEAD + "A,CA,10,21,A\n": "teams.csv:2: A is its own former partner. Remove it.",
    HEAD + "A,CA,10,21,Z\n": "teams.csv:2: There is no team Z among the teams.",
    HEAD: "teams.csv:1: There is no team in this file.",
}


@pytest.mark.parametrize("text", FAULTS)
def test_each_fault_is_one_line_with_what_to_mend(run, text):
    answer = run(text)
    assert answer.exit_code == 2
    assert FAULTS[text] in answer.stderr
    assert answer.written is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "teams.json:1: This is not JSON"),
        ("[]", "“districts” is missing"),
        ('{"districts": [1]}', "districts[0] is no object"),
        ('{"districts": [{"state": "CA"}]}', "The cell “leaid” is empty"),
    ],
)
def test_faults_of_json(run, text, fault):
    answer = run(text, name="teams.json")
    assert answer.exit_code == 2
    assert fault in answer.stderr


def test_pins_that_contradict_are_named(run):
    answer = run(FOUR, pin="team_a,team_b\nA,C\nA,D\n")
    assert answer.exit_code == 2
    assert "pin.csv: A: each can have only one partner." in answer.stderr
    assert "pin.csv:2: There is no team X" in run(FOUR, pin="team_a,team_b\nA,X\n").stderr
    assert (
        "pin.csv:2: A pair needs two different teams."
        in run(FOUR, pin="team_a,team_b\nA,A\n").stderr
    )
