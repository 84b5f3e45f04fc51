"""Sessions, which of them a person chose, and which a person waits for."""

from events.schedule.models.choices import ONE_CHOICE, ONE_WAIT, SessionChoice, SessionWait
from events.schedule.models.sessions import CODE_TAKEN, PLACES_NOT_OVERSOLD, Session

__all__ = [
    "CODE_TAKEN",
    "ONE_CHOICE",
    "ONE_WAIT",
    "PLACES_NOT_OVERSOLD",
    "Session",
    "SessionChoice",
    "SessionWait",
]
