"""Teams over the years, as cohorts see them."""

from events.registration.domain.belonging import Held, Leading, TeamOfYear
from events.registration.service.belonging import (
    Place,
    institutes_of,
    places_of_person,
    registered_places,
    teams_at,
    teams_of_places,
    teams_with,
)
from events.registration.service.carrying import carry_team, check_carried
from events.registration.service.grouping import set_groups

__all__ = [
    "Held",
    "Leading",
    "Place",
    "TeamOfYear",
    "carry_team",
    "check_carried",
    "institutes_of",
    "places_of_person",
    "registered_places",
    "set_groups",
    "teams_at",
    "teams_of_places",
    "teams_with",
]
