"""Who shares a cost by the rules of the programme files."""

import json
from pathlib import Path
from typing import Any

import pytest

from events.institutes.domain.fees import (
    DefaultShare,
    cost_shares,
    default_shares,
    read_rules,
    split_total_cents,
)
from events.institutes.domain.fees.kinds import Told
from events.programmes.domain import parse
from tests.events.institutes.fees.parties import CALIFORNIA, COHORT, PAL, rules

pytestmark = pytest.mark.pure
PROGRAMMES = Path(__file__).parents[3] / "scenarios" / "programmes"


def shares(*payers: dict[str, Any]) -> list[tuple[str, int]]:
    fees = rules({"code": "split_cost", "total_cents": 1, "payers": list(payers)})
    return [(share.who, share.basis_points) for share in cost_shares(fees)]


def test_a_cohort_shares_what_a_team_pays() -> None:
    assert default_shares(COHORT) == (
        DefaultShare(who="district", basis_points=5000),
        DefaultShare(who="local association", basis_points=5000),
    )
    assert split_total_cents(COHORT) is None


def test_an_academy_shares_its_cost_in_the_order_of_its_payers() -> None:
    assert [share.who for share in default_shares(PAL)] == ["ABCFT", "ABC USD"]
    assert split_total_cents(PAL) == 1845375
    assert default_shares(CALIFORNIA) == ()


def test_payers_without_a_share_pay_alike_and_the_odd_points_go_to_the_first() -> None:
    assert shares(
        {"name": "a", "share": 0.29}, {"name": "b"}, {"name": "c", "basis_points": 2}
    ) == [
        ("a", 2900),
        ("b", 7098),
        ("c", 2),
    ]
    assert shares({"name": "a"}, {"name": "b"}, {"name": "c"}) == [
        ("a", 3334),
        ("b", 3333),
        ("c", 3333),
    ]


@pytest.mark.parametrize(
    "payers",
    [
        [],
        [{"share": 1}],
        [{"name": "a", "share": 0.6}, {"name": "b", "share": 0.5}],
        [{"name": "a", "share": -0.1}],
        [{"name": "a", "share": "half"}],
        [{"name": "a", "share": float("nan")}],
    ],
)
def test_shares_that_make_no_sense_are_told_and_not_used(payers: list[dict[str, Any]]) -> None:
    assert shares(*payers) == []


@pytest.mark.parametrize("file", sorted(path.name for path in PROGRAMMES.glob("*.json")))
def test_every_rule_of_the_programme_files_is_understood(file: str) -> None:
    fees = parse((PROGRAMMES / file).read_bytes()).programme.fees

    assert len(read_rules(fees)) == len(
        json.loads((PROGRAMMES / file).read_text())["fees"]["rules"]
    )
    assert not [rule for rule in read_rules(fees) if isinstance(rule, Told)]
