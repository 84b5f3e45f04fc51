"""A host asks teams for a paper, a lead hands it in by the date, and the host reads it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become

MANAGED = "/garden-coast/manage/institutes/summer-institute"
TITLE = "Our year in one page"
PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_a_host_asks_sees_who_is_missing_and_reads_what_a_lead_hands_in(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    host = new_page()
    become(host, cast.COORDINATOR.key)
    the_host_asks(host)
    expect(the_teams(host, "Teams that have not handed it in")).to_have_count(7)
    expect(host.get_by_text("0 of 7 teams have handed in.")).to_be_visible()

    lead = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    become(lead, cast.MANAGEMENT_LEAD.key)
    a_lead_hands_in(lead)

    host.reload()
    expect(host.get_by_text("1 of 7 teams have handed in.")).to_be_visible()
    expect(the_teams(host, "Teams that have not handed it in")).to_have_count(6)
    line = host.get_by_role("row", name="Harbor Point Township")
    expect(line).to_contain_text("handed in")
    expect(line).to_contain_text("Both sides wrote it.")
    with host.expect_download() as coming:
        line.get_by_role("link", name="one-page.pdf").click()
    assert Path(coming.value.path()).read_bytes() == PDF


def the_host_asks(page: Page) -> None:
    page.goto(f"{MANAGED}/deliverables")
    page.get_by_role("link", name="Ask teams for something").click()
    page.get_by_label("What is it?").fill(TITLE)
    page.get_by_label("Due on").fill("2026-04-01")
    page.get_by_label("Due at (time)").fill("17:00")
    page.get_by_label("Both sides sign").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"Teams are asked for “{TITLE}”.")).to_be_visible()
    page.get_by_role("link", name=TITLE).click()


def a_lead_hands_in(page: Page) -> None:
    page.get_by_role("link", name="My teams").click()
    summer = page.get_by_role("row", name="Garden Coast Summer Institute")
    summer.get_by_role("link", name="Harbor Point Township").first.click()
    page.get_by_role("link", name=TITLE).click()
    hand_in(page, "numbers.csv", "text/csv", b"goal,year\nreading,2026\n")
    expect(page.locator("#file-error")).to_contain_text("PDF")
    expect(page.get_by_text("It is handed in.")).to_have_count(0)
    page.get_by_label("A note for the host").fill("Both sides wrote it.")
    hand_in(page, "one-page.pdf", "application/pdf", PDF)
    expect(page.get_by_text("It is handed in.")).to_be_visible()


def hand_in(page: Page, name: str, kind: str, content: bytes) -> None:
    page.get_by_label("File").set_input_files({"name": name, "mimeType": kind, "buffer": content})
    page.get_by_role("button", name="Upload and hand in").click()


def the_teams(page: Page, table: str) -> Locator:
    return page.get_by_role("table", name=table).locator("tbody tr")
