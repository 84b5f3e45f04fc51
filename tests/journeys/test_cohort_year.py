"""A facilitator runs a meeting, a day of snow moves the next one, and a team reads its year."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become

FIFTH, SIXTH = "Measures that both sides accept", "Talking with members and the board"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_a_facilitator_runs_a_meeting_and_moves_the_next_to_its_snow_date(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2026-03-02T15:00:00+00:00")
    site.work()  # calendars have the meetings
    page = new_page()
    become(page, cast.FACILITATOR.key)
    page.goto("/garden-coast/mine")
    page.get_by_role("link", name="Garden Coast Working Year").click()
    expect(page.get_by_role("heading", name="Who came: Garden Coast Working Year")).to_be_visible()
    row = page.get_by_role("row", name=re.compile("Harbor Point Township"))
    expect(row).to_contain_text("4 of 4")

    begins = when(page, FIFTH)
    site.set_clock(f"{begins}T22:00:00+00:00")
    page.get_by_role("link", name=FIFTH).click()
    for name in ("Raymond Okafor, Superintendent", "Patricia Nuñez, Association president"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Keep the roll").click()
    expect(page.get_by_text("The roll is kept.")).to_be_visible()
    expect(page.get_by_label("Raymond Okafor, Superintendent")).to_be_checked()
    expect(page.get_by_text("2 of 26")).to_be_visible()

    page.get_by_role("link", name=re.compile("Who came")).click()
    page.get_by_role("link", name=SIXTH).click()
    page.get_by_role("button", name="Hold it on the snow date").click()
    expect(page.get_by_text("The meeting is on its snow date now.")).to_be_visible()
    site.set_clock(f"{begins}T22:15:00+00:00")
    site.work()
    moved = [mail for mail in site.letters_to(cast.PRESIDENT.email) if SIXTH in mail.subject]
    assert "Bad weather" in moved[-1].text
    (_, file) = moved[-1].attachments[0]
    (event,) = Calendar.from_ical(file).events
    assert int(event["SEQUENCE"]) == 1

    site.set_clock(f"{begins}T23:00:00+00:00")
    become(page, cast.PRESIDENT.key)
    page.goto("/garden-coast/mine")
    page.get_by_role("link", name=re.compile("The year.*Working Year")).click()
    expect(page.get_by_text("5 of 5")).to_be_visible()
    card = page.get_by_role("listitem").filter(has_text=FIFTH).last
    expect(card).to_contain_text("2 people")
    page.get_by_role("link", name=re.compile(f"Hand in homework.*{FIFTH}")).click()
    page.get_by_label("What you did").fill("Both sides chose three measures.")
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Handed in. Your facilitator sees it.")).to_be_visible()


def when(page: Page, title: str) -> str:
    """Return on which day a meeting of the list is, as the calendar writes it."""
    line = page.get_by_role("listitem").filter(has_text=title).first.inner_text()
    found = re.search(r"([A-Z][a-z]+ \d{1,2}, \d{4})", line)
    assert found
    shown: str = page.evaluate(
        "day => new Date(day + ' 12:00 UTC').toISOString().slice(0, 10)", found.group(1)
    )
    return shown
