"""The tables of institutes."""

from events.institutes.models.institute import SLUG_TAKEN, Institute
from events.institutes.models.parts import (
    DAY,
    GUESTS,
    NOT_OVERSOLD,
    PEOPLE,
    STRAND,
    TEAMS,
    VISITORS,
    Day,
    Deadline,
    Host,
    Pool,
    RoleRequirement,
    Strand,
)

__all__ = [
    "DAY",
    "GUESTS",
    "NOT_OVERSOLD",
    "PEOPLE",
    "SLUG_TAKEN",
    "STRAND",
    "TEAMS",
    "VISITORS",
    "Day",
    "Deadline",
    "Host",
    "Institute",
    "Pool",
    "RoleRequirement",
    "Strand",
]
