"""What holds of every charge, whatever the rules and the party."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.institutes.domain.fees import (
    Head,
    Party,
    charge,
    default_shares,
    discounts,
    fees_in_words,
    read_rules,
)
from events.institutes.domain.fees.rules import KINDS
from tests.events.institutes.fees.parties import joined_by

pytestmark = pytest.mark.pure
TODAY = date(2027, 3, 1)
CENTS = st.integers(0, 200_000)
DAYS = st.sampled_from(["2027-02-28", "2027-03-01", "2027-03-02"])
SPANS = st.fixed_dictionaries({}, optional={"from": DAYS, "until": DAYS})
ROLES = st.lists(st.sampled_from(["teacher", "board"]), min_size=1, unique=True)
CHOICES = ("day:2027-03-09", "strand:x")


def _rule(code: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    made = st.fixed_dictionaries({"code": st.just(code), **fields})
    return st.builds(lambda rule, span: {**rule, **span}, made, SPANS)


UNITS = st.sampled_from(["person", "team"])
PRICES = st.one_of(
    _rule("flat", per=UNITS, each_cents=CENTS),
    _rule("early_rate", per=UNITS, each_cents=CENTS),
    _rule("free_first_n", n=st.integers(0, 6), then_each_cents=CENTS),
    _rule("team_size", n=st.integers(0, 6), each_cents=CENTS, then_each_cents=CENTS),
    _rule("role_price", roles=ROLES, each_cents=CENTS),
    _rule("visitor_fee", each_cents=CENTS),
    _rule("guest_fee", per=UNITS, each_cents=CENTS),
    _rule("choice_fee", choice=st.sampled_from(CHOICES), each_cents=CENTS),
    _rule("affiliate_rate", affiliation=st.just("NEA"), per=UNITS, each_cents=CENTS),
)
REDUCTIONS = st.one_of(
    _rule("cap", per=st.sampled_from(["team", "LEA"]), most_cents=CENTS),
    _rule("discount", name=st.just("A"), basis_points=st.integers(1, 10_000)),
    _rule("sponsor_credit", by=st.sampled_from(["NEA", "AFT"]), per=UNITS, each_cents=CENTS),
    _rule("purchase_order_fee", each_cents=CENTS),
)
RULES = st.lists(PRICES | REDUCTIONS, max_size=5)
HEADS = st.builds(
    Head,
    roles=st.lists(st.sampled_from(["teacher", "board"]), max_size=2).map(tuple),
    choices=st.lists(st.sampled_from(CHOICES), unique=True).map(tuple),
    visitor=st.booleans(),
)
PARTIES = st.builds(
    Party,
    heads=st.lists(HEADS, max_size=8).map(tuple),
    comes_as_team=st.booleans(),
    guest=st.booleans(),
    affiliations=st.sampled_from([frozenset[str](), frozenset({"NEA"})]),
    discount_code=st.sampled_from(["", "a"]),
    by_purchase_order=st.booleans(),
    others_of_lea=st.integers(0, 4),
)


@given(rules=RULES, party=PARTIES)
def test_the_total_is_the_sum_of_whole_cents_and_never_below_nothing(
    rules: list[dict[str, Any]], party: Party
) -> None:
    found = charge({"rules": rules}, party, on=TODAY)

    assert found.total_cents == sum(line.n * line.each_cents for line in found.lines) >= 0
    assert all(type(line.each_cents) is int and line.n > 0 for line in found.lines)
    assert all(line.n == len(line.heads) for line in found.lines if line.heads)
    assert found == charge({"rules": rules}, party, on=TODAY)


@given(rules=st.lists(PRICES | REDUCTIONS, max_size=4), party=PARTIES)
def test_the_order_of_the_rules_does_not_matter(rules: list[dict[str, Any]], party: Party) -> None:
    totals = {
        charge({"rules": list(other)}, party, on=TODAY).total_cents for other in permutations(rules)
    }

    assert len(totals) == 1


@given(rules=st.lists(PRICES, max_size=5), party=PARTIES, one=HEADS)
def test_another_person_never_lowers_what_there_is_to_pay(
    rules: list[dict[str, Any]], party: Party, one: Head
) -> None:
    before = charge({"rules": rules}, replace(party, discount_code=""), on=TODAY)
    after = charge({"rules": rules}, joined_by(replace(party, discount_code=""), one), on=TODAY)

    assert after.total_cents >= before.total_cents


@given(party=PARTIES, most=CENTS, rules=RULES)
def test_a_cap_is_never_passed(party: Party, most: int, rules: list[dict[str, Any]]) -> None:
    cap = {"code": "cap", "per": "LEA", "most_cents": most}
    found = charge({"rules": [*rules, cap]}, replace(party, by_purchase_order=False), on=TODAY)

    assert found.total_cents <= most


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["n", "per", "each_cents", "then_each_cents", "by", "when", "payers", "between", "share",
     "day", "roles", "states", "choice", "affiliation", "name", "basis_points", "limit",
     "most_cents", "total_cents", "from", "until"]
)  # fmt: skip


@given(
    code=st.sampled_from(["", "early_bird", *KINDS]),
    rule=st.dictionaries(FIELDS, ANYTHING),
    party=PARTIES,
)
def test_a_rule_of_any_shape_is_charged_or_told_and_never_breaks(
    code: str, rule: dict[str, Any], party: Party
) -> None:
    fees = {"rules": [{**rule, "code": code}]}

    found = charge(fees, party, on=TODAY)

    assert found.total_cents >= 0
    assert all(isinstance(note, str) and note for note in found.notes)
    assert len(fees_in_words(fees)) == len(read_rules(fees)) == 1
    assert len(discounts(fees)) <= 1
    assert sum(share.basis_points for share in default_shares(fees)) <= 10_000
