"""A coordinator publishes a report for a grant; its funder reads it and finds no person."""

import csv
import re
import shutil
import zipfile
from collections.abc import Callable, Collection, Sequence
from http import HTTPStatus
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from cohorts.surveys.models import SurveyName
from consortium.database import db
from consortium.demonstration import cast
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become
from tests.papers import words_on

GRANT = "Cedar Trust CT-7: Teams that stay"
YEAR = "Garden Coast Working Year"
"""In it alone sat someone who has left since: one person more than without it."""
PAID = (
    "Garden Coast Partnership Workshop",
    "Garden Coast Working Week",
    "Garden Coast Story Day",
    "Garden Coast Summer Institute",
)
OF_PEOPLE = frozenset(
    {
        "People", "Labor", "Management", "Governance (board)", "For the first time",
        "Came before", "People who came", "People with a certificate",
    }
)  # fmt: skip
"""Columns that count people."""
FEW = frozenset({"1", "2", "3", "4"})


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_a_funder_reads_a_report_and_finds_no_person(
    site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    coordinator, funder = new_page(), new_page()
    become(coordinator, cast.COORDINATOR.key)
    a_difference_of_one_person_is_refused(coordinator)
    the_report_is_published(coordinator)

    become(funder, cast.FUNDER.key)
    funder.get_by_role("link", name="Reports", exact=True).click()
    row = funder.get_by_role("row").filter(has_text="RP-2026-0002")
    row.get_by_role("link", name="Report to the funder").click()
    report = funder.locator("main")
    expect(report).to_contain_text(GRANT)
    hidden = funder.get_by_role("row", name=re.compile("Management: Superintendent"))
    expect(hidden).to_contain_text("–")
    files = downloaded(funder, tmp_path)

    nobody_is_in([report.inner_text(), *words_of(files)], everyone(site))
    small_groups_are_hidden(files["CSV"])
    for closed in ("reports/dashboard", "manage/institutes/summer-institute/board"):
        answer = funder.goto(f"/garden-coast/{closed}")
        assert answer is not None
        assert answer.status == HTTPStatus.FORBIDDEN


def a_difference_of_one_person_is_refused(page: Page) -> None:
    """Ask for what was reported to another funder already, but for the working year."""
    page.goto("/garden-coast/reports/grants/new")
    for label, value in (
        ("Funder", "Cedar Trust"),
        ("Grant number", "CT-7"),
        ("What it is for", "Teams that stay"),
        ("First day", "2025-07-01"),
        ("Last day", "2026-06-30"),
        ("Amount in dollars", "40,000"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    for title in PAID:
        page.get_by_label(title).check()
    page.get_by_role("button", name="Save the grant").click()
    expect(page.get_by_text("The grant is written down.")).to_be_visible()

    show_the_report(page)
    page.get_by_role("button", name="Publish this report").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("Together with RP-2026-0001")
    expect(refusal).to_contain_text("who has both subtracts one from the other")
    expect(refusal).to_contain_text("Ask for the same institutes and states as that report")


def the_report_is_published(page: Page) -> None:
    """Let the grant pay for the year, too: then nobody is in the difference."""
    page.goto("/garden-coast/reports/grants")
    page.get_by_role("link", name=re.compile("Cedar Trust")).click()
    page.get_by_label(YEAR).check()
    page.get_by_role("button", name="Save the grant").click()
    expect(page.get_by_text("The grant is changed.")).to_be_visible()

    show_the_report(page)
    page.get_by_role("button", name="Publish this report").click()
    expect(page.get_by_text("The report is published.")).to_be_visible()


def show_the_report(page: Page) -> None:
    page.goto("/garden-coast/reports/new")
    page.get_by_label("Report", exact=True).select_option("Report to the funder")
    page.get_by_label("Grant").select_option(GRANT)
    page.get_by_role("button", name="Show the report").click()
    expect(page.get_by_text("This is what will be published.")).to_be_visible()


def downloaded(page: Page, folder: Path) -> dict[str, Path]:
    files = {}
    for kind in ("PDF", "XLSX", "CSV"):
        with page.expect_download() as coming:
            page.get_by_role("link", name=f"This report ({kind})").click()
        files[kind] = folder / coming.value.suggested_filename
        coming.value.save_as(files[kind])
    return files


def words_of(files: dict[str, Path]) -> Sequence[str]:
    """Return what stands in the files, and in every part of the workbook."""
    with zipfile.ZipFile(files["XLSX"]) as book:
        parts = [book.read(name).decode() for name in book.namelist()]
    return [words_on(files["PDF"]) or "", files["CSV"].read_text("utf-8-sig"), *parts]


def everyone(site: Site) -> Collection[str]:
    """Return the names and addresses of everyone whom the consortium knows."""

    def known() -> set[str]:
        with as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
            people = db.session.scalars(select(Person)).unique().all()
            asked = db.session.scalars(select(SurveyName)).all()
            return {words for one in (*people, *asked) for words in (one.name, one.email) if words}

    found: set[str] = site.in_app(known)
    assert {cast.COORDINATOR.name, cast.FUNDER.email, cast.PRESIDENT.name} <= found
    return found


def nobody_is_in(texts: Sequence[str], people: Collection[str]) -> None:
    for text in texts:
        assert [one for one in people if one in text] == []
        assert re.search(r"\w@\w", text) is None


def small_groups_are_hidden(file: Path) -> None:
    lines = list(csv.DictReader(StringIO(file.read_text("utf-8-sig"))))
    counts = [one["Value"] for one in lines if one["Column"] in OF_PEOPLE]
    assert len(counts) > 20
    assert FEW.isdisjoint(counts)
    assert "–" in counts
