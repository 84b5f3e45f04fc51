"""A list as it is read, carried through a page, and handed back: pure, no database."""

import re

import pytest

from consortium.spreadsheets import csv_file
from events.bulk import exports, imports
from events.bulk.domain.columns import QUESTION, HeaderRefused, read_header
from events.questions.domain import QuestionRule
from tests.events.bulk.lists import BO, HEADER, PAT, csv_of
from tests.events.questions.rules import question

pytestmark = pytest.mark.pure


def read(content: bytes, *questions: QuestionRule) -> imports.Sheet:
    return imports.read(content, questions)


def test_columns_come_in_any_order_with_space_around_their_words() -> None:
    sheet = read(csv_of((" Superintendent ", "\u00a0pat@oak.example.org", " Pat Lee ", "3400001 "),
                        header=(" role", "EMAIL ", "Full  name", "nces id")))  # fmt: skip

    assert dict(sheet.rows[0].cells) == {
        "role": "Superintendent",
        "email": "pat@oak.example.org",
        "name": "Pat Lee",
        "lea_id": "3400001",
    }


def test_questions_whose_codes_look_alike_keep_their_columns() -> None:
    asked = (question("a_b"), question("a__b"))
    header = (*HEADER, QUESTION + "a__b", QUESTION + "a_b")

    layout = read_header(header, asked)

    assert [layout.keys[4], layout.keys[5]] == [QUESTION + "a__b", QUESTION + "a_b"]
    with pytest.raises(HeaderRefused, match="Two columns are called"):
        read_header((*header, QUESTION + "a_b"), asked)


def test_a_list_grows_no_more_when_a_browser_sends_it() -> None:
    packed = read(csv_of(PAT, *[(*BO[:1], f"Bo {n} Åä", *BO[2:]) for n in range(60)])).packed

    assert re.fullmatch(r"[A-Za-z0-9_-]+=*", packed)


def test_rows_left_out_twice_have_one_reason_in_front() -> None:
    sheet = read(
        csv_of(
            ("old reason", *PAT, "?"), ("", *BO), header=("why it was left out", *HEADER, "=Note")
        )
    )

    header, *rows = imports.cells_in(sheet.left_out({2: "A new one."}))

    assert header == ["Why it was left out", *HEADER, "=Note"]
    assert rows == [["A new one.", *PAT, "?"]]
    written = csv_file(exports.rows_left_out(header, rows)).file.read().decode("utf-8-sig")
    assert written.splitlines()[0].endswith('"Role","\'=Note"')


def test_each_column_of_the_rows_left_out_has_a_name_of_its_own() -> None:
    table = exports.rows_left_out(["A (3)", "", "a", "A"], [])

    assert table.header == ("A (3)", "Column 1", "a", "A (3) (3)")


@pytest.mark.parametrize("content", ["", "eA==", "eJyLjgUAARUAuQ=="])
def test_what_a_page_never_carried_is_refused(content: str) -> None:
    with pytest.raises(imports.FileRefused, match="damaged on the way"):
        imports.cells_in(content)
