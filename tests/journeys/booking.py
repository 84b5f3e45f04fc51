"""The books in the demonstration's story, for the pages on which finance reads them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Flask, g
from sqlalchemy import select

from consortium.database import db, transaction
from consortium.demonstration import cast
from consortium.tenancy import as_tenant
from consortium.tenants import service as tenants
from events.invoices import service as invoices
from events.invoices.models import Document, Invoice
from events.invoices.service import OrderFacts
from events.ledger import service as ledger

BY = "census"
MONEY = "/garden-coast/money"
FINANCE = cast.FINANCE.key
OWNER = cast.COORDINATOR.key


def visits_of_books(app: Flask) -> Iterator[tuple[Any, ...]]:
    """Return endpoint, address, who looks, and what the form is given, where it is sent.

    The invoices are those of the visits of payments.
    """
    invoice_id, document_id, payer_id, month = _look_for_one(app)
    for page in (
        "institutes", "invoices", "payers", "aged", "statements", "journal", "months", "settings",
    ):  # fmt: skip
        yield (f"books.{page}", f"{MONEY}/{page}", FINANCE)
    yield ("books.home", MONEY, FINANCE)
    yield ("books.invoices", f"{MONEY}/invoices?number=nothing", FINANCE)
    yield ("books.aged", f"{MONEY}/aged?on=yesterday", FINANCE)
    yield ("books.journal", f"{MONEY}/journal?since=2027-02-01&until=2027-01-01", FINANCE)
    for report in ("institutes", "grants", "kinds"):
        yield ("books.report", f"{MONEY}/reports/{report}", FINANCE)
    invoice, payer = f"{MONEY}/invoices/{invoice_id}", f"{MONEY}/payers/{payer_id}"
    yield ("books.invoice", invoice, FINANCE)
    yield ("books.paper", f"{invoice}/papers/{document_id}", FINANCE)
    for endpoint, path, sent in (
        ("credit", f"{invoice}/credit", {"amount": "x"}),
        ("write_off", f"{invoice}/write-off", {}),
        ("order", f"{invoice}/order", {"number": "", "amount": ""}),
        ("edit_payer", f"{payer}/edit", {"name": "", "contact_email": "nobody"}),
        ("certificate", f"{payer}/certificate", {}),
        (
            "settings",
            f"{MONEY}/settings",
            {"legal_name": "", "tax_id": "1", "dunning_days": "9, 1"},
        ),
        ("w9", f"{MONEY}/settings/w9", {}),
        ("close_month", f"{MONEY}/months/{month}/close", None),
    ):
        yield (f"books.{endpoint}", path, FINANCE)
        if sent is not None:
            yield (f"books.{endpoint}", path, FINANCE, sent)
    yield ("books.payer", payer, FINANCE)
    yield ("books.statement", f"{payer}/statement", FINANCE)
    yield ("books.reopen_month", f"{MONEY}/months/{month}/reopen", OWNER)


def _look_for_one(app: Flask) -> tuple[UUID, UUID, UUID, str]:
    """Let a purchase order come for an open invoice, once; return what there is to look at."""
    with app.test_request_context():
        tenant = g.tenant = tenants.get_by_slug(cast.GARDEN_COAST)
        with as_tenant(tenant.id):
            found = db.session.scalars(
                select(Invoice).where(Invoice.about.startswith("census:")).order_by(Invoice.serial)
            ).all()
            open_ = found[-1]
            if not invoices.live_orders(open_.id):
                facts = OrderFacts(number="00417", amount_cents=open_.total_cents)
                with transaction():
                    invoices.receive_order(open_.id, facts, by=BY)
            paper = select(Document.id).where(Document.invoice_id == open_.id)
            today = ledger.today()
            month = f"{today.year}/{today.month}"
            return open_.id, db.session.scalars(paper).one(), open_.payer_id, month
