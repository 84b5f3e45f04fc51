"""A participant is checked in and out, says how it was on a phone, and earns a certificate."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import delete, select

from consortium.database import db
from consortium.demonstration import cast
from consortium.people.models import Person
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.checkin.models import CheckIn, Scan
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become
from tests.papers import the_paper_says

WORKSHOP = "/garden-coast/institutes/partnership-workshop"
MORNING, AFTERNOON = "2026-02-26T13:41:00+00:00", "2026-02-26T20:04:00+00:00"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


@pytest.fixture
def host() -> str:
    return "localhost"


def test_a_participant_evaluates_earns_downloads_and_anyone_checks(
    site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    site.in_app(forget_the_sign_in_sheet)
    a_desk_checks_in_and_out(site, new_page(java_script_enabled=False))
    site.set_clock("2026-03-02T12:00:00+00:00")
    page = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    become(page, cast.PARTICIPANT.key)
    page.goto(f"{WORKSHOP}/credit")
    expect(page.get_by_text("in 8:41 AM, out 3:04 PM").first).to_be_visible()
    expect(page.get_by_text("locked until you have filled in the evaluation")).to_be_visible()
    page.get_by_role("link", name="Fill in the evaluation").click()
    expect(page.get_by_role("button", name="Send my answers")).to_be_visible()  # all the questions
    for question in page.get_by_role("group").all():
        question.get_by_role("radio", name="5", exact=True).check()
    page.get_by_label("What worked well?").fill("Peers in my own role.")
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("kept without your name")).to_be_visible()
    page.get_by_role("button", name="Get my certificate").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Certificate CE-"))
    face = page.locator(".certificate__face")
    expect(face).to_contain_text("Lucia Ferrante")
    expect(face).to_contain_text("NJ professional learning hours")
    expect(face).not_to_contain_text("Academy")
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download as PDF").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert the_paper_says(file, "Lucia Ferrante", "5 hours", "Nora Castellano")
    anyone_checks(new_page(), page.locator(".certificate__proof a").get_attribute("href") or "")
    (mail,) = [
        one for one in site.letters_to(cast.PARTICIPANT.email) if "certificate" in one.subject
    ]
    assert "NJ professional learning hours: 5 hours" in mail.text


def forget_the_sign_in_sheet() -> None:
    """Let nothing be recorded of the participant, whom the story's host wrote down."""
    with as_tenant(tenants.get_by_slug(cast.GARDEN_COAST).id):
        theirs = select(Person.id).where(Person.name == cast.PARTICIPANT.name)
        for model in (Scan, CheckIn):
            db.session.execute(delete(model).where(model.person_id.in_(theirs)))
        db.session.commit()


def a_desk_checks_in_and_out(site: Site, desk: Page) -> None:
    """Check the participant in when the workshop begins, and out when it is over."""
    for moment, act in ((MORNING, "Check in"), (AFTERNOON, "Check out")):
        site.set_clock(moment)
        become(desk, cast.COORDINATOR.key)
        desk.goto(f"{WORKSHOP}/desk?q=ferrante")
        desk.get_by_role("button", name=act).click()
        expect(desk.get_by_text("Lucia Ferrante is checked")).to_be_visible()


def anyone_checks(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("This certificate is valid")).to_be_visible()
    expect(page.get_by_text("Lucia Ferrante")).to_be_visible()
