"""The CCD's yearly LEA release as it is published, with all its columns; the rows are made up."""

import csv
import gzip
import io
from pathlib import Path

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.directory.imports import ImportReport, import_leas
from consortium.directory.models import Lea

GRADES = ("PK", "KG", *map(str, range(1, 14)), "UG", "AE")
COLUMNS = (
    *("SCHOOL_YEAR", "FIPST", "STATENAME", "ST", "LEA_NAME", "STATE_AGENCY_NO", "UNION"),
    *("ST_LEAID", "LEAID", "MSTREET1", "MSTREET2", "MSTREET3", "MCITY", "MSTATE", "MZIP", "MZIP4"),
    *("LSTREET1", "LSTREET2", "LSTREET3", "LCITY", "LSTATE", "LZIP", "LZIP4", "PHONE", "WEBSITE"),
    *("SY_STATUS", "SY_STATUS_TEXT", "UPDATED_STATUS", "UPDATED_STATUS_TEXT", "EFFECTIVE_DATE"),
    *("LEA_TYPE", "LEA_TYPE_TEXT", "OUT_OF_STATE_FLAG", "CHARTER_LEA", "CHARTER_LEA_TEXT"),
    *("NOGRADES", *(f"G_{grade}_OFFERED" for grade in GRADES)),
    *("GSLO", "GSHI", "LEVEL", "IGOFFERED", "OPERATIONAL_SCHOOLS"),
)
OLDER = {"SCHOOL_YEAR": "SURVYEAR", "ST": "STABR"}  # as the columns were called until 2015-16
CLAY = {
    "ST": "AL",
    "LEAID": "0100750",
    "LEA_NAME": "Clay County",
    "LSTREET1": "1 Court Square, Suite 2",
    "LCITY": "Ashland",
    "LSTATE": "AL",
    "LZIP": "36251",
    "LZIP4": "0278",
    "SY_STATUS": "1",
    "UPDATED_STATUS": "1",
    "LEA_TYPE": "1",
}
BARRE_UNION = CLAY | {
    "ST": "VT", "LEAID": "5000100", "LEA_NAME": "Barre SU", "UNION": "061", "LCITY": "Barre",
    "LZIP": "05641", "LEA_TYPE": "3",
}  # fmt: skip
BARRE = BARRE_UNION | {"LEAID": "5000101", "LEA_NAME": "Barre Town", "LEA_TYPE": "2"}
HOPI = CLAY | {
    "ST": "BI", "LEAID": "5900029", "LEA_NAME": "Hopi Day School", "LCITY": "Kykotsmovi",
    "LSTATE": "AZ", "LZIP": "86039", "LEA_TYPE": "6",
}  # fmt: skip
CAROLINA = CLAY | {
    "ST": "DD", "LEAID": "6300001", "LEA_NAME": "Americas Mid-Atlantic", "LCITY": "Fort Liberty",
    "LSTATE": "NC", "LZIP": "28307", "LEA_TYPE": "6",
}  # fmt: skip
PONCE = CLAY | {
    "ST": "PR", "LEAID": "7200030", "LEA_NAME": "Peñuelas y Añasco", "LCITY": "Mayagüez",
    "LSTATE": "PR", "LZIP": "00680",
}  # fmt: skip
ROWS = (CLAY, BARRE, BARRE_UNION, HOPI, CAROLINA, PONCE)
TAKEN = {
    "0100750": ("Clay County", "AL", "Ashland", "36251", "district", ""),
    "5000101": ("Barre Town", "VT", "Barre", "05641", "district", "5000100"),
    "5000100": ("Barre SU", "VT", "Barre", "05641", "supervisory_union", ""),
    "5900029": ("Hopi Day School", "BI", "Kykotsmovi", "86039", "federal_agency", ""),
    "6300001": ("Americas Mid-Atlantic", "DD", "Fort Liberty", "28307", "federal_agency", ""),
    "7200030": ("Peñuelas y Añasco", "PR", "Mayagüez", "00680", "district", ""),
}


def release(
    *rows: dict[str, str], names: dict[str, str] | None = None, delimiter: str = ","
) -> str:
    """Write the rows as the release does: every column, quoted where a comma asks for it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow([(names or {}).get(column, column) for column in COLUMNS])
    writer.writerows([row.get(column, "") for column in COLUMNS] for row in rows)
    return text.getvalue()


@pytest.fixture
def run(tmp_path: Path):
    def run(content: str | bytes, encoding: str | None = None) -> ImportReport:
        path = tmp_path / "ccd_lea_029_2425_w_1a_073025.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        report = import_leas(path, encoding=encoding)
        db.session.commit()
        return report

    return run


def kept() -> dict[str, tuple[str, ...]]:
    return {
        lea.id: (lea.name, lea.state, lea.city, lea.zip, lea.kind, lea.parent_id or "")
        for lea in db.session.scalars(select(Lea))
    }


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (release(*ROWS), None),
        (release(*ROWS, names=OLDER), None),
        (gzip.compress(release(*ROWS).encode()), None),
        (release(*ROWS).encode("utf-8-sig"), None),
        (release(*ROWS).encode("cp1252"), "cp1252"),
        (release(*ROWS, names=OLDER, delimiter="\t").encode("latin-1"), "latin-1"),
    ],
    ids=["csv", "older names", "gzip", "marked", "cp1252", "older, tabs, latin-1"],
)
def test_the_release_is_taken_however_it_was_written(
    run, content: str | bytes, encoding: str | None
) -> None:
    assert (run(content, encoding).added, kept()) == (6, TAKEN)

    again = run(content, encoding)

    assert (again.added, again.changed, again.unchanged, again.not_named) == (0, 0, 6, 0)
    assert again.refused == ()


@pytest.mark.parametrize(
    ("began", "became", "is_open"),
    [
        *(("1", code, True) for code in "13458"),
        *(("1", code, False) for code in "267"),
        ("2", "8", True),
        ("7", "3", True),
        *(("7", nothing, False) for nothing in ("", "†", "-1")),
        ("", "", True),
    ],
)
def test_the_status_in_the_course_of_the_year_counts_more_than_its_beginning(
    run, began: str, became: str, *, is_open: bool
) -> None:
    run(release(CLAY | {"SY_STATUS": began, "UPDATED_STATUS": became}))

    assert [lea.open for lea in db.session.scalars(select(Lea))] == [is_open]


def test_a_status_that_is_none_is_refused_with_its_line(run) -> None:
    report = run(release(CLAY, BARRE | {"UPDATED_STATUS": "9"}))

    assert [(row.line, row.sentence) for row in report.refused] == [
        (3, "UPDATED_STATUS is “9”, which is none of its codes.")
    ]


def test_a_newer_release_renames_closes_and_leaves_alone_what_it_does_not_name(run) -> None:
    run(release(*ROWS))

    report = run(
        release(
            CLAY | {"LEA_NAME": "Clay County Schools"},
            HOPI | {"UPDATED_STATUS": "2", "UPDATED_STATUS_TEXT": "Closed"},
            PONCE | {"LCITY": ""},
        )
    )

    assert (report.added, report.changed, report.unchanged) == (0, 2, 1)
    assert (report.closed, report.not_named) == (1, 3)
    assert kept() == TAKEN | {"0100750": ("Clay County Schools", *TAKEN["0100750"][1:])}
    assert db.session.scalars(select(Lea.id).where(~Lea.open)).all() == ["5900029"]


def test_refused_rows_have_the_line_on_which_they_begin_though_addresses_break_lines(run) -> None:
    broken = {"LSTREET1": "1 Court Square\nSuite 2", "WEBSITE": "http://a.example\r\n"}

    report = run(release(CLAY | broken, BARRE | {"LEAID": "x"}, PONCE | broken, HOPI | {"ST": ""}))

    assert sorted(kept()) == ["0100750", "7200030"]
    assert [row.line for row in report.refused] == [5, 9]
