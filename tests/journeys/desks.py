"""A working week with many people, and tablets at its doors."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from consortium.database import db
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from events.registration.service import badge_of
from tests.factories import make_team
from tests.journeys.site import Site

WEEK = f"/{cast.GARDEN_COAST}/institutes/{cast.WORKING_WEEK}"
MORNING = "2026-03-02T13:00:00+00:00"
"""Eight o'clock on the first day of the story's working week."""


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    """Return the story's database."""
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


@pytest.fixture
def week(site: Site) -> Site:
    """Return the site on the week's first morning."""
    site.set_clock(MORNING)
    return site


def many_come(people: int) -> Sequence[str]:
    """Let so many more people come to the week; return the codes of their badges."""
    with as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        week = db.session.scalars(
            select(Institute).where(Institute.slug == cast.WORKING_WEEK)
        ).one()
        from consortium.directory.models import Lea

        lea = db.session.get_one(Lea, "3499004")
        members = {f"guest{n:02}@pinefield.example.org": "teacher" for n in range(people)}
        team = make_team(week, lea, members)
        codes = [badge_of(week.id, seat.person_id).code for seat in team.seats]
        db.session.commit()
        return codes


def open_desk(page: Page) -> Page:
    """Be the desk helper, open the desk, and wait until it could go on without a network."""
    page.goto("/demo")
    with page.expect_navigation():
        page.locator(f'form:has(input[value="{cast.DESK.key}"]) button').first.click()
    expect(page.locator("#desk-status")).to_contain_text("Connected")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def scan(page: Page, codes: Sequence[str]) -> None:
    """Type codes as a scanner does: at once, with Enter at the end."""
    for code in codes:
        page.keyboard.type(code)
        page.keyboard.press("Enter")
