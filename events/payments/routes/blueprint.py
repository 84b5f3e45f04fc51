"""What every page of payments starts from."""

from typing import Any

from flask import Blueprint, current_app, g, request, url_for

from events.payments.domain import (
    EXCEPTION_WORDS,
    KIND_WORDS,
    LINE_WORDS,
    REFUND_WORDS,
    STATUS_WORDS,
    WAY_WORDS,
)
from events.payments.service.applying import in_words

bp = Blueprint("payments", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "payment_words": in_words,
        "payment_kinds": KIND_WORDS,
        "payment_statuses": STATUS_WORDS,
        "refund_statuses": REFUND_WORDS,
        "refund_ways": WAY_WORDS,
        "exception_kinds": EXCEPTION_WORDS,
        "line_ends": LINE_WORDS,
        "page_of_invoice": _page_of_invoice,
        "money_home": _money_home,
    }


def by() -> str:
    """Return who acts, as the record says it."""
    address: str = g.identity.email
    return address


def page_number() -> int:
    """Return which page of a list the address asks for."""
    return request.args.get("page", default=1, type=int)


def _page_of_invoice(invoice_id: object) -> str:
    """Return the address of an invoice's page; empty while there is no such page."""
    if "books.invoice" not in current_app.view_functions:
        return ""
    return url_for("books.invoice", invoice_id=invoice_id)


def _money_home() -> str:
    home = "books.home" if "books.home" in current_app.view_functions else "payments.payments"
    return url_for(home)
