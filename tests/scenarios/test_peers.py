"""Who may be peers where the unit is a school site and not an LEA."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

import pytest

from cohorts.matching.domain.peers import find_peers
from cohorts.matching.domain.values import Rules
from tests.cohorts.matching.invented import someone
from tests.scenarios.programme_of import PAL, acceptance

ABC = "0601620"


@pytest.mark.pure
def test_PAL8_the_peers_of_a_site_pair_are_of_the_same_district_but_of_another_site() -> None:
    expected = acceptance(PAL, "PAL8")["then"]
    people = [
        someone(f"{site}-{role}", ABC, role, site=site, goals=frozenset({"Literacy"}))
        for site in ("Aloha Elementary", "Bragg Elementary", "Carver Academy", "Tetzlaff Middle")
        for role in ("principal", "building_rep")
    ]
    lea_of = {person.id: person.lea_id for person in people}
    site_of = {person.id: person.site for person in people}

    matching = find_peers(people, Rules(same_lea_allowed=True))

    own = [
        pair
        for pair in matching.pairs
        if "Aloha Elementary" in {site_of[pair.first], site_of[pair.second]}
    ]
    assert len(own) == 6  # three for each of the two
    assert {lea_of[pair.first] == lea_of[pair.second] for pair in own} == {
        expected["same_district"]
    }
    assert {site_of[pair.first] == site_of[pair.second] for pair in own} == {expected["same_site"]}
    assert find_peers(people, Rules()).pairs == ()
