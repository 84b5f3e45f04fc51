"""The pictures of the README, taken from the demonstration's story.

They go to a temporary folder; ``PICTURES=1 scripts/test tests/journeys/test_pictures.py`` renews
the ones in the README.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.site import Site

KEPT = Path(__file__).parent / "screenshots"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_the_pictures_of_the_readme_show_a_team_and_the_board(
    site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    folder = KEPT if os.environ.get("PICTURES") else tmp_path
    site.set_clock("2026-03-02T12:00:00+00:00")
    page = new_page(viewport={"width": 1180, "height": 860})

    page.goto("/demo")
    page.locator('form:has(input[value="union-lead"]) button').click()
    page.get_by_role("link", name="Cedar Hollow Regional").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cedar Hollow Regional")
    expect(page.get_by_text("a mail to confirm. Registration is open until")).to_be_visible()
    page.screenshot(path=folder / "team.png")

    page.goto("/demo")
    page.locator('form:has(input[value="coordinator"]) button').click()
    page.goto("/garden-coast/manage/institutes/summer-institute/board")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Board: Garden Coast Summer Institute"
    )
    page.screenshot(path=folder / "board.png")

    assert {path.name for path in folder.glob("*.png")} == {"team.png", "board.png"}
