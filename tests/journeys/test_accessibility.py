"""Every page and error state: axe finds nothing, nothing scrolls sideways, nothing is asked of
other hosts; as a wide light screen shows it and, turned there, a narrow dark one."""

import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page, ViewportSize

from consortium import clock
from consortium.auth.models import SecondFactor
from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.people import service as people
from tests.factories import make_passkey
from tests.journeys.breaking import break_with
from tests.journeys.census import NOT_PAGES, PASSKEY_OF_NEIGHBOR, Visit, visits
from tests.journeys.contrast import looks_of
from tests.journeys.site import Site

CONTRAST = "color-contrast"
EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
SIZE_AND_COLOR = {
    "type": "rule",
    "values": [
        "aria-hidden-focus", "button-name", "color-contrast", "label", "link-in-text-block",
        "link-name", "meta-viewport", "nested-interactive", "scrollable-region-focusable",
        "target-size",
    ],
}  # fmt: skip
"""What can differ when the same page is turned narrow and dark."""
SCREENS: dict[str, tuple[ViewportSize, Literal["light", "dark"], dict[str, Any]]] = {
    "wide and light": ({"width": 1280, "height": 900}, "light", EVERYTHING),
    "narrow and dark": ({"width": 320, "height": 640}, "dark", SIZE_AND_COLOR),
}
OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # it serves two rules: media that play alone, styles that lock a screen
}
LOOKERS = ("", "union-lead", "coordinator", "finance")
AXE: str = Axe().axe_script


@pytest.fixture
def database(story_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(story_file, tmp_path / "journey.db"))


@pytest.fixture
def host() -> str:
    return "localhost"


@pytest.fixture
def told(site: Site) -> Site:
    """Return the site in its story; the neighbor has both second proofs, the others have none."""
    site.set_clock("2026-03-02T12:00:00+00:00")
    site.app.add_url_rule("/<consortium>/broken/<int:code>", "broken", break_with)
    with site.app.app_context(), transaction():
        neighbor = people.identity_for(cast.NEIGHBOR.email)
        db.session.add(
            SecondFactor(identity_id=neighbor.id, secret="sealed", enrolled_at=clock.now())
        )
        make_passkey(cast.NEIGHBOR.email, id=PASSKEY_OF_NEIGHBOR)
    return site


def test_the_census_knows_every_page(told: Site) -> None:
    """A new page without a visit here fails: nobody would have looked at it."""
    pages = {
        rule.endpoint for rule in told.app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }
    seen = {visit.endpoint for visit in visits(told.app)} | NOT_PAGES

    assert pages - seen == set()


@pytest.mark.timeout(900)
@pytest.mark.parametrize("who", [*LOOKERS, "participant"])
def test_every_page_and_error_state_can_be_used_by_everyone(
    told: Site, new_page: Callable[..., Page], who: str
) -> None:
    """``who`` stands for those who look; whoever is not named here looks with the participant."""
    pages: dict[str, Page] = {}
    seen: dict[str, set[str]] = {screen: set() for screen in SCREENS}
    faults: list[str] = []
    for visit in visits(told.app):
        looker = visit.who if visit.who in LOOKERS else "participant"
        if looker != who:
            continue
        page = pages.get(visit.who)
        if page is None:
            page = pages[visit.who] = new_page(reduced_motion="reduce")  # colors turn at once
            page.add_init_script(AXE)
            if visit.who:
                become(page, visit.who)
        try:
            open_state(page, visit)
        except Error as error:
            raise AssertionError(describe(visit)) from error
        # What a page looks like on a wide light screen was seen before something was sent.
        for screen in SCREENS if visit.sent is None else [*SCREENS][1:]:
            found = faults_on(page, screen, seen[screen])
            faults += [f"{describe(visit)}, {screen}: {fault}" for fault in found]

    assert faults == []


def test_a_pale_text_is_found_on_a_page_that_was_looked_at_before(
    told: Site, new_page: Callable[..., Page]
) -> None:
    """The control: looks that were seen before hide none that were not."""
    page = new_page()
    page.goto("/help")
    page.evaluate(AXE)
    for screen in SCREENS:
        seen: set[str] = set()
        assert faults_on(page, screen, seen) == []
        page.evaluate("document.querySelector('main p').style.color = '#888'")
        page.evaluate("document.querySelector('main p').style.backgroundColor = '#999'")

        (fault,) = faults_on(page, screen, seen)

        assert fault.startswith(CONTRAST)
        page.evaluate("document.querySelector('main p').removeAttribute('style')")


def become(page: Page, who: str) -> None:
    page.goto("/demo")
    with page.expect_navigation():
        page.locator(f'form:has(input[value="{who}"]) button').first.click()


def open_state(page: Page, visit: Visit) -> None:
    answer = page.goto(visit.path)
    is_missing = answer is not None and answer.status == HTTPStatus.NOT_FOUND
    if is_missing and visit.endpoint != "404":
        raise Error("there is no such page")
    if visit.sent is None:
        return
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    fields = "".join(f':has([name="{name}"])' for name in visit.sent)
    form = page.locator(f"main form.form{fields}").first
    for name, value in visit.sent.items():
        field = form.locator(f'[name="{name}"]').first
        is_list = field.evaluate("field => field.tagName === 'SELECT'")
        (field.select_option if is_list else field.fill)(value)
    with page.expect_navigation():  # a click alone would not wait for the page's style
        form.locator(".form__actions button").first.click()


def faults_on(page: Page, screen: str, seen: set[str]) -> list[str]:
    """Return what is wrong with a page; the contrast of looks that were seen is not asked again.

    To judge contrast takes longer than all other rules together.
    """
    size, scheme, rules = SCREENS[screen]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    looks = looks_of(page)
    asked = rules_to_ask(rules, contrast=not looks <= seen)
    seen |= looks
    # Only what is wrong: the list of what is right takes longer to hand over than to find.
    violations: list[dict[str, Any]] = page.evaluate(
        "asked => axe.run(asked).then(found => found.violations)", {**OPTIONS, **asked}
    )
    faults = [
        f"{violation['id']}: {node['html'][:160]}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"][:1]
    ]
    sideways = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    if sideways > 0:
        faults.append(f"scrolls {sideways} px sideways")
    return faults


def rules_to_ask(rules: dict[str, Any], *, contrast: bool) -> dict[str, Any]:
    values = [one for one in rules["values"] if contrast or one != CONTRAST]
    return {"runOnly": {**rules, "values": values}, "rules": {CONTRAST: {"enabled": contrast}}}


def describe(visit: Visit) -> str:
    sent = "" if visit.sent is None else f" after sending {visit.sent}"
    return f"{visit.endpoint} {visit.path} as {visit.who or 'nobody'}{sent}"
