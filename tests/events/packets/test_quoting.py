"""What a team would pay, by the rules that hosts use."""

from datetime import date
from typing import Any

import pytest

from events.packets.domain.quoting import Party, quote

pytestmark = pytest.mark.pure
TODAY = date(2017, 5, 10)
CALIFORNIA = {
    "rules": [
        {"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15000},
        {"code": "which_five", "rule": "head count only"},
    ]
}
PAL = {
    "rules": [
        {"code": "split_cost", "total_cents": 1845375, "payers": [{"name": "ABCFT", "share": 0.5}]},
        {"code": "visitor_fee", "per": "person", "each_cents": 7500, "day": "2017-10-25"},
    ]
}
COHORT = {
    "rules": [
        {"code": "team_fee", "per": "team", "each_cents": 150000},
        {"code": "sponsor_credit", "by": "NEA", "each_cents": -75000, "when": "affiliated to NEA"},
    ]
}
EARLY = {
    "rules": [
        {"code": "flat", "per": "person", "each_cents": 20000},
        {"code": "early_rate", "per": "person", "each_cents": 15000, "until": "2017-05-10"},
    ]
}


@pytest.mark.parametrize(
    ("fees", "party", "total"),
    [
        pytest.param(CALIFORNIA, Party(people=7), 30000, id="CA1"),
        pytest.param(CALIFORNIA, Party(people=5), 0, id="CA2"),
        pytest.param(CALIFORNIA, Party(people=6), 15000, id="CA4"),
        pytest.param(PAL, Party(people=3, visitors=True), 22500, id="PAL7"),
        pytest.param(PAL, Party(people=2), 0, id="a site pair"),
        pytest.param(
            {"rules": [{"code": "flat", "per": "person", "each_cents": 12500}]},
            Party(people=6),
            75000,
            id="IL1",
        ),
        pytest.param(COHORT, Party(people=5), 150000, id="a team fee"),
        pytest.param(COHORT, Party(people=5, visitors=True), 0, id="visitors pay no team fee"),
        pytest.param({"model": "free", "rules": []}, Party(people=9), 0, id="free"),
        pytest.param({}, Party(people=9), 0, id="nothing said"),
    ],
)
def test_a_quote_comes_to(fees: dict[str, Any], party: Party, total: int) -> None:
    assert quote(fees, party, on=TODAY).total_cents == total


def test_each_line_says_what_and_how_many() -> None:
    quoted = quote(CALIFORNIA, Party(people=7), on=TODAY)

    assert [(line.what, line.n, line.each_cents) for line in quoted.lines] == [
        ("Person who comes free", 5, 0),
        ("Additional person", 2, 15000),
    ]


def test_coming_free_is_a_line_and_a_price_that_nobody_has_said_is_none() -> None:
    free = quote({"model": "free", "rules": []}, Party(people=9), on=TODAY)

    assert [(line.what, line.n, line.cents) for line in free.lines] == [("Person", 9, 0)]
    assert quote({}, Party(people=9), on=TODAY).lines == ()


def test_a_rule_without_a_price_is_told_and_not_counted_as_nothing() -> None:
    fees = {"rules": [{"code": "team_fee", "per": "team", "each_cents": None}]}

    quoted = quote(fees, Party(people=5), on=TODAY)

    assert (quoted.lines, len(quoted.notes)) == ((), 1)


def test_an_early_price_takes_the_place_of_the_usual_one_and_of_nothing_else() -> None:
    visitors = {"code": "visitor_fee", "per": "person", "each_cents": 7500}
    credit = {"code": "sponsor_credit", "by": "NEA", "each_cents": -5000}
    fees = {"rules": [*EARLY["rules"], visitors, credit]}

    assert quote(fees, Party(people=3, visitors=True), on=TODAY).total_cents == 3 * 7500
    assert quote(fees, Party(people=2), on=TODAY).total_cents == 2 * 15000 - 5000


def test_a_rule_that_hangs_on_what_nobody_recorded_is_told_and_not_counted() -> None:
    quoted = quote(COHORT, Party(people=5), on=TODAY)

    assert quoted.notes == ("NEA pays $750.00 of it for each team (affiliated to NEA).",)


@pytest.mark.parametrize(("on", "total"), [(TODAY, 30000), (date(2017, 5, 11), 40000)])
def test_a_price_with_days_counts_on_its_days_and_the_usual_one_on_others(
    on: date, total: int
) -> None:
    assert quote(EARLY, Party(people=2), on=on).total_cents == total


def test_a_credit_never_makes_it_less_than_nothing() -> None:
    fees = {"rules": [{"code": "sponsor_credit", "by": "NEA", "each_cents": -75000}]}

    quoted = quote(fees, Party(people=5), on=TODAY)

    assert [(line.what, line.cents) for line in quoted.lines] == [("Paid by NEA", -75000)]
    assert quoted.total_cents == 0
