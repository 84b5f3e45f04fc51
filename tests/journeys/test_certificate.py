"""A participant says how it was, on a phone without scripts, and earns a certificate."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.demonstration import cast
from tests.journeys.site import Site
from tests.journeys.test_accessibility import become

WORKSHOP = "/garden-coast/institutes/partnership-workshop"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


@pytest.fixture
def host() -> str:
    return "localhost"


def test_a_participant_evaluates_earns_downloads_and_anyone_checks(
    site: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    site.set_clock("2026-03-02T12:00:00+00:00")
    page = new_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    become(page, cast.PARTICIPANT.key)
    page.goto(f"{WORKSHOP}/credit")
    expect(page.get_by_text("locked until you have filled in the evaluation")).to_be_visible()
    page.get_by_role("link", name="Fill in the evaluation").click()
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


def the_paper_says(file: Path, *words: str) -> bool:
    """Tell whether the PDF says this, as far as this machine can read one."""
    content = file.read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) > 10_000
    if shutil.which("pdftotext") is None:
        return True
    read = subprocess.run(
        ["pdftotext", "-raw", str(file), "-"], capture_output=True, check=True, text=True
    )
    told = subprocess.run(["pdfinfo", str(file)], capture_output=True, check=True, text=True)
    assert re.search(r"Tagged:\s+yes", told.stdout)
    return all(word in read.stdout for word in words)


def anyone_checks(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_text("This certificate is valid")).to_be_visible()
    expect(page.get_by_text("Lucia Ferrante")).to_be_visible()
