"""Payment terms to and from the JSON of the institute's row."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from events.institutes.domain.terms.kinds import (
    DUE_DAYS,
    AtCutoff,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
)


def read_terms(raw: Mapping[str, Any], methods: Sequence[str] = ()) -> PaymentTerms:
    """Return the terms that a row holds; what it does not say is as usual.

    ``methods`` are the institute's ways to pay, which are stored beside.
    """
    orders = raw.get("purchase_orders") or {}
    cutoff = orders.get("cutoff")
    return PaymentTerms(
        methods=tuple(methods),
        due_days=raw.get("due_days", DUE_DAYS),
        purchase_orders=PurchaseOrders(
            least_cents=orders.get("least_cents", 0),
            cutoff=date.fromisoformat(cutoff) if cutoff else None,
            at_cutoff=AtCutoff(orders.get("at_cutoff", AtCutoff.REMIND)),
            valid_days=orders.get("valid_days"),
        ),
        refunds=read_refunds(raw.get("refunds") or {}),
        w9_attached=raw.get("w9") == "attached",
        rerate=raw.get("rerate", False),
        payable_to=raw.get("payable_to", ""),
    )


def write_terms(terms: PaymentTerms) -> dict[str, Any]:
    """Return the terms for the row; usual ones are nothing to write."""
    if terms == PaymentTerms(methods=terms.methods):
        return {}
    orders = terms.purchase_orders
    return {
        "due_days": terms.due_days,
        "purchase_orders": {
            "least_cents": orders.least_cents,
            "cutoff": orders.cutoff.isoformat() if orders.cutoff else None,
            "at_cutoff": orders.at_cutoff.value,
            "valid_days": orders.valid_days,
        },
        "refunds": write_refunds(terms.refunds),
        "w9": "attached" if terms.w9_attached else "on_request",
        "rerate": terms.rerate,
        "payable_to": terms.payable_to,
    }


def read_refunds(raw: Mapping[str, Any]) -> RefundRule:
    """Return what is given back when somebody cancels; what is not said is as usual."""
    return RefundRule(
        tiers=tuple(Tier(**tier) for tier in raw.get("tiers", ())),
        free_with_replacement=raw.get("free_with_replacement", True),
    )


def write_refunds(refunds: RefundRule) -> dict[str, Any]:
    """Return all of it, also what is usual."""
    return {
        "tiers": [dict(vars(tier)) for tier in refunds.tiers],
        "free_with_replacement": refunds.free_with_replacement,
    }
