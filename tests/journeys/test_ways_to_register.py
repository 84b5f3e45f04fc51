"""A team is registered without scripts, and by the keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import calmi
from tests.journeys.site import Site, sign_in
from tests.journeys.test_main_job import INSTITUTE, open_the_institute, register

MOST_TABS = 120
FOCUSED = """() => {
  const at = document.activeElement;
  const labels = [...(at.labels || [])].map((label) => label.innerText);
  const said = [at.getAttribute("aria-label"), ...labels, at.innerText, at.value];
  const seen = getComputedStyle(at).outlineStyle !== "none" || at.matches("main, [data-focus]");
  return [said.filter(Boolean).join(" ").replace(/\\s+/g, " "), seen];
}"""


@pytest.fixture
def opened(site: Site, new_page: Callable[..., Page]) -> Site:
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    open_the_institute(new_page(), site)
    site.set_clock("2017-05-10T10:00:00-07:00")
    return site


def test_a_team_is_registered_with_scripts_off(opened: Site, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False)
    register(
        page, opened, "sue@missionvalley.example.org", "Sue", "Mission Valley", calmi.MISSION_VALLEY
    )

    expect(page.get_by_text("Your team is registered")).to_be_visible()


def test_a_team_is_registered_by_the_keyboard_alone(
    opened: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    sign_in(page, opened, "sue@missionvalley.example.org")
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}")
    press(page, "Register", "Enter")
    write(page, "Type part of", "Mission Valley")
    press(page, "Find", "Enter")
    press(page, "Mission Valley Unified", "Space")
    write(page, "Your name", "Sue Superintendent")
    tab_to(page, "Your role")
    page.keyboard.type("Superintendent")
    press(page, "Start the team", "Enter")
    press(page, "Paste from a spreadsheet", "Enter")
    write(page, "Names, e-mail addresses and roles", calmi.MISSION_VALLEY)
    press(page, "Check the lines", "Enter")
    press(page, "Save these people", "Enter")
    press(page, "Submit the team", "Enter")

    expect(page.get_by_text("Your team is registered")).to_be_visible()


def press(page: Page, words: str, key: str) -> None:
    """Go to a control by Tab, press a key on it, and wait for what follows."""
    tab_to(page, words)
    if key != "Enter":
        page.keyboard.press(key)
        return
    with page.expect_navigation():
        page.keyboard.press(key)


def write(page: Page, label: str, text: str) -> None:
    """Go to a field by Tab and put a text in, as a paste does."""
    tab_to(page, label)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the control with these words has the focus, seen all the way."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        said, seen = page.evaluate(FOCUSED)
        assert seen, f"the focus on “{said}” cannot be seen"
        if words in said:
            return
    raise AssertionError(f"Tab never came to “{words}”")
