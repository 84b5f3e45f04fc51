"""A session that nobody saw goes as if it had never been, and what hangs on it goes too."""

from blinker import Signal

from consortium.database import db
from events.schedule.models import Session

session_forgotten = Signal("a session that nobody saw is about to be deleted")
"""Sent with its id, in the transaction that deletes it: whoever keeps files for it lets them go."""


def forget_session(session: Session) -> None:
    """Delete a session that no calendar and no agenda knows. Flushes."""
    session_forgotten.send(session.id)
    db.session.delete(session)
    db.session.flush()
