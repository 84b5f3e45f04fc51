"""What every page of payments starts from."""

from typing import Any

from flask import Blueprint, g, request

from events.ledger.domain import KIND_WORDS as ENTRY_WORDS
from events.payments.domain import (
    EXCEPTION_WORDS,
    KIND_WORDS,
    LINE_WORDS,
    REFUND_WORDS,
    STATUS_WORDS,
    WAY_WORDS,
)
from events.payments.service import exceptions
from events.payments.service.applying import in_words

bp = Blueprint("payments", __name__)


@bp.context_processor
def _words() -> dict[str, Any]:
    return {
        "payment_words": in_words,
        "entry_words": ENTRY_WORDS,
        "payment_kinds": KIND_WORDS,
        "payment_statuses": STATUS_WORDS,
        "refund_statuses": REFUND_WORDS,
        "refund_ways": WAY_WORDS,
        "exception_kinds": EXCEPTION_WORDS,
        "line_ends": LINE_WORDS,
    }


@bp.app_context_processor
def _waiting() -> dict[str, Any]:
    """Let the pages of money say beside each other how many exceptions wait."""
    return {"open_exceptions": exceptions.open_count}


def by() -> str:
    """Return who acts, as the record says it."""
    address: str = g.identity.email
    return address


def page_number() -> int:
    """Return which page of a list the address asks for."""
    return request.args.get("page", default=1, type=int)
