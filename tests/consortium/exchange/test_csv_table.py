"""Strict reading of CSV, where it touches what the whole process shares."""

import csv
from pathlib import Path

import pytest

from consortium.exchange.csv_table import read_rows
from consortium.exchange.faults import FaultyFile


@pytest.mark.parametrize("content", ["id\n1\n", 'id\n"1" 2\n'])
def test_a_file_leaves_the_longest_cell_of_other_readers_alone(
    tmp_path: Path, content: str
) -> None:
    file = tmp_path / "some.csv"
    file.write_text(content)
    before = csv.field_size_limit()

    try:
        read_rows(file, ["id"])
    except FaultyFile:
        assert '" ' in content

    assert csv.field_size_limit() == before


def test_a_cell_may_hold_ten_thousand_words(tmp_path: Path) -> None:
    file = tmp_path / "some.csv"
    words = tuple(f"goal-number-{n}-of-many" for n in range(10_000))
    file.write_text(f"id,goals\n1,{';'.join(words)}\n")

    (row,) = read_rows(file, ["id", "goals"])

    assert row.several("goals") == words
