"""A Californian team of seven, two of whom cost $150 each, and its payers at their browsers."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import g
from playwright.sync_api import Page, expect
from sqlalchemy import select

import consortium.invariants
from consortium.access import StaffRole
from consortium.cards import CardKeys
from consortium.database import db, transaction
from consortium.outbox import jobs
from consortium.people import service as people
from consortium.people.domain import Side
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from consortium.tenants.service import staff
from consortium.verify.service import verify
from events.institutes.models import Institute
from events.ledger import service as ledger
from events.payments.service import stripe
from events.registration import service as registration
from events.registration.models import Team
from events.registration.service import Editor, NamedPerson, NewLead, Start
from tests.journeys import calmi
from tests.journeys.site import Site, sign_in
from tests.scenarios.programme_of import CALMI, load

SUE, TESS = "sue@missionvalley.example.org", "tess@missionvalley.example.org"
FINANCE = "fay@calmi.example.org"
DISTRICT, LOCAL = "ap@missionvalley.example.org", "treasurer@mvta.example.org"
KEYS = CardKeys("rk_test_calmi", "whsec_calmi")
MONEY = f"/{calmi.SLUG}/money"
MOST_LOOKS = 200
"""At a page that another program changes; a busy machine may need many."""
HOST = Editor(email=calmi.COORDINATOR, coordinates=True)


def open_books(site: Site) -> str:
    """Let the consortium take cards and a team of seven be registered; return the team's path."""
    site.set_clock("2017-05-01T09:00:00-07:00")
    site.in_app(calmi.found)
    with inside(site):
        tenant = g.tenant
        load(CALMI)
        with transaction():
            staff.appoint(
                tenant, FINANCE, StaffRole.FINANCE, name="Fay Finance", by=calmi.COORDINATOR
            )
            stripe.keep_keys(KEYS, live=False, version=0, by=FINANCE)
    site.set_clock("2017-05-10T10:00:00-07:00")
    with inside(site), transaction():
        return f"/{calmi.SLUG}/teams/{_registered().id}"


def appoint_tess(team_path: str) -> None:
    """Let Tess lead the team for the labor side."""
    with transaction():
        new = NewLead(name="Tess Teacher-Leader", email=TESS, side=Side.LABOR)
        team_id = db.session.scalars(select(Team.id)).one()
        assert team_path.endswith(str(team_id))
        registration.appoint_lead(team_id, new, HOST, instead_of=None, reason="Both lead.")


def name_payer(page: Page, name: str, address: str, kind: str) -> None:
    """Name one more payer on the page of a bill."""
    page.get_by_role("link", name="Add a payer").click()
    page.get_by_label("What is the payer?").select_option(label=kind)
    page.get_by_label("Name of the payer").fill(name)
    page.get_by_label("E-mail address for invoices").fill(address)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("rowheader", name=re.compile(name))).to_be_visible()


def follow_invoice(page: Page, site: Site, address: str) -> str:
    """Open the link in the mail that brought an invoice; return the address of its page."""
    mail = next(one for one in site.letters_to(address) if one.subject.startswith("Invoice "))
    (link,) = {link for link in mail.links if "/pay/" in link}
    page.goto(link)
    return link


def pay_by_card(page: Page) -> None:
    """Go on to the page where cards are taken, and pay there."""
    page.get_by_role("button", name="Pay by card").click()
    expect(page.get_by_text("Test payment. No money moves.")).to_be_visible()
    page.get_by_role("button", name="Pay by card", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("Your payment for invoice"))).to_be_visible()


def heard_by(site: Site) -> Callable[[bytes, str], int]:
    """Return what takes Stripe's messages to the site, when the test says so."""

    def post(body: bytes, signature: str) -> int:
        answer = site.app.test_client().post(
            f"/{calmi.SLUG}/webhooks/stripe",
            data=body,
            content_type="application/json; charset=utf-8",
            headers={"Stripe-Signature": signature},
        )
        return answer.status_code

    return post


def until(page: Page, words: str | re.Pattern[str]) -> None:
    """Look again until a page says something that another program has to tell us first."""
    for _ in range(MOST_LOOKS):
        if page.get_by_text(words).first.is_visible():
            return
        page.wait_for_timeout(250)
        page.reload()
    raise AssertionError(f"{page.url} never said {words}")


def finance(new_page: Callable[..., Page], site: Site) -> Page:
    """Return the page of someone who keeps the books."""
    page = new_page()
    sign_in(page, site, FINANCE)
    page.goto(MONEY)
    return page


def books_are_right(site: Site) -> None:
    """Assert that every check of the installation holds, and that the accounts sum to zero."""
    with inside(site):
        assert sum(ledger.account_balances(ledger.today()).values()) == 0
    with site.app.app_context():
        while jobs.deliver_due(site.app):  # no worker runs, and mail that waits is a finding
            pass
        found = verify(consortium.invariants.checks())
        said = [f"{one.code}: {words}" for one in found for words in one.violations]
        assert not said, said


@contextmanager
def inside(site: Site) -> Iterator[Any]:
    """Be in the application as its Californian consortium."""
    with site.app.test_request_context():
        tenant = g.tenant = tenants.get_by_slug(calmi.SLUG)
        with as_tenant(tenant.id):
            yield


def _registered() -> Team:
    sue = people.identity_for(SUE)
    institute = db.session.scalars(select(Institute)).one()
    start = Start(
        lea_id="0699000",
        lead_name="Sue Superintendent",
        side=Side.MANAGEMENT,
        role_codes=("superintendent",),
    )
    team = registration.start_team(institute, start, by=sue)
    editor = Editor(email=SUE, person_id=people.person_for(sue).id)
    for line in calmi.MISSION_VALLEY.splitlines()[1:]:
        name, email, role = line.split("\t")
        person = NamedPerson(name=name, email=email, role_codes=(role,))
        registration.add_member(team.id, person, editor)
    return registration.submit_team(team.id, editor)
