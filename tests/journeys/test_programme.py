"""A programme of three days is built and published; a session moves after people chose it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.journeys import calmi
from tests.journeys.site import Site
from tests.journeys.test_main_job import (
    INSTITUTE,
    confirm_from_the_mail,
    open_the_institute,
    register,
)

MANAGE = f"/{calmi.SLUG}/manage/institutes"
SUE = "sue@missionvalley.example.org"


@pytest.fixture
def coordinator(site: Site, new_page: Callable[..., Page]) -> Page:
    """Return the page of a coordinator whose consortium has an institute already."""
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    page = new_page()
    open_the_institute(page, site)
    return page


def add(page: Page, slug: str, title: str, day: str, begins: str, ends: str, **more: str) -> None:
    """Plan a session by its form."""
    page.goto(f"{MANAGE}/{slug}/add-session")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Day", exact=False).first.fill(day)
    page.get_by_label("Begins").fill(begins)
    page.get_by_label("Ends").first.fill(ends)
    for label, value in more.items():
        page.get_by_label(label).first.fill(value)
    page.get_by_role("button", name="Add the session").click()
    expect(page.get_by_text(f"“{title}” is saved.")).to_be_visible()


def publish(page: Page, slug: str, note: str) -> None:
    """Look over what waits, and publish it."""
    page.goto(f"{MANAGE}/{slug}/publish-programme")
    page.get_by_label("Note").fill(note)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published: ")).to_be_visible()


def test_a_programme_of_three_days_is_built_and_published(
    site: Site, new_page: Callable[..., Page], coordinator: Page
) -> None:
    page, slug = coordinator, "fall-institute"
    page.goto(f"{MANAGE}/new")
    page.get_by_label("Title").fill("Fall Institute")
    page.get_by_label("First day").fill("2017-10-10")
    page.get_by_label("Last day").fill("2017-10-12")
    page.get_by_role("button", name="Save as a draft").click()
    slug = page.url.rstrip("/").split("/")[-1]
    page.goto(f"{MANAGE}/{slug}/rooms/new")
    page.get_by_label("Name").fill("Harbor Hall")
    page.get_by_label("How many people it holds").fill("300")
    page.get_by_role("button", name="Save").click()
    add(page, slug, "Welcome", "2017-10-10", "09:00", "10:00", Room="Harbor Hall")
    add(page, slug, "Team time", "2017-10-11", "09:00", "11:00", Room="Salon A")
    add(page, slug, "Closing", "2017-10-12", "14:00", "15:00", Room="harbor hall")
    add(page, slug, "Panel", "2017-10-10", "09:30", "10:30", Room="Harbor Hall")
    expect(page.get_by_text("Harbor Hall is used twice at the same time").first).to_be_visible()

    page.goto(f"{MANAGE}/{slug}/grid")
    panel = page.locator("[data-session=panel]")
    expect(panel).to_contain_text("Clash")
    panel.get_by_role("link", name="Move").focus()
    page.keyboard.press("m")
    expect(page.locator("[data-grid-status]")).to_contain_text("Panel")
    page.keyboard.press("Escape")
    panel.get_by_role("link", name="Move").press("Enter")
    page.get_by_label("Begins").fill("10:15")
    page.get_by_role("button", name="Move it").click()
    expect(page.get_by_text("“Panel” is moved.")).to_be_visible()
    expect(page.get_by_text("Clash")).to_have_count(0)

    page.goto(f"{MANAGE}/{slug}")
    page.get_by_role("button", name="Publish").click()

    public = new_page()
    public.goto(f"/{calmi.SLUG}/institutes/{slug}/programme")
    expect(public.locator("main")).to_contain_text("Harbor Hall")
    for title in ("Welcome", "Panel", "Team time", "Closing"):
        expect(public.get_by_role("heading", name=title)).to_be_visible()

    page.goto(f"{MANAGE}/{slug}/sessions/closing")
    page.get_by_label("Begins").fill("13:00")
    page.get_by_role("button", name="Save the session").click()
    public.reload()
    expect(public.locator("main")).not_to_contain_text("1:00 PM to 3:00 PM")
    publish(page, slug, "We close an hour earlier.")
    public.reload()
    expect(public.locator("main")).to_contain_text("1:00 PM to 3:00 PM")
    public.get_by_role("link", name="What changed").click()
    expect(public.get_by_text("We close an hour earlier.")).to_be_visible()
    expect(public.locator("main")).to_contain_text("Thu, Oct 12, 1:00 PM instead of")


def test_a_session_moves_after_people_chose_it(
    site: Site, new_page: Callable[..., Page], coordinator: Page, tmp_path: Path
) -> None:
    site.set_clock("2017-05-10T10:00:00-07:00")
    member = new_page()
    register(member, site, SUE, "Sue", "Mission Valley", calmi.MISSION_VALLEY)
    confirm_from_the_mail(new_page(), site, SUE)
    agenda = f"/{calmi.SLUG}/institutes/{INSTITUTE}/agenda"
    member.goto(agenda)
    chosen = member.locator(".panel .session", has_text="Interest-based problem solving").first
    chosen.get_by_role("button", name="Choose").click()
    expect(
        member.get_by_text("“Interest-based problem solving” is on your agenda.")
    ).to_be_visible()
    before = calendar_of(member, tmp_path)["Interest-based problem solving"]

    coordinator.goto(f"{MANAGE}/{INSTITUTE}/sessions/brk-A3/move")
    coordinator.get_by_label("Begins").fill("10:45")
    coordinator.get_by_label("Room").fill("Sunset Room")
    coordinator.get_by_role("button", name="Move it").click()
    publish(coordinator, INSTITUTE, "The room upstairs has more light.")
    site.set_clock("2017-05-10T11:00:00-07:00")
    site.work()

    after = calendar_of(member, tmp_path)["Interest-based problem solving"]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt.strftime("%H:%M") == "10:45"
    assert "Sunset Room" in after["LOCATION"]
    [told] = [
        letter
        for letter in site.letters_to(SUE)
        if "The room upstairs has more light." in letter.text
    ]
    assert "Interest-based problem solving" in told.text
    member.goto(agenda)
    expect(member.locator("main")).to_contain_text("Sunset Room")


def calendar_of(page: Page, folder: Path) -> dict[str, dict[str, object]]:
    """Return the events of someone's own calendar file, by title."""
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}/agenda")
    with page.expect_download() as caught:
        page.evaluate("location.href = document.querySelector('a[href$=\"agenda.ics\"]').href")
    path = folder / "agenda.ics"
    caught.value.save_as(path)
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(path.read_bytes()).events}
