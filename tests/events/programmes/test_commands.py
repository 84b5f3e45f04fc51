"""The commands tell faults with their places and load whole files."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from consortium.database import db
from consortium.errors import NotFound
from consortium.tenants.models import Tenant
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service import get_by_slug
from events.programmes.commands import programme
from events.programmes.domain import json_schema, parse
from tests.events.programmes.files import as_bytes, scenario, small


def run(*words: Any, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(programme, [str(word) for word in words], input=stdin)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "programme.json"
    path.write_bytes(as_bytes(small()))
    return path


def count() -> int:
    return db.session.scalars(select(func.count(Institute.id))).one()


def test_check_of_a_good_file_says_what_is_in_it() -> None:
    result = run("check", scenario("01"))
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        (
            "“California Labor Management Initiative Summer Institute 2017” can be loaded: 3 days, "
            "7 roles, 28 sessions.\n"
        ),
        "",
    )


def test_check_lists_every_fault_and_warning() -> None:
    content = as_bytes(small(timezone="EST", titel="x", title=..., sessions__0__capcity=3))
    result = run("check", "-", stdin=content)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        (
            "$.timezone\t“EST” is not the zone of a place. Write it like America/New_York or "
            "America/Chicago."
        ),
        "$.title\t“title” is missing. Write what people call it.",
        "$.titel\t“titel” is kept, but nothing reads it. Did you mean “title”?",
        "$.sessions[0].capcity\t“capcity” is kept, but nothing reads it. Did you mean “capacity”?",
        "The programme file has 2 faults. Nothing was loaded.",
    ]


def test_load_makes_the_institute_and_says_where_it_is(tenant: Tenant, file: Path) -> None:
    result = run("load", file, "--consortium", "lakeshore")
    assert (result.exit_code, result.output) == (
        0,
        "/lakeshore/institutes/summer-institute-2027 (published)\n",
    )
    assert get_by_slug("summer-institute-2027").title == "Summer Institute 2027"


def test_load_as_a_draft_at_an_address_of_ones_choice(tenant: Tenant, file: Path) -> None:
    result = run("load", file, "--consortium", "lakeshore", "--slug", "june", "--draft")
    assert result.output == "/lakeshore/institutes/june (draft)\n"
    assert get_by_slug("june", drafts=True).status is Status.DRAFT


def test_load_again_says_what_changed(tenant: Tenant, file: Path) -> None:
    run("load", file, "--consortium", "lakeshore")
    again = run("load", file, "--consortium", "lakeshore")
    assert again.stdout.splitlines() == [
        "Nothing has changed.",
        "/lakeshore/institutes/summer-institute-2027 (published)",
    ]
    file.write_bytes(as_bytes(small(venue="Union hall")))
    changed = run("load", file, "--consortium", "lakeshore")
    assert changed.stdout.splitlines() == [
        "Venue: — → Union hall",
        "/lakeshore/institutes/summer-institute-2027 (published)",
    ]
    assert count() == 1


def test_load_of_a_faulty_file_loads_nothing(tenant: Tenant, file: Path) -> None:
    file.write_bytes(as_bytes(small(sessions__1__end="2027-03-14T09:00")))
    result = run("load", file, "--consortium", "lakeshore")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        (
            "$.sessions[1].end\tThis session ends before it starts: end must be after "
            "2027-03-14T10:15."
        ),
        "The programme file has a fault. Nothing was loaded.",
    ]
    assert count() == 0


def test_load_that_would_hurt_people_is_refused(tenant: Tenant, file: Path) -> None:
    run("load", file, "--consortium", "lakeshore")
    institute = get_by_slug("summer-institute-2027")
    pool = institute.pool("people")
    assert pool is not None
    pool.taken = 50
    db.session.commit()
    file.write_bytes(as_bytes(small(capacity__people=49)))
    result = run("load", file, "--consortium", "lakeshore")
    assert (result.exit_code, result.stdout, result.stderr) == (
        2,
        "",
        "Places taken already: 50. So the limit cannot be 49. Choose 50 or more.\n",
    )


def test_load_into_a_consortium_that_is_not_there_is_refused(tenant: Tenant, file: Path) -> None:
    result = run("load", file, "--consortium", "nowhere")
    assert isinstance(result.exception, NotFound)
    assert result.exception.message == "There is no consortium “nowhere” here."


def test_export_writes_a_file_that_loads_as_the_same(
    tenant: Tenant, file: Path, tmp_path: Path
) -> None:
    run("load", scenario("04"), "--consortium", "lakeshore", "--slug", "pal")
    printed = run("export", "pal", "--consortium", "lakeshore")
    out = tmp_path / "out.json"
    run("export", "pal", "--consortium", "lakeshore", "--out", out)
    assert out.read_text(encoding="utf-8") == printed.stdout
    assert parse(out.read_bytes()).programme.title.startswith("West Coast Labor Management")
    again = run("load", out, "--consortium", "lakeshore")
    assert again.stdout.splitlines()[0] == "Nothing has changed."


def test_schema_prints_the_json_schema() -> None:
    assert json.loads(run("schema").stdout) == json_schema()


@pytest.mark.parametrize("slug", ["Two Words", "../demo", "new"])
def test_load_at_an_address_that_could_be_none_is_refused(
    tenant: Tenant, file: Path, slug: str
) -> None:
    result = run("load", file, "--consortium", "lakeshore", "--slug", slug)
    assert (result.exit_code, count()) == (2, 0)
    assert result.stderr.endswith(
        "Error: Invalid value for '--slug': Use small letters, digits and single hyphens, like "
        "summer-institute-2027.\n"
    )


def test_a_conferences_schedule_is_loaded_as_a_draft_in_the_zone_that_is_said(
    tenant: Tenant, file: Path
) -> None:
    talk = {"id": "a", "title": "A", "start": "2027-06-21T14:00Z", "end": "2027-06-21T15:00Z"}
    file.write_bytes(as_bytes({"conference": "A Conf", "sessions": [talk]}))
    asked = run("check", file)
    assert asked.exit_code == 2
    assert asked.stderr.startswith("$.timezone\tAll times are in UTC")
    assert run("check", file, "--zone", "EST").exit_code == 2
    said = ("--zone", "America/Chicago", "--consortium", "lakeshore")
    assert run("load", file, *said).output == "/lakeshore/institutes/a-conf (draft)\n"
    institute = get_by_slug("a-conf", drafts=True)
    assert (institute.time_zone, institute.kind) == ("America/Chicago", "conference")
    assert run("load", file, *said, "--publish").output.splitlines()[-1].endswith("(published)")
