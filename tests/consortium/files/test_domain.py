import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consortium.files.domain import BROKEN, LARGEST, FileRefused, clean_file, shown_name
from tests.consortium.files.samples import (
    EXIF_SIDEWAYS,
    PDF,
    jpeg,
    office,
    png,
    segment,
    webp,
)

pytestmark = pytest.mark.pure
SHEET = office("xl/workbook.xml")
WHOLE = [
    ("a.pdf", PDF, "application/pdf"),
    ("a.png", png(), "image/png"),
    ("a.jpg", jpeg(), "image/jpeg"),
    ("a.webp", webp(), "image/webp"),
    ("a.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a.xlsx", SHEET, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("a.txt", "Grüße\n李小龍".encode(), "text/plain"),
    ("a.csv", b'a,b\r\n"=1+1",2\r\n', "text/csv"),
]


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        clean_file(name, content)
    return refused.value.message


@pytest.mark.parametrize(("name", "content", "kind"), WHOLE)
def test_a_whole_file_of_a_known_kind_is_taken_as_it_is(
    name: str, content: bytes, kind: str
) -> None:
    file = clean_file(name, content)

    assert (file.filename, file.content_type, file.content) == (name, kind, content)


@pytest.mark.parametrize("claimed", ["a.exe", "a.pdf.html", "a", "../a"])
def test_the_bytes_decide_and_the_name_follows(claimed: str) -> None:
    file = clean_file(claimed, PDF)

    assert file.content_type == "application/pdf"
    assert file.filename == claimed.removeprefix("../") + ".pdf"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", b"<html><script>alert(1)</script></html>"),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("program.exe", b"MZ\x90\0"),
        ("picture.gif", b"GIF89a"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_every_other_kind_is_refused_with_what_can_be_sent(name: str, content: bytes) -> None:
    assert refusal(name, content) == (
        "We cannot take this kind of file. Choose one of these: PDF, Word (.docx), Excel (.xlsx), "
        "PNG, JPEG, WebP, plain text or CSV."
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", b"", "This file is empty. Choose another one."),
        ("a.pdf", PDF + b"x" * LARGEST, "This file is larger than 5 MB. Choose a smaller one."),
        ("a.pdf", PDF[:-8], BROKEN),
        ("a.png", png()[:-1], BROKEN),
        ("a.png", png().replace(b"IDAT", b"IDAU"), BROKEN),
        ("a.png", b"\x89PNG\r\n\x1a\n", BROKEN),
        ("a.png", png(width=0), BROKEN),
        ("a.jpg", jpeg()[:-2], BROKEN),
        ("a.jpg", b"\xff\xd8\xff\xd9", BROKEN),
        ("a.webp", webp()[:-3], BROKEN),
        ("a.wav", b"RIFF\x04\0\0\0WAVE", BROKEN),
        ("a.docx", office()[:-9], BROKEN),
        ("a.txt", b"a\0b", BROKEN),
        (
            "a.png",
            png(width=60_000_001),
            "This picture has too many pixels. Make it smaller and try again.",
        ),
        (
            "a.txt",
            "é".encode("latin-1"),
            "We cannot read the letters of this file. Save it as UTF-8 and try again.",
        ),
        (
            "a.pdf",
            PDF.replace(b"/Catalog", b"/Catalog/JavaScript 2 0 R"),
            (
                "This PDF holds a form that runs programs, or other files. Print it to a new PDF "
                "and send that one."
            ),
        ),
        (
            "a.zip",
            office("notes.txt"),
            "This archive is no Word, PowerPoint or Excel file. Send its files one by one.",
        ),
        (
            "a.docm",
            office(**{"word/vbaProject.bin": "x"}),
            "This file has macros. Save it without them (.docx, .pptx, .xlsx).",
        ),
        ("a.docx", office(**{"../../etc/passwd": "x"}), BROKEN),
        ("a.docx", office(types='<!DOCTYPE a [<!ENTITY b SYSTEM "file:x">]><Types/>'), BROKEN),
        ("a.docx", office(**{"word/bomb.xml": "0" * 70_000_000}), BROKEN),
    ],
    ids=lambda value: "" if isinstance(value, bytes) else str(value)[:40],
)
def test_what_is_not_whole_or_acts_by_itself_is_refused(
    name: str, content: bytes, sentence: str
) -> None:
    assert refusal(name, content) == sentence


def test_a_photo_loses_its_notes_and_its_tail_and_stays_the_right_way_up() -> None:
    notes = segment(0xE1, EXIF_SIDEWAYS), segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0me")
    sent = jpeg(segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"), *notes, behind=b"<html>more")

    kept = clean_file("a.jpg", sent).content

    assert not any(note in kept for note in (b"GPS", b"SNY", b"adobe", b"<html>"))
    way_up = b"\x01\x12\0\x03\0\0\0\x01\0\x06" + b"\0" * 6
    assert segment(0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + way_up) in kept
    assert clean_file("a.jpg", kept).content == kept


def test_a_picture_keeps_only_what_draws_it() -> None:
    assert clean_file("a.png", png((b"tEXt", b"Author\0me"), behind=b"PK\x03\x04")).content == png()
    assert clean_file("a.webp", webp((b"EXIF", b"here"), flags=0b1000)).content == webp()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("C:\\Users\\me\\Board vote.pdf", "Board vote.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("\u202egnp.pdf", "gnp.pdf"),
        ("a\0b\r\nc.pdf", "abc.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("李小龍.PDF", "李小龍.pdf"),
        ("x" * 400 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_a_name_is_only_ever_a_name(name: str, shown: str) -> None:
    assert shown_name(name, "application/pdf") == shown


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_spoiled_bytes_are_refused_or_cleaned_and_nothing_else(
    sample: tuple[str, bytes, str], data: st.DataObject
) -> None:
    name, content, _ = sample
    spoiled = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(spoiled)))
    try:
        file = clean_file(name, bytes(spoiled[:cut]))
    except FileRefused:
        return
    assert clean_file(file.filename, file.content) == file


def test_an_archive_that_is_taken_can_be_opened() -> None:
    with zipfile.ZipFile(BytesIO(clean_file("a.docx", office()).content)) as archive:
        assert "word/document.xml" in archive.namelist()
