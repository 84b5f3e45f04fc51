"""Finance's pages about money that comes and goes, at the browser."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from consortium.database import db
from events.payments.domain import PaymentStatus, RefundStatus
from events.payments.models import Payment, Refund
from events.payments.service.deposits import checks_on_hand
from events.payments.service.exceptions import open_exceptions
from tests.browser import Browser
from tests.events.invoices.stage import adjust, make_invoice, make_payer
from tests.events.payments.pages import DAY, MONEY, said, send
from tests.events.payments.stage import balance, check, deposit

pytestmark = pytest.mark.usefixtures("finance")


def test_a_check_is_recorded_for_an_invoice_found_by_its_number(client: Browser) -> None:
    invoice = make_invoice(30_000, make_payer("Elgin SD"))
    found = client.get(f"{MONEY}/payments/new?words={invoice.number}")
    link = BeautifulSoup(found.text, "html.parser").find("a", href=re.compile("invoice="))

    page = send(
        client,
        link["href"],
        kind="check",
        number="001187",
        amount="350.00",
        received_on=DAY,
        invoices=[str(invoice.id)],
    )

    text = said(page)
    assert "The payment is recorded." in text
    assert "Check 001187 for $350.00" in text
    assert f"{MONEY}/invoices/{invoice.id}" in page.text
    assert "$50.00 more than was owed" in text
    assert balance(invoice.id) == 0


def test_a_payment_is_assigned_applied_moved_and_refunded(client: Browser) -> None:
    payer = make_payer("Elgin SD")
    one, two = make_invoice(10_000, payer), make_invoice(10_000, payer)
    payment = check(15_000, drawer="Elgin")
    path = f"{MONEY}/payments/{payment.id}"

    assert "Say whose it is" in said(client.get(path))
    assert "The payer is noted." in said(
        send(client, f"{path}/payer?words=elgin", payer=str(payer.id))
    )
    assert "The money is applied." in said(
        send(client, f"{path}/apply", invoice=str(one.id), amount="")
    )
    assert balance(one.id) == 0
    assert "The payment is moved." in said(
        send(client, f"{path}/move", leaves=str(one.id), to=str(two.id))
    )
    assert (balance(one.id), balance(two.id)) == (10_000, 0)
    page = send(client, f"{path}/refund", out_of="rest", amount="60", way="", why="Too much")
    assert page.status_code == 422
    assert "Only $50.00 can go back" in said(page)
    page = send(client, f"{path}/refund", out_of="rest", amount="50", way="", why="Too much")
    assert "The refund is decided." in said(page)
    assert open_exceptions() == []


def test_a_payment_says_step_by_step_what_it_paid(client: Browser) -> None:
    invoice = make_invoice(10_000)
    payment = check(10_000, [(invoice.id, None)], number="88")
    deposit(payment.id, check(500, number="89").id)
    path = f"{MONEY}/payments/{payment.id}"
    send(client, f"{path}/move", leaves=str(invoice.id), to="nothing")

    happened = said(client.get(path)).partition("What happened")[2]

    assert f"Payment, {invoice.number} $100.00" in happened
    assert "Deposit Deposit of checks $100.00" in happened  # its part of the deposit
    assert f"Payment assigned, {invoice.number} Check 88, taken off $100.00" in happened


def test_a_refund_can_only_go_in_ways_that_there_are(client: Browser) -> None:
    payment = check(10_000)
    path = f"{MONEY}/payments/{payment.id}/refund"

    on_hand = ways(client, path)
    deposit(payment.id)

    assert on_hand == ["", "mail_back", "check"]
    assert ways(client, path) == ["", "check"]
    page = send(client, path, out_of="rest", amount="1", way="stripe", why="Too much")
    assert page.status_code == 422


def ways(client: Browser, path: str) -> list[str]:
    page = BeautifulSoup(client.get(path).text, "html.parser")
    return [str(one["value"]) for one in page.select("select[name=way] option")]


def test_a_payment_is_kept_aside_and_a_check_returned(client: Browser) -> None:
    invoice = make_invoice(10_000)
    payment = check(10_000, [(invoice.id, None)])
    path = f"{MONEY}/payments/{payment.id}"

    send(client, f"{path}/move", leaves=str(invoice.id), to="nothing")
    assert balance(invoice.id) == 10_000
    page = send(client, f"{path}/return", on=DAY, why="Account closed")
    assert "noted as returned" in said(page)
    assert "Account closed" in said(page)
    db.session.expire_all()
    assert db.session.get_one(Payment, payment.id).status is PaymentStatus.RETURNED


def test_checks_are_deposited_and_the_list_is_printed(client: Browser) -> None:
    payments = [check(10_000, number="1"), check(2_345, number="2", drawer="Local 7")]

    page = send(client, f"{MONEY}/deposits", on=DAY, checks=[str(one.id) for one in payments])

    assert "Checks: 2, together $123.45" in said(page)
    assert "Local 7" in said(page)
    assert checks_on_hand() == []
    assert "There is no check to deposit." in said(client.get(f"{MONEY}/deposits"))
    page = client.post(f"{MONEY}/deposits", data={"on": DAY})
    assert page.status_code == 422
    assert "Tick the checks" in said(page)


def test_refunds_are_paid_out_and_taken_back(client: Browser) -> None:
    invoice = make_invoice(30_000)
    payment = check(30_000, [(invoice.id, None)])
    deposit(payment.id)
    adjust(invoice.id, 10_000)
    path = f"{MONEY}/payments/{payment.id}/refund"
    send(client, path, out_of=str(invoice.id), amount="200", way="check", why="Two cancel")
    (refund,) = db.session.scalars(select(Refund)).all()

    listed = client.get(f"{MONEY}/refunds")
    assert "Two cancel" in said(listed)
    assert "$200.00" in said(listed)
    page = send(client, f"{MONEY}/refunds/{refund.id}", check_number="501", on=DAY)
    assert "noted as paid out" in said(page)
    page = send(client, f"{MONEY}/refunds/{refund.id}/take-back", why="The letter came back.")
    assert "taken back" in said(page)
    db.session.expire_all()
    assert db.session.get_one(Refund, refund.id).status is RefundStatus.FAILED
    assert balance(invoice.id) == -20_000
    (row,) = open_exceptions()
    page = send(client, f"{MONEY}/exceptions/{row.id}", resolution="New check written.")
    assert "This is settled." in said(page)
    assert "New check written." in said(page)


def test_many_invoices_are_marked_as_paid(client: Browser) -> None:
    one, two = make_invoice(30_000), make_invoice(20_000)
    typed = {"kind": "check", "received_on": DAY}
    for n, (invoice, number) in enumerate(((one, "11"), (two, "12"))):
        typed |= {
            f"rows-{n}-invoice_id": str(invoice.id),
            f"rows-{n}-paid": "y",
            f"rows-{n}-number": number,
            f"rows-{n}-amount": "",
        }

    page = send(client, f"{MONEY}/mark-paid", **{**typed, "rows-1-number": ""})
    assert page.status_code == 422
    assert f"{two.number}: Write the number of the check." in said(page)
    assert 'value="11"' in page.text

    page = send(client, f"{MONEY}/mark-paid", **typed)
    assert f"{one.number}: Check 11 pays $300.00. Nothing is open any more." in said(page)
    assert (balance(one.id), balance(two.id)) == (0, 0)
    assert "No open invoice fits." in said(page)


def test_a_line_that_proposes_nothing_begins_a_transfer(client: Browser) -> None:
    content = b'Date,Description,Amount\n03/01/2026,WIRE FROM NOBODY,"1,033.00"\n'
    page = send(client, f"{MONEY}/bank", file=(io.BytesIO(content), "march.csv"), encoding="")

    choose = BeautifulSoup(page.text, "html.parser").find("a", href=re.compile("amount="))["href"]
    record = BeautifulSoup(client.get(choose).text, "html.parser").find(
        "a", href=re.compile("payments/record")
    )
    form = BeautifulSoup(client.get(record["href"]).text, "html.parser").select("main form")[-1]

    assert form.select_one("[name=amount]")["value"] == "1,033.00"
    assert form.select_one("[name=received_on]")["value"] == "2026-03-01"
    assert form.select_one("[name=kind][checked]")["value"] == "transfer"
    assert client.get(f"{MONEY}/payments/record?on=yesterday&amount=%22%3E").status_code == 200


def test_a_statement_is_read_and_a_line_matched(client: Browser) -> None:
    invoice = make_invoice(30_000, make_payer("Elgin SD"))
    content = b"Date,Description,Amount\n03/02/2026,WIRE ELGIN SD,300.00\n03/02/2026,?,x\n"
    page = send(client, f"{MONEY}/bank", file=(io.BytesIO(content), "march.csv"), encoding="")
    assert "Line 3: “x” is no amount in dollars." in said(page)
    assert "New lines: 1. Here already: 0." in said(page)
    soup = BeautifulSoup(page.text, "html.parser")
    line_id = soup.find("input", {"name": "match-rows-0-line_id"})["value"]
    option = soup.find("option", string=re.compile("the line names Elgin SD"))

    page = client.post(
        f"{MONEY}/bank/lines",
        data={"match-rows-0-line_id": line_id, "match-rows-0-choice": option["value"]},
        follow_redirects=True,
    )

    assert "A transfer of $300.00 is recorded" in said(page)
    assert balance(invoice.id) == 0
    page = client.post(
        f"{MONEY}/bank/lines", data={"match-rows-0-line_id": "x", "match-rows-0-choice": "y"}
    )
    assert page.status_code == 404
    page = client.post(f"{MONEY}/bank/lines", data={})
    assert page.status_code == 422
