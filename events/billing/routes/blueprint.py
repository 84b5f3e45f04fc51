"""What every page about money of a team starts from."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, g

from consortium.access import Permission
from consortium.people.domain import NotAnAddress
from events.billing.domain.splitting import BASIS_WORDS, percent
from events.invoices import service as invoices
from events.invoices.domain import METHOD_WORDS, PAYER_WORDS, STANDING_WORDS, MoneyRefused
from events.invoices.domain.orders import ORDER_WORDS
from events.invoices.domain.paper_days import day_in_words
from events.invoices.emails import link_to
from events.invoices.service import InvoiceView
from events.registration.domain import RegistrationRefused
from events.registration.service import Editor

bp = Blueprint("billing", __name__)
payer_bp = Blueprint("payer", __name__)

REFUSALS = (MoneyRefused, RegistrationRefused, NotAnAddress)
"""What a page shows beside its form; anything else is a page of its own (404, 409)."""


@bp.app_context_processor
def _words() -> dict[str, Any]:
    return {
        "payer_words": PAYER_WORDS,
        "method_words": METHOD_WORDS,
        "standing_words": STANDING_WORDS,
        "order_words": ORDER_WORDS,
        "basis_words": BASIS_WORDS,
        "as_percent": percent,
        "day_in_words": day_in_words,
        "link_to_invoice": link_to,
        "my_invoices": _my_invoices,
    }


def _my_invoices() -> Sequence[InvoiceView]:
    return invoices.invoices_of_contact(g.identity.email)


def money_editor() -> Editor:
    """Return who asks: finance works on every team's bill, as coordinators do."""
    everyones = {Permission.MANAGE_TEAMS, Permission.SEE_MONEY}
    return Editor(
        email=g.identity.email,
        person_id=g.person.id if g.person else None,
        coordinates=not everyones.isdisjoint(g.permissions),
    )
