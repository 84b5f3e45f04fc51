"""What finance of a world reads: an invoice with its papers, orders, a closed month, a W-9."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import current_app

from consortium.database import transaction
from consortium.files import service as files
from consortium.files.domain import clean_file
from events.invoices import service as invoices
from events.invoices.service import OrderFacts
from events.ledger import service as ledger
from tests.consortium.files.samples import PDF
from tests.events.invoices.stage import FINANCE, make_invoice, make_payer
from tests.events.payments.stage import check

JANUARY, FEBRUARY = date(2026, 1, 20), date(2026, 2, 20)


def book_things(slug: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Bill, take orders, close a month; return the world's names, and those of another invoice."""
    storage = current_app.extensions["ports"].storage
    payer = make_payer(f"Buyer of {slug}", f"buyer@{slug}.example.org")
    open_, promised = make_invoice(30_000, payer), make_invoice(40_000, payer)
    check(100, number="11", payer_id=payer.id, received_on=JANUARY)
    check(100, number="12", payer_id=payer.id, received_on=FEBRUARY)
    certificate, w9 = (files.put(storage, clean_file(f"{n}.pdf", PDF)) for n in ("tax", "w9"))
    with transaction():
        facts = OrderFacts(number="00417", amount_cents=30_000)
        order = invoices.receive_order(open_.id, facts, by=FINANCE)
        waited = invoices.promise_order(promised.id, follows_by=None, by=FINANCE)
        invoices.keep_certificate(payer.id, "E-1", certificate, by=FINANCE)
        invoices.keep_w9(w9, by=FINANCE)
        ledger.close_month(2026, 1, by=FINANCE)
    named = {
        "invoice_id": open_.id,
        "document_id": invoices.papers_of(open_.id)[0].id,
        "payer_id": payer.id,
        "order_id": order.id,
        "promised_id": waited.id,
        "promised_for_id": promised.id,
        "year": 2026,
        "month": 2,
        "closed_month": 1,
        "report": "kinds",
    }
    return named, {"document_id": invoices.papers_of(promised.id)[0].id}
