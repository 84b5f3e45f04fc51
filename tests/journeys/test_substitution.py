"""A substitution two days before the institute: one falls ill, another comes in the seat."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from consortium.outbox import jobs
from tests.journeys import calmi
from tests.journeys.site import Site, sign_in
from tests.journeys.test_main_job import (
    INSTITUTE,
    confirm_from_the_mail,
    open_the_institute,
    register,
)

LEAD, ILL, NEW = (f"{who}@missionvalley.example.org" for who in ("sue", "clay", "dana"))


@pytest.fixture
def opened(site: Site, new_page: Callable[..., Page]) -> Site:
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    open_the_institute(new_page(), site)
    site.set_clock("2017-05-10T10:00:00-07:00")
    register(new_page(), site, LEAD, "Sue Superintendent", "Mission Valley", calmi.MISSION_VALLEY)
    confirm_from_the_mail(new_page(), site, ILL)
    site.in_app(lambda: [jobs.deliver_due(site.app) for _ in range(9)])
    return site


def test_someone_else_comes_two_days_before(opened: Site, new_page: Callable[..., Page]) -> None:
    opened.set_clock("2017-06-18T19:00:00-07:00")
    page = new_page()
    sign_in(page, opened, LEAD)
    page.goto(f"/{calmi.SLUG}/mine")
    led = page.get_by_role("region", name="Teams I lead")
    led.get_by_role("link", name="Mission Valley Unified").click()
    page.get_by_role("link", name=re.compile("Change ?: Clay Classified")).click()
    page.get_by_role("link", name="Give the seat to someone else").click()
    expect(page.get_by_label("Role", exact=True)).to_have_value("class_union_leader")
    page.get_by_label("Name", exact=True).fill("Dana Deputy")
    page.get_by_label("E-mail address").fill(NEW)
    page.get_by_role("button", name="Give the seat to this person").click()

    row = page.get_by_role("row", name=re.compile("Dana Deputy"))
    expect(row).to_contain_text("instead of Clay Classified")
    expect(row).to_contain_text("not answered yet")
    expect(page.get_by_text("registered, complete").first).to_be_visible()
    the_ill_ones_calendar_is_empty_and_the_link_dead(new_page(), opened)
    confirm_from_the_mail(new_page(), opened, NEW)
    page.reload()
    expect(page.get_by_role("row", name=re.compile("Dana Deputy"))).to_contain_text("confirmed")
    page.get_by_role("link", name="History of the team").click()
    expect(page.get_by_text("Clay Classified until Sunday, June 18, 2017")).to_be_visible()
    expect(
        page.get_by_text("Sue Superintendent gave the seat of Clay Classified to Dana Deputy")
    ).to_be_visible()


def the_ill_ones_calendar_is_empty_and_the_link_dead(page: Page, site: Site) -> None:
    site.work()  # the calendar's files are made as the mail leaves
    letters = site.letters_to(ILL)
    released = letters[-1]
    assert "was taken back" in released.subject
    invited = next(one for one in letters if "is confirmed" in one.subject)
    assert sorted(name for name, _ in released.attachments) == sorted(
        name for name, _ in invited.attachments
    )
    assert all(b"METHOD:CANCEL" in content for _, content in released.attachments)
    invitation = next(one for one in letters if "/invitations/" in one.text)
    answer = page.goto(next(link for link in invitation.links if "/invitations/" in link))
    assert answer is not None
    assert answer.status == 404
    sign_in(page, site, ILL)
    page.goto(f"/{calmi.SLUG}/institutes/{INSTITUTE}/agenda")
    expect(page.get_by_text("You have no place at this institute")).to_be_visible()
