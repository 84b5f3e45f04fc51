"""What is taken off a price, and what is put on for a purchase order."""

from datetime import date
from typing import Any

import pytest

from events.institutes.domain.fees import Head, Party, charge, find_discount
from tests.events.institutes.fees.parties import joined_by, rules, team

pytestmark = pytest.mark.pure
TODAY = date(2027, 5, 10)
FLAT = {"code": "flat", "per": "person", "each_cents": 10001}
TENTH = {
    "code": "discount", "name": "SPRING 27", "basis_points": 1000, "limit": 3,
    "until": "2027-05-10",
}  # fmt: skip


def cents(fees: dict[str, Any], party: Party, on: date = TODAY) -> list[int]:
    return [line.cents for line in charge(fees, party, on=on).lines]


def test_a_credit_never_makes_it_less_than_nothing_and_the_lines_add_up() -> None:
    fees = rules({"code": "sponsor_credit", "by": "NEA", "each_cents": -75000})

    found = charge(fees, team(5), on=TODAY)

    assert [(line.what, line.cents) for line in found.lines] == [
        ("Paid by NEA", -75000),
        ("More taken off than there was to pay", 75000),
    ]
    assert found.total_cents == 0


def test_a_code_takes_its_share_off_and_the_half_cent_goes_to_the_team() -> None:
    fees = rules(FLAT, {**TENTH, "basis_points": 5000})

    assert cents(fees, team(1, discount_code="spring27")) == [10001, -5001]
    assert cents(fees, team(1)) == [10001]


def test_a_code_that_is_over_or_unknown_is_told() -> None:
    late = charge(rules(FLAT, TENTH), team(1, discount_code="SPRING 27"), on=date(2027, 5, 11))

    assert late.total_cents == 10001
    assert late.notes == ("The discount code “SPRING 27” does not hold here.",)
    assert find_discount(rules(FLAT, TENTH), "WINTER", on=TODAY) is None
    assert find_discount(rules(FLAT, TENTH), " ", on=TODAY) is None
    found = find_discount(rules(FLAT, TENTH), "Spring 27", on=TODAY)
    assert found is not None
    assert found.limit == 3


def test_nobody_reads_the_words_of_a_code_who_did_not_type_it() -> None:
    found = charge(rules(FLAT, TENTH), team(1), on=TODAY)

    assert "SPRING" not in repr((found.lines, found.notes))


@pytest.mark.parametrize(("per", "taken"), [("person", -6000), ("team", -2000)])
def test_a_code_may_take_off_dollars(per: str, taken: int) -> None:
    code = {"code": "discount", "name": "A", "each_cents": -2000, "per": per}

    assert cents(rules(FLAT, code), team(3, discount_code="a"))[-1] == taken


def test_a_cap_holds_the_price_before_anything_is_taken_off() -> None:
    cap = {"code": "cap", "per": "team", "most_cents": 20000}
    credit = {"code": "sponsor_credit", "by": "NEA", "each_cents": -5000}

    assert cents(rules(credit, cap, FLAT), team(3)) == [30003, -10003, -5000]
    assert cents(rules(cap, FLAT), team(1)) == [10001]


def test_a_cap_for_each_lea_counts_what_its_other_teams_are_charged() -> None:
    cap = {"code": "cap", "per": "LEA", "most_cents": 40000}

    assert sum(cents(rules(cap, FLAT), team(3, others_of_lea=3, others_cents=30003))) == 9997


def test_a_sponsor_pays_for_each_person_who_pays() -> None:
    credit = {"code": "sponsor_credit", "by": "AFT", "per": "person", "each_cents": -1000}
    free = {"code": "free_first_n", "n": 2, "then_each_cents": 10000}

    found = charge(rules(free, credit), joined_by(team(4), Head(visitor=True)), on=TODAY)

    assert [(line.cents, line.heads) for line in found.lines] == [
        (0, (0, 1)),
        (30000, (2, 3, 4)),
        (-2000, (2, 3)),
    ]
    assert found.cents_by_head() == {0: 0, 1: 0, 2: 9000, 3: 9000, 4: 10000}


def test_handling_a_purchase_order_costs_only_where_there_is_something_to_pay() -> None:
    handling = {"code": "purchase_order_fee", "each_cents": 2500}
    free = {"code": "free_first_n", "n": 2, "then_each_cents": 10000}

    assert cents(rules(free, handling), team(3, by_purchase_order=True)) == [0, 10000, 2500]
    assert cents(rules(free, handling), team(2, by_purchase_order=True)) == [0]
    assert cents(rules(free, handling), team(3)) == [0, 10000]
