"""What we keep of Stripe's messages: the few things that decide about money, and no person.

A card's last four digits are all that is kept of whoever paid.
"""

from collections.abc import Mapping
from typing import Any

from consortium.cards import GatewayEvent, PaymentFacts, RefundFacts

REFERENCE = "consortium_reference"
"""The key of Stripe's metadata under which our id travels (see the adapter)."""

ASKED = "asked.payment"
"""Not a message of Stripe's but its answer, where the message that should say it did not come."""
LISTED = "listed.refund"

OF_PAYMENT = frozenset(
    {
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "checkout.session.expired",
        "payment_intent.processing",
        "payment_intent.succeeded",
        "payment_intent.payment_failed",
        "payment_intent.canceled",
        "charge.succeeded",
        "charge.failed",
        "charge.refunded",
        ASKED,
    }
)
OF_REFUND = frozenset(
    {"refund.created", "refund.updated", "refund.failed", "charge.refund.updated", LISTED}
)
OF_DISPUTE = frozenset(
    {
        "charge.dispute.created",
        "charge.dispute.updated",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    }
)
KNOWN = OF_PAYMENT | OF_REFUND | OF_DISPUTE


class Unreadable(ValueError):
    """A message of a known kind lacks what such a message has."""


def kept_of(event: GatewayEvent) -> dict[str, Any]:
    """Return what we keep of a message. Raises ``Unreadable``."""
    thing = event.data
    if event.type not in KNOWN:
        return {"id": str(thing.get("id", ""))[:255]}
    try:
        return _READERS[str(thing["object"])](thing)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"{event.type} lacks {error}") from None


def asked_of(facts: PaymentFacts) -> dict[str, Any]:
    """Return the same of a payment that we asked about."""
    return {
        "reference": facts.reference,
        "cents": facts.received_cents or facts.cents,
        "currency": facts.currency,
        "status": facts.status,
        "charge": facts.charge_id,
        "method": facts.method or "card",
        "ending": "",
    }


def listed_of(facts: RefundFacts) -> dict[str, Any]:
    """Return the same of a refund that we asked about."""
    return {
        "id": facts.id,
        "reference": facts.reference,
        "cents": facts.cents,
        "currency": facts.currency,
        "status": facts.status,
        "failure": facts.failure or "",
    }


def _session(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _text(thing["id"]),
        "reference": _reference(thing),
        "cents": _cents(thing.get("amount_total") or 0),
        "currency": _text(thing.get("currency") or ""),
        "status": _text(thing.get("status") or ""),
        "payment_status": _text(thing["payment_status"]),
    }


def _intent(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "reference": _reference(thing),
        "cents": _cents(thing.get("amount_received") or thing["amount"]),
        "currency": _text(thing["currency"]),
        "status": _text(thing["status"]),
        "charge": _id_of(thing.get("latest_charge")),
    }


def _charge(thing: Mapping[str, Any]) -> dict[str, Any]:
    details = thing.get("payment_method_details") or {}
    method = details.get("type") or "card"
    return {
        "reference": _reference(thing),
        "cents": _cents(thing.get("amount_captured") or thing["amount"]),
        "currency": _text(thing["currency"]),
        "status": _text(thing["status"]),
        "charge": _text(thing["id"]),
        "method": _text(method),
        "ending": _text((details.get(method) or {}).get("last4") or "")[:4],
    }


def _refund(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": _text(thing["id"]),
        "reference": _reference(thing),
        "cents": _cents(thing["amount"]),
        "currency": _text(thing["currency"]),
        "status": _text(thing.get("status") or ""),
        "failure": _text(thing.get("failure_reason") or ""),
    }


def _dispute(thing: Mapping[str, Any]) -> dict[str, Any]:
    moved = [_cents(one["amount"], least=None) for one in thing.get("balance_transactions") or ()]
    return {
        "id": _text(thing["id"]),
        "cents": _cents(thing["amount"]),
        "currency": _text(thing["currency"]),
        "status": _text(thing["status"]),
        "reason": _text(thing.get("reason") or ""),
        "withdrawn": -sum(cents for cents in moved if cents < 0),
        "reinstated": sum(cents for cents in moved if cents > 0),
    }


_READERS = {
    "checkout.session": _session,
    "payment_intent": _intent,
    "charge": _charge,
    "refund": _refund,
    "dispute": _dispute,
}


def _reference(thing: Mapping[str, Any]) -> str | None:
    named = (thing.get("metadata") or {}).get(REFERENCE)
    return None if named is None else _text(named)


def _id_of(linked: Any) -> str | None:
    named = linked["id"] if isinstance(linked, Mapping) else linked
    return None if named is None else _text(named)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("a text")
    return value.replace("\0", "")[:255]


def _cents(value: Any, *, least: int | None = 0) -> int:
    # A truth value or a float that happens to be whole is no amount of money.
    if type(value) is not int or (least is not None and value < least):
        raise TypeError("whole cents")
    return value
