"""Check-in: badges, desks that work offline, who is there, and since when."""

from events.checkin.service.arriving import MeanwhileElsewhere
from events.checkin.service.attending import session_stays_of, stays_of
from events.checkin.service.scanning import take_in

__all__ = ["MeanwhileElsewhere", "session_stays_of", "stays_of", "take_in"]
