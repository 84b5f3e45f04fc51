"""A passkey is the second proof of staff, in a real browser and in earnest."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import calmi
from tests.journeys.site import Site, sign_in
from tests.journeys.test_passkeys import press, sign_out, with_authenticator

MANAGE = f"/{calmi.SLUG}/manage"


@pytest.fixture
def host() -> str:
    return "localhost"


@pytest.fixture
def in_earnest(site: Site) -> Site:
    """Return the site with a consortium, asking what the demonstration does not ask."""
    site.set_clock("2026-03-02T12:00:00+00:00")
    site.in_app(calmi.found)
    settings = site.app.extensions["settings"]
    site.app.extensions["settings"] = replace(settings, demonstration=False)
    return site


def test_staff_prove_themselves_by_passkey_and_change_nothing_by_mail_alone(
    in_earnest: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    with_authenticator(page)
    page.goto(MANAGE)
    sign_in(page, in_earnest, calmi.COORDINATOR)
    page.get_by_role("link", name="Not now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a second proof")
    press(page, "Make a passkey")
    expect(page).to_have_url(f"{in_earnest.url}{MANAGE}")

    sign_out(page)
    page.goto(f"/sign-in?next={MANAGE}")
    press(page, "Sign in with a passkey")
    expect(page).to_have_url(f"{in_earnest.url}{MANAGE}")

    sign_out(page)
    page.goto("/sign-in?next=/account")
    sign_in(page, in_earnest, calmi.COORDINATOR)
    press(page, "Add a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("One more proof that it is you")
    press(page, "Use a passkey")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    page.goto(MANAGE)
    expect(page).to_have_url(f"{in_earnest.url}{MANAGE}")
    page.goto("/account")
    page.get_by_role("link", name="Remove").click()
    press(page, "Remove the passkey")
    expect(page.get_by_text("so your account needs a second proof").first).to_be_visible()
