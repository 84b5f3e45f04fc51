"""How long attendance, evaluations and certificates are kept, and their end."""

from events.credit.service.keeping.finding import find_purge, keeping_at
from events.credit.service.keeping.purging import purge_attendance, sweep

__all__ = [
    "find_purge",
    "keeping_at",
    "purge_attendance",
    "sweep",
]
