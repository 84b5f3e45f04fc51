"""Check-in: badges, desks that work offline, who is there, and since when."""

from events.checkin.service.attending import session_stays_of, stays_of

__all__ = ["session_stays_of", "stays_of"]
