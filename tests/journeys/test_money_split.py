"""One bill, two payers: the local pays by card, the district by purchase order and check."""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Page, expect

from tests.fakes.stripe_server import FakeStripe
from tests.journeys.owing import (
    DISTRICT,
    KEYS,
    LOCAL,
    SUE,
    TESS,
    appoint_tess,
    books_are_right,
    finance,
    follow_invoice,
    heard_by,
    inside,
    name_payer,
    open_books,
    pay_by_card,
)
from tests.journeys.site import Site, sign_in

ORDER = FilePayload(name="PO 20-1187.pdf", mimeType="application/pdf", buffer=b"%PDF-1.4\n%%EOF\n")


def test_the_local_pays_by_card_and_the_district_by_purchase_order(
    site: Site, fake_stripe: FakeStripe, new_page: Callable[..., Page]
) -> None:
    team = open_books(site)
    lead = new_page()
    share_the_bill(lead, site, team)
    the_treasurer_pays_by_card(new_page(), site, fake_stripe)
    order_page = new_page()
    the_district_sends_a_purchase_order(order_page, site)
    books = finance(new_page, site)
    the_check_follows(books)

    order_page.reload()
    expect(order_page.get_by_text("This invoice is paid. Thank you.")).to_be_visible()
    expect(order_page.get_by_text("PO 20-1187")).to_be_visible()
    lead.reload()
    expect(lead.get_by_text("Paid", exact=True)).to_have_count(2)
    the_other_side_sees_paid_and_no_paper(new_page(), site, team)
    books_are_right(site)


def share_the_bill(page: Page, site: Site, team: str) -> None:
    sign_in(page, site, SUE)
    page.goto(f"{team}/bill")
    expect(page.get_by_role("cell", name="$300.00").first).to_be_visible()
    name_payer(page, "Mission Valley Unified", DISTRICT, "LEA (district, county office, charter)")
    name_payer(page, "Mission Valley Teachers Association", LOCAL, "Union local")
    page.get_by_role("link", name="Set the shares and send the invoices").click()
    for payer in ("Mission Valley Unified", "Mission Valley Teachers Association"):
        row = page.get_by_role("group", name=payer)
        row.get_by_label("Share", exact=True).select_option(label="A percentage")
        row.get_by_label("How much").fill("50")
    page.get_by_role("button", name="Send the invoices").click()
    expect(page.get_by_text("The invoices are on their way to the payers.")).to_be_visible()


def the_treasurer_pays_by_card(page: Page, site: Site, fake_stripe: FakeStripe) -> None:
    """She has the link of the mail and no account; Stripe tells us after she is back."""
    fake_stripe.deliver_to(heard_by(site), key=KEYS.secret_key, secret=KEYS.webhook_secret)
    follow_invoice(page, site, LOCAL)
    expect(page.get_by_text("Still to pay: $150.00")).to_be_visible()
    pay_by_card(page)
    expect(page.get_by_text("We have not heard of a payment yet")).to_be_visible()
    assert set(fake_stripe.deliver()) == {200}
    page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("Your payment has arrived")).to_be_visible()
    page.get_by_role("link", name="Go to the invoice").click()
    expect(page.get_by_text("This invoice is paid. Thank you.")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Receipt R-")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Receipt")


def the_district_sends_a_purchase_order(page: Page, site: Site) -> None:
    link = follow_invoice(page, site, DISTRICT)
    page.get_by_role("link", name="Send a purchase order").click()
    sign_in(page, site, DISTRICT)
    page.get_by_role("textbox", name="Number").fill("PO 20-1187")
    page.get_by_label("A copy of it").set_input_files(ORDER)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("A purchase order keeps the places")).to_be_visible()
    assert page.url == link
    expect(page.get_by_text("PO 20-1187").first).to_be_visible()
    expect(page.get_by_text("Received", exact=True)).to_be_visible()
    expect(page.get_by_text("Still to pay: $150.00")).to_be_visible()


def the_check_follows(page: Page) -> None:
    page.get_by_role("link", name="Record a check").click()
    page.get_by_label("Payer, invoice number or institute").fill("Mission Valley Unified")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="It pays this").click()
    page.get_by_label("Check number").fill("001187")
    page.get_by_label("Amount").fill("150")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The payment is recorded.")).to_be_visible()


def the_other_side_sees_paid_and_no_paper(page: Page, site: Site, team: str) -> None:
    with inside(site):
        appoint_tess(team)
    sign_in(page, site, TESS)
    page.goto(f"{team}/bill")
    district = page.get_by_role("row", name=re.compile("Mission Valley Unified"))
    expect(district).to_contain_text("Paid")
    expect(district.get_by_role("link")).to_have_count(0)
    own = page.get_by_role("row", name=re.compile("Teachers Association"))
    expect(own.get_by_role("link", name=re.compile("^INV-"))).to_be_visible()
