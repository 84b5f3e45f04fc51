"""A screen on a wall: nobody scrolls it, so all of it fits, or comes one part after the other."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys.site import Site

BUILDING = "/garden-coast/institutes/summer-institute/signs/building"
HIDDEN = "() => document.documentElement.scrollHeight - innerHeight"
LETTERS = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_all_rooms_fit_a_screen_and_a_phone_keeps_its_letters(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    plain = new_page(viewport={"width": 1280, "height": 560}, java_script_enabled=False)
    wall = new_page(viewport={"width": 1280, "height": 560})
    phone = new_page(viewport={"width": 320, "height": 640})
    for page in (plain, wall, phone):
        page.goto(BUILDING)

    assert plain.locator("html").evaluate("root => root.scrollHeight") > 560
    assert wall.evaluate(HIDDEN) <= 0
    assert wall.evaluate(LETTERS) < plain.locator("html").evaluate(
        "root => parseFloat(getComputedStyle(root).fontSize)"
    )
    assert phone.evaluate("() => document.documentElement.style.fontSize") == ""
