import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cohorts.matching.commands.match import match
from cohorts.matching.engine.said import said_of
from cohorts.matching.engine.weights import Weights
from cohorts.matching.exports.matches_file import COLUMNS as WRITTEN
from cohorts.matching.imports.participants_file import COLUMNS
from tests.cohorts.matching.engine.judging import crowded, possible

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[4]
PEOPLE = crowded(60, 4)
# The people of one LEA agree on what is the LEA's.
LEAS = {person.lea: person for person in reversed(PEOPLE)}


def row_of(person):
    lea = LEAS[person.lea]
    return [
        person.id,
        person.lea,
        lea.state,
        person.role,
        lea.enrollment,
        lea.locale,
        lea.poverty,
        ";".join(person.goals),
        ";".join(sorted(person.asks)),
        ";".join(sorted(person.offers)),
        ";".join(sorted(person.languages)),
        ";".join(sorted(person.slots)),
        int(person.consents),
        person.most,
        ";".join(sorted(person.never)),
        "",
    ]


def participants(people=PEOPLE, *, delimiter=",", end="\n", change=None):
    rows = [list(COLUMNS), *(row_of(person) for person in people)]
    for (line, column), value in (change or {}).items():
        rows[line - 1][COLUMNS.index(column)] = value
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


@pytest.fixture
def run(tmp_path):
    """Run the command on a file of this text; return its answer and what it wrote."""

    def runs(text, *options):
        file, out = tmp_path / "people.csv", tmp_path / "out.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        out.unlink(missing_ok=True)
        answer = CliRunner().invoke(match, [str(file), "--out", str(out), *map(str, options)])
        answer.written = out.read_text() if out.exists() else None
        answer.left = sorted(each.name for each in tmp_path.iterdir())
        return answer

    return runs


def test_the_pairs_their_terms_and_true_reasons(run, tmp_path):
    report, duals = tmp_path / "report.json", tmp_path / "duals.csv"
    answer = run(participants(), "--report", report, "--duals", duals)
    assert answer.exit_code == 0, answer.output
    rows = list(csv.DictReader(io.StringIO(answer.written)))
    assert tuple(rows[0]) == WRITTEN
    for row in rows:
        assert row["participant_a"] < row["participant_b"]
        assert int(row["weight"]) == sum(int(row[name]) for name in WRITTEN[3:12])
        assert any(token.startswith(("goal:", "a_", "b_")) for token in row["reasons"].split(";"))
    told = json.loads(report.read_text())
    assert told["weight"] == sum(int(row["weight"]) for row in rows) <= told["upper_bound"]
    assert told["matches"] == len(rows)
    prices = list(csv.DictReader(io.StringIO(duals.read_text())))
    assert {price["participant_id"] for price in prices} == {person.id for person in PEOPLE}
    assert all(float(price["y"]) >= 0 for price in prices)


def test_only_pairs_that_the_contract_allows(run):
    people = [
        person.__class__(
            **{name: getattr(person, name) for name in person.__slots__}
            | {name: getattr(LEAS[person.lea], name) for name in ("state", "enrollment")}
            | {name: getattr(LEAS[person.lea], name) for name in ("locale", "poverty")}
        )
        for person in PEOPLE
    ]
    allowed = possible(people)
    rows = list(csv.DictReader(io.StringIO(run(participants()).written)))
    found = {(row["participant_a"], row["participant_b"]): int(row["weight"]) for row in rows}
    assert found == {pair: allowed[pair] for pair in found}


def test_spreadsheets_and_order_make_no_difference_and_the_same_bytes_come_again(run):
    first = run(participants()).written
    again = [
        participants(),
        b"\xef\xbb\xbf" + participants(end="\r\n").encode(),
        participants(delimiter="\t"),
        participants(list(reversed(PEOPLE))),
    ]
    assert [run(text).written for text in again] == [first] * 4


def test_weights_of_a_file_count(run, tmp_path):
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(said_of(Weights()) | {"state_differs": 0}))
    rows = list(csv.DictReader(io.StringIO(run(participants(), "--weights", file).written)))
    assert {row["w_state"] for row in rows} == {"0"}


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({(1, "goals"): "gaols"}, 1, "“goals” is missing"),
        ({(1, "goals"): "asks"}, 1, "“asks” stands here twice"),
        ({(5, "participant_id"): "P0001"}, 5, "stands in line 3 already"),
        ({(5, "participant_id"): ""}, 5, "“participant_id” is empty"),
        ({(5, "past_matches"): "P0003"}, 5, "their own past or blocked people"),
        ({(5, "blocked"): "P7777"}, 5, "P7777, who is not in this file"),
        ({(5, "max_matches"): "0"}, 5, "a whole number from 1 to 50"),
        ({(5, "max_matches"): "-1"}, 5, "a whole number from 1 to 50"),
        ({(5, "enrollment"): "NaN"}, 5, "a whole number"),
        ({(5, "poverty_pct"): "101"}, 5, "from 0 to 100"),
        ({(5, "consent"): "yes"}, 5, "neither 0 nor 1"),
        ({(5, "role"): "mayor"}, 5, "“mayor” is not among those of the weights"),
        ({(5, "goals"): ";".join(f"g{n}" for n in range(10_000))}, 5, "names 10,000"),
        ({(5, "goals"): "a;b;a"}, 5, "names a goal twice"),
        ({(5, "asks"): "u\u202ev"}, 5, "invisible character"),
        ({(5, "district_id"): "D999", (5, "state"): "nj"}, 5, "two capital letters"),
        ({(5, "district_id"): "D999", (5, "locale"): "9"}, 5, "NCES code"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_nothing_is_written(run, change, line, said):
    answer = run(participants(change=change))
    assert answer.exit_code == 2
    assert answer.written is None
    assert f"people.csv:{line}: " in answer.stderr
    assert said in answer.stderr
    assert answer.left == ["people.csv"]


def test_an_lea_with_two_states_names_both_lines(run):
    second = next(n for n, p in enumerate(PEOPLE) if LEAS[p.lea].id != p.id)
    answer = run(participants(change={(second + 2, "state"): "CA"}))
    assert answer.exit_code == 2
    assert "another “state” here than in line" in answer.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is missing"),
        (participants([]).encode(), "The file has no participants."),
        (participants().encode("utf-16"), "UTF-16"),
        (participants().encode().replace(b"\nP0007", b"\nP\xff007"), "people.csv:9: "),
        (participants().encode() + b"P1,D1\n", "This row has 2 cells"),
        (participants().encode().replace(b"P0009,", b'P0009"x,', 1) + b'"', "not CSV"),
    ],
)
def test_files_that_are_no_table(run, content, said):
    answer = run(content)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.written is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"help_unit": -1}, "help_unit: Write a whole number"),
        ({"help_unit": True}, "help_unit: Write a whole number"),
        ({"goal_unit": 1.5}, "goal_unit: Write a whole number"),
        ({"gaol_unit": 1}, "gaol_unit: Nobody knows this name"),
        ({"roles": ["a", "a"]}, "roles: Write a list of roles, each once"),
        ({"role_related": {"teacher|mayor": 5}}, "role_related.teacher|mayor"),
        ({"size_thresholds": [5, 3]}, "from the smallest to the largest"),
        ({"goal_rank_values": "4321"}, "goal_rank_values: Write a list"),
    ],
)
def test_weights_that_nothing_can_count_with(run, tmp_path, change, said):
    file = tmp_path / "weights.json"
    file.write_text(json.dumps(said_of(Weights()) | change))
    answer = run(participants(), "--weights", file)
    assert answer.exit_code == 2
    assert said in answer.stderr
    assert answer.written is None


def test_a_folder_that_is_not_there_is_told_before_the_search(run, tmp_path):
    answer = run(participants(), "--report", tmp_path / "none" / "report.json")
    assert answer.exit_code == 2
    assert "Make it first" in answer.stderr


def test_ctrl_c_writes_the_best_so_far(tmp_path):
    file, out = tmp_path / "people.csv", tmp_path / "out.csv"
    people = [p for n in range(10) for p in crowded(60, n)]
    rows = [
        [f"P{n:05d}", f"D{n // 2:04d}", "NJ", p.role, 900, "41", 9, *row_of(p)[7:14], "", ""]
        for n, p in enumerate(people)
    ]
    text = io.StringIO()
    csv.writer(text).writerows([COLUMNS, *rows])
    file.write_text(text.getvalue())
    script = (
        "from cohorts.matching.engine.search import Search as S;"
        "S.__setattr__ = lambda self, name, value: (object.__setattr__(self, name, value),"
        "name == 'best' and len(value.pairs) and print('on', flush=True))[0];"
        "from cohorts.matching.commands.match import match; match()"
    )
    command = [sys.executable, "-c", script, file, "--out", out, "--seconds", "100"]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "80", "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "on\n"
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    written = list(csv.reader(io.StringIO(out.read_text())))
    assert tuple(written[0]) == WRITTEN
    assert len(written) > 500
    assert all(len(row) == len(WRITTEN) for row in written)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.csv", "people.csv"]


def pairs_in(written):
    rows = csv.DictReader(io.StringIO(written))
    return [(row["participant_a"], row["participant_b"]) for row in rows]


def test_locks_and_a_former_matching_leave_the_rest_as_it_was(run, tmp_path):
    former, locks = tmp_path / "former.csv", tmp_path / "locks.csv"
    before = run(participants())
    former.write_text(before.written)
    pairs = pairs_in(before.written)
    assert pairs_in(run(participants(), "--former", former).written) == pairs
    accepted = "".join(f"accept,{one},{other}\n" for one, other in pairs[1:])
    head = "lock,participant_a,participant_b\n"
    locks.write_text(f"{head}forbid,{pairs[0][0]},{pairs[0][1]}\n{accepted}")
    after = run(participants(), "--former", former, "--locks", locks)
    assert pairs[0] not in pairs_in(after.written)
    assert set(pairs[1:]) <= set(pairs_in(after.written))
    locks.write_text(f"{head}pin,{pairs[0][1]},{pairs[0][0]}\n")
    assert pairs[0] in pairs_in(run(participants(), "--locks", locks).written)


def test_a_former_matching_of_other_people_is_refused(run, tmp_path):
    former = tmp_path / "former.csv"
    pairs = pairs_in(run(participants()).written)
    strangers = [(f"X{one}", other) for one, other in pairs]
    for others, code in ((strangers, 2), (strangers[: len(pairs) // 2] + pairs, 0)):
        lines = "".join(f"{one},{other}\n" for one, other in others)
        former.write_text(f"participant_a,participant_b\n{lines}")
        answer = run(participants(), "--former", former)
        assert answer.exit_code == code, answer.stderr
        assert (answer.written is None) == (code == 2)
        said = f"Of its {len(pairs)} pairs only 0 can still be"
        assert (said in answer.stderr) == (code == 2)


@pytest.mark.parametrize(
    ("lock", "said"),
    [
        ("pin,P0005,P0001", "cannot be pinned: one of them does not consent"),
        ("pin,P0001,P7777", "P7777 is not among the participants"),
        ("forbid,P0001,P0001", "stands here twice. Name two people"),
        ("glue,P0001,P0002", "“lock” is none of: pin, forbid, accept"),
        ("forbid,P0001,P0002\npin,P0002,P0001", "stand in line 2 already"),
    ],
)
def test_locks_that_cannot_hold(run, tmp_path, lock, said):
    locks = tmp_path / "locks.csv"
    locks.write_text(f"lock,participant_a,participant_b\n{lock}\n")
    answer = run(participants(), "--locks", locks)
    assert answer.exit_code == 2
    assert f"{locks}:" in answer.stderr
    assert said in answer.stderr
    assert answer.written is None
