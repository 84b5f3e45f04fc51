"""A tablet becomes a kiosk: people check themselves in there, and nothing else can be done."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.desks import (  # noqa: F401  (the fixtures are found by name)
    WEEK,
    database,
    many_come,
    open_desk,
    scan,
    week,
)
from tests.journeys.site import Site
from tests.journeys.test_accessibility import AXE, SCREENS, faults_on


def test_people_check_themselves_in_and_can_do_nothing_else(
    week: Site,  # noqa: F811
    new_page: Callable[..., Page],
) -> None:
    codes = week.in_app(lambda: many_come(2))
    tablet = open_desk(new_page())
    tablet.goto(f"{WEEK}/kiosks")
    tablet.get_by_role("button", name="Make this tablet a kiosk").click()
    expect(tablet.get_by_role("heading", level=1)).to_contain_text("Check in")

    scan(tablet, codes[:1])
    expect(tablet.get_by_role("alert")).to_contain_text("Welcome, Guest00. You are checked in.")
    tablet.get_by_label("Your first and last name").fill("guest01")
    tablet.get_by_label("The last four letters").fill("st01")
    tablet.get_by_role("button", name="Check in by name").click()
    expect(tablet.get_by_role("alert")).to_contain_text("Welcome, Guest01.")

    tablet.evaluate(AXE)
    for screen in SCREENS:
        assert faults_on(tablet, screen, set()) == []
    assert "Guest00" not in tablet.content()
    tablet.goto(f"{WEEK}/desk")
    expect(tablet).to_have_url(re.compile("/sign-in"))
