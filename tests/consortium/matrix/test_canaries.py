"""Marked values of people, hunted in every answer to everybody: who finds what of whom."""

import re
from collections.abc import Mapping

import pytest

from tests.consortium.matrix.conftest import Ask, Stage
from tests.consortium.matrix.policies import KINDS
from tests.consortium.matrix.test_matrix import ROUTES, path_of

pytestmark = pytest.mark.real_commits
# The mail of the demonstration is there for everyone to read.
PAGES = [one for one in ROUTES if one.endswith(" GET") and not one.startswith("demonstration.")]
PEOPLE = ("lead", "member", "other lead")
NOTHING: frozenset[str] = frozenset()


def found_of(*people: str, fields: str) -> frozenset[str]:
    """Name these fields of these people."""
    return frozenset(f"{field} of {person}" for field in fields.split() for person in people)


CONTACT, WITHOUT_PHONE = "name email phone", "name email"
# Members of one team know each other through their lead; who matched has agreed to be seen.
FINDS: Mapping[str, frozenset[str]] = {
    "lead": found_of("member", fields=WITHOUT_PHONE),
    "member": found_of("other lead", fields=CONTACT),
    "other lead": found_of("member", fields=CONTACT),
    "owner": found_of(*PEOPLE, fields=CONTACT),
    "coordinator": found_of(*PEOPLE, fields=CONTACT),
    "facilitator": found_of(*PEOPLE, fields=WITHOUT_PHONE),
}


@pytest.mark.parametrize("kind", KINDS)
def test_everybody_finds_what_is_for_them_and_no_more(stage: Stage, ask: Ask, kind: str) -> None:
    found: set[str] = set()
    for route in PAGES:
        text = ask(kind, "GET", path_of(stage, route, stage.here.named), {}).response.text
        found |= {f"{mark} of {who}" for who in PEOPLE for mark in marks_in(text, stage, who)}

    assert {one for one in found if not one.endswith(f" of {kind}")} == FINDS.get(kind, NOTHING)


def marks_in(text: str, stage: Stage, who: str) -> set[str]:
    """Return which of this person's values stand in the text."""
    key = who.replace(" ", "-")
    values = {
        "name": f"Name-{key} of",
        "email": stage.here.address_of(who),
        "phone": f"+1609001000{PEOPLE.index(who)}",
        "diet": f"Diet-{key}-",
        "access needs": f"Access-{key}-",
        "offers": f"Offer-{key}-",
        "asks": f"Ask-{key}-",
    }
    # "lead@…" also ends "other.lead@…"
    return {
        name for name, value in values.items() if re.search(rf"(?<![\w.]){re.escape(value)}", text)
    }
