"""A file says how the institute is paid for."""

from datetime import date
from typing import Any

import pytest

from consortium.tenants.models import Tenant
from events.institutes.domain.terms import (
    AtCutoff,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
)
from events.programmes import service as programmes
from events.programmes.domain import parse
from tests.events.programmes.files import as_bytes, faults, parsed
from tests.events.programmes.loads import load

SAID: dict[str, Any] = {
    "due_days": 45,
    "purchase_orders": {
        "least_cents": 100_000,
        "cutoff": "2027-05-01",
        "at_cutoff": "waitlist",
        "valid_days": 90,
    },
    "refunds": {
        "tiers": [
            {"days": 3, "keep_cents": 5_000},
            {"days": 10, "working": True, "keep_basis_points": 2_500},
        ],
        "free_with_replacement": False,
    },
    "w9": "attached",
    "rerate": True,
    "payable_to": "Rutgers, SMLR",
}
MEANT = PaymentTerms(
    methods=("check", "purchase_order"),
    due_days=45,
    purchase_orders=PurchaseOrders(
        least_cents=100_000, cutoff=date(2027, 5, 1), at_cutoff=AtCutoff.WAITLIST, valid_days=90
    ),
    refunds=RefundRule(
        tiers=(
            Tier(days=10, working=True, keep_basis_points=2_500),
            Tier(days=3, keep_cents=5_000),
        ),
        free_with_replacement=False,
    ),
    w9_attached=True,
    rerate=True,
    payable_to="Rutgers, SMLR",
)
METHODS = ["check", "purchase_order"]


def test_what_a_file_says_of_paying_is_kept_and_written_back(tenant: Tenant) -> None:
    institute = load(parsed(payment_methods=METHODS, payment_terms=SAID))

    assert programmes.programme_of(institute).payment_terms == MEANT
    again = parse(as_bytes(programmes.export_programme(institute))).programme
    assert again.payment_terms == MEANT
    assert programmes.plan(again).changes == ()


def test_a_file_that_is_silent_on_paying_leaves_it_and_one_that_speaks_tells_what_changes(
    tenant: Tenant,
) -> None:
    load(parsed(payment_methods=METHODS, payment_terms=SAID))
    silent = parsed(payment_methods=METHODS)
    assert programmes.programme_of(load(silent)).payment_terms == MEANT

    plan = programmes.plan(parsed(payment_methods=METHODS, payment_terms={**SAID, "due_days": 30}))

    assert [(change.what, change.before, change.after) for change in plan.changes] == [
        ("Invoices are due", "45 days after their date", "30 days after their date")
    ]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("terms", "place"),
    [
        ({"due_days": 366}, "payment_terms.due_days"),
        ({"due_dayz": 30}, "payment_terms.due_dayz"),
        ({"w9": "always"}, "payment_terms.w9"),
        ({"purchase_orders": {"cutoff": "soon"}}, "payment_terms.purchase_orders.cutoff"),
        ({"purchase_orders": {"least_cents": -1}}, "payment_terms.purchase_orders.least_cents"),
        (
            {"refunds": {"tiers": [{"days": 1, "keep_cents": 1, "keep_basis_points": 1}]}},
            "payment_terms.refunds.tiers[0]",
        ),
    ],
)
def test_terms_that_nobody_means_are_faults_at_their_place(
    terms: dict[str, Any], place: str
) -> None:
    assert [at for at, _ in faults(payment_terms=terms)] == [f"$.{place}"]
