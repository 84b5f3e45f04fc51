"""Worked examples show what the rules make different, and leave out what they do not."""

from datetime import date

import pytest

from events.institutes.domain.fees.examples import never_counted, worked_examples
from tests.events.institutes.fees.parties import CALIFORNIA, COHORT, PAL, rules

pytestmark = pytest.mark.pure
TODAY = date(2027, 2, 1)


def totals(fees: dict[str, object]) -> dict[str, int]:
    return {one.title: one.charge.total_cents for one in worked_examples(fees, on=TODAY)}


def test_sizes_are_usual_ones_and_those_at_which_the_price_changes() -> None:
    assert totals(CALIFORNIA) == {
        "A team of 3 people": 0,
        "A team of 5 people": 0,
        "A team of 6 people": 15000,
        "A team of 7 people": 30000,
        "A team of 12 people": 105000,
    }


def test_what_the_rules_make_different_has_an_example() -> None:
    fees = rules(
        {"code": "flat", "each_cents": 10000},
        {"code": "early_rate", "each_cents": 8000, "until": "2027-03-01"},
        {"code": "role_price", "roles": ["site_leader"], "each_cents": 100},
        {"code": "visitor_fee", "each_cents": 500},
        {"code": "guest_fee", "states": ["DE"], "each_cents": 200},
        {"code": "choice_fee", "choice": "strand:x", "each_cents": 1},
        {"code": "sponsor_credit", "by": "NEA", "each_cents": -6000, "affiliation": "NEA"},
        {"code": "discount", "name": "A", "basis_points": 5000},
        {"code": "purchase_order_fee", "each_cents": 2500},
    )

    found = totals(fees)

    for n in (3, 5, 7, 12):
        assert found.pop(f"A team of {n} people") == n * 8000
    assert found == {
        "One visitor": 500,
        "7 people from Delaware": 1400,
        "7 people, one of them: Site leader": 48100,
        "7 people, one of them there: Strand: X": 56001,
        "7 people, local affiliated to NEA": 50000,
        "7 people with the code “A”": 28000,
        "7 people, paid by purchase order": 58500,
        "7 people, at the prices of Mon, Mar 1, 2027": 56000,
        "7 people, at the prices of Tue, Mar 2, 2027": 70000,
    }


def test_a_cap_is_shown_with_a_large_team() -> None:
    cap = {"code": "cap", "per": "team", "most_cents": 90000}

    assert totals(rules({"code": "flat", "each_cents": 10000}, cap))["A team of 30 people"] == 90000


def test_only_what_no_example_counts_is_told_beside_them() -> None:
    assert never_counted(worked_examples(COHORT, on=TODAY)) == (
        "What is left is shared by district and local association, 50% each.",
    )
    assert len(never_counted(worked_examples(PAL, on=TODAY))) == 1
    assert never_counted(worked_examples({}, on=TODAY)) == ()


def test_the_ends_of_the_calendar_break_nothing() -> None:
    price = {"code": "early_rate", "each_cents": 1, "from": "0001-01-01", "until": "9999-12-31"}

    assert len(totals(rules(price))) == 4
