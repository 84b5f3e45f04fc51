"""Whose word an application needs, and what its absence means."""

import pytest

from consortium.people.domain import Side
from events.institutes.domain import Gate, RoleRule, Strength, TeamTerms
from events.intake.domain import PledgeWord, both_sides, eligibility, pledge_roles, sides_signed

pytestmark = pytest.mark.pure

SUPER = RoleRule(
    code="superintendent", label="Superintendent", side=Side.MANAGEMENT, strength=Strength.EXPECTED
)
UNION = RoleRule(code="union", label="President", side=Side.LABOR, strength=Strength.EXPECTED)
BOARD = RoleRule(code="board", label="Board", side=Side.GOVERNANCE, strength=Strength.REQUIRED)


def terms(*roles: RoleRule) -> TeamTerms:
    return TeamTerms(gate=Gate.IDEAL, min_people=1, max_people=8, roles=roles)


def word(label: str, side: Side = Side.LABOR, **values: bool) -> PledgeWord:
    return PledgeWord(label=label, side=side, **{"required": True, **values})


def test_the_roles_the_host_chose_pledge() -> None:
    assert [r.code for r in pledge_roles(terms(SUPER, UNION, BOARD), "NJ", ["union"])] == ["union"]


def test_without_a_choice_the_required_roles_pledge() -> None:
    assert [role.code for role in pledge_roles(terms(SUPER, UNION, BOARD), "NJ")] == ["board"]


def test_without_required_roles_the_first_of_management_and_of_labor_pledge() -> None:
    assert [role.code for role in pledge_roles(terms(UNION, SUPER), "NJ")] == [
        "superintendent",
        "union",
    ]


@pytest.mark.parametrize(
    ("pledge", "closed", "fault"),
    [
        (word("President"), False, "President: nobody is named yet."),
        (word("President", named=True), False, "President: has not signed yet."),
        (word("President", named=True), True, "President: had not signed when applying closed."),
        (word("President", declined=True), False, "President: does not give the pledge."),
    ],
)
def test_a_missing_word_is_named(pledge: PledgeWord, closed: bool, fault: str) -> None:
    judged = eligibility([word("Chief", signed=True), pledge], submitted=True, closed=closed)

    assert (judged.eligible, judged.faults, judged.final) == (False, (fault,), closed)


def test_a_word_that_is_not_required_may_be_missing() -> None:
    words = [word("Chief", signed=True), word("Board", required=False)]

    assert eligibility(words, submitted=True, closed=True).eligible


def test_what_was_not_submitted_is_not_eligible() -> None:
    judged = eligibility([word("Chief", signed=True)], submitted=False, closed=True)

    assert judged.faults == ("The application was not submitted.",)


def test_a_side_has_signed_when_all_who_must_have() -> None:
    labor = [word("A", signed=True), word("B")]
    management = word("C", Side.MANAGEMENT, signed=True)

    assert sides_signed([*labor, management]) == {Side.MANAGEMENT}
    assert not both_sides([*labor, management])
    assert both_sides([labor[0], management])
