"""A workshop that is over, and a board member who was there."""

from datetime import date
from typing import Any

import pytest

from consortium.people.models import Person
from events.institutes.models import Institute
from tests.events.credit.stage import ACADEMY, BO, DAY, ILLINOIS, give, seat, was_there
from tests.factories import make_institute, make_session


@pytest.fixture
def workshop(tenant: Any) -> Institute:
    """A day that is over at the tests' noon, with one talk from nine to twelve."""
    institute = make_institute(days=[date(2026, 2, 20)])
    make_session(institute, "talk", f"{DAY}T09:00", f"{DAY}T12:00")
    give(institute, {**ACADEMY, "roles": ["board_member"]}, ILLINOIS)
    return institute


@pytest.fixture
def bo(workshop: Institute) -> Person:
    person = seat(workshop, BO, "board_member")
    was_there(workshop, person, "08:50", "12:05", on=DAY)
    return person
