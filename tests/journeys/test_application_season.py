"""An application season from call to letters, at the browsers of all who take part."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from consortium.database import transaction
from consortium.demonstration import programmes
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.programmes.domain import parse
from events.programmes.service import load_programme
from tests.journeys import calmi
from tests.journeys.site import Site, sign_in

SLUG = f"/{calmi.SLUG}"
MANAGED = f"{SLUG}/manage/institutes/academy"


def call() -> None:
    """Publish an academy with one place, for which LEAs apply until the end of May."""
    calmi.found()
    programme = {
        "title": "Academy",
        "slug": "academy",
        "kind": "institute",
        "timezone": "America/Los_Angeles",
        "days": [{"date": "2017-09-12", "optional": False}],
        "states_admitted": {"home": ["CA"]},
        "unit_types": ["district"],
        "team": {"gate": "ideal_not_blocking", "min_people": 1, "max_people": 8},
        "roles": programmes.ROLES[:3],
        "deadlines": [{"code": "apply_by", "at": "2017-05-31T17:00"}],
        "capacity": {"people": 8, "teams": 1},
        "registration": {"intake": "application"},
        "sessions": [],
    }
    with as_tenant(tenants.get_by_slug(calmi.SLUG).id), transaction():
        reading = parse(json.dumps(programme).encode())
        load_programme(reading.programme, by="journey")


def test_an_application_season_from_call_to_letters(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2017-05-10T10:00:00-07:00")
    site.in_app(call)

    first = new_page()
    apply(first, site, "missionvalley", "Mission Valley Unified")
    apply(new_page(), site, "bayharbor", "Bay Harbor Unified")
    for lea in ("missionvalley", "bayharbor"):
        for leader in ("superintendent", "president"):
            sign(new_page(), site, f"{leader}@{lea}.example.org")
    first.reload()
    expect(first.get_by_role("heading", name="All have signed")).to_be_visible()

    site.set_clock("2017-06-01T10:00:00-07:00")
    host = new_page()
    sign_in(host, site, calmi.COORDINATOR)
    host.goto(f"{MANAGED}/selection")
    host.get_by_role("button", name="Propose").click()
    expect(host.get_by_text("Proposed: 1.")).to_be_visible()
    assert not letters_about_decisions(site)
    host.get_by_role("link", name="Decide and send letters").click()
    host.get_by_role("button", name="Decide and send the letters").click()
    expect(host.get_by_text("1 selected, 1 on the waitlist, 0 not selected")).to_be_visible()

    (selected,) = (to for to, subject in letters_about_decisions(site) if "is selected" in subject)
    letter = next(one for one in site.letters_to(selected) if "is selected" in one.subject)
    lead = new_page()
    sign_in(lead, site, selected)
    lead.goto(next(link for link in letter.links if "/applications/" in link))
    expect(lead.get_by_text("Both sides have signed.")).to_be_visible()
    lead.get_by_role("link", name="Open the team").click()
    expect(lead.get_by_text("The host has selected your LEA.")).to_be_visible()


def apply(page: Page, site: Site, domain: str, lea: str) -> None:
    """Apply for an LEA, name its two leaders, and submit."""
    page.goto(f"{SLUG}/institutes/academy")
    page.get_by_role("link", name="Apply").click()
    sign_in(page, site, f"ana@{domain}.example.org")
    page.get_by_label("Type part of").fill(lea)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("radio", name=re.compile(lea)).check()
    page.get_by_label("Your name").fill("Ana Applicant")
    page.get_by_label("Labor").check()
    page.get_by_role("button", name="Begin the application").click()
    page.get_by_role("link", name="Write your statement of interest").click()
    page.get_by_label("Statement of interest").fill("We want to learn together.")
    page.get_by_label("How many people").fill("4")
    page.get_by_role("button", name="Save").click()
    for role, leader in (("Superintendent", "superintendent"), ("Association", "president")):
        page.get_by_role("link", name=re.compile(f"Name someone.*{role}")).click()
        page.get_by_label("Name", exact=True).fill(f"{role} Leader")
        page.get_by_label("E-mail address").fill(f"{leader}@{domain}.example.org")
        page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Submit the application").click()
    expect(page.get_by_text("It counts once these have signed")).to_be_visible()


def sign(page: Page, site: Site, address: str) -> None:
    """Sign from the link of the leader's own mail."""
    asked = next(letter for letter in site.letters_to(address) if "/pledges/" in letter.text)
    page.goto(next(link for link in asked.links if "/pledges/" in link))
    page.get_by_role("link", name="Sign in to answer").click()
    sign_in(page, site, address)
    page.get_by_label("Type your full name").fill("Dr. Lee Leader")
    page.get_by_role("button", name="Sign the pledge").click()
    expect(page.get_by_role("heading", name="You have signed")).to_be_visible()


def letters_about_decisions(site: Site) -> list[tuple[str, str]]:
    """Return to whom a letter went that tells a decision, and its subject."""
    applicants = [f"ana@{domain}.example.org" for domain in ("missionvalley", "bayharbor")]
    return [
        (letter.to, letter.subject)
        for applicant in applicants
        for letter in site.letters_to(applicant)
        if re.search("is selected|is on the waitlist", letter.subject)
    ]
