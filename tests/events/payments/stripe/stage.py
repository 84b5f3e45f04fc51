"""A consortium that takes cards, its payers, and what Stripe tells of them."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from consortium.adapters.stripe_gateway.answers import gateway_event
from consortium.cards import CardGateway, CardKeys, GatewayEvent
from consortium.database import db, transaction
from events.invoices.models import Document, Invoice
from events.ledger import service as ledger
from events.ledger.models import JournalEntry
from events.payments.models import Checkout, Payment, Refund
from events.payments.service import stripe
from events.payments.service.exceptions import open_exceptions
from tests.fakes.stripe import KEYS
from tests.fakes.stripe_server import FakeStripe

FINANCE = "finance@example.org"
UUIDS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def take_cards() -> None:
    """Let the consortium take cards with test keys."""
    with transaction():
        version = stripe.card_settings().version
        stripe.keep_keys(KEYS, live=False, version=version, by=FINANCE)


def gateway() -> CardGateway:
    """Return the application's way to Stripe."""
    cards: CardGateway = current_app.extensions["ports"].cards
    return cards


def open_page(invoice: Invoice, keys: CardKeys = KEYS) -> str:
    """Let a payer click; return Stripe's id of the page."""
    with transaction():
        ticket = stripe.begin_checkout(
            invoice.id,
            success_url="http://localhost/done",
            cancel_url="http://localhost/pay",
            by="payer",
        )
    if ticket.wanted is not None:
        begun = gateway().begin_checkout(
            keys, ticket.wanted, idempotency_key=str(ticket.checkout_id)
        )
        with transaction():
            stripe.checkout_opened(ticket.checkout_id, begun)
    found = db.session.get_one(Checkout, ticket.checkout_id).session_id
    assert found is not None
    return found


def told(fake: FakeStripe, *, since: int = 0) -> list[GatewayEvent]:
    """Return what Stripe tells, in the order in which it happened."""
    known = {"payment_intent.created", "charge.pending", "charge.failed", "charge.refund.updated"}
    return [gateway_event(one) for one in fake.events[since:] if one["type"] not in known]


def take_in(events: Iterable[GatewayEvent], *, commit: bool = True) -> list[str]:
    """Store and apply messages one after the other; return their outcomes."""
    outcomes = []
    for event in events:
        if commit:
            with transaction():
                stored = stripe.store_event(event)
            with transaction():
                outcomes.append(stripe.apply_event(stored) if stored else "before")
        else:
            stored = stripe.store_event(event)
            outcomes.append(stripe.apply_event(stored) if stored else "before")
    return outcomes


def books() -> dict[str, Any]:
    """Return all that money left behind, without ids of our own, times and order."""
    db.session.expire_all()
    entries = [
        (
            entry.kind.value,
            _source(entry.source),
            entry.memo,
            entry.on.isoformat(),
            sorted((line.account.value, line.cents, bool(line.invoice_id)) for line in entry.lines),
        )
        for entry in db.session.scalars(select(JournalEntry))
    ]
    invoices = db.session.scalars(select(Invoice).order_by(Invoice.number)).all()
    balances = ledger.invoice_balances([one.id for one in invoices])
    return {
        "entries": sorted(entries, key=repr),
        "payments": sorted(
            (
                one.kind.value,
                one.status.value,
                one.amount_cents,
                one.refunded_cents,
                one.ending,
                one.received_on.isoformat(),
                str(one.intent_id),
            )
            for one in db.session.scalars(select(Payment))
        ),
        "refunds": sorted(
            (one.cents, one.way.value, one.status.value, str(one.supplier_id))
            for one in db.session.scalars(select(Refund))
        ),
        "invoices": [(one.number, balances[one.id]) for one in invoices],
        "papers": sorted(
            (one.series.value, one.total_cents) for one in db.session.scalars(select(Document))
        ),
        "checkouts": sorted(one.status.value for one in db.session.scalars(select(Checkout))),
        "exceptions": sorted((one.kind.value, one.cents) for one in open_exceptions()),
    }


def _source(source: str) -> str:
    return UUIDS.sub("<id>", source)


def intent_of(payment_id: UUID) -> str:
    """Return Stripe's id of a payment."""
    found = db.session.get_one(Payment, payment_id).intent_id
    assert found is not None
    return found


def only_payment() -> Payment:
    """Return the one payment there is."""
    db.session.expire_all()
    return db.session.scalars(select(Payment)).one()
