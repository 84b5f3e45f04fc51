"""One of five free people cancels: the price of one goes back to the card that paid (CA3)."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from events.billing.jobs import refund_credits
from events.ledger import service as ledger
from events.ledger.domain import Account
from events.payments.jobs import ask_for_refunds
from tests.fakes.stripe_server import FakeStripe
from tests.journeys.owing import (
    DISTRICT,
    KEYS,
    MONEY,
    SUE,
    books_are_right,
    finance,
    follow_invoice,
    inside,
    name_payer,
    open_books,
    pay_by_card,
    until,
)
from tests.journeys.site import Site, sign_in


def test_a_free_person_cancels_and_one_price_goes_back_to_the_card(
    site: Site, fake_stripe: FakeStripe, new_page: Callable[..., Page]
) -> None:
    team = open_books(site)
    lead, payer = new_page(), new_page()
    bill_the_district(lead, site, team)
    follow_invoice(payer, site, DISTRICT)
    expect(payer.get_by_text("Still to pay: $300.00")).to_be_visible()
    pay_by_card(payer)
    until(payer, "Your payment has arrived")

    site.set_clock("2017-05-16T10:00:00-07:00")
    take_out(lead, team, "Bea Board")
    lead.goto(f"{team}/bill")
    expect(lead.get_by_role("cell", name="$150.00").first).to_be_visible()
    payer.get_by_role("link", name="Go to the invoice").click()
    expect(payer.get_by_text("Money goes back to you")).to_be_visible()
    expect(payer.get_by_role("link", name=re.compile("^Credit note CN-"))).to_be_visible()

    site.set_clock("2017-05-17T10:30:00-07:00")
    site.in_app(lambda: refund_credits(site.app))
    site.in_app(lambda: ask_for_refunds(site.app))

    payer.reload()
    expect(payer.get_by_text("This invoice is paid. Thank you.")).to_be_visible()
    (refund,) = (one for one in account(fake_stripe) if one["object"] == "refund")
    assert (refund["amount"], refund["status"]) == (15_000, "succeeded")
    finance_sees_it(finance(new_page, site))
    with inside(site):
        assert ledger.account_balances(ledger.today())[Account.REVENUE] == -15_000
        assert ledger.account_balances(ledger.today())[Account.REFUNDS_OWED] == 0
    books_are_right(site)


def bill_the_district(page: Page, site: Site, team: str) -> None:
    sign_in(page, site, SUE)
    page.goto(f"{team}/bill")
    name_payer(page, "Mission Valley Unified", DISTRICT, "LEA (district, county office, charter)")
    page.get_by_role("link", name="Set the shares and send the invoices").click()
    page.get_by_role("button", name="Send the invoices").click()
    expect(page.get_by_text("The invoices are on their way to the payers.")).to_be_visible()


def take_out(page: Page, team: str, name: str) -> None:
    page.goto(team)
    page.get_by_role("link", name=re.compile(f"Change ?: {name}")).click()
    page.get_by_role("link", name="Remove from the team").click()
    page.get_by_role("button", name="Remove from the team").click()
    expect(page.get_by_role("row", name=re.compile(name))).to_have_count(0)


def finance_sees_it(page: Page) -> None:
    page.goto(f"{MONEY}/refunds")
    expect(page.get_by_role("cell", name="$150.00")).to_be_visible()


def account(fake_stripe: FakeStripe) -> list[dict[str, object]]:
    return list(fake_stripe.state.accounts[KEYS.secret_key].objects.values())
