"""Payers: contact, certificate, statement."""

import csv
import io
from datetime import date
from http import HTTPStatus

import pytest

from consortium.tenants.models import Tenant
from events.books.domain.periods import Period, period_of_year, year_so_far
from events.books.service.statements import all_statements, payers_with_balance, statement_of
from events.invoices import service as invoices
from events.invoices.domain.statements import check_balances
from tests.browser import Browser
from tests.consortium.files.samples import PDF
from tests.events.books.acting import done, said, send, upload
from tests.events.books.stage import HOME, desk, some_money
from tests.events.invoices.stage import make_invoice, make_payer
from tests.events.payments.stage import TODAY, check
from tests.queries import counting_queries

FACTS = {
    "kind": "lea", "name": "Elgin U-46", "contact_email": "ap@u46.example.org",
    "contact_name": "Accounts Payable", "address": "355 E Chicago St\nElgin IL", "version": "1",
}  # fmt: skip


def test_a_payer_is_corrected_and_papers_keep_what_they_say(
    client: Browser, tenant: Tenant
) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)

    shown = done(browser, f"/payers/{invoice.payer_id}/edit", FACTS)

    assert "Elgin U-46" in shown
    assert "ap@u46.example.org" in shown
    paper = invoices.shown(invoices.papers_of(invoice.id)[0])
    assert paper.bill_to.name == "Elgin SD"


def test_who_edits_a_payer_that_changed_meanwhile_sees_both(
    client: Browser, tenant: Tenant
) -> None:
    payer = make_payer()
    browser = desk(client)
    done(browser, f"/payers/{payer.id}/edit", FACTS)

    stale = send(browser, f"/payers/{payer.id}/edit", {**FACTS, "name": "Elgin"})

    assert stale.status_code == HTTPStatus.CONFLICT
    assert "Elgin U-46" in said(stale)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "Write who pays"),
        ({"contact_email": "nobody"}, "nobody"),
        ({"name": "Other", "contact_email": "other@example.org"}, "There is a payer with"),
    ],
)
def test_a_wrong_contact_is_refused(
    client: Browser, tenant: Tenant, wrong: dict[str, str], sentence: str
) -> None:
    payer = make_payer()
    make_payer("Other", "other@example.org")

    response = send(desk(client), f"/payers/{payer.id}/edit", {**FACTS, **wrong})

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in response.text


def test_a_certificate_is_kept_and_handed_out(client: Browser, tenant: Tenant) -> None:
    payer = make_payer()
    browser = desk(client)
    path = f"/payers/{payer.id}/certificate"

    refused = send(browser, path, {"number": "", "file": upload("x.pdf", b"MZ no pdf")})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    neither = send(browser, path, {"number": ""})
    assert "Write the certificate's number" in said(neither)
    shown = done(browser, path, {"number": "E-9998-1E10", "file": upload("cert.pdf", PDF)})

    assert "E-9998-1E10" in shown
    given = browser.get(f"{HOME}{path}-file")
    assert given.data == PDF
    assert given.headers["Content-Disposition"].startswith("attachment")


def test_reminders_of_a_payer_stop_and_go_on(client: Browser, tenant: Tenant) -> None:
    payer = make_payer()
    browser = desk(client)

    assert "gets no reminders" in done(browser, f"/payers/{payer.id}/pause")
    assert "is reminded of" in done(browser, f"/payers/{payer.id}/pause")


def test_a_statement_tells_the_year_and_what_came_before(tenant: Tenant, frozen: object) -> None:
    first = make_invoice(30_000)
    check(10_000, [(first.id, None)])
    frozen("2026-07-10T12:00-04:00")  # type: ignore[operator]
    make_invoice(45_000)
    check(50_000, [(first.id, None)], number="88", received_on=TODAY.replace(month=7, day=9))

    told = statement_of(first.payer_id, year_so_far(date(2026, 7, 10), 7))

    check_balances(told)
    assert told.opening_cents == 20_000
    assert [(row.number, row.charge_cents, row.paid_cents) for row in told.rows] == [
        ("INV-2026-0001", 0, 20_000),
        ("INV-2027-0001", 45_000, 0),
    ]
    assert (told.closing_cents, told.aged.current_cents) == (45_000, 45_000)
    before = statement_of(first.payer_id, period_of_year(2026, 7))
    assert (before.opening_cents, before.closing_cents) == (0, 20_000)
    assert before.aged.days_61_to_90_cents == 20_000  # due April 1, told of June 30


def test_one_statement_begins_where_the_former_ended(tenant: Tenant, frozen: object) -> None:
    invoice = make_invoice(30_000)
    for day in (5, 9, 20):
        frozen(f"2026-03-{day:02}T12:00-05:00")  # type: ignore[operator]
        check(5_000, [(invoice.id, None)], number=f"{day}", received_on=date(2026, 3, day))
        make_invoice(1_000)
    whole = statement_of(invoice.payer_id, Period(since=TODAY, until=date(2026, 3, 31)))

    for day in range(2, 31):
        former = statement_of(invoice.payer_id, Period(since=TODAY, until=date(2026, 3, day)))
        rest = Period(since=date(2026, 3, day + 1), until=date(2026, 3, 31))
        latter = statement_of(invoice.payer_id, rest)
        check_balances(former)
        check_balances(latter)
        assert former.closing_cents == latter.opening_cents
        assert former.rows + latter.rows == whole.rows
    assert whole.closing_cents == 30_000 - 15_000 + 3_000


def test_statements_of_all_are_those_with_a_balance_in_few_looks(tenant: Tenant) -> None:
    some_money()
    make_payer("Nobody", "nothing@example.org")
    period = Period(since=TODAY.replace(day=1), until=TODAY)

    ids = payers_with_balance(TODAY)
    (part,) = all_statements(ids, period)
    for one in part:
        check_balances(one)
    assert [(one.bill_to.name, one.closing_cents) for one in part] == [
        ("Elgin SD", 55_000),
        ("Elgin Teachers", 922_687),
    ]
    with counting_queries() as few:
        list(all_statements(ids[:1], period))
    with counting_queries() as all_:
        list(all_statements(ids, period))
    assert len(all_) == len(few)


def test_statements_come_as_page_pdf_csv_and_archive(client: Browser, tenant: Tenant) -> None:
    first = some_money()[0]
    browser = desk(client)
    path = f"{HOME}/payers/{first.payer_id}/statement"
    asked = "?since=2026-03-01&until=2026-03-02"

    assert "INV-2026-0002" in said(browser.get(path + asked))
    assert browser.get(f"{path}.pdf{asked}").data[:5] == b"%PDF-"
    rows = list(csv.reader(io.StringIO(browser.get(f"{path}.csv").data.decode("utf-8-sig"))))
    assert rows[-1][-2:] == ["550.00", "2026"]
    every = browser.get(f"{HOME}/statements.csv").data.decode("utf-8-sig")
    assert "Elgin Teachers" in every
    archive = browser.get(f"{HOME}/statements/1.zip")
    assert archive.data[:2] == b"PK"
    assert b"0002 Elgin Teachers.pdf" in archive.data
    swapped = browser.get(f"{path}?since=2026-03-02&until=2026-03-01")
    assert "Swap them" in said(swapped)


def test_a_payer_shows_what_came_and_what_of_it_pays_nothing(
    client: Browser, tenant: Tenant
) -> None:
    first = some_money()[0]
    check(2_500, number="31", payer_id=first.payer_id)

    shown = said(desk(client).get(f"{HOME}/payers/{first.payer_id}"))

    assert "Received, not yet assigned $25.00" in shown
    assert "Check 31 Mar 2, 2026 $25.00 $25.00 On hand, not deposited" in shown
    assert "All together $900.00 $550.00" in shown


@pytest.mark.pure
def test_the_year_so_far_begins_with_the_fiscal_year() -> None:
    assert year_so_far(TODAY, 7).since.isoformat() == "2025-07-01"
    assert year_so_far(TODAY, 1).since.isoformat() == "2026-01-01"
    assert period_of_year(2027, 7).until.isoformat() == "2027-06-30"
