"""Who may be peers where the unit is a school site and not an LEA."""

# ruff: noqa: N802  (the names carry the acceptance ids as the files write them)

import pytest

from tests.cohorts.matching.invented import matched, someone
from tests.scenarios.programme_of import PAL, acceptance

ABC = "0601620"


@pytest.mark.pure
def test_PAL8_the_peers_of_a_site_pair_are_of_the_same_district_but_of_another_site() -> None:
    expected = acceptance(PAL, "PAL8")["then"]
    people = [
        someone(f"{site}-{role}", ABC, role, site=site, goals=("Literacy",))
        for site in ("Aloha Elementary", "Bragg Elementary", "Carver Academy", "Tetzlaff Middle")
        for role in ("principal", "building_rep")
    ]
    by_name = {person.view.name: person.view for person in people}

    pairs = [[by_name[name] for name in pair] for pair in matched(people, by_site=True)]

    own = [pair for pair in pairs if "Aloha Elementary" in {view.site for view in pair}]
    assert len(own) == 6  # three for each of the two
    assert {one.lea_id == other.lea_id for one, other in own} == {expected["same_district"]}
    assert {one.site == other.site for one, other in own} == {expected["same_site"]}
    assert matched(people) == set()
