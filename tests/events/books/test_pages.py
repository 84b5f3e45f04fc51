"""Finance's pages show what the books say, and lead where something can be done about it."""

import re
from http import HTTPStatus

import pytest

from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.events.books.stage import HOME, desk, some_money
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.factories import make_person
from tests.queries import counting_queries
from tests.reading import main, words

LISTS = (
    "", "/institutes", "/invoices", "/payers", "/aged", "/reports/institutes", "/reports/grants",
    "/reports/kinds", "/statements", "/journal", "/months", "/settings", "/settings/w9",
)  # fmt: skip


def text(browser: Browser, path: str) -> str:
    response = browser.get(f"{HOME}{path}")
    assert response.status_code == HTTPStatus.OK, path
    return words(main(response.text))


@pytest.mark.parametrize("path", LISTS)
def test_every_page_opens_before_there_is_any_money(
    client: Browser, tenant: Tenant, path: str
) -> None:
    text(desk(client), path)


@pytest.mark.parametrize("path", LISTS)
def test_every_page_opens_with_money_and_only_for_finance(
    client: Browser, tenant: Tenant, path: str
) -> None:
    some_money()
    text(desk(client), path)
    make_person("casey@example.org", staff="coordinator")
    client.sign_in("casey@example.org")

    assert client.get(f"{HOME}{path}").status_code == HTTPStatus.FORBIDDEN


def test_the_overview_says_where_the_money_is(client: Browser, tenant: Tenant) -> None:
    some_money()

    shown = text(desk(client), "")

    assert "Owed to us $9,776.87" in shown
    assert "Overdue $0.00" in shown
    assert "Received this month $350.00" in shown
    assert "Next month to close None yet" in shown


def test_the_list_finds_invoices_by_standing_payer_and_number(
    client: Browser, tenant: Tenant, frozen: object
) -> None:
    some_money()
    browser = desk(client)

    assert "Invoices 1 to 4 of 4" in text(browser, "/invoices")
    assert "Invoices 1 to 3 of 3" in text(browser, "/invoices?standing=open")
    assert "Invoices 1 to 1 of 1" in text(browser, "/invoices?standing=paid")
    assert "No invoice fits" in text(browser, "/invoices?standing=overdue")
    assert "INV-2026-0004" in text(browser, "/invoices?payer=teachers")
    assert "Invoices 1 to 1 of 1" in text(browser, "/invoices?number=0002")
    assert "Invoices 1 to 3 of 3" in text(browser, "/invoices?institute=summer")
    assert "All that fit, on every page $10,126.87 $9,776.87" in text(browser, "/invoices")
    assert "All that fit, on every page $9,226.87 $9,226.87" in text(
        browser, "/invoices?payer=teachers"
    )
    assert "All that fit, on every page $9,776.87" in text(browser, "/payers")
    assert "All that fit, on every page $550.00" in text(browser, "/payers?words=elgin+sd")
    frozen("2026-05-01T12:00-04:00")  # type: ignore[operator]
    browser.sign_in(FINANCE)
    assert "Invoices 1 to 3 of 3" in text(browser, "/invoices?standing=overdue")


def test_a_credit_on_an_invoice_can_be_refunded(client: Browser, tenant: Tenant) -> None:
    paid = some_money()[2]
    adjust(paid.id, 10_000)
    browser = desk(client)

    page = browser.get(f"{HOME}/invoices/{paid.id}").text

    assert "CN-2026-0001 Credit note" in words(main(page))
    link = re.search(r'href="([^"]+)">Refund \$50\.00<', page)
    assert link is not None
    refund = browser.get(link[1]).text
    assert f"The credit on invoice {paid.number}: $50.00" in refund
    assert 'value="50.00"' in refund


def test_an_invoice_shows_its_papers_payments_and_what_is_open(
    client: Browser, tenant: Tenant
) -> None:
    part_paid = some_money()[1]

    shown = text(desk(client), f"/invoices/{part_paid.id}")

    assert "Asked for $450.00 Paid $200.00 Still to pay $250.00" in shown
    assert "Check 1187" in shown
    assert "R-2026-0001" in shown
    assert "$450.00 $450.00" in shown  # the change, and what was open then
    assert "-$200.00 $250.00" in shown


def test_a_paper_is_shown_and_given_as_pdf(client: Browser, tenant: Tenant) -> None:
    first = some_money()[0]
    browser = desk(client)
    page = main(browser.get(f"{HOME}/invoices/{first.id}").text)
    link = page.find("a", string="INV-2026-0001")["href"]

    assert "Elgin SD" in words(main(browser.get(link).text))
    pdf = browser.get(f"{link}.pdf")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    elsewhere = link.replace(str(first.id), str(tenant.id))
    assert browser.get(elsewhere).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("path", ["/invoices", "/payers", "/aged", "/reports/institutes", ""])
def test_lists_ask_the_books_no_more_often_for_many(
    client: Browser, tenant: Tenant, path: str
) -> None:
    browser = desk(client)

    def count() -> int:
        browser.get(f"{HOME}{path}")
        with counting_queries() as counted:
            browser.get(f"{HOME}{path}")
        return len(counted)

    make_invoice(30_000, make_payer())
    one = count()
    for number in range(3):
        make_invoice(30_000, make_payer(f"Payer {number}", f"p{number}@example.org"))

    assert count() == one


@pytest.mark.parametrize(
    "query",
    [
        "institute=%00", "standing=%00", "payer=%00", "number=%25", "page=99999999999999999999",
        "page=-1", "institute=nowhere", "payer=%E2%80%AEx",
    ],
)  # fmt: skip
def test_an_address_that_nobody_made_breaks_nothing(
    client: Browser, tenant: Tenant, query: str
) -> None:
    some_money()
    response = desk(client).get(f"{HOME}/invoices?{query}")
    assert response.status_code in {HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY}


def test_what_is_nowhere_is_not_found(client: Browser, tenant: Tenant) -> None:
    browser = desk(client)
    for path in (
        f"/invoices/{tenant.id}",
        f"/payers/{tenant.id}",
        f"/payers/{tenant.id}/statement",
        "/months/2020/1/close",
        "/statements/1.zip",
        "/settings/w9-file",
    ):
        assert browser.get(f"{HOME}{path}").status_code == HTTPStatus.NOT_FOUND, path


def test_invoices_ticked_in_the_list_are_marked_as_paid(client: Browser, tenant: Tenant) -> None:
    first, second, *_ = some_money()
    browser = desk(client)
    page = main(browser.get(f"{HOME}/invoices").text)
    form = page.find("form", action=f"{HOME}/mark-paid")
    offered = [box["value"] for box in form.find_all("input", type="checkbox")]
    assert str(first.id) in offered
    assert len(offered) == 3  # what is paid cannot be ticked

    marks = main(browser.get(f"{form['action']}?ids={first.id}&ids={second.id}").text)

    rows = marks.find("table").find_all("tr")[1:]
    assert [row.th.a.get_text() for row in rows] == ["INV-2026-0001", "INV-2026-0002"]
    assert all(row.find("input", type="checkbox").has_attr("checked") for row in rows)
    assert browser.get(f"{form['action']}?ids=nothing").status_code == HTTPStatus.NOT_FOUND
