from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from consortium.database import db
from consortium.directory.commands import directory
from consortium.directory.models import Lea
from tests.factories import make_lea

LIST = """\
leaid,name,state,city,enrollment
0100750,Clay County,AL,Ashland,1776
1301200,Clay County,GA,Fort Gaines,205
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "leas.csv"
    file.write_text(LIST)
    return file


def run(*words: object) -> Result:
    return CliRunner().invoke(directory, [str(word) for word in words], catch_exceptions=False)


def count() -> int:
    return db.session.scalars(select(func.count(Lea.id))).one()


def test_an_import_says_what_it_did(file: Path) -> None:
    result = run("import", file)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "2 added, 0 changed (of these 0 closed), 0 unchanged, 0 rows refused.\n"
    assert count() == 2


def test_a_second_import_says_that_nothing_changed(file: Path) -> None:
    run("import", file)

    result = run("import", file)

    assert result.stdout == (
        "Nothing changed.\n0 added, 0 changed (of these 0 closed), 2 unchanged, 0 rows refused.\n"
    )


def test_refused_rows_are_told_with_their_lines_and_the_others_taken(file: Path) -> None:
    file.write_text(LIST + "0100751,,AL,,\n100752,Ashford,AL,,\n0100753,Arab,XX,,\n")

    result = run("import", file)

    assert result.exit_code == 0
    assert result.stderr == (
        f"{file}: line 4: The row has no name.\n"
        f"{file}: line 6: “XX” is not the code of a state or territory, like NJ.\n"
        "Ids without their leading zero, as spreadsheets leave them: 1, the first on line 5. The "
        "zero was put back.\n"
    )
    assert result.stdout == "3 added, 0 changed (of these 0 closed), 0 unchanged, 2 rows refused.\n"


def test_a_file_that_cannot_be_read_changes_nothing(file: Path) -> None:
    file.write_bytes(b"leaid,name,state\n0803330,Ca\xf1on City,CO\n")

    result = run("import", file)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{file}: Line 2 is not in UTF-8. Save the file as “CSV UTF-8”, or name its encoding: "
        "--encoding cp1252 for most files of the CCD.\n"
    )
    assert count() == 0


def test_the_encoding_of_a_file_can_be_named(file: Path) -> None:
    file.write_bytes(b"leaid,name,state\n0803330,Ca\xf1on City,CO\n")

    assert run("import", file, "--encoding", "cp1252").exit_code == 0
    assert db.session.scalars(select(Lea.name)).one() == "Cañon City"


def test_an_import_that_fails_halfway_keeps_nothing(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consortium.directory.service.lists.BATCH", 1)
    monkeypatch.setattr("consortium.directory.service.lists.audit.record", None)

    with pytest.raises(TypeError):
        run("import", file)

    assert count() == 0


def test_find_prints_what_tells_districts_apart() -> None:
    make_lea("0100750", "Clay County", "AL", city="Ashland", enrollment=1776)
    make_lea("1301200", "Clay County", "GA", city="", enrollment=None, open=False)

    assert run("find", "clay county").stdout == (
        "0100750  Clay County (Ashland, AL): School district, 1,776 students\n"
        "1301200  Clay County (GA): School district, closed\n"
    )
    assert run("find", "clay county", "--state", "ga").stdout == (
        "1301200  Clay County (GA): School district, closed\n"
    )
    assert run("find", "100%").stdout == "No LEA found. Try one word of its name.\n"


def test_find_takes_a_zip_code() -> None:
    make_lea("0100750", "Clay County", "AL", city="Ashland", enrollment=1776)
    assert run("find", "36251").stdout == (
        "The directory has no ZIP codes. Type part of the name.\n"
    )

    make_lea("0100751", "Clay City", "AL", city="Ashland", enrollment=76, zip="36251")
    assert run("find", "36251-0001").stdout == (
        "0100751  Clay City (Ashland, AL): School district, 76 students\n"
    )
    assert run("find", "36252").stdout == "No LEA found. Try one word of its name.\n"
