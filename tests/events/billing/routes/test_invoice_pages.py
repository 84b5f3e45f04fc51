"""A payer's page says how the invoice stands now, and leads to no payment that is not owed."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from consortium.database import db, transaction
from consortium.people.models import Person
from events.billing import service as billing
from events.institutes.models import Institute
from events.invoices import service as invoices
from events.invoices.emails import link_to
from events.invoices.service import InvoiceView
from events.registration.models import Team
from tests.browser import Browser
from tests.events.billing.stage import (
    DISTRICT,
    FLAT,
    LOCAL,
    all_of_it,
    half,
    invoices_of,
    name_payers,
    pay_by_bank,
    registered,
    share,
)
from tests.events.payments.stage import check
from tests.factories import make_institute, make_person

SLIP = "Please return this part with your check"


@pytest.fixture
def view(lead: Person) -> InvoiceView:
    """Return the one invoice of a team, over $750.00."""
    team: Team = registered(6, FLAT)
    name_payers(team, LOCAL)
    share(team, all_of_it())
    (found,) = invoices_of(team)
    return found


def path_of(view: InvoiceView) -> str:
    return "/lakeshore/pay/" + link_to(view.invoice).split("/pay/")[1]


def words(response: TestResponse) -> str:
    main = BeautifulSoup(response.text, "html.parser").find("main")
    return " ".join(main.get_text(" ").split()) if main else ""


def test_a_paid_invoice_leads_to_its_receipt_and_prints_no_slip(
    client: Browser, view: InvoiceView
) -> None:
    unpaid = client.get(path_of(view))
    assert SLIP in words(unpaid)
    assert 'href="/help/pay"' in unpaid.text
    check(30_000, [(view.invoice.id, None)], payer_id=view.invoice.payer_id)
    partly = words(client.get(path_of(view)))
    check(45_000, [(view.invoice.id, None)], payer_id=view.invoice.payer_id, number="1188")

    page = client.get(path_of(view))

    assert "$450.00 of it is still to pay." in partly
    assert "Settled: nothing is due any more." in words(page)
    assert "Make checks payable to Lakeshore" not in words(page).split("Charges")[1]
    assert SLIP not in words(page)
    assert "Receipt R-2026-0002 March 2, 2026 $450.00" in words(page)
    (link,) = [
        one
        for one in BeautifulSoup(page.text, "html.parser").select("main a")
        if one.text == "Open the receipt"
    ]
    assert "Receipt R-2026-0002" in words(client.get(str(link["href"])))


def test_a_contact_finds_the_invoices_from_the_own_page(client: Browser, view: InvoiceView) -> None:
    client.sign_in(LOCAL.contact_email)

    page = client.get("/lakeshore/mine")

    assert "1 invoice that comes to you Still to pay" in words(page)
    assert 'href="/lakeshore/invoices"' in page.text
    client.sign_in(DISTRICT.contact_email)
    assert "My invoices" not in words(client.get("/lakeshore/mine"))


def test_what_the_pages_name_is_drawn(client: Browser, view: InvoiceView) -> None:
    drawn = client.get("/static/theme.css").text + client.get("/static/paper.css").text
    page = client.get(path_of(view)).text

    for name in ("amount-due", "no-print"):
        assert f'class="{name}"' in page
        assert f".{name}" in drawn


def test_nobody_is_asked_to_pay_while_a_payment_is_on_its_way(
    client: Browser, view: InvoiceView
) -> None:
    pay_by_bank(view.invoice.id, 75_000)
    db.session.commit()

    page = words(client.get(path_of(view)))

    assert "Your payment is on its way" in page
    assert "Please do not pay again" in page
    assert "How to pay" not in page.split(SLIP)[0].split("Bill to")[0]


@pytest.mark.parametrize(
    ("terms", "methods", "sentence"),
    [
        ({}, ["check"], "This host does not take purchase orders."),
        ({"least_cents": 90_000}, ["purchase_order"], "taken for $900.00 or more."),
        ({"cutoff": "2026-03-01"}, ["purchase_order"], "were taken until Sun, Mar 1, 2026."),
    ],
)
def test_who_cannot_send_an_order_reads_so_before_writing_one(
    client: Browser,
    view: InvoiceView,
    terms: dict[str, object],
    methods: list[str],
    sentence: str,
) -> None:
    institute = view.invoice.institute
    assert institute is not None
    institute.payment_terms, institute.payment_methods = {"purchase_orders": terms}, methods
    db.session.commit()
    client.sign_in(LOCAL.contact_email)

    page = client.get(f"{path_of(view)}/order")

    assert sentence in words(page)
    main = BeautifulSoup(page.text, "html.parser").select_one("main")
    assert main is not None
    assert main.select("form") == []
    assert [one["href"] for one in main.select("a") if one.text == "See how to pay"] == [
        path_of(view)
    ]
    assert "Send a purchase order" not in words(client.get(path_of(view)))


def test_an_order_that_covers_less_than_is_owed_is_said_to(
    client: Browser, view: InvoiceView
) -> None:
    client.sign_in(LOCAL.contact_email)
    order = {"when": "here", "number": "0042", "amount": "100", "action_key": uuid4().hex}
    client.post(f"{path_of(view)}/order", data=order)

    page = words(client.get(path_of(view)))

    assert "It covers $100.00 of the $750.00: pay the rest too" in page
    assert "Send another purchase order" in page


def test_a_shared_cost_speaks_of_the_host_and_of_no_seats(client: Browser, tenant: object) -> None:
    institute: Institute = make_institute(payment_methods=["check"])
    make_person("finance@example.org", staff="finance")
    with transaction():
        hotel = billing.CostItem(what="Hotel", cents=1_845_375)
        billing.set_cost(institute, hotel, by="finance@example.org")
        for payer in (LOCAL, DISTRICT):
            billing.name_cost_payer(institute, payer, None, by="finance@example.org")
        bill = billing.find_costs(institute)
        assert bill is not None
        rules = [(one.id, half()) for one in billing.live_shares(bill)]
        billing.share_institute_cost(institute, rules, by="finance@example.org")
    first, _ = invoices.invoices_about(f"institute:{institute.id}")
    client.sign_in("finance@example.org")

    shares = client.get(f"/lakeshore/money/institutes/{institute.slug}/costs/shares")
    client.sign_in(LOCAL.contact_email)
    page = words(client.get(path_of(first)))

    assert "seats" not in words(shares)
    assert "Save the shares and revise the invoices" in words(shares)
    assert "The host named you as a payer." in page
    assert "Your share: 50% of $18,453.75. Odd cents go to the payers in the order listed." in page
