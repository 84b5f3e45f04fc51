"""Tables of money: they sum to what the ledger has, on the page and in the file."""

import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from consortium.database import transaction
from consortium.ids import new_id
from consortium.tenants.models import Tenant
from events.books.domain.aging import AGE_WORDS, Ages, OpenInvoice, age_of, aged, aged_by_payer
from events.books.domain.figures import Figures, total
from events.books.service import figures
from events.books.service.aging import aged_table
from events.books.service.overview import received_in
from events.invoices import service as invoices
from events.invoices.domain import PayerKind
from events.invoices.service import PayerFacts
from events.ledger import service as ledger
from events.ledger.domain import Account, Month
from events.payments.service.refund_paying import fail_refund, pay_refund_check
from events.payments.service.refunds import decide_refund, refund_credit
from events.payments.service.returns import return_check
from tests.browser import Browser
from tests.events.books.stage import HOME, desk, some_money
from tests.events.invoices.stage import FINANCE, adjust, make_invoice, make_payer
from tests.events.payments.stage import TODAY, check, deposit
from tests.reading import main, words

DAY = date(2026, 6, 30)
OPEN = st.builds(
    OpenInvoice,
    invoice_id=st.builds(new_id),
    payer_id=st.sampled_from([new_id(), new_id(), new_id()]),
    due_on=st.dates(DAY - timedelta(days=400), DAY + timedelta(days=60)),
    cents=st.integers(-1_000_000, 1_000_000).filter(bool),
)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("late", "place"),
    [(-5, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (900, 4)],
)
def test_the_age_begins_the_day_after_it_was_due(late: int, place: int) -> None:
    assert age_of(DAY - timedelta(days=late), DAY) == place
    assert place < len(AGE_WORDS)


@pytest.mark.pure
@given(st.lists(OPEN, max_size=30))
def test_ages_sum_to_what_is_open_and_credits_stand_apart(rows: list[OpenInvoice]) -> None:
    together = aged(rows, DAY)

    assert together.total_cents == sum(row.cents for row in rows)
    assert together.credit_cents == sum(row.cents for row in rows if row.cents < 0)
    assert all(cents >= 0 for cents in together.cents)
    assert sum(aged_by_payer(rows, DAY).values(), Ages()) == together


def eventful() -> None:
    """Let everything happen that changes what is owed."""
    first, second, paid, local = some_money()
    adjust(paid.id, 5_000)  # settled: a credit note, and $100.00 are owed back
    with transaction():
        refund_credit(paid.id, why="One person less", by=FINANCE)
    bounced = check(30_000, [(first.id, None)], number="9", payer_id=first.payer_id)
    with transaction():
        return_check(bounced.id, TODAY, why="No money", by=FINANCE)
    with transaction():
        invoices.write_off(local.id, "The local closed", by=FINANCE)
    check(30_000, [(second.id, 25_000)], number="10", payer_id=second.payer_id)


def test_the_aged_table_is_the_ledgers_balance(tenant: Tenant, frozen: object) -> None:
    eventful()
    for moment, on in (("2026-03-02", TODAY), ("2026-05-20", date(2026, 5, 20))):
        frozen(f"{moment}T12:00-05:00")  # type: ignore[operator]
        table = aged_table(on)
        assert table.total.total_cents == ledger.account_balances(on)[Account.RECEIVABLE]
        assert sum((line.ages for line in table.lines), Ages()) == table.total
    assert table.total.cents[2] == 30_000  # due April 1, looked at on May 20: 49 days
    assert aged_table(date(2026, 3, 1)).lines == []


def test_figures_tell_what_was_billed_came_went_back_and_was_given_up(tenant: Tenant) -> None:
    eventful()

    by_kind = figures.by_kind(TODAY)

    assert total(by_kind) == Figures(
        billed_cents=30_000 + 45_000 + 5_000 + 922_687,
        received_cents=20_000 + 15_000 + 25_000,
        refunded_cents=10_000,
        written_off_cents=922_687,
    )
    owed = ledger.account_balances()[Account.RECEIVABLE]
    assert total(by_kind).open_cents == owed == 30_000
    by_institute = figures.by_institute(TODAY)
    assert [(line.name, line.fiscal_year) for line in by_institute] == [
        ("No institute", 2026),
        ("Summer Institute", 2026),
    ]
    assert total(by_institute) == total(by_kind)


def test_a_grant_is_told_with_its_number(tenant: Tenant) -> None:
    with transaction():
        grant = invoices.payer_for(
            PayerFacts(
                kind=PayerKind.GRANT,
                name="Title II",
                contact_email="g@example.org",
                grant_number="S367A-1E10",
            )
        )
    make_invoice(75_000, grant)
    some_money()

    (line,) = figures.by_grant(TODAY)
    assert (line.name, line.detail, line.figures.open_cents) == ("Title II", "S367A-1E10", 75_000)


@pytest.mark.parametrize("path", ["aged", "reports/institutes", "reports/grants", "reports/kinds"])
def test_files_have_the_fiscal_year_and_numbers(client: Browser, tenant: Tenant, path: str) -> None:
    eventful()
    browser = desk(client)

    content = browser.get(f"{HOME}/{path}.csv").data.decode("utf-8-sig")
    head, *rows = csv.reader(io.StringIO(content))
    book = CalamineWorkbook.from_filelike(io.BytesIO(browser.get(f"{HOME}/{path}.xlsx").data))
    sheet_head, *sheet_rows = book.get_sheet_by_index(0).to_python()

    assert head == sheet_head
    assert "Fiscal year" in head
    where = head.index("Balance" if path == "aged" else "Open")
    assert [float(row[where]) for row in rows] == [row[where] for row in sheet_rows if row[0]]
    assert rows[-1][0] == "Total"
    assert rows[-1][where] == ("0.00" if path.endswith("grants") else "300.00")


def test_a_day_that_is_none_shows_today_and_says_so(client: Browser, tenant: Tenant) -> None:
    some_money()
    response = desk(client).get(f"{HOME}/aged?on=yesterday")
    assert "Write the day like" in response.text


def test_nothing_is_told_of_days_to_come(client: Browser, tenant: Tenant) -> None:
    some_money()
    shown = words(main(desk(client).get(f"{HOME}/aged?on=2030-01-01").text))
    assert "What payers owed at the end of Monday, March 2, 2026" in shown


def test_a_long_table_comes_in_pages_and_is_summed_as_a_whole(
    client: Browser, tenant: Tenant
) -> None:
    for number in range(51):
        make_invoice(100, make_payer(f"Payer {number:02}", f"p{number}@example.org"))
    browser = desk(client)

    last = words(main(browser.get(f"{HOME}/aged?page=2").text))

    assert "Payers 51 to 51 of 51" in last
    assert "Payer 50 $1.00" in last
    assert "Payer 49" not in last
    assert "All payers $51.00" in last


def test_what_came_this_month_leaves_refunds_and_deposits_out(tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    kept = check(50_000, [(invoice.id, None)], number="1", payer_id=invoice.payer_id)
    deposit(kept.id)
    bounced = check(7_000, number="2", payer_id=invoice.payer_id)
    with transaction():
        return_check(bounced.id, TODAY, why="No money", by=FINANCE)
    with transaction():
        refund = decide_refund(kept.id, cents=20_000, why="Too much", by=FINANCE)
        pay_refund_check(refund.id, "501", TODAY, by=FINANCE)
    with transaction():
        fail_refund(refund.id, "It came back", by=FINANCE)

    assert received_in(Month(2026, 3)) == 50_000
    assert received_in(Month(2026, 2)) == 0
