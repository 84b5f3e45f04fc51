"""A coordinator finds peers, keeps a pair, finds them again, and everything else stays."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become

PEERS = "/garden-coast/manage/institutes/summer-institute/peers"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_a_pinned_pair_comes_in_and_the_rest_of_the_draft_stays(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    page = new_page()
    become(page, cast.COORDINATOR.key)

    page.goto(PEERS)
    page.get_by_role("button", name="Find peers", exact=True).click()
    expect(page.get_by_role("heading", name="A search is going on")).to_be_visible()
    site.work()
    page.goto(PEERS)
    before = pairs_on(page)
    assert len(before) > 3

    page.goto(f"{PEERS}/locks")
    for one, other in not_yet(page, before):
        page.goto(f"{PEERS}/locks")
        page.get_by_label("The one").select_option(one)
        page.get_by_label("The other").select_option(other)
        page.get_by_role("button", name="Keep").click()
        if page.url.endswith("/peers"):
            break
    expect(page.get_by_text("Pairs were locked since this draft was found")).to_be_visible()
    page.get_by_role("button", name="Find it again, keep the rest").click()
    site.work()
    page.goto(PEERS)

    after = pairs_on(page)
    expect(page.get_by_text("Locked: they must meet")).to_have_count(1)
    assert after - before
    assert len(before - after) <= 3
    said = page.get_by_text(re.compile(r"\d+ pairs stayed, \d+ went, \d+ are new"))
    expect(said).to_contain_text(f"{len(before & after)} pairs stayed")


def pairs_on(page: Page) -> set[tuple[str, ...]]:
    """Return who meets whom in the draft, by name."""
    rows = page.get_by_role("table", name="Pairs").locator("tbody tr").all()
    names = [
        [cell.inner_text().split("\n")[0].strip() for cell in row.locator("th, td").all()[:2]]
        for row in rows
    ]
    return {tuple(sorted(pair)) for pair in names}


def not_yet(page: Page, before: set[tuple[str, ...]]) -> list[tuple[str, str]]:
    """Return pairs of one role and different LEAs that the draft does not have."""
    options = page.get_by_label("The one").locator("option").all()
    people = [(option.get_attribute("value") or "", option.inner_text()) for option in options]
    facts = {value: words.split(", ") for value, words in people}
    return [
        (one, other)
        for one, mine in facts.items()
        for other, theirs in facts.items()
        if mine[0] < theirs[0]
        and mine[1] == theirs[1]
        and mine[2] != theirs[2]
        and tuple(sorted((mine[0], theirs[0]))) not in before
    ]
