"""Until when the places of the selected are held: one time in the letter and on the pages."""

from datetime import time, timedelta
from typing import Any

import pytest

from consortium.pages import wall_moment
from consortium.people.models import Person
from events.intake import service as intake
from tests.events.intake.season import AFTER_CLOSING, make_season
from tests.factories import soon


@pytest.mark.parametrize(("at", "shown"), [(time(17), "5:00 PM"), (None, "11:59 PM")])
def test_places_are_held_to_the_end_of_what_the_letter_says(
    lead: Person, at: time | None, shown: str, frozen: Any
) -> None:
    institute = make_season(
        deadlines=[("apply_by", soon(29).date(), None), ("roster_by", soon(60).date(), at)]
    )
    frozen(AFTER_CLOSING)

    until = intake.roster_due(institute)

    assert wall_moment(until, institute.time_zone).count(shown) == 1
    assert (until + timedelta(seconds=1)).second == 0
