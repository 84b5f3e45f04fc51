"""What a party pays by each kind of fee rule."""

from datetime import date
from typing import Any

import pytest

from events.institutes.domain.fees import Head, Party, charge
from tests.events.institutes.fees.parties import CALIFORNIA, COHORT, PAL, rules, team, visitors

pytestmark = pytest.mark.pure
TODAY = date(2017, 5, 10)
FLAT = {"code": "flat", "per": "person", "each_cents": 20000}
EARLY = {"code": "early_rate", "per": "person", "each_cents": 15000, "until": "2017-05-10"}
GROUP = {"code": "team_size", "n": 25, "each_cents": 140000, "then_each_cents": 5000}
NEA = frozenset({"NEA"})


def total(fees: dict[str, Any], party: Party, on: date = TODAY) -> int:
    return charge(fees, party, on=on).total_cents


def said(fees: dict[str, Any], party: Party, on: date = TODAY) -> list[tuple[str, int, int]]:
    return [(line.what, line.n, line.each_cents) for line in charge(fees, party, on=on).lines]


@pytest.mark.parametrize(
    ("fees", "party", "cents"),
    [
        pytest.param(CALIFORNIA, team(7), 30000, id="CA1"),
        pytest.param(CALIFORNIA, team(5), 0, id="CA2"),
        pytest.param(CALIFORNIA, team(6), 15000, id="CA4"),
        pytest.param(CALIFORNIA, team(4, others_of_lea=3), 30000, id="free places of the LEA"),
        pytest.param(PAL, visitors(3), 22500, id="PAL7"),
        pytest.param(PAL, team(2), 0, id="a site pair"),
        pytest.param(COHORT, team(5, affiliations=NEA), 75000, id="NC3"),
        pytest.param(COHORT, team(5, affiliations=frozenset({"AFT"})), 150000, id="NC4"),
        pytest.param(COHORT, visitors(5), 0, id="visitors pay no team fee"),
        pytest.param(
            rules({"code": "flat", "per": "person", "each_cents": 12500}), team(6), 75000, id="IL1"
        ),
        pytest.param(rules(GROUP), team(25), 140000, id="a group of 25"),
        pytest.param(rules(GROUP), team(27), 150000, id="a group of 27"),
        pytest.param(
            rules({"code": "flat", "per": "LEA", "each_cents": 9900}), team(3), 9900, id="an LEA"
        ),
        pytest.param(
            rules({"code": "flat", "per": "LEA", "each_cents": 9900}),
            team(3, others_of_lea=1),
            0,
            id="an LEA pays once",
        ),
        pytest.param({"model": "free", "rules": []}, team(9), 0, id="free"),
        pytest.param(rules({"code": "free"}), team(9), 0, id="a rule that says free"),
        pytest.param({}, team(9), 0, id="nothing said"),
    ],
)
def test_it_comes_to(fees: dict[str, Any], party: Party, cents: int) -> None:
    assert total(fees, party) == cents


def test_each_line_says_what_how_many_for_whom_and_why() -> None:
    lines = charge(CALIFORNIA, team(7), on=TODAY).lines

    assert [(line.what, line.how, line.cents, line.heads) for line in lines] == [
        ("Person who comes free", "5 at no charge", 0, (0, 1, 2, 3, 4)),
        ("Additional person", "2 at $150.00", 30000, (5, 6)),
    ]
    assert {line.why for line in lines} == {
        "The first 5 people of each LEA come free. Each additional person costs $150.00."
    }


def test_nc3_has_a_line_for_the_fee_and_one_for_the_credit() -> None:
    found = charge(COHORT, team(5, affiliations=NEA), on=TODAY)

    assert [line.cents for line in found.lines] == [150000, -75000]
    assert [line.heads for line in found.lines] == [(), ()]
    assert found.notes == ("What is left is shared by district and local association, 50% each.",)


def test_a_credit_for_others_is_told_and_not_counted() -> None:
    assert "NEA pays $750.00 of it for each team (local affiliated to NEA)." in (
        charge(COHORT, team(5), on=TODAY).notes
    )


@pytest.mark.parametrize(
    ("when", "affiliated", "cents"),
    [
        ("local affiliated to NEA", "nea", 5000),
        ("affiliated with the AFT or NEA", "NEA", 5000),
        ("local not affiliated to NEA", "NEA", 10000),
        ("in the first year", "NEA", 10000),
    ],
)
def test_only_a_condition_that_can_be_judged_counts(when: str, affiliated: str, cents: int) -> None:
    credit = {"code": "sponsor_credit", "by": "NEA", "each_cents": -5000, "when": when}
    fees = rules({"code": "team_fee", "each_cents": 10000}, credit)

    assert total(fees, team(2, affiliations=frozenset({affiliated}))) == cents


def test_coming_free_is_a_line_and_a_price_that_nobody_has_said_is_none() -> None:
    assert said({"model": "free", "rules": []}, team(9)) == [("Person", 9, 0)]
    assert charge({}, team(9), on=TODAY).lines == ()


@pytest.mark.parametrize(
    "rule",
    [
        {"code": "team_fee", "per": "team", "each_cents": None},
        {"code": "flat", "each_cents": 9900, "when": "in two halves"},
        {"code": "lodging", "night_cents": 9900},
        {"code": "flat", "each_cents": 100, "until": "when the tulips bloom"},
        {"code": "flat", "per": "site", "each_cents": 100},
        {"code": "flat", "each_cents": True},
    ],
)
def test_a_rule_that_cannot_be_counted_is_told(rule: dict[str, Any]) -> None:
    found = charge(rules(rule), team(5), on=TODAY)

    assert (found.lines, len(found.notes)) == ((), 1)


def test_additional_people_without_a_price_are_told_of_only_when_there_are_some() -> None:
    fees = rules({"code": "free_first_n", "n": 5})

    assert charge(fees, team(5), on=TODAY).notes == ()
    assert len(charge(fees, team(6), on=TODAY).notes) == 1


def test_an_early_price_takes_the_place_of_the_usual_one_and_of_nothing_else() -> None:
    visitor = {"code": "visitor_fee", "per": "person", "each_cents": 7500}
    credit = {"code": "sponsor_credit", "by": "NEA", "each_cents": -5000}
    fees = rules(FLAT, EARLY, visitor, credit)

    assert total(fees, visitors(3)) == 3 * 7500
    assert total(fees, team(2)) == 2 * 15000 - 5000


@pytest.mark.parametrize(("on", "cents"), [(TODAY, 30000), (date(2017, 5, 11), 40000)])
def test_a_price_with_days_counts_on_its_days_and_the_usual_one_on_others(
    on: date, cents: int
) -> None:
    assert total(rules(FLAT, EARLY), team(2), on) == cents


def test_of_two_early_prices_the_one_that_ends_first_counts() -> None:
    later = {"code": "second_rate", "each_cents": 17500, "until": "2017-05-20"}

    assert total(rules(later, FLAT, EARLY), team(1)) == 15000
    assert total(rules(later, FLAT, EARLY), team(1), date(2017, 5, 11)) == 17500


def test_an_early_price_leaves_free_places_free() -> None:
    early = {**EARLY, "each_cents": 10000}

    assert said({"rules": [*CALIFORNIA["rules"], early]}, team(7)) == [
        ("Person who comes free", 5, 0),
        ("Early rate", 2, 10000),
    ]


def test_people_of_a_role_pay_their_own_price_and_take_no_free_place() -> None:
    role = {"code": "role_price", "roles": ["site_leader"], "each_cents": 4000}
    heads = (Head(roles=("site_leader", "teacher")), *(Head(roles=("teacher",)),) * 6)
    fees = {"rules": [*CALIFORNIA["rules"], role]}

    assert said(fees, Party(heads=heads)) == [
        ("Person who comes free", 5, 0),
        ("Additional person", 1, 15000),
        ("Site leader", 1, 4000),
    ]


def test_free_places_may_belong_to_roles() -> None:
    fees = rules({"code": "free_first_n", "n": 5, "then_each_cents": 15000, "roles": ["board"]})
    heads = (Head(), Head(roles=("board",)), Head())

    found = charge(fees, Party(heads=heads), on=TODAY)

    assert [(line.cents, line.heads) for line in found.lines] == [(0, (1,)), (30000, (0, 2))]


def test_a_team_of_a_guest_state_pays_its_fee_and_no_usual_price() -> None:
    guest = {"code": "guest_fee", "states": ["DE"], "per": "team", "each_cents": 50000}
    anyone = {"code": "guest_fee", "per": "person", "each_cents": 20000}
    fees = {"rules": [*CALIFORNIA["rules"], anyone, guest]}

    assert total(fees, team(7, state="DE", guest=True)) == 50000
    assert total(fees, team(7, state="NV", guest=True)) == 7 * 20000
    assert total(fees, team(7, state="CA")) == 30000


def test_an_affiliated_team_pays_its_rate_and_keeps_its_free_places() -> None:
    rate = {"code": "affiliate_rate", "affiliation": "NEA", "per": "person", "each_cents": 9000}
    fees = {"rules": [*CALIFORNIA["rules"], rate]}

    assert total(fees, team(7, affiliations=NEA)) == 18000
    assert total(fees, team(7)) == 30000
    assert total(
        rules({"code": "team_fee", "each_cents": 150000}, rate), team(7, affiliations=NEA)
    ) == (7 * 9000)


def test_who_chose_a_day_or_a_strand_pays_for_it_on_top() -> None:
    day = {"code": "choice_fee", "choice": "day:2017-06-19", "each_cents": 4000}
    strand = {"code": "choice_fee", "choice": "strand:mediation", "each_cents": 500}
    heads = (
        Head(choices=("day:2017-06-19", "strand:mediation")),
        Head(choices=("day:2017-06-19",)),
    )

    assert said(rules(FLAT, day, strand), Party(heads=heads)) == [
        ("Person", 2, 20000),
        ("Mon, Jun 19, 2017", 2, 4000),
        ("Strand: Mediation", 1, 500),
    ]


def test_a_visitor_pays_for_the_days_chosen() -> None:
    fees = rules(
        {"code": "visitor_fee", "each_cents": 7500, "day": "2017-10-25"},
        {"code": "visitor_fee", "each_cents": 2500, "day": "2017-10-26"},
        {"code": "choice_fee", "choice": "day:2017-10-26", "each_cents": 900},
    )
    second = Party(heads=(Head(visitor=True, choices=("day:2017-10-26",)),), comes_as_team=False)

    assert total(fees, visitors(1)) == 10000
    assert total(fees, second) == 2500


def test_a_team_may_bring_a_visitor() -> None:
    visitor = {"code": "visitor_fee", "each_cents": 7500}
    heads = (*team(5).heads, Head(visitor=True))

    assert total({"rules": [*CALIFORNIA["rules"], visitor]}, Party(heads=heads)) == 7500
    assert total(CALIFORNIA, Party(heads=heads)) == 15000
