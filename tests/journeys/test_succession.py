"""A superintendent leaves, the partnership stands at risk, and whoever follows takes over."""

import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Letter, Site, sign_in
from tests.journeys.test_accessibility import become
from tests.papers import the_paper_says

HARBOR = "Harbor Point Township"
SUCCESSOR, ADDRESS = "Adaeze Okonkwo", "adaeze.okonkwo@example.org"
HOST = "partnership@example.org"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_a_superintendent_leaves_and_the_successor_takes_over(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    president, host, successor, leaver = new_page(), new_page(), new_page(), new_page()
    hand_over = the_president_reports_who_left(president)
    site.work()

    site.set_clock("2026-04-06T15:00:00+00:00")
    site.work()
    at_risk = newest(site, HOST, "Partnerships at risk")
    assert "Superintendent: nobody has held this office for 35 days" in at_risk.text
    become(host, cast.COORDINATOR.key)
    host.goto(at_risk.links[0])
    expect(host.get_by_role("row", name=HARBOR)).to_contain_text("A leader's office is empty")

    the_president_names_who_follows(president, hand_over)
    host.goto(newest(site, HOST, "Waits for you").links[0])
    host.get_by_role("button", name="Do what waits for you").click()
    expect(host.get_by_text("Everything is done.")).to_be_visible()
    expect(host.get_by_text("The successor leads the team now.")).to_have_count(2)
    host.goto(at_risk.links[0])
    expect(host.get_by_role("heading", level=1)).to_have_text("Partnerships at risk")
    expect(host.get_by_role("row", name=HARBOR)).to_have_count(0)

    the_successor_confirms_the_seat(successor, site)
    the_hand_over_is_there(successor, site)
    president.goto(hand_over)
    president.get_by_role("link", name="see who looked").click()
    expect(president.get_by_role("row", name=SUCCESSOR)).to_contain_text("e-mail address")

    become(leaver, cast.MANAGEMENT_LEAD.key)
    leaver.goto("/garden-coast/mine")
    seats = leaver.get_by_role("table", name="My seats")
    expect(seats).to_contain_text("Garden Coast Partnership Workshop")  # that is over, and stays
    expect(seats).not_to_contain_text("Garden Coast Working Year")
    expect(leaver.locator("main")).not_to_contain_text("Garden Coast Summer Institute")
    gone = leaver.goto(hand_over)
    assert gone is not None
    assert gone.status == HTTPStatus.NOT_FOUND


def the_president_reports_who_left(page: Page) -> str:
    """Agree to be reached, and write down that the superintendent left; return the hand-over."""
    become(page, cast.PRESIDENT.key)
    page.goto("/garden-coast/mine")
    page.get_by_role("link", name=HARBOR, exact=True).first.click()
    page.get_by_role("link", name="Hand-over", exact=True).click()
    hand_over = page.url
    page.get_by_role("link", name="Say how the others may reach you").click()
    page.get_by_label("My e-mail address").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved. It holds from now on.")).to_be_visible()

    page.goto(hand_over)
    page.get_by_role("link", name="Somebody leaves").click()
    page.get_by_label("Who leaves").select_option("Raymond Okafor, Superintendent")
    page.get_by_label("Last day").fill("2026-03-01")
    page.get_by_label("Nobody is named yet").check()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("A lead of this team does this, or the host.")).to_have_count(4)
    return hand_over


def the_president_names_who_follows(page: Page, hand_over: str) -> None:
    become(page, cast.PRESIDENT.key)
    page.goto(hand_over)
    page.get_by_role("link", name="Raymond Okafor").click()
    page.get_by_label("Somebody, for good").check()
    page.get_by_label("Somebody new: name").fill(SUCCESSOR)
    page.get_by_label("Somebody new: e-mail").fill(ADDRESS)
    page.get_by_role("button", name="Invite the successor").click()
    expect(page.get_by_text("The host has a mail about what waits.")).to_be_visible()


def the_successor_confirms_the_seat(page: Page, site: Site) -> None:
    asked = newest(site, ADDRESS, "confirm your seat at Garden Coast Working Year")
    page.goto(asked.links[0])
    page.get_by_role("link", name="Sign in to answer").click()
    sign_in(page, site, ADDRESS)
    page.get_by_role("button", name="Confirm my seat").click()
    expect(page.locator("main")).to_contain_text("confirmed")


def the_hand_over_is_there(page: Page, site: Site) -> None:
    """Read what both sides agreed, when they meet, who agreed to be reached; take it as a paper."""
    page.goto(newest(site, ADDRESS, "Your hand-over").links[0])
    said = page.locator("main")
    expect(said).to_contain_text("2025–26, version 1: signed by both sides.")
    expect(said).to_contain_text(f"{SUCCESSOR}, Superintendent")
    meeting = page.get_by_role("row", name="Talking with members and the board")
    expect(meeting).to_contain_text("Tuesday, April 7, 2026 at 4:00 PM")
    reached = page.get_by_role("table", name="As they agreed").get_by_role("row")
    expect(reached).to_have_count(2)
    expect(reached.last).to_contain_text(cast.PRESIDENT.email)
    with page.expect_download() as download:
        page.get_by_role("link", name="As a paper (PDF)").click()
    assert the_paper_says(download.value.path(), SUCCESSOR, cast.PRESIDENT.email)
    page.get_by_role("button", name="Meet the lead of the other side").click()
    expect(page.get_by_role("listitem").filter(has_text="Meet the lead")).to_contain_text("done")

    page.get_by_role("link", name="Action plan").click()
    page.get_by_role("link", name="2025–26").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Plan 2025–26 of {HARBOR}")
    expect(page.get_by_text("For labor")).to_be_visible()
    expect(page.get_by_text("has left: name the successor").first).to_be_visible()


def newest(site: Site, address: str, about: str) -> Letter:
    """Return the newest mail to someone with this in its subject."""
    return next(one for one in reversed(site.letters_to(address)) if about in one.subject)
