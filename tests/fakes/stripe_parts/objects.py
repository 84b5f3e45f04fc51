"""How Stripe's objects look, as its current fixtures show them."""

from typing import Any

from tests.fakes.stripe_parts.state import Thing

CARD, BANK = "card", "us_bank_account"
FEE_OF_A_DISPUTE = 1500  # cents


def session(params: dict[str, Any], *, cents: int, expires_at: int) -> Thing:
    return {
        "adaptive_pricing": {
            "enabled": params.get("adaptive_pricing", {}).get("enabled") == "true"
        },
        "amount_subtotal": cents,
        "amount_total": cents,
        "cancel_url": params.get("cancel_url"),
        "client_reference_id": params.get("client_reference_id"),
        "currency": params["line_items"][0]["price_data"]["currency"],
        "customer": None,
        "customer_details": None,
        "customer_email": params.get("customer_email"),
        "expires_at": expires_at,
        "metadata": params.get("metadata", {}),
        "mode": "payment",
        "payment_intent": None,
        "payment_method_options": {},
        "payment_method_types": params.get("allowed_payment_method_types", [CARD]),
        "payment_status": "unpaid",
        "status": "open",
        "submit_type": None,
        "success_url": params["success_url"],
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
    }


def intent(session: Thing, *, metadata: dict[str, str], description: str | None) -> Thing:
    return {
        "amount": session["amount_total"],
        "amount_capturable": 0,
        "amount_received": 0,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": "automatic",
        "currency": session["currency"],
        "customer": None,
        "description": description,
        "last_payment_error": None,
        "latest_charge": None,
        "metadata": metadata,
        "next_action": None,
        "payment_method": None,
        "payment_method_types": session["payment_method_types"],
        "receipt_email": None,
        "status": "requires_payment_method",
    }


def charge(intent: Thing, *, method: str, status: str, email: str | None) -> Thing:
    details = (
        {"type": CARD, CARD: {"brand": "visa", "funding": "credit", "last4": "4242"}}
        if method == CARD
        else {"type": BANK, BANK: {"bank_name": "STRIPE TEST BANK", "last4": "6789"}}
    )
    return {
        "amount": intent["amount"],
        "amount_captured": intent["amount"] if status != "failed" else 0,
        "amount_refunded": 0,
        "balance_transaction": None,
        "billing_details": {"email": email, "name": None, "phone": None},
        "captured": status != "failed",
        "currency": intent["currency"],
        "description": intent["description"],
        "disputed": False,
        "failure_code": None,
        "failure_message": None,
        "metadata": dict(intent["metadata"]),
        "paid": status == "succeeded",
        "payment_intent": intent["id"],
        "payment_method_details": details,
        "refunded": False,
        "status": status,
    }


def balance_transaction(
    source: Thing, kind: str, *, cents: int, fee: int = 0, at: int
) -> dict[str, Any]:
    return {
        "amount": cents,
        "available_on": at,
        "currency": source["currency"],
        "description": source.get("description"),
        "fee": fee,
        "fee_details": [],
        "net": cents - fee,
        "reporting_category": kind,
        "source": source["id"],
        "status": "available",
        "type": kind,
    }


def refund(charge: Thing, params: dict[str, Any], *, cents: int, status: str) -> Thing:
    method = charge["payment_method_details"]["type"]
    return {
        "amount": cents,
        "balance_transaction": None,
        "charge": charge["id"],
        "currency": charge["currency"],
        "destination_details": {"type": method},
        "metadata": params.get("metadata") or {},
        "payment_intent": charge["payment_intent"],
        "reason": params.get("reason"),
        "receipt_number": None,
        "status": status,
    }


def dispute(charge: Thing, *, cents: int, reason: str, due_by: int) -> Thing:
    return {
        "amount": cents,
        "balance_transactions": [],
        "charge": charge["id"],
        "currency": charge["currency"],
        "evidence": {},
        "evidence_details": {
            "due_by": due_by,
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": {"type": charge["payment_method_details"]["type"]},
        "reason": reason,
        "status": "needs_response",
    }


def fee_of(cents: int, method: str) -> int:
    """Return what Stripe keeps: 2.9 % and 30 cents of a card, 0.8 % and at most $5 of a bank."""
    if method == CARD:
        return (cents * 29 + 500) // 1000 + 30
    return min((cents * 8 + 500) // 1000, 500)
