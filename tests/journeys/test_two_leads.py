"""Two leads from two sides bring one team to completion; what one types half is kept."""

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import Text, cast

from consortium.database import db
from consortium.drafts.models import FormDraft
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import Institute
from tests.journeys import calmi
from tests.journeys.site import Site, sign_in
from tests.journeys.test_main_job import INSTITUTE, open_the_institute, register

SUE, TESS = "sue@missionvalley.example.org", "tess@missionvalley.example.org"
# Sue has nobody yet for the labor side but Tess, who will name the others.
MANAGEMENT = """Cora Cabinet\tcora@missionvalley.example.org\tcabinet
Tess Teacher-Leader\ttess@missionvalley.example.org\tcert_union_leader"""


@pytest.fixture
def opened(site: Site, new_page: Callable[..., Page]) -> Site:
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    open_the_institute(new_page(), site)
    site.in_app(both_have_to_agree)
    site.set_clock("2017-05-10T10:00:00-07:00")
    return site


def both_have_to_agree() -> None:
    with as_tenant(tenants.get_by_slug(calmi.SLUG).id):
        institute = db.session.scalars(
            db.select(Institute).where(Institute.slug == INSTITUTE)
        ).one()
        institute.joint_acts = ["submit"]
        db.session.commit()


def wait_until_kept(site: Site, words: str) -> None:
    """Wait for what a page sent as it was left: nobody else waits for that."""
    kept = db.select(FormDraft.id).where(cast(FormDraft.fields, Text).contains(words))
    with as_tenant(site.in_app(lambda: tenants.get_by_slug(calmi.SLUG).id)):
        for _ in range(600):
            if site.in_app(lambda: db.session.scalar(kept)) is not None:
                return
            time.sleep(0.1)
    raise AssertionError(f"{words} was not kept")


def follow(page: Page, site: Site, address: str, about: str) -> None:
    """Open the link in the newest mail with this subject."""
    mail = next(m for m in reversed(site.letters_to(address)) if about in m.subject)
    page.goto(mail.links[0])


def test_two_leads_from_two_sides_bring_one_team_to_completion(
    opened: Site, new_page: Callable[..., Page]
) -> None:
    sue, tess = new_page(), new_page()
    register(sue, opened, SUE, "Sue Superintendent", "Mission Valley", MANAGEMENT)
    expect(sue.get_by_role("alert")).to_contain_text("Invite a lead of the other side first")

    sue.get_by_role("link", name="Invite a lead of the other side").click()
    sue.get_by_label("Name").fill("Tess Teacher-Leader")
    sue.get_by_label("E-mail address").fill(TESS)
    sue.get_by_role("button", name="Send the invitation").click()
    expect(sue.get_by_text("is asked to lead the team too")).to_be_visible()

    follow(tess, opened, TESS, "asks you to lead")
    tess.get_by_role("link", name="Sign in to answer").click()
    sign_in(tess, opened, TESS)
    tess.get_by_role("button", name="Yes, I lead this team").click()
    expect(tess.get_by_text("You lead this team now.")).to_be_visible()
    for name, role in (("Clay", "Classified"), ("Bea", "Board")):
        add(tess, name, f"{name.lower()}@missionvalley.example.org", role)

    sue.reload()
    expect(sue.get_by_role("rowheader", name="Clay")).to_be_visible()
    sue.get_by_role("button", name="Submit the team").click()
    expect(sue.get_by_text("The other lead has a mail that asks to agree")).to_be_visible()
    expect(sue.get_by_role("button", name="Submit the team")).to_have_count(0)

    follow(tess, opened, TESS, "asks you to agree")
    expect(tess.get_by_role("rowheader", name="Cora Cabinet")).to_be_visible()
    tess.get_by_role("button", name="Agree, and do it now").click()
    expect(tess.get_by_text("You both agree.")).to_be_visible()
    sue.reload()
    expect(sue.get_by_role("heading", name="Registered")).to_be_visible()
    assert any("Please confirm" in mail.subject for mail in opened.letters_to(TESS))


def add(page: Page, name: str, address: str, role: str) -> None:
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(address)
    options = page.get_by_label("Role", exact=True)
    label = options.locator("option", has_text=role).first.inner_text()
    options.select_option(label=label)
    page.get_by_role("button", name=re.compile("^(Add|Save)")).first.click()
    expect(page.get_by_role("rowheader", name=name)).to_be_visible()


def test_what_is_typed_half_is_there_the_next_day(
    opened: Site, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    register(page, opened, SUE, "Sue Superintendent", "Mission Valley", MANAGEMENT)
    page.get_by_role("link", name="Add a person").click()
    page.get_by_label("Name").fill("Clay Class")
    expect(page.get_by_text("What you typed is kept")).to_be_visible()
    page.get_by_label("E-mail address").fill("clay@mission")
    form = page.url
    page.goto("/")  # away in the middle of a word, before any pause
    wait_until_kept(opened, "clay@mission")
    opened.set_clock("2017-05-11T09:00:00-07:00")

    page.goto(form)

    expect(
        page.get_by_text("We kept what you had typed on Wednesday, May 10, 2017")
    ).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Clay Class")
    expect(page.get_by_label("E-mail address")).to_have_value("clay@mission")
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_label("Name")).to_have_value("")
