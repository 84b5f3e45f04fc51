"""The tables of institutes."""

from events.institutes.models.cancellation import CANCELLED_ALREADY, Cancellation
from events.institutes.models.holding import ONE_HOLD, RecordHold
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
    "CANCELLED_ALREADY",
    "DAY",
    "GUESTS",
    "NOT_OVERSOLD",
    "ONE_HOLD",
    "PEOPLE",
    "SLUG_TAKEN",
    "STRAND",
    "TEAMS",
    "VISITORS",
    "Cancellation",
    "Day",
    "Deadline",
    "Host",
    "Institute",
    "Pool",
    "RecordHold",
    "RoleRequirement",
    "Strand",
]
