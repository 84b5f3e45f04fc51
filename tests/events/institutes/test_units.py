"""The kinds of LEA an institute is open to, in words."""

import pytest

from events.institutes.domain import Admission
from events.institutes.domain.sections import Coming

pytestmark = pytest.mark.pure


def test_a_kind_that_files_spell_in_two_ways_is_named_once() -> None:
    coming = Coming(admission=Admission(), unit_types=("district", "state", "state_team"))

    assert dict(coming.facts)["Open to"] == "School districts and State teams"
