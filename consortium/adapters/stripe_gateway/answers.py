"""What Stripe answers, read into our own values."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from consortium.cards import (
    CheckoutBegun,
    CheckoutFacts,
    DisputeFacts,
    GatewayEvent,
    PaymentFacts,
    RefundFacts,
)

REFERENCE = "consortium_reference"
"""The key of Stripe's metadata under which our id travels on all that we begin."""


def moment(seconds: int) -> datetime:
    """Return Stripe's seconds as an aware moment."""
    return datetime.fromtimestamp(seconds, UTC)


def checkout_begun(session: Mapping[str, Any]) -> CheckoutBegun:
    """Read a Checkout Session that was just opened."""
    return CheckoutBegun(
        id=session["id"],
        url=session["url"],
        expires_at=moment(session["expires_at"]),
        payment_intent_id=_id_of(session.get("payment_intent")),
    )


def checkout_facts(session: Mapping[str, Any]) -> CheckoutFacts:
    """Read a Checkout Session."""
    return CheckoutFacts(
        id=session["id"],
        reference=reference_of(session),
        status=session.get("status") or "",
        payment_status=session["payment_status"],
        cents=session.get("amount_total") or 0,
        currency=session.get("currency") or "",
        payment_intent_id=_id_of(session.get("payment_intent")),
        url=session.get("url"),
        created=moment(session["created"]),
        expires_at=moment(session["expires_at"]),
    )


def payment_facts(intent: Mapping[str, Any]) -> PaymentFacts:
    """Read a PaymentIntent whose latest charge, and that charge's balance, were asked for."""
    latest = intent.get("latest_charge")
    charge: Mapping[str, Any] = latest if isinstance(latest, dict) else {}
    entry = charge.get("balance_transaction")
    details = charge.get("payment_method_details") or {}
    return PaymentFacts(
        id=intent["id"],
        status=intent["status"],
        cents=intent["amount"],
        received_cents=intent.get("amount_received") or 0,
        currency=intent["currency"],
        reference=reference_of(intent),
        created=moment(intent["created"]),
        livemode=intent["livemode"],
        charge_id=_id_of(latest),
        method=details.get("type"),
        digits=(details.get(details.get("type") or "") or {}).get("last4"),
        refunded_cents=charge.get("amount_refunded") or 0,
        disputed=bool(charge.get("disputed")),
        fee_cents=entry["fee"] if isinstance(entry, dict) else None,
        failure=(intent.get("last_payment_error") or {}).get("code"),
        metadata=dict(intent.get("metadata") or {}),
    )


def refund_facts(refund: Mapping[str, Any]) -> RefundFacts:
    """Read a Refund."""
    return RefundFacts(
        id=refund["id"],
        status=refund.get("status") or "",
        cents=refund["amount"],
        currency=refund["currency"],
        payment_intent_id=_id_of(refund.get("payment_intent")),
        charge_id=_id_of(refund.get("charge")),
        reference=reference_of(refund),
        created=moment(refund["created"]),
        failure=refund.get("failure_reason"),
    )


def dispute_facts(dispute: Mapping[str, Any]) -> DisputeFacts:
    """Read a Dispute."""
    entries = dispute.get("balance_transactions") or ()
    return DisputeFacts(
        id=dispute["id"],
        status=dispute["status"],
        cents=dispute["amount"],
        currency=dispute["currency"],
        payment_intent_id=_id_of(dispute.get("payment_intent")),
        charge_id=_id_of(dispute.get("charge")),
        reason=dispute.get("reason") or "",
        created=moment(dispute["created"]),
        withdrawn_cents=-sum(one["amount"] for one in entries),
        fee_cents=sum(one.get("fee") or 0 for one in entries),
    )


def gateway_event(event: Mapping[str, Any]) -> GatewayEvent:
    """Read an Event. Raises ``KeyError`` or ``TypeError`` when it is none."""
    named, kind, live, thing = (
        event["id"],
        event["type"],
        event["livemode"],
        event["data"]["object"],
    )
    if not (isinstance(named, str) and isinstance(kind, str) and isinstance(live, bool)):
        raise TypeError("id and type are texts, livemode is true or false")
    if not isinstance(thing, Mapping):
        raise TypeError("an event tells of an object")
    return GatewayEvent(
        id=named,
        type=kind,
        created=moment(event["created"]),
        livemode=live,
        data=dict(thing),
        api_version=event.get("api_version"),
    )


def reference_of(thing: Mapping[str, Any]) -> str | None:
    """Return our id on a Stripe object, or ``None`` for what is not ours."""
    named: str | None = (thing.get("metadata") or {}).get(REFERENCE)
    return named


def _id_of(linked: str | Mapping[str, Any] | None) -> str | None:
    """Return the id of a linked object, which Stripe writes as an id or, when asked, whole."""
    return linked["id"] if isinstance(linked, Mapping) else linked
