"""What others may ask about partnerships and the people in them."""

from cohorts.learning.service.coaching import may_coach, staff_of
from cohorts.learning.service.partnerships import (
    Joining,
    get_partnership,
    joining_partnerships,
    partnership_of_place,
    partnership_of_team,
    partnerships_of_institute,
    partnerships_of_person,
    partnerships_with,
    team_at,
    teams_of,
    teams_of_many,
    who,
    who_of_many,
)
from cohorts.learning.service.parts import Part, partnership_part, parts_of
from cohorts.learning.service.standing import Standing, standing_in

__all__ = [
    "Joining",
    "Part",
    "Standing",
    "get_partnership",
    "joining_partnerships",
    "may_coach",
    "partnership_of_place",
    "partnership_of_team",
    "partnership_part",
    "partnerships_of_institute",
    "partnerships_of_person",
    "partnerships_with",
    "parts_of",
    "staff_of",
    "standing_in",
    "team_at",
    "teams_of",
    "teams_of_many",
    "who",
    "who_of_many",
]
