import io
import zipfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from consortium import workbooks
from consortium.errors import Refusal
from consortium.forms import unsafe_characters
from consortium.sheets import FileRefused, read_sheet
from consortium.spreadsheets import Table, csv_file, xlsx_file
from consortium.workbooks import WorkbookRefused, first_sheet

pytestmark = pytest.mark.pure

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
# What the application stores: no control characters but line breaks inside.
STORED = st.text(max_size=30).filter(
    lambda text: not unsafe_characters(text, lines=True) and "\r" not in text
)
HEADER = ("Name", "Phone")


def workbook(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
        fill(book, book.add_worksheet("First"))
    return file.getvalue()


def rows_of(content: bytes) -> list[list[str] | Refusal]:
    return [row for _, row in read_sheet(content)]


def repacked(content: bytes, **parts: bytes) -> bytes:
    """Return the workbook with parts replaced; their names stand with __ for the slash."""
    new = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in parts.items()}
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as archive:
        for name in old.namelist():
            archive.writestr(name, new.pop(name, None) or old.read(name))
        for name, data in new.items():
            archive.writestr(name, data)
    return file.getvalue()


SHEET = "xl__worksheets__sheet1_xml"
PLAIN = workbook(lambda _book, sheet: sheet.write_string(0, 0, "Name"))


def test_cells_come_out_as_excel_shows_them() -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "d mmm yyyy"})
        money = book.add_format({"num_format": '"days" 0.00'})
        sheet.write_string(0, 0, "0600001")
        sheet.write_number(0, 1, 600001)
        sheet.write_number(0, 2, 1.5)
        sheet.write_datetime(0, 3, datetime(2027, 6, 21), day)
        sheet.write_boolean(0, 4, True)
        sheet.write_formula(0, 5, "=1+1", None, 2)
        sheet.write_rich_string(0, 6, "two ", book.add_format({"bold": True}), "fonts")
        sheet.write_number(0, 7, 3, money)
        sheet.write_string(0, 9, "after a gap")

    assert rows_of(workbook(fill)) == [
        ["0600001", "600001", "1.5", "2027-06-21", "yes", "2", "two fonts", "3", "", "after a gap"]
    ]


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, datetime(2027, 6, 21), book.add_format({"num_format": 14}))

    assert rows_of(workbook(fill, date_1904=True)) == [["2027-06-21"]]


def test_rows_keep_their_numbers_and_empty_ones_are_left_out() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "Name")
        sheet.write_string(1, 0, "   ")
        sheet.write_string(4, 0, "Bo")

    assert list(first_sheet(workbook(fill))) == [(1, ["Name"]), (5, ["Bo"])]


def test_the_first_visible_sheet_is_read() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "hidden")
        other = book.add_worksheet("Other")
        other.write_string(0, 0, "seen")
        other.activate()
        sheet.hide()

    assert rows_of(workbook(fill)) == [["seen"]]


def test_an_error_in_a_cell_refuses_its_row_alone() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        sheet.write_formula(0, 0, "=1/0", None, "#DIV/0!")
        sheet.write_string(1, 0, "Bo")

    broken, whole = rows_of(workbook(fill))
    assert isinstance(broken, Refusal)
    assert broken.message == "A cell shows the error #DIV/0!. Correct its formula."
    assert whole == ["Bo"]


def test_numbers_come_out_with_the_digits_that_excel_shows() -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for column, number in enumerate((0.1 + 0.2, 1e-7, 1e20, 16095550142)):
            sheet.write_number(0, column, number)

    assert rows_of(workbook(fill)) == [["0.3", "0.0000001", "100000000000000000000", "16095550142"]]


def test_a_formula_whose_result_was_never_saved_refuses_its_row() -> None:
    cells = b"<c r='A%d'%s><f>B1</f><v/></c><c r='B%d' t='str'><v>Bo</v></c>"
    rows = (b"<row>%s</row>" % (cells % (n, kind, n)) for n, kind in ((1, b""), (2, b" t='str'")))
    sheet = b"<worksheet><sheetData>%s</sheetData></worksheet>" % b"".join(rows)

    broken, whole = rows_of(repacked(PLAIN, **{SHEET: sheet}))

    assert isinstance(broken, Refusal)
    assert broken.message.startswith("A cell has a formula whose result was not saved.")
    assert whole == ["", "Bo"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_list_has_twenty_thousand_rows_under_its_header_in_either_format(more: int) -> None:
    n = 20_001 + more
    sheet = b"<worksheet><sheetData>%s</sheetData></worksheet>" % (
        b"<row><c t='str'><v>x</v></c></row>" * n
    )
    for content in (b"x\n" * n, repacked(PLAIN, **{SHEET: sheet})):
        with pytest.raises(Refusal) if more else nullcontext():
            assert len(rows_of(content)) == n


@settings(deadline=None)
@example([("", "\n")])
@given(st.lists(st.tuples(STORED, STORED), max_size=5))
def test_what_is_exported_is_read_as_it_was(rows: list[tuple[str, str]]) -> None:
    def table() -> Table:
        return Table(name="People", header=HEADER, rows=rows)

    wanted = [list(row) for row in rows if any(cell.strip() for cell in row)]

    for written in (csv_file(table()), xlsx_file([table()], title="All", at=AT)):
        found = [row for row in rows_of(written.file.read())[1:] if isinstance(row, list)]
        assert [row + [""] * (2 - len(row)) for row in found] == wanted


@settings(deadline=None)
@given(st.lists(st.lists(STORED, min_size=1, max_size=4), min_size=1, max_size=4))
def test_another_reader_reads_the_same(rows: list[list[str]]) -> None:
    def fill(_book: Any, sheet: Any) -> None:
        for n, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(n, column, text)

    content = workbook(fill)
    other = CalamineWorkbook.from_object(io.BytesIO(content)).get_sheet_by_index(0).to_python()

    ours = [row for row in rows_of(content) if isinstance(row, list)]
    width = max(map(len, ours), default=0)
    theirs = [[str(cell) for cell in row] for row in other if any(str(c).strip() for c in row)]
    assert [row + [""] * (width - len(row)) for row in ours] == [
        row[:width] + [""] * (width - len(row)) for row in theirs
    ]


def test_entities_are_refused() -> None:
    bomb = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>
        <worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&a;</v></c></row></sheetData>
        </worksheet>"""

    with pytest.raises(WorkbookRefused, match="a document type"):
        rows_of(repacked(PLAIN, **{SHEET: bomb}))


def test_what_unpacks_into_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "LARGEST_UNPACKED", 200_000)

    with pytest.raises(WorkbookRefused, match="too large"):
        rows_of(repacked(PLAIN, xl__styles_xml=b"<styleSheet>" + b" " * 1_000_000))


@pytest.mark.parametrize(
    "row",
    [
        b"<row>%s</row>" % (b"<c/>" * 1_000),
        b"<row>" * 200,
        b"<row a='%s'/>" % (b"x" * 2_000_000),
    ],
)
def test_a_short_file_that_takes_long_to_read_is_refused(
    monkeypatch: pytest.MonkeyPatch, row: bytes
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ELEMENTS", 1_000)
    sheet = b"<worksheet><sheetData>%s</sheetData></worksheet>" % row

    with pytest.raises(WorkbookRefused, match="too large"):
        rows_of(repacked(PLAIN, **{SHEET: sheet}))


@pytest.mark.parametrize(
    "sheet",
    [
        b"<worksheet><sheetData><row><c t='s'><v>7</v></c></row></sheetData></worksheet>",
        b"<worksheet><sheetData><row r='x'/></sheetData></worksheet>",
        b"<worksheet><sheetData><row><c><v>NaN</v></c><c><v>1e400</v></c></row></sheetData>",
        b"no XML",
    ],
)
def test_a_broken_workbook_is_refused_with_a_sentence(sheet: bytes) -> None:
    with pytest.raises(WorkbookRefused, match=r"damaged or protected"):
        rows_of(repacked(PLAIN, **{SHEET: sheet}))


@given(st.binary(max_size=300))
def test_any_bytes_after_the_signature_end_in_a_refusal(garbage: bytes) -> None:
    with pytest.raises(WorkbookRefused):
        rows_of(b"PK\x03\x04" + garbage)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "The file is a PDF. Save the list as XLSX or “CSV UTF-8”."),
        (b"Name\nZo\0e", "The file holds NUL bytes: it is no list."),
        (
            b"Name\nZo\xeb",
            (
                "Line 2 has letters that are not in UTF-8. Save the file as XLSX or “CSV "
                "UTF-8”, or choose below in which encoding it was saved."
            ),
        ),
        (
            b'Name\n"never closed\nBo',
            (
                "The row that begins on line 2 cannot be read: a quotation mark stands in the "
                "wrong place or is never closed. Save the file as CSV again."
            ),
        ),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(FileRefused) as caught:
        rows_of(content)

    assert caught.value.message == sentence


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Name;Zoë".encode(), ""),
        ("Name;Zoë".encode("utf-8-sig"), "cp1252"),
        ("Name\tZoë".encode("utf-16"), ""),
        ("Name,Zoë".encode("cp1252"), "cp1252"),
        ("Name,Zoë".encode("mac-roman"), "mac-roman"),
        ("\n \r\nName;Zoë".encode(), ""),
        ("sep=;\r\nName;Zoë".encode("utf-8-sig"), ""),
        ("\nSEP=\t\nName\tZoë".encode(), ""),
    ],
)
def test_cells_come_out_as_they_were_meant(content: bytes, encoding: str) -> None:
    assert [row for _, row in read_sheet(content, encoding=encoding)] == [["Name", "Zoë"]]


@pytest.mark.parametrize("top", [b"", b"\n\n", b"sep=,\n"])
def test_rows_are_numbered_as_the_file_has_them(top: bytes) -> None:
    lines = top.count(b"\n")

    assert [number for number, _ in read_sheet(top + b"Name\n\nBo\n")] == [lines + 1, lines + 3]
    with pytest.raises(FileRefused, match=f"begins on line {lines + 2} "):
        rows_of(top + b'Name\n"never closed\nBo')
