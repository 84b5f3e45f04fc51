"""Finance ends a month: checks, a deposit, one that was too much, aged sums, closing, a file."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consortium.database import transaction
from events.invoices import service as invoices
from events.invoices.domain import PayerKind
from events.invoices.domain.papers import PaperLine
from events.invoices.service import Billed, PayerFacts
from tests.journeys.owing import FINANCE, MONEY, books_are_right, finance, inside, open_books
from tests.journeys.site import Site

PAYERS = ("Bay Harbor Unified", "Clay County Office", "Desert Edge Unified")


@pytest.fixture
def billed(site: Site) -> Site:
    open_books(site)
    with inside(site), transaction():
        for number, name in enumerate(PAYERS):
            payer = invoices.payer_for(
                PayerFacts(kind=PayerKind.LEA, name=name, contact_email=f"ap{number}@example.org")
            )
            line = PaperLine(what="Registration", how="2 people", cents=30_000)
            invoices.issue_invoice(
                payer,
                Billed(about=f"team:{number}", what=name, total_cents=30_000, lines=(line,)),
                by=FINANCE,
            )
    return site


def test_finance_closes_a_month(
    billed: Site, new_page: Callable[..., Page], tmp_path: Path
) -> None:
    billed.set_clock("2017-05-26T10:00:00-07:00")
    page = finance(new_page, billed)
    record_check(page, PAYERS[0], "4401", "300")
    record_check(page, PAYERS[1], "4402", "350")
    take_to_the_bank(page)
    settle_what_was_too_much(page)

    billed.set_clock("2017-06-05T10:00:00-07:00")
    page.goto(f"{MONEY}/aged")
    row = page.get_by_role("row", name=re.compile(PAYERS[2]))
    expect(row).to_contain_text("$300.00")
    expect(page.get_by_role("row", name=re.compile(PAYERS[0]))).to_have_count(0)
    close_may(page)
    the_file_balances(page, tmp_path)
    what_comes_late_counts_for_june(page)
    books_are_right(billed)


def record_check(page: Page, payer: str, number: str, amount: str, day: str = "") -> None:
    page.goto(MONEY)
    page.get_by_role("link", name="Record a check").click()
    page.get_by_label("Payer, invoice number or institute").fill(payer)
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/payments/new?words=*")  # all of it, before what it offers is counted
    links = page.get_by_role("link", name="It pays this")
    (links if links.count() else page.get_by_role("link", name=payer)).first.click()
    page.get_by_label("Check number").fill(number)
    page.get_by_label("Amount").fill(amount)
    if day:
        page.get_by_label("Day it came").fill(day)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("The payment is recorded.")).to_be_visible()


def take_to_the_bank(page: Page) -> None:
    page.goto(f"{MONEY}/deposits")
    expect(page.get_by_text("Checks on hand: 2, together $650.00.")).to_be_visible()
    for number in ("4401", "4402"):
        page.get_by_label(re.compile(number)).check()
    page.get_by_role("button", name="Record the deposit").click()
    expect(page.get_by_text("$650.00").first).to_be_visible()


def settle_what_was_too_much(page: Page) -> None:
    page.goto(MONEY)
    page.get_by_role("link", name="1", exact=True).click()
    row = page.get_by_role("row").filter(has_text="$50.00")
    row.get_by_role("link").click()
    page.get_by_label("What was done").fill("They want it kept for next year.")
    page.get_by_role("button", name="Settled").click()
    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()


def close_may(page: Page) -> None:
    page.goto(MONEY)
    page.get_by_role("link", name="May 2017").click()
    expect(page.get_by_role("row", name=re.compile("All together"))).to_contain_text("$0.00")
    page.get_by_role("button", name="Close May 2017").click()
    expect(page.get_by_text("May 2017 is closed.")).to_be_visible()


def the_file_balances(page: Page, folder: Path) -> None:
    page.goto(f"{MONEY}/journal?since=2017-05-01&until=2017-05-31")
    with page.expect_download() as download:
        page.get_by_role("link", name="Journal entries for QuickBooks (CSV)").click()
    file = folder / "may.csv"
    download.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    debits, credits_ = (
        sum(round(float(row[side] or 0) * 100) for row in rows) for side in ("Debits", "Credits")
    )
    assert debits == credits_ == 90_000 + 65_000 + 65_000  # invoices, checks, deposit


def what_comes_late_counts_for_june(page: Page) -> None:
    record_check(page, PAYERS[0], "4477", "12.50", day="2017-05-30")
    entry = page.get_by_role("row", name=re.compile("4477"))
    expect(entry.first).to_contain_text("happened on 2017-05-30")
    expect(entry.first).to_contain_text("Jun 1, 2017")
