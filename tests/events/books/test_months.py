"""Months are closed in order, by finance, after a look at what is loose; the owner reopens."""

import csv
import io
from decimal import Decimal
from http import HTTPStatus

from consortium.tenants.models import Tenant
from events.ledger import service as ledger
from tests.acts import acts
from tests.browser import Browser
from tests.events.books.acting import done, said, send
from tests.events.books.stage import HOME, desk, some_money
from tests.events.invoices.stage import FINANCE, make_invoice
from tests.factories import make_person


def test_finance_closes_a_month(client: Browser, tenant: Tenant, frozen: object) -> None:
    some_money()
    frozen("2026-04-03T12:00-04:00")  # type: ignore[operator]
    browser = desk(client)
    assert "Next month to close March 2026" in said(browser.get(HOME))

    page = said(browser.get(f"{HOME}/months/2026/3/close"))
    assert "Checks not yet deposited $350.00 in 2 checks" in page
    assert "Open exceptions 0" in page
    assert "Trial balance of March 2026" in page
    shown = done(browser, "/months/2026/3/close")

    assert "March 2026 is closed." in shown
    assert f"March 2026 Closed {FINANCE}" in shown
    assert ledger.next_to_close() is None
    assert "This month is closed" in said(browser.get(f"{HOME}/months/2026/3/close"))


def test_a_month_out_of_turn_is_refused(client: Browser, tenant: Tenant, frozen: object) -> None:
    make_invoice()
    frozen("2026-05-03T12:00-04:00")  # type: ignore[operator]
    browser = desk(client)

    early = send(browser, "/months/2026/4/close")
    assert early.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "close March 2026 before April 2026" in said(early)
    running = send(browser, "/months/2026/5/close")
    assert "has not ended yet" in said(running)
    assert ledger.closed_until() is None


def test_only_the_owner_opens_a_month_again_and_says_why(
    client: Browser, tenant: Tenant, frozen: object
) -> None:
    make_invoice()
    frozen("2026-04-03T12:00-04:00")  # type: ignore[operator]
    browser = desk(client)
    done(browser, "/months/2026/3/close")
    refused = send(browser, "/months/2026/3/reopen", {"why": "A check was missed"})
    assert refused.status_code == HTTPStatus.FORBIDDEN

    make_person("owner@example.org", staff="owner")
    browser.sign_in("owner@example.org")
    without = send(browser, "/months/2026/3/reopen", {"why": ""})
    assert "Write why" in said(without)
    shown = done(browser, "/months/2026/3/reopen", {"why": "A check was missed"})

    assert "March 2026 is open again." in shown
    assert "Opened again" in shown
    assert ledger.closed_until() is None
    assert acts()[-1] == "reopen_month"


def test_the_journal_comes_as_three_files_that_balance(client: Browser, tenant: Tenant) -> None:
    some_money()
    browser = desk(client)
    assert "All together $0.00" in said(browser.get(f"{HOME}/journal"))

    content = browser.get(f"{HOME}/journal.csv?year=2026").data.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    told = [dict(zip(head, row, strict=True)) for row in rows]
    sums = [sum(Decimal(row[side] or 0) for row in told) for side in ("Debit", "Credit")]

    assert sums[0] == sums[1] == Decimal("10476.87")
    assert {row["Payer"] for row in told} == {"", "Elgin SD", "Elgin Teachers"}
    assert "INV-2026-0004" in {row["Invoice"] for row in told}
    assert {row["Fiscal year"] for row in told} == {"2026"}
    assert browser.get(f"{HOME}/journal.xlsx").data[:2] == b"PK"
    quick = browser.get(f"{HOME}/quickbooks.csv?since=2026-03-02&until=2026-03-02")
    assert "03/02/2026" in quick.data.decode("utf-8-sig")
    nothing = browser.get(f"{HOME}/journal.csv?since=2025-01-01&until=2025-12-31").data
    assert len(nothing.decode("utf-8-sig").splitlines()) == 1
    assert acts()[-4:] == ["export_money"] * 4
