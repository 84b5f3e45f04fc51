"""Two sides write and sign one plan, meet in one sentence of it, and see that it moves."""

import re
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.demonstration.teams import address_of
from tests.journeys.site import Site, sign_in

SUPERINTENDENT, PRESIDENT = "Desmond Achebe", "Carol Fitzgerald"
GOAL = "More ninth graders pass algebra"
BY_BOTH = "Algebra, passed by June of grade nine"


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


def test_two_sides_write_and_sign_a_plan(site: Site, new_page: Callable[..., Page]) -> None:
    """The president's browser runs no scripts: nothing here needs any."""
    site.set_clock("2026-03-02T15:00:00+00:00")
    chief, union = new_page(), new_page(java_script_enabled=False)
    open_plans(chief, site, SUPERINTENDENT)
    chief.get_by_label("What do you work toward together?").fill("Every student finds a way.")
    chief.get_by_role("button", name="Begin").click()
    expect(chief.get_by_text("The plan is begun. Write its first goal.")).to_be_visible()
    chief.get_by_role("link", name="Write a goal").click()
    write_the_goal(chief)

    open_plans(union, site, PRESIDENT)
    union.get_by_role("link", name="2025–26").click()
    expect(union.get_by_text("Version 1 draft")).to_be_visible()
    union.get_by_role("link", name=GOAL).click()

    both_change_the_measure(chief, union)

    chief.get_by_role("link", name="Plan 2025–26").click()
    chief.get_by_role("link", name="Set the date on which your partnership meets next").click()
    chief.get_by_label("Your next meeting").fill("2026-03-17")
    chief.get_by_label("Where").fill("Union hall, 4 pm")
    chief.get_by_role("button", name="Save", exact=True).click()
    chief.get_by_role("link", name="Read and sign").click()
    sign(chief, "management", SUPERINTENDENT)
    expect(chief.get_by_text("The other side gets a mail and signs the same text")).to_be_visible()

    asked = next(
        mail for mail in reversed(site.letters_to(address_of(PRESIDENT))) if "sign" in mail.subject
    )
    union.goto(asked.links[0])
    expect(union.get_by_text(BY_BOTH)).to_be_visible()
    sign(union, "labor", PRESIDENT)
    expect(union.get_by_text("Both sides have signed. The plan is in force.")).to_be_visible()
    chief.reload()
    expect(chief.get_by_text("Version 1 signed by both sides")).to_be_visible()
    told = [mail.subject for mail in site.letters_to(address_of(SUPERINTENDENT))]
    assert told[-1] == "Signed by both sides: plan of Seabright Shore"

    site.set_clock("2026-03-11T15:00:00+00:00")
    union.get_by_role("link", name=GOAL).click()
    measure(union, "2026-03-03", "62.5")
    measure(union, "2026-03-10", "66")
    chart = union.get_by_role("img", name=GOAL)
    expect(chart).to_have_accessible_name(re.compile(r"66% on Mar\s10,\s2026, from 61%"))
    rows = union.get_by_role("table", name="What was measured").get_by_role("row")
    expect(rows).to_contain_text(["Value", "62.5%", "66%"])
    chief.reload()
    expect(chief.get_by_text("66%, Mar 10, 2026 (35% of the way)")).to_be_visible()
    expect(chief.get_by_text("Version 1 signed by both sides")).to_be_visible()


def open_plans(page: Page, site: Site, name: str) -> None:
    sign_in(page, site, address_of(name))
    page.goto("/garden-coast/mine")
    page.get_by_role("link", name="Seabright Shore").first.click()
    page.get_by_role("link", name="Action plan").click()


def write_the_goal(page: Page) -> None:
    for label, value in (
        ("What do you want to reach?", GOAL),
        ("What do you measure?", "Algebra, passed"),
        ("In what?", "%"),
        ("Where do you stand today?", "61"),
        ("Target", "75"),
        ("Until when?", "2027-06-15"),
    ):
        page.get_by_label(label).fill(value)
    page.get_by_label("It is about what students learn").check()
    page.get_by_label("Owner, labor").select_option(f"{PRESIDENT}, Association president")
    page.get_by_label("Owner, management").select_option(f"{SUPERINTENDENT}, Superintendent")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The goal is in the plan.")).to_be_visible()


def both_change_the_measure(chief: Page, union: Page) -> None:
    """Let both open the goal; who saves second sees both texts and writes the one of both."""
    for page in (chief, union):
        page.get_by_role("link", name="Change the goal").click()
    union.get_by_label("What do you measure?").fill("Algebra, passed by June")
    union.get_by_role("button", name="Save", exact=True).click()
    expect(union.get_by_text("Saved.")).to_be_visible()

    chief.get_by_label("What do you measure?").fill("Algebra, passed in grade nine")
    with chief.expect_response(lambda answer: answer.request.method == "POST") as second:
        chief.get_by_role("button", name="Save", exact=True).click()
    assert second.value.status == HTTPStatus.CONFLICT
    row = chief.get_by_role("row", name=re.compile("measure"))
    expect(row).to_contain_text("Algebra, passed by June")
    expect(row).to_contain_text("Algebra, passed in grade nine")
    typed = chief.get_by_label("What do you measure?")
    expect(typed).to_have_value("Algebra, passed in grade nine")
    typed.fill(BY_BOTH)
    chief.get_by_role("button", name="Save", exact=True).click()
    expect(chief.get_by_text(BY_BOTH)).to_be_visible()


def sign(page: Page, side: str, name: str) -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("I agree", exact=True).check()
    page.get_by_role("button", name=f"Sign for the {side} side").click()


def measure(page: Page, day: str, value: str) -> None:
    page.get_by_label("Measured on").fill(day)
    page.get_by_label("Value").fill(value)
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_text("The value is written down.")).to_be_visible()
