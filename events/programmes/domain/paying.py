"""Read and write how the institute is paid for, as its payment terms say it."""

from collections.abc import Sequence
from typing import Any

from consortium.words import say
from events.institutes.domain.terms import (
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
    in_order,
    write_terms,
)
from events.programmes.domain.faults import Findings, Place
from events.programmes.domain.parts import read_part
from events.programmes.domain.paying_shapes import W9, PaymentTermsShape, RefundsShape

PLACE: Place = ("payment_terms",)


def read_payment_terms(raw: Any, methods: Sequence[str], findings: Findings) -> PaymentTerms | None:
    """Return them; ``None`` when the file does not speak of them, and what is set stays."""
    said = None if raw is None else read_part(PaymentTermsShape, raw, PLACE, findings)
    if said is None:
        return None
    orders = said.purchase_orders
    return PaymentTerms(
        methods=tuple(methods),
        due_days=said.due_days,
        purchase_orders=PurchaseOrders(
            least_cents=orders.least_cents,
            cutoff=orders.cutoff,
            at_cutoff=orders.at_cutoff,
            valid_days=orders.valid_days,
        ),
        refunds=RefundRule(
            tiers=_tiers(said.refunds, findings),
            free_with_replacement=said.refunds.free_with_replacement,
        ),
        w9_attached=said.w9 is W9.ATTACHED,
        rerate=said.rerate,
        payable_to=said.payable_to,
    )


def written_payment_terms(terms: PaymentTerms | None) -> dict[str, Any]:
    """Return them as they stand in a file; usual ones are left out."""
    return {} if terms is None else write_terms(terms)


def _tiers(said: RefundsShape, findings: Findings) -> tuple[Tier, ...]:
    for n, tier in enumerate(said.tiers):
        if tier.keep_basis_points and tier.keep_cents:
            findings.fault(
                (*PLACE, "refunds", "tiers", n),
                say("Write either keep_basis_points or keep_cents."),
            )
    return in_order([Tier(**tier.model_dump()) for tier in said.tiers])
