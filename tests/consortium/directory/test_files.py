import gzip
import io
import zipfile
from itertools import count
from pathlib import Path

import pytest

from consortium.directory.domain import RowRefused, UnknownShape
from consortium.directory.imports import FileRefused, files, read_leas

pytestmark = pytest.mark.pure

PLAIN = b"leaid,name,state\n0100750,Clay County,AL\n1301200,Clay County,GA\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "leas.csv"


def names(path: Path, encoding: str | None = None) -> list[str]:
    return [record.name for record in read_leas(path, encoding=encoding).records]


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        gzip.compress(PLAIN),
        b"\xef\xbb\xbf" + PLAIN,
        gzip.compress(b"\xef\xbb\xbf" + PLAIN),
        PLAIN.replace(b"\n", b"\r\n"),
        PLAIN.replace(b"\n", b"\r"),
        PLAIN.replace(b",", b"\t"),
        PLAIN.replace(b",", b";"),
        PLAIN.replace(b"leaid,name", b'"LEAID","Name"'),
        PLAIN.replace(b"Clay County", b'"Clay County"'),
        PLAIN + b"\n,,\n\n",
    ],
    ids=count(),  # packed files hold the time, and each run of the tests must name them alike
)
def test_a_list_is_read_however_it_is_packed_marked_or_quoted(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert names(path) == ["Clay County", "Clay County"]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_list_in_a_named_encoding_is_read(path: Path, encoding: str) -> None:
    path.write_bytes("leaid,name,state\n0803330,Cañon City,CO\n".encode(encoding))

    assert names(path, encoding) == ["Cañon City"]


def test_a_list_saved_as_unicode_text_is_read_when_its_encoding_is_named(path: Path) -> None:
    path.write_text("leaid\tname\tstate\n0803330\tCañon City\tCO\n", encoding="utf-16")

    assert names(path, "utf-16") == ["Cañon City"]


def test_a_marked_utf_8_file_is_utf_8_whatever_is_named(path: Path) -> None:
    path.write_text("leaid,name,state\n0803330,Cañon City,CO\n", encoding="utf-8-sig")

    assert names(path, "cp1252") == ["Cañon City"]


def _zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    return packed.getvalue()


KINDS = "The file is %s. Fetch or save the list as “CSV UTF-8”."
DAMAGED = "The packed file is damaged or was not fetched to its end. Fetch it again."
NOT_UTF_8 = (
    "Line 3 is not in UTF-8. Save the file as “CSV UTF-8”, or name its encoding: --encoding cp1252 "
    "for most files of the CCD."
)
BAD_QUOTES = (
    "The row that begins on line %d cannot be read: a quotation mark stands in the wrong place or "
    "is never closed. Save the file as CSV again."
)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (gzip.compress(b""), "The file is empty."),
        (_zip(), KINDS % "an Excel workbook or a zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KINDS % "an old Excel workbook"),
        (b"%PDF-1.7", KINDS % "a PDF"),
        (b"<!DOCTYPE html>", KINDS % "a web page"),
        (b'{"leaid": 1}', KINDS % "JSON"),
        (gzip.compress(gzip.compress(PLAIN)), KINDS % "packed twice"),
        (gzip.compress(PLAIN * 500)[:-20], DAMAGED),
        (gzip.compress(PLAIN)[:6], DAMAGED),
        (b"\x1f\x8bnothing packed", DAMAGED),
        (gzip.compress(PLAIN)[:-8] + b"\0" * 8, DAMAGED),
        (PLAIN + b"1\x00\x00\n", "Line 4 holds NUL bytes: this is no text file."),
        (b"leaid,name,state\n0100750,Clay,AL\n0803330,Ca\xf1on City,CO\n", NOT_UTF_8),
        (PLAIN.decode().encode("utf-16"),
         "The file is in UTF-16. Save it as “CSV UTF-8”, or add --encoding utf-16."),
        (PLAIN + b'0100001,"Clay,AL\n0100002,Clay,AL\n', BAD_QUOTES % 4),
        (PLAIN + b'0100001,"Clay,AL\n0100002,"Clay",AL\n', BAD_QUOTES % 4),
        (PLAIN + b'0100001,"' + b"Clay\n" * 40_000, BAD_QUOTES % 4),
        (PLAIN + b"0100001," + b"x" * 1_100_000, "Line 4 is far too long for a list."),
    ],
    ids=count(),
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_with_a_sentence(
    path: Path, content: bytes, sentence: str
) -> None:
    path.write_bytes(content)

    with pytest.raises(FileRefused) as refusal:
        read_leas(path)

    assert refusal.value.message == sentence


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf", b"\n\n", b"Dear colleagues,\n"])
def test_a_text_that_is_no_list_is_told_the_columns_it_needs(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(UnknownShape, match="The first line must name the columns"):
        read_leas(path)


def test_bytes_that_a_named_encoding_does_not_know_are_refused(path: Path) -> None:
    path.write_bytes(b"leaid,name,state\n0803330,Ca\x81on City,CO\n")

    with pytest.raises(FileRefused, match="Line 2 is not in cp1252"):
        read_leas(path, encoding="cp1252")


def test_a_file_that_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path) -> None:
    for path, why in ((tmp_path / "none.csv", "No such file"), (tmp_path, "Is a directory")):
        with pytest.raises(FileRefused, match=f"The file cannot be opened: {why}"):
            read_leas(path)


def test_a_small_file_that_unpacks_into_a_huge_one_is_refused_early(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LARGEST", 2 * 1024 * 1024)
    path.write_bytes(gzip.compress(PLAIN + (b" " * 1023 + b"\n") * 8 * 1024))

    with pytest.raises(FileRefused, match="The file is larger than 2 MB"):
        read_leas(path)


def test_refused_rows_come_with_the_line_on_which_they_begin(path: Path) -> None:
    path.write_text(
        "leaid,name,state\n"
        "0100750,Clay County,AL\n"
        "\n"
        '0100751,"Clay\nCounty",AL\n'
        "0100750,Clay again,AL\n"
        "100005,Albertville,AL\n"
        "0100006,,AL\n"
    )

    file = read_leas(path)

    assert [(record.id, record.name) for record in file.records] == [
        ("0100750", "Clay County"),
        ("0100005", "Albertville"),
    ]
    assert file.refused == (
        RowRefused(
            4,
            "A line break stands inside a cell. A quotation mark may be missing; save the file as "
            "CSV again.",
        ),
        RowRefused(6, "Line 2 has the id 0100750 already."),
        RowRefused(8, "The row has no name."),
    )
    assert file.zeros_restored == (7,)


BAD_ROW = (
    "The row cannot be read: a quotation mark stands in the wrong place, or a cell is far too "
    "long. Save the file as CSV again."
)


@pytest.mark.parametrize(
    "row",
    [
        b'0100001,"Clay" County,AL\n',
        b"0100001," + b"x" * 200_000 + b",AL\n",
        b'0100001,"' + b"x" * 200_000 + b'",AL\n',
    ],
)
def test_a_row_that_cannot_be_read_is_reported_and_the_others_are_taken(
    path: Path, row: bytes
) -> None:
    path.write_bytes(PLAIN + row + b'5000001,"Barre, City",VT\n0100002,,AL\n')

    file = read_leas(path)

    assert [record.name for record in file.records] == ["Clay County"] * 2 + ["Barre, City"]
    assert file.refused == (RowRefused(4, BAD_ROW), RowRefused(6, "The row has no name."))


def test_a_mark_that_is_never_closed_on_the_last_line_costs_that_row_only(path: Path) -> None:
    path.write_bytes(PLAIN + b'0100001,"Clay,AL')

    file = read_leas(path)

    assert len(file.records) == 2
    assert file.refused == (RowRefused(4, BAD_ROW),)


def test_a_first_line_that_cannot_be_read_names_no_columns(path: Path) -> None:
    path.write_bytes(b'leaid,"name"x,state\n0100750,Clay,AL\n')

    with pytest.raises(UnknownShape):
        read_leas(path)


def test_more_lines_than_any_list_has_are_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOST_LINES", 2)
    path.write_bytes(PLAIN)

    with pytest.raises(FileRefused, match="The file has more than 2 lines"):
        read_leas(path)


def test_progress_ends_with_the_whole_file(path: Path) -> None:
    path.write_bytes(PLAIN)
    steps: list[tuple[str, int, int]] = []

    read_leas(path, progress=lambda *step: steps.append(step))

    assert steps == [("reading", len(PLAIN), len(PLAIN))]
