"""How long attendance, evaluations and certificates are kept, what holds them, and their end."""

from events.credit.service.keeping.finding import (
    find_hold,
    find_purge,
    holds_of,
    keeping_at,
)
from events.credit.service.keeping.holding import lift_hold, place_hold
from events.credit.service.keeping.purging import purge_attendance, sweep

__all__ = [
    "find_hold",
    "find_purge",
    "holds_of",
    "keeping_at",
    "lift_hold",
    "place_hold",
    "purge_attendance",
    "sweep",
]
