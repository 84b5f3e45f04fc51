from dataclasses import replace

import pytest

from consortium.people.domain import Side
from events.institutes.domain import Strength
from events.registration.domain import (
    RegistrationRefused,
    all_of,
    check_roles,
    role_of_visitors,
    team_roles,
    visitor_roles,
)
from tests.events.registration.domain.teams import role, terms

pytestmark = pytest.mark.pure

SUPERINTENDENT = role("superintendent", side=Side.MANAGEMENT)
UNION = role("union_leader", Strength.REQUIRED)
PRINCIPAL = role("principal", Strength.OPTIONAL, Side.MANAGEMENT)
ABROAD = role("observer", Strength.OPTIONAL, Side.EITHER, applies_to=("DE",))


def test_one_person_may_fill_two_roles_of_one_side_or_a_welcome_one() -> None:
    check_roles(["superintendent", "principal"], terms(SUPERINTENDENT, PRINCIPAL), "NJ", field="r")
    check_roles(["union_leader", "principal"], terms(UNION, PRINCIPAL), "NJ", field="r")


def test_one_person_cannot_stand_for_both_sides() -> None:
    with pytest.raises(RegistrationRefused) as refused:
        check_roles(
            ["superintendent", "union_leader"], terms(SUPERINTENDENT, UNION), "NJ", field="also"
        )

    assert refused.value.field == "also"
    assert refused.value.message == (
        "One person cannot be Superintendent and Union leader at once: the team needs someone on "
        "each side. Name two people."
    )


@pytest.mark.parametrize("code", ["mascot", "observer", "principal"])
def test_a_role_that_members_may_not_have_is_refused(code: str) -> None:
    barred = role("principal", Strength.NOT_ADMITTED, max=0, min=0)

    with pytest.raises(RegistrationRefused, match="is not a role of this institute"):
        check_roles([code], terms(UNION, ABROAD, barred), "DE", field="role")


def test_visitors_come_in_the_roles_for_their_state() -> None:
    rules = terms(UNION, ABROAD)

    assert visitor_roles(rules, "DE") == (ABROAD,)
    assert visitor_roles(rules, "NJ") == ()
    assert team_roles(rules, "DE") == (UNION,)


def test_visitors_who_may_come_as_several_things_say_as_which() -> None:
    press = replace(ABROAD, code="press", label="Press")

    assert role_of_visitors((ABROAD,), "") == ABROAD
    assert role_of_visitors((ABROAD, press), "press") == press
    for rules, code in (((ABROAD, press), ""), ((ABROAD,), "press")):
        with pytest.raises(RegistrationRefused, match=ABROAD.label) as refused:
            role_of_visitors(rules, code)
        assert refused.value.field == "role"


@pytest.mark.parametrize(
    ("words", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_like_sentences(words: list[str], said: str) -> None:
    assert all_of(words) == said
