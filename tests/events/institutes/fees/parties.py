"""Parties that pay, for tests of fee rules."""

from dataclasses import replace
from typing import Any

from events.institutes.domain.fees import Head, Party

CALIFORNIA: dict[str, Any] = {
    "rules": [
        {"code": "free_first_n", "per": "LEA", "n": 5, "then_each_cents": 15000},
        {"code": "which_five", "rule": "head count only"},
    ]
}
PAL: dict[str, Any] = {
    "rules": [
        {
            "code": "split_cost",
            "total_cents": 1845375,
            "payers": [{"name": "ABCFT", "share": 0.5}, {"name": "ABC USD", "share": 0.5}],
            "rounding": "the odd cent goes to the first payer listed",
        },
        {"code": "visitor_fee", "per": "person", "each_cents": 7500, "day": "2017-10-25"},
    ]
}
COHORT: dict[str, Any] = {
    "rules": [
        {"code": "team_fee", "per": "team", "each_cents": 150000},
        {
            "code": "sponsor_credit",
            "by": "NEA",
            "per": "team",
            "each_cents": -75000,
            "when": "local affiliated to NEA",
        },
        {"code": "split_rest", "between": ["district", "local association"], "share": 0.5},
    ]
}


def team(n: int, **about: Any) -> Party:
    return Party(heads=(Head(),) * n, **about)


def visitors(n: int) -> Party:
    return Party(heads=(Head(visitor=True),) * n, comes_as_team=False)


def joined_by(party: Party, *heads: Head) -> Party:
    return replace(party, heads=(*party.heads, *heads))


def rules(*found: dict[str, Any]) -> dict[str, Any]:
    return {"currency": "USD", "rules": list(found)}
