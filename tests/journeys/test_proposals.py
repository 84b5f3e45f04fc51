"""A coordinator locks a session, has a programme proposed, takes a part of it; then one is ill."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become

FALL = "/garden-coast/manage/institutes/fall-convening"
PRESENTER = "Renee Castellano"
SOLVE, LEADERS = "Solving a problem by interests", "Superintendents"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_a_part_is_taken_and_what_is_locked_stays(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    page = new_page()
    become(page, cast.COORDINATOR.key)
    lock(page)

    ask(page, site, "Propose a programme")
    worth = page.get_by_role("table", name="What it is worth")
    expect(worth.get_by_role("row", name="Clashes 3 0")).to_be_visible()
    moves = page.get_by_role("group", name="What would change")
    expect(moves.get_by_role("checkbox", name=SOLVE)).to_have_count(0)
    leaders = moves.get_by_role("checkbox", name=LEADERS)
    expect(leaders).to_have_accessible_description(re.compile("Room 1 does not have it"))
    page.wait_for_load_state()  # with every box
    for box in moves.get_by_role("checkbox").all():
        box.uncheck()
    leaders.check()
    page.get_by_role("button", name="Write what is ticked into the draft").click()
    expect(page.get_by_text("1 session of the draft changed.")).to_be_visible()
    expect(page.get_by_text("Hollis Tran would have to be in two places")).to_be_visible()
    expect(page.get_by_text("Room 1 does not have it")).to_have_count(0)

    page.goto(f"{FALL}/propose")
    page.get_by_label("Who cannot come").select_option(PRESENTER)
    ask(page, site, "Plan without this person")
    expect(moves.get_by_role("listitem").filter(has_text="nobody else holds it")).to_have_count(1)
    expect(page.get_by_role("heading", name=f"still need {PRESENTER}")).to_be_visible()


def lock(page: Page) -> None:
    page.goto(f"{FALL}/sessions")
    page.get_by_role("link", name=SOLVE).first.click()
    page.get_by_role("link", name="Lock it for proposals").click()
    page.get_by_label("Leave it at its time").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"{SOLVE}: time")).to_be_visible()


def ask(page: Page, site: Site, words: str) -> None:
    """Ask, see that it is being made, and look at the result: the page looked again by itself."""
    page.get_by_role("button", name=words).click()
    expect(page.get_by_role("heading", name="A proposal is being made")).to_be_visible()
    site.work()
    page.get_by_role("link", name="Show it").click()
