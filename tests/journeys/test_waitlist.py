"""A team waits, another one leaves, and the place that is free is offered and taken."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from consortium.database import db
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.institutes.models import TEAMS, Institute
from events.registration.jobs.offers import offer_freed_places
from tests.journeys import calmi
from tests.journeys.site import Site
from tests.journeys.test_main_job import INSTITUTE, open_the_institute, prepare, register

SUE, SAM = "sue@missionvalley.example.org", "sam@bayharbor.example.org"


def there_is_one_place_for_a_team() -> None:
    with as_tenant(tenants.get_by_slug(calmi.SLUG).id):
        statement = db.select(Institute).where(Institute.slug == INSTITUTE)
        pool = db.session.scalars(statement).one().pool(TEAMS)
        assert pool is not None
        pool.capacity = 1
        db.session.commit()


def test_a_freed_place_goes_to_the_team_that_waits(
    site: Site, new_page: Callable[..., Page]
) -> None:
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    open_the_institute(new_page(), site)
    site.in_app(there_is_one_place_for_a_team)
    site.set_clock("2017-05-10T10:00:00-07:00")
    first, second = new_page(), new_page()
    register(first, site, SUE, "Sue", "Mission Valley", calmi.MISSION_VALLEY)
    expect(first.get_by_role("heading", name="Registered")).to_be_visible()
    prepare(second, site, SAM, "Sam", "Bay Harbor", calmi.BAY_HARBOR)

    second.get_by_role("button", name="Join the waitlist").click()
    expect(second.get_by_role("heading", name="On the waitlist, number 1")).to_be_visible()

    first.get_by_role("link", name="Withdraw this registration").click()
    first.get_by_role("button", name="Withdraw").click()
    expect(first.get_by_text("The registration was withdrawn.")).to_be_visible()
    assert site.in_app(lambda: offer_freed_places(site.app)) == 1

    offer = next(mail for mail in reversed(site.letters_to(SAM)) if "/offer" in mail.text)
    second.goto(next(link for link in offer.links if "/offer" in link))
    expect(second.get_by_role("heading", level=1)).to_contain_text("Places for Bay Harbor")
    expect(second.get_by_text("Friday, May 12, 2017")).to_be_visible()
    second.get_by_label("We come: register our team").check()
    second.get_by_role("button", name="Send the answer").click()

    expect(second.get_by_role("heading", name="Registered")).to_be_visible()
    assert any(
        "/invitations/" in mail.text for mail in site.letters_to("ted@bayharbor.example.org")
    )
