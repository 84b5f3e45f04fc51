"""Sessions, and which of them a person chose."""

from events.schedule.models.choices import ONE_CHOICE, SessionChoice
from events.schedule.models.sessions import CODE_TAKEN, PLACES_NOT_OVERSOLD, Session

__all__ = ["CODE_TAKEN", "ONE_CHOICE", "PLACES_NOT_OVERSOLD", "Session", "SessionChoice"]
