"""A coordinator brings 150 teams in from a spreadsheet, looks first, and brings it in again."""

import csv
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from consortium.database import transaction
from consortium.directory import service as directory
from consortium.directory.domain import LeaRecord
from tests.journeys import calmi
from tests.journeys.site import Site
from tests.journeys.test_main_job import INSTITUTE, open_the_institute

TEAMS = 150
ROLES = ("superintendent", "cert_union_leader", "class_union_leader", "board_member")


def list_leas() -> None:
    with transaction():
        for n in range(TEAMS):
            directory.add_lea(
                LeaRecord(
                    id=f"0601{n:03}", name=f"Canyon {n} Unified", state="CA", city="Fresno",
                    locale="21", enrollment=5_000, time_zone="America/Los_Angeles",
                )
            )  # fmt: skip


def write_list(file: Path, *, wrong: bool) -> Path:
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(("LEA id", "Name", "E-mail address", "Role"))
        for n in range(TEAMS):
            for role in ROLES:
                rows.writerow(
                    (f"0601{n:03}", f"{role} {n}", f"{role}.{n}@canyon.example.org", role)
                )
        if wrong:
            rows.writerow(("0601000", "Queen", "queen@canyon.example.org", "queen"))
    return file


def check(page: Page, file: Path) -> None:
    page.goto(f"/{calmi.SLUG}/manage/institutes/{INSTITUTE}/import")
    page.get_by_label("The list").set_input_files(file)
    page.get_by_role("button", name="Check the list").click()
    expect(page.get_by_role("heading", name="Import this list?")).to_be_visible()


def figures(page: Page) -> dict[str, str]:
    page.wait_for_load_state()  # all of them, not what has arrived so far
    words = page.locator(".figure__words").all_inner_texts()
    return dict(zip(words, page.locator(".figure__value").all_inner_texts(), strict=True))


def test_150_teams_come_in_and_the_same_list_again_changes_nothing(
    site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    site.in_app(list_leas)
    page = new_page()
    open_the_institute(page, site)

    check(page, write_list(tmp_path / "teams.csv", wrong=True))
    assert figures(page) == {
        "Rows to add": "600",
        "Rows that change something": "0",
        "Rows that stay as they are": "0",
        "Rows left out": "1",
    }
    expect(page.get_by_text("Queen").first).to_be_visible()
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name="The list was imported")).to_be_visible()
    assert figures(page)["Rows added"] == "600"

    page.get_by_role("link", name="See the teams").click()
    expect(page.get_by_text("Canyon 0 Unified").first).to_be_visible()

    check(page, write_list(tmp_path / "again.csv", wrong=False))
    assert figures(page)["Rows that stay as they are"] == "600"
    expect(page.get_by_text("The list changes nothing.")).to_be_visible()
