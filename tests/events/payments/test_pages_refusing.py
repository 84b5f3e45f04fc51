"""What finance's pages refuse, hide and find, and how much they ask of the database."""

import io

import pytest
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.tenancy import as_tenant
from events.payments.models import Payment
from events.payments.service.exceptions import open_exceptions
from events.payments.service.refunds import decide_refund
from tests.browser import Browser
from tests.events.invoices.stage import make_invoice, make_payer
from tests.events.payments.pages import DAY, MONEY, said, send
from tests.events.payments.stage import balance, check, deposit, transfer
from tests.factories import make_tenant
from tests.queries import counting_queries

pytestmark = pytest.mark.usefixtures("finance")


def test_the_same_check_again_is_asked_about(client: Browser) -> None:
    payer = make_payer()
    check(30_000, payer_id=payer.id)
    path = f"{MONEY}/payments/record?payer={payer.id}"
    typed = {"kind": "check", "number": "1187", "amount": "300", "received_on": DAY}

    asked = send(client, path, **typed)
    assert asked.status_code == 422
    assert "Check 1187 for $300.00 is here already. Record it again?" in said(asked)
    assert 'name="confirmed"' in asked.text

    assert "The payment is recorded." in said(send(client, path, confirmed="y", **typed))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"amount": "-5"}, "Write an amount in dollars"),
        ({"amount": "1E10"}, "Write an amount in dollars"),
        ({"amount": "0.00"}, "above zero"),
        ({"number": ""}, "number of the check"),
        ({"number": "1\x00"}, "hidden control characters"),
        ({"received_on": "soon"}, "Write the day like"),
        ({"received_on": ""}, "Write the day it came"),
        ({"kind": "card"}, "Not a valid choice"),
        ({"invoices": ["x"]}, "not a valid choice"),
    ],
)
def test_bad_input_is_explained_and_kept(
    client: Browser, typed: dict[str, object], words: str
) -> None:
    good = {"kind": "check", "number": "77", "amount": "10", "received_on": DAY, "note": "Blue"}

    page = send(client, f"{MONEY}/payments/record", **{**good, **typed})

    assert page.status_code == 422
    assert words in said(page)
    assert "Blue" in page.text
    assert db.session.scalars(select(Payment)).all() == []


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"Name\nx\n", b"PK\x03\x04junk"])
def test_a_file_that_is_no_statement(client: Browser, content: bytes) -> None:
    page = client.post(f"{MONEY}/bank", data={"file": (io.BytesIO(content), "bank.csv")})
    assert page.status_code == 422
    assert "Please correct this first" in said(page)


@pytest.mark.parametrize("page", ["payments", "deposits", "refunds", "exceptions", "mark-paid"])
def test_longer_lists_take_no_more_statements(client: Browser, page: str) -> None:
    def one_more(number: str) -> None:
        payer = make_payer(f"Payer {number}")
        payment = check(40_000, [(make_invoice(30_000, payer).id, None)], number=number)
        make_invoice(10_000, payer)
        kept = check(5_000, number=f"{number}0", payer_id=payer.id)
        deposit(kept.id)
        transfer(100, number=number, payer_id=payer.id)
        with transaction():
            decide_refund(payment.id, cents=5_000, why="x", by="f")

    one_more("1")
    client.get(f"{MONEY}/{page}")
    with counting_queries() as one:
        client.get(f"{MONEY}/{page}")
    one_more("2")
    one_more("3")
    with counting_queries() as three:
        assert client.get(f"{MONEY}/{page}").status_code == 200
    assert len(three) <= len(one), "\n".join(three.statements)


@pytest.mark.parametrize("page", ["payments", "payments/new", "deposits", "refunds", "bank"])
def test_who_runs_institutes_does_not_see_money(client: Browser, page: str) -> None:
    client.sign_in("coordinator@example.org")
    assert client.get(f"{MONEY}/{page}").status_code == 403


def test_payments_are_found_by_words_and_where_they_are(client: Browser) -> None:
    check(10_000, number="100%", payer_id=make_payer("Elgin SD").id)
    transfer(20_000, number="FED-9", drawer="Oak Local")

    assert "Payments found: 1" in said(client.get(f"{MONEY}/payments?words=100%25"))
    assert "Payments found: 1" in said(client.get(f"{MONEY}/payments?words=oak"))
    assert "Payments found: 1" in said(client.get(f"{MONEY}/payments?status=on_hand"))
    assert "Payments found: 2" in said(
        client.get(f"{MONEY}/payments?rest=yes&kind=nonsense&page=99")
    )
    assert client.get(f"{MONEY}/payments?words=%00").status_code == 404


@pytest.mark.parametrize(
    "page",
    [
        "payments/{id}",
        "payments/{id}/apply",
        "payments/{id}/refund",
        "payments/record?payer={id}",
        "deposits/{id}",
        "refunds/{id}",
        "refunds/{id}/take-back",
        "exceptions/{id}",
    ],
)
def test_what_belongs_to_another_consortium_is_not_there(client: Browser, page: str) -> None:
    other = make_tenant("hillside")
    with as_tenant(other.id):
        payment = check(5_000)
        with transaction():
            refund = decide_refund(payment.id, cents=100, why="x", by="f")
        ids = [payment.id, refund.id, make_payer().id, open_exceptions()[0].id, deposit(payment.id)]
    for one in ids:
        assert client.get(f"{MONEY}/{page.format(id=one)}").status_code == 404


def test_an_amount_in_the_list_that_is_none_is_said_on_top(client: Browser) -> None:
    invoice = make_invoice(30_000)
    page = send(
        client,
        f"{MONEY}/mark-paid",
        **{
            "kind": "check",
            "received_on": DAY,
            "rows-0-invoice_id": str(invoice.id),
            "rows-0-paid": "y",
            "rows-0-number": "1",
            "rows-0-amount": "NaN",
        },
    )
    assert page.status_code == 422
    assert "In the list: Write an amount in dollars" in said(page)
    assert balance(invoice.id) == 30_000
