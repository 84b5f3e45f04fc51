"""One bar leads through all pages under /money, whichever feature a page belongs to."""

import re

from flask import url_for

from consortium.tenants.models import Tenant
from tests.browser import Browser
from tests.events.books.stage import HOME, desk, some_money
from tests.events.payments.stage import check
from tests.reading import main, words

BAR = re.compile(r'<nav class="parts" aria-label="Money">(.*?)</nav>', re.DOTALL)
HERE = re.compile(r'<a href="([^"]+)" aria-current="(page|true)">([^<]+)</a>')


def bar_of(browser: Browser, path: str) -> str:
    (bar,) = BAR.findall(browser.get(path).text)
    return str(bar)


def test_every_part_is_in_the_bar_and_says_where_one_is(client: Browser, tenant: Tenant) -> None:
    browser = desk(client)
    targets = re.findall(r'<a href="([^"]+)"', bar_of(browser, HOME))

    assert len(targets) == len(set(targets)) == 14
    for target in targets:
        assert [here[:2] for here in HERE.findall(bar_of(browser, target))] == [(target, "page")]


def test_pages_below_a_part_mark_it(client: Browser, tenant: Tenant) -> None:
    invoice = some_money()[0]
    browser = desk(client)
    payment = check(500, [(invoice.id, None)], number="9", payer_id=invoice.payer_id)

    for path, part in (
        (f"invoices/{invoice.id}/credit", "Invoices"),
        (f"payers/{invoice.payer_id}/statement", "Payers"),
        (f"payments/{payment.id}/refund", "Payments"),
        ("mark-paid", "Payments"),
        ("reports/grants", "Reports"),
        ("settings/cards", "Settings"),
        ("institutes/summer/costs/payers/new", "Institutes"),
    ):
        assert [here[1:] for here in HERE.findall(bar_of(browser, f"{HOME}/{path}"))] == [
            ("true", part)
        ]


def test_the_bar_counts_the_exceptions_that_wait(client: Browser, tenant: Tenant) -> None:
    invoice = some_money()[0]
    browser = desk(client)
    before = bar_of(browser, HOME)

    check(99_999, [(invoice.id, None)], number="7", payer_id=invoice.payer_id)

    assert ">Exceptions</a>" in before
    assert ">Exceptions (1)</a>" in bar_of(browser, HOME)


def test_finance_finds_what_institutes_share(client: Browser, tenant: Tenant) -> None:
    some_money()
    page = desk(client).get(f"{HOME}/institutes").text
    with client.application.test_request_context():
        costs = url_for("billing.costs", consortium="lakeshore", slug="summer")
        billed = url_for("books.invoices", consortium="lakeshore", institute="summer")

    assert f'href="{costs}"' in page
    assert f'href="{billed}"' in page
    assert "No institute $150.00 $150.00 $0.00" in words(main(page))
    assert "All together $10,126.87 $350.00 $9,776.87" in words(main(page))
