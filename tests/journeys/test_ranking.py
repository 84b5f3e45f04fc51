"""Someone ranks a round by the keys of a telephone, the host gives the places, and both see why."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become

AGENDA = "/garden-coast/institutes/summer-institute/agenda"
CHOICES = "/garden-coast/manage/institutes/summer-institute/choices"
TRUST, COACH = "Lunch on rebuilding trust after a strike", "Lunch on coaching beside evaluation"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_someone_ranks_the_host_gives_places_and_the_reason_is_read(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    mine = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    become(mine, cast.PARTICIPANT.key)
    rank(mine)

    host = new_page()
    become(host, cast.COORDINATOR.key)
    end_it_soon(host)
    site.set_clock("2026-03-04T15:00:00+00:00")
    give_places(host, site)

    mine.goto(AGENDA)
    place = mine.locator(".session", has=mine.get_by_text("Given by what you ranked")).first
    expect(place).to_be_visible()
    assert "choice" in place.inner_text()


def rank(page: Page) -> None:
    page.goto(AGENDA)
    page.get_by_role("link", name="Rank its sessions").click()
    press(page, "Add as my next choice", COACH)
    press(page, "Add as my next choice", TRUST)
    press(page, "Up", TRUST)
    expect(page.get_by_text("Your order is saved.")).to_be_visible()
    expect(page.locator(".ranking__item").nth(0)).to_contain_text(f"1. {TRUST}")
    expect(page.locator(".ranking__item").nth(1)).to_contain_text(f"2. {COACH}")


def press(page: Page, words: str, title: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{words} ?: {title}$")).press("Enter")


def end_it_soon(page: Page) -> None:
    page.goto(f"{CHOICES}/ranked")
    page.get_by_role("link", name="Change until when").click()
    page.get_by_label("Last day").fill("2026-03-03")
    page.get_by_label("Time").fill("09:00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Until Tuesday, March 3, 2026")).to_be_visible()


def give_places(page: Page, site: Site) -> None:
    page.reload()
    expect(page.get_by_text("Time to rank is over")).to_be_visible()
    page.get_by_role("button", name="Make a draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Draft 2 of places")
    expect(page.get_by_text("It begins as soon as the worker is free.")).to_be_visible()
    site.work()
    page.get_by_role("link", name="Show what it gives").click()  # the page looked again by itself
    page.get_by_role("link", name="Decide otherwise").first.click()
    page.get_by_label("Your decision").select_option(label=f"A place in “{COACH}”")
    page.get_by_role("button", name="Find the places again").click()
    site.work()
    page.goto(page.url)
    expect(page.get_by_text(f": a place in “{COACH}”")).to_be_visible()
    page.get_by_role("button", name="Give these places").click()
    expect(page.get_by_text("The places are given.")).to_be_visible()
