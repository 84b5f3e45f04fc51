"""A programme file may hold fee rules that no price counts: they are kept, and told of."""

from typing import Any

import pytest

from tests.events.programmes.files import parsed, warnings

pytestmark = pytest.mark.pure
SENTENCE = "This rule is told to teams as it stands, and not counted in any price."


@pytest.mark.parametrize(
    "rule",
    [
        {"code": "lodging", "night_cents": 9900},
        {"code": "flat", "each_cents": 100, "when": "in two halves"},
        {"code": "discount", "each_cents": -100},
    ],
)
def test_a_rule_that_is_not_counted_is_kept_and_warned_of(rule: dict[str, Any]) -> None:
    assert warnings(fees__rules=[rule]) == [("$.fees.rules[0]", SENTENCE)]
    assert parsed(fees__rules=[rule]).fees["rules"] == [rule]


def test_a_rule_that_is_counted_is_not_warned_of() -> None:
    rule = {"code": "cap", "per": "LEA", "most_cents": 90000, "note": "since 2017"}

    assert warnings(fees__rules=[rule]) == []
