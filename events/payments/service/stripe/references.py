"""How Stripe's objects name our payment pages, so that we know our own again.

One account of Stripe's may serve several consortia, or another installation for trials: each
hears of everybody's payments, and takes what names itself.
"""

from uuid import UUID

from consortium.tenancy import require_tenant

BETWEEN = "_"


def reference_to(checkout_id: UUID) -> str:
    """Return what stands on everything at Stripe that a payment page of ours leads to."""
    return f"{require_tenant()}{BETWEEN}{checkout_id}"


def is_ours(reference: str | None) -> bool:
    """Tell whether something at Stripe was begun by this consortium."""
    return checkout_id_in(reference) is not None


def checkout_id_in(reference: str | None) -> UUID | None:
    """Return which of our payment pages a reference names; ``None`` for what others began."""
    whose, _, named = (reference or "").partition(BETWEEN)
    if whose != str(require_tenant()):
        return None
    try:
        return UUID(named)
    except ValueError:
        return None
