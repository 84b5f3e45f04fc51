import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consortium.bundles import LONGEST_PART, Entry, bundled, part_of_path

pytestmark = pytest.mark.pure
AT = datetime(2026, 6, 20, 9, 30)


def entry(*path: str, content: bytes = b"x", at: datetime = AT) -> Entry:
    return Entry(path=path, at=at, read=lambda: content)


def opened(*entries: Entry) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(bundled(entries))))


def test_a_bundle_holds_each_file_under_its_folder() -> None:
    archive = opened(entry("Day 1", "slides.pdf", content=b"one"), entry("plan.docx"))

    assert archive.testzip() is None
    assert archive.namelist() == ["Day 1/slides.pdf", "plan.docx"]
    assert archive.read("Day 1/slides.pdf") == b"one"
    assert archive.getinfo("plan.docx").date_time == (2026, 6, 20, 9, 30, 0)


def test_two_files_of_one_name_get_two_names_whatever_their_letters() -> None:
    archive = opened(entry("T", "plan.pdf"), entry("T", "PLAN.pdf"), entry("T", "plan.pdf"))

    assert archive.namelist() == ["T/plan.pdf", "T/PLAN (2).pdf", "T/plan (3).pdf"]


def test_files_are_read_one_after_the_other_while_the_bundle_is_sent() -> None:
    read: list[str] = []
    entries = [
        Entry(path=(name,), at=AT, read=lambda name=name: read.append(name) or b"x" * 10)  # type: ignore[misc]
        for name in ("a", "b")
    ]

    next(bundled(entries))

    assert read == ["a"]


def test_a_time_that_no_zip_file_knows_becomes_the_first_one() -> None:
    assert opened(entry("a", at=datetime(1970, 1, 1))).getinfo("a").date_time[0] == 1980


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("C:\\Windows\\a.exe", "C Windows a.exe"),
        ("con.txt", "con_.txt"),
        ("LPT1", "LPT1_"),
        ("  .hidden. ", "hidden"),
        ("", "file"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * LONGEST_PART + ".pdf"),
        ("Łódź 李小龍.pdf", "Łódź 李小龍.pdf"),
    ],
)
def test_a_name_is_one_that_any_system_unpacks(name: str, safe: str) -> None:
    assert part_of_path(name) == safe


@given(st.text())
def test_no_name_is_a_path_or_empty(name: str) -> None:
    part = part_of_path(name)

    assert part
    assert not set(part) & set('<>:"/\\|?*')
    assert part not in {".", ".."}
    assert len(part) <= LONGEST_PART + 10
