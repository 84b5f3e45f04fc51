"""Payment terms as values, and as the row holds them."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.institutes.domain.terms import (
    AtCutoff,
    PaymentTerms,
    PurchaseOrders,
    RefundRule,
    Tier,
    read_terms,
    write_terms,
)

pytestmark = pytest.mark.pure
TERMS = st.builds(
    PaymentTerms,
    methods=st.sampled_from([(), ("check", "card")]),
    due_days=st.integers(0, 365),
    purchase_orders=st.builds(
        PurchaseOrders,
        least_cents=st.integers(0, 10**8),
        cutoff=st.none() | st.dates(),
        at_cutoff=st.sampled_from(AtCutoff),
        valid_days=st.none() | st.integers(0, 999),
    ),
    refunds=st.builds(
        RefundRule,
        tiers=st.lists(
            st.builds(
                Tier, days=st.integers(0, 99), working=st.booleans(), keep_cents=st.integers(0, 9)
            ),
            max_size=3,
        ).map(tuple),
        free_with_replacement=st.booleans(),
    ),
    w9_attached=st.booleans(),
    rerate=st.booleans(),
    payable_to=st.text(max_size=20),
)


@given(terms=TERMS)
def test_terms_come_back_from_the_row_as_they_were(terms: PaymentTerms) -> None:
    stored = json.loads(json.dumps(write_terms(terms)))

    assert read_terms(stored, terms.methods) == terms


def test_a_row_that_says_nothing_has_the_usual_terms() -> None:
    assert read_terms({}) == PaymentTerms()
    assert write_terms(PaymentTerms(methods=("card",))) == {}
    assert PaymentTerms().due_days == 30


def test_what_is_offered_follows_the_ways_to_pay() -> None:
    by_mail = PaymentTerms(methods=("purchase_order", "check"))

    assert (by_mail.takes_purchase_orders, by_mail.takes_cards) == (True, False)
    assert PaymentTerms().takes_cards
    assert not PaymentTerms(methods=("card",)).takes_bank_accounts


def test_a_purchase_order_may_be_too_small_or_too_late() -> None:
    orders = PurchaseOrders(least_cents=100000, cutoff=date(2027, 5, 1), valid_days=30)

    assert orders.why_not(100000, on=date(2027, 5, 1)) is None
    assert orders.why_not(99999, on=date(2027, 5, 1)) == (
        "Purchase orders are taken for $1,000.00 or more. Choose another way to pay."
    )
    assert orders.why_not(100000, on=date(2027, 5, 2)) == (
        "Purchase orders were taken until Sat, May 1, 2027. Choose another way to pay."
    )
    follow = [orders.to_follow_by(date(2027, 5, day)) for day in (1, 2)]
    assert follow == [date(2027, 5, 1), None]
    assert orders.expires_on(date(2027, 4, 1)) == date(2027, 5, 1)
    assert PurchaseOrders().expires_on(date(2027, 4, 1)) is None
