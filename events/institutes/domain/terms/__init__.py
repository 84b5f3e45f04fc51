"""How an institute is paid for: due days, purchase orders, refunds."""

from events.institutes.domain.terms.kinds import (
    CUTOFF_WORDS,
    DUE_DAYS,
    LONGEST,
    AtCutoff,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
    in_order,
)
from events.institutes.domain.terms.refunds import (
    Cancelling,
    Dates,
    Kept,
    kept_cents,
    tier_in_words,
    working_days,
)
from events.institutes.domain.terms.stored import (
    read_refunds,
    read_terms,
    write_refunds,
    write_terms,
)

__all__ = [
    "CUTOFF_WORDS",
    "DUE_DAYS",
    "LONGEST",
    "AtCutoff",
    "Cancelling",
    "Dates",
    "Kept",
    "PaymentTerms",
    "PurchaseOrders",
    "RefundRule",
    "Tier",
    "in_order",
    "kept_cents",
    "read_refunds",
    "read_terms",
    "tier_in_words",
    "working_days",
    "write_refunds",
    "write_terms",
]
