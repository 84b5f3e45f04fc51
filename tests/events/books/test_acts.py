"""What finance does to an invoice by hand: each once, on record, and refused with a sentence."""

import re
from http import HTTPStatus
from uuid import UUID

import pytest
from sqlalchemy import select

from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.tenants.models import Tenant
from events.invoices import service as invoices
from events.invoices.domain import Standing
from events.invoices.domain.orders import OrderStatus
from events.ledger import service as ledger
from events.ledger.domain import Account
from tests.acts import acts
from tests.browser import Browser
from tests.consortium.files.samples import PDF
from tests.events.books.acting import done, said, send, upload
from tests.events.books.stage import HOME, desk
from tests.events.invoices.stage import make_invoice, make_payer
from tests.events.payments.stage import check


def balance(invoice_id: UUID) -> int:
    return invoices.get_invoice(invoice_id).balance_cents


def mails(invoice_id: UUID) -> list[OutboxEmail]:
    about = select(OutboxEmail).where(OutboxEmail.about == f"invoice:{invoice_id}")
    return list(db.session.scalars(about.order_by(OutboxEmail.promised_at, OutboxEmail.id)))


def link_in(mail: OutboxEmail) -> str:
    found = re.search(r"http://localhost(/lakeshore/pay/\S+)", mail.text)
    assert found is not None
    return found[1]


def test_a_credit_note_lowers_what_is_owed(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)

    shown = done(browser, f"/invoices/{invoice.id}/credit", {"amount": "50", "why": "A speaker"})

    assert "Credit note CN-2026-0001 was issued." in shown
    assert balance(invoice.id) == 25_000
    assert acts()[-1] == "credit_by_hand"
    paper = invoices.shown(invoices.papers_of(invoice.id)[-1])
    assert (paper.corrects, paper.lines[0].what) == ("INV-2026-0001", "A speaker")


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("300.01", "Credit that much at most"),
        ("0", "Write an amount"),
        ("-5", "Write an amount"),
        ("1e3", "Write an amount"),
        ("9999999999", "Write an amount"),
    ],
)
def test_a_credit_of_an_absurd_amount_is_refused(
    client: Browser, tenant: Tenant, amount: str, sentence: str
) -> None:
    invoice = make_invoice(30_000)

    response = send(
        desk(client), f"/invoices/{invoice.id}/credit", {"amount": amount, "why": "Why"}
    )

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in said(response)
    assert balance(invoice.id) == 30_000


def test_the_same_form_sent_twice_credits_once(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)
    sent = {"amount": "50", "why": "A speaker", "action_key": "the-same"}

    for _ in range(2):
        send(browser, f"/invoices/{invoice.id}/credit", sent)

    assert balance(invoice.id) == 25_000


def test_what_nobody_pays_is_written_off(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    check(10_000, [(invoice.id, None)])
    browser = desk(client)

    done(browser, f"/invoices/{invoice.id}/write-off", {"why": "The local closed"})

    assert invoices.get_invoice(invoice.id).standing is Standing.PAID
    assert ledger.account_balances()[Account.WRITTEN_OFF] == 20_000
    again = send(browser, f"/invoices/{invoice.id}/write-off", {"why": "Again"})
    assert "Nothing is open" in said(again)
    without = send(browser, f"/invoices/{make_invoice(100).id}/write-off", {"why": " "})
    assert "Write why" in said(without)


def test_the_invoice_is_mailed_again_with_the_same_link(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)

    done(browser, f"/invoices/{invoice.id}/send-again")
    done(browser, f"/invoices/{invoice.id}/send-again")

    first, second = mails(invoice.id)
    assert (first.to, first.subject) == ("ap@elgin.example.org", "Invoice INV-2026-0001: A team")
    assert "Still to pay: $300.00" in first.text
    assert link_in(first) == link_in(second)
    assert browser.get(link_in(first)).status_code == HTTPStatus.OK


def test_a_new_link_makes_the_former_one_stop(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)
    done(browser, f"/invoices/{invoice.id}/send-again")

    done(browser, f"/invoices/{invoice.id}/new-link")

    former, new = mails(invoice.id)
    assert former.outcome == "superseded"
    assert browser.get(link_in(former)).status_code == HTTPStatus.NOT_FOUND
    assert browser.get(link_in(new)).status_code == HTTPStatus.OK


def test_reminders_of_an_invoice_are_paused_until_a_day(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)

    done(browser, f"/invoices/{invoice.id}/pause", {"pause-until": "2026-05-01"})
    assert 'value="2026-05-01"' in browser.get(f"{HOME}/invoices/{invoice.id}").text
    refused = send(browser, f"/invoices/{invoice.id}/pause", {"pause-until": "2026-03-01"})
    assert "from tomorrow on" in said(refused)
    done(browser, f"/invoices/{invoice.id}/pause", {"pause-until": ""})
    assert invoices.get_invoice(invoice.id).invoice.reminders_paused_until is None


@pytest.mark.parametrize("number", ["1E10", "00417", "PO-2026/0042 #7"])
def test_an_order_goes_its_way_and_keeps_its_number(
    client: Browser, tenant: Tenant, number: str
) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)
    facts = {
        "when": "here", "number": number, "amount": "300", "expires_on": "",
        "file": upload("po.pdf", PDF),
    }  # fmt: skip

    shown = done(browser, f"/invoices/{invoice.id}/order", facts)

    assert number in shown
    (order,) = invoices.get_invoice(invoice.id).orders
    assert (order.number, order.status) == (number, OrderStatus.RECEIVED)
    assert "Invoiced against" in done(browser, f"/orders/{order.id}/invoice-against")
    assert balance(invoice.id) == 30_000  # an order is no payment
    assert "Closed" in done(browser, f"/orders/{order.id}/close")
    refused = send(browser, f"/orders/{order.id}/close")
    assert "closed already" in said(refused)


def test_an_order_number_that_came_before_is_worth_a_second_look(
    client: Browser, tenant: Tenant
) -> None:
    """One order may have been meant for two invoices of one district, not of two."""
    browser = desk(client)
    first, second = make_invoice(30_000), make_invoice(20_000)
    other = make_invoice(10_000, make_payer("Batavia", "ap@batavia.example.org"))
    facts = {"when": "here", "number": "PO 7", "amount": "300"}
    for invoice in (first, other):
        assert "came before" not in done(browser, f"/invoices/{invoice.id}/order", facts)

    shown = done(browser, f"/invoices/{second.id}/order", {**facts, "number": "po 7"})

    assert "This number came before" in shown
    assert first.number in shown
    assert other.number not in shown


def test_an_order_that_never_came_is_marked(client: Browser, tenant: Tenant) -> None:
    invoice = make_invoice(30_000)
    browser = desk(client)
    done(browser, f"/invoices/{invoice.id}/order", {"when": "follows"})
    (order,) = invoices.get_invoice(invoice.id).orders

    assert "Never came" in done(browser, f"/orders/{order.id}/never-came")
    refused = send(browser, f"/orders/{order.id}/never-came")
    assert "Only an order that was promised" in said(refused)
    assert acts()[-1] == "give_up_order"
