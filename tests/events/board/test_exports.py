import csv
import io
import re
import zipfile
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from consortium.forms import unsafe_characters
from consortium.people.domain import Side
from consortium.spreadsheets import Table, Written, csv_file, unguard, xlsx_file
from events.board.domain.roster import Place
from events.board.domain.teams import Completeness, RoleBook
from events.board.exports import people_table, teams_table
from events.institutes.domain import RoleRule, Strength
from events.questions.domain import Scope
from events.questions.service import AnswerTable
from tests.events.board.lines import make_contact, make_line, make_member, next_id
from tests.events.questions.rules import question

pytestmark = pytest.mark.pure

BOOK = RoleBook(
    rules=(
        RoleRule(
            code="teacher", label="Teacher", side=Side.LABOR, strength=Strength.REQUIRED, min=1
        ),
    )
)
HEADER = ("Name", "Phone", "LEA id", "People")
TRICKY = [
    ('=HYPERLINK("https://evil.example","x")', "+16095550142", "0600001", 3),
    ("'Abd al-Malik", "", "12345678901234", 0),
    ('O\'Brien, "Bo"', "-1", "1E10", 12),
    ("@SUM(A1)", "\t=1", "007", 1),
    ("李小龍 ÅÉ 🎓", "_x0041_", "TRUE", 1),
    ("two\nlines", "http://example.org", "2026-03-02", 1),
]
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def read_csv(content: bytes) -> list[list[str]]:
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [[unguard(cell) for cell in row] for row in rows]


def read_xlsx(content: bytes, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


def write_xlsx(*tables: Table) -> bytes:
    return content_of(xlsx_file(tables, title="Summer Institute", at=AT))


def content_of(written: Written) -> bytes:
    return written.file.read()


def table(rows: list[tuple[Any, ...]], header: tuple[str, ...] = HEADER) -> Table:
    return Table(name="People", header=header, rows=iter(rows))


def test_csv_gives_back_every_cell_and_begins_with_a_byte_order_mark() -> None:
    written = csv_file(table(TRICKY))
    content = content_of(written)

    assert content.startswith(b'\xef\xbb\xbf"Name"')
    assert written.rows == len(TRICKY)
    assert read_csv(content) == [list(HEADER), *([str(cell) for cell in row] for row in TRICKY)]


def test_csv_has_no_cell_that_begins_like_a_formula() -> None:
    text = content_of(csv_file(table(TRICKY))).decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []


def test_xlsx_read_back_equals_the_rows() -> None:
    written = xlsx_file([table(TRICKY)], title="Summer Institute", at=AT)

    assert read_xlsx(content_of(written), "People") == [list(HEADER), *map(list, TRICKY)]
    assert written.rows == len(TRICKY)


def test_xlsx_has_no_formula_no_link_and_no_merged_cell() -> None:
    parts = zipfile.ZipFile(io.BytesIO(write_xlsx(table(TRICKY))))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()

    assert not re.search(r"<(f|hyperlink|mergeCell)\b", sheet)
    assert not any("externalLink" in name or "vba" in name for name in parts.namelist())


def test_xlsx_marks_and_freezes_its_header_row() -> None:
    parts = zipfile.ZipFile(io.BytesIO(write_xlsx(table(TRICKY))))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    marked = parts.read("xl/tables/table1.xml").decode()

    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert f'ref="A1:D{len(TRICKY) + 1}"' in marked
    assert 'headerRowCount="0"' not in marked
    assert [words in marked for words in HEADER] == [True] * 4


def test_xlsx_of_nobody_has_its_header() -> None:
    written = xlsx_file([table([])], title="Summer Institute", at=AT)

    assert read_xlsx(content_of(written), "People")[0] == list(HEADER)
    assert written.rows == 0


def test_xlsx_of_the_same_rows_is_the_same_file() -> None:
    assert write_xlsx(table(TRICKY)) == write_xlsx(table(TRICKY))


PLAIN = st.text(max_size=30).filter(lambda text: not unsafe_characters(text, lines=False))


@given(st.lists(st.tuples(PLAIN, PLAIN), min_size=1, max_size=5))
def test_both_formats_give_back_every_text_that_forms_accept(rows: list[tuple[str, str]]) -> None:
    header = ("First", "Second")
    wanted = [list(header), *map(list, rows)]

    assert read_csv(content_of(csv_file(table(rows, header)))) == wanted
    assert _padded(read_xlsx(write_xlsx(table(rows, header)), "People"), len(wanted)) == wanted


def _padded(rows: list[list[Any]], length: int) -> list[list[Any]]:
    """Give back the empty rows at the end, which readers leave out."""
    return rows + [["", ""]] * (length - len(rows))


PLACE = Place(
    person_id=UUID(int=9),
    seat_id=next_id(),
    name="Ada Ng",
    email="ada@example.org",
    phone="+16095550142",
    role_codes=("teacher", "parent", "site_lead"),
    status="invited",
    new_member=True,
    team_id=next_id(),
    team="Ridge",
    site="North School",
    lea_id="0600001",
    state="CA",
    team_status="waitlisted",
    completeness=Completeness.INCOMPLETE,
)


def test_people_table_says_what_the_roster_knows() -> None:
    written = people_table([PLACE], BOOK, with_phones=True)

    assert dict(zip(written.header, *written.rows, strict=True)) == {
        "Name": "Ada Ng",
        "E-mail": "ada@example.org",
        "Phone": "+16095550142",
        "Role": "Teacher",
        "Further roles": "Parent or community member; Site lead",
        "Seat": "Invited, not confirmed",
        "First time": "Yes",
        "Team": "Ridge",
        "Site": "North School",
        "LEA id": "0600001",
        "State": "CA",
        "Team status": "On the waitlist",
        "Completeness": "Incomplete",
    }


def test_people_table_leaves_out_telephone_numbers_unless_asked_for() -> None:
    written = people_table([PLACE], BOOK, with_phones=False)

    assert "Phone" not in written.header
    assert "+16095550142" not in next(iter(written.rows))


def test_tables_have_a_column_for_each_question_and_no_name_twice() -> None:
    answers = AnswerTable(
        columns=(
            question("state", "choices", label="State"),
            question("topic", label="Topic?", scope=Scope.TEAM),
            question("again", label="State"),
        ),
        rows={PLACE.seat_id: {"state": ("A; b", "C")}},
    )

    people = people_table([PLACE], BOOK, with_phones=False, answers=answers)
    teams = teams_table([], BOOK, ZoneInfo("America/New_York"), answers=answers)

    assert people.header[-3:] == ("Completeness", "State (state)", "State (again)")
    assert next(iter(people.rows))[-2:] == ("A\\; b; C", "")
    assert teams.header[-1] == "Topic?"


def test_teams_table_says_what_each_team_lacks() -> None:
    team = make_line(
        "Ridge",
        make_member("teacher"),
        make_member("teacher", status="invited"),
        site="North School",
        lea_id="0600001",
        status="registered",
        complete=False,
        missing=("teacher", "site_lead"),
        leads=(make_contact("Lee"), make_contact("Moe")),
        registered_at=AT,
    )
    waiting = make_line("Bay", status="waitlisted", visitors=True, waitlist_position=4)

    written = teams_table([team, waiting], BOOK, ZoneInfo("America/Los_Angeles"))

    first, second = (dict(zip(written.header, row, strict=True)) for row in written.rows)
    assert first == {
        "Team": "Ridge",
        "Site": "North School",
        "LEA id": "0600001",
        "State": "NJ",
        "Kind": "Team",
        "Status": "Registered",
        "Completeness": "Incomplete",
        "Missing roles": "Teacher; Site lead",
        "People": 2,
        "Confirmed": 1,
        "Leads": "Lee; Moe",
        "Leads' e-mails": "lee@example.org; moe@example.org",
        "Registered at": "2026-03-02 04:00",
        "Waitlist position": "",
    }
    assert (second["Kind"], second["Waitlist position"], second["Registered at"]) == (
        "Visitors",
        4,
        "",
    )
