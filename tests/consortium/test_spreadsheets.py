import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from consortium.spreadsheets import RISKY, Table, csv_file, guard, unguard, xlsx_file

pytestmark = pytest.mark.pure

# Any text, and texts that begin with the signs that matter, several times over.
TEXTS = st.text() | st.builds(
    "".join, st.tuples(st.text(alphabet=sorted(RISKY), max_size=4), st.text(max_size=20))
)


@given(TEXTS)
def test_unguard_gives_back_every_text(text: str) -> None:
    assert unguard(guard(text)) == text


@given(TEXTS)
def test_a_guarded_cell_never_begins_like_a_formula(text: str) -> None:
    assert guard(text)[:1] not in RISKY - {"'"}


@given(st.lists(TEXTS.filter(lambda text: "\0" not in text), min_size=1))
def test_a_row_survives_export_and_import(row: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow(map(guard, row))

    file.seek(0)
    read = next(csv.reader(file))

    assert [unguard(cell) for cell in read] == row


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("O'Brien", "O'Brien"),
        ("", ""),
        ("0600001", "0600001"),
        ("1E10", "1E10"),
        ("+16095550142", "'+16095550142"),
        ("-2+3", "'-2+3"),
        (
            '=HYPERLINK("https://evil.example","click")',
            '\'=HYPERLINK("https://evil.example","click")',
        ),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("'Abd al-Malik", "''Abd al-Malik"),
        ("''", "'''"),
        ("＝1+1", "'＝1+1"),
    ],
)
def test_guard_puts_an_apostrophe_only_where_one_is_needed(text: str, cell: str) -> None:
    assert guard(text) == cell


def test_unguard_leaves_what_a_person_typed() -> None:
    assert unguard("'Abd al-Malik") == "'Abd al-Malik"


def test_headers_are_guarded_like_cells() -> None:
    written = csv_file(Table(name="All", header=("=1+1", "Name"), rows=[("=2", 3)]))

    rows = list(csv.reader(io.StringIO(written.file.read().decode("utf-8-sig"))))
    assert rows == [["'=1+1", "Name"], ["'=2", "3"]]


@pytest.mark.parametrize("cents", [0, 1, -5, 123_450, 10**14 - 1])
def test_amounts_are_numbers_to_the_cent_in_both_files(cents: int) -> None:
    table = Table(name="Sums", header=("Amount",), rows=[(cents * Decimal("0.01"),)])

    text = csv_file(table).file.read().decode("utf-8-sig")
    assert text.splitlines()[1] == f'"{cents / 100:.2f}"'
    book = xlsx_file([table], title="Sums", at=datetime(2026, 3, 2, tzinfo=UTC)).file
    rows = CalamineWorkbook.from_filelike(book).get_sheet_by_name("Sums").to_python()
    assert rows[1] == [pytest.approx(cents / 100)]
