"""What becomes of the sessions of an institute that is cancelled."""

from uuid import UUID

from sqlalchemy import delete, func, select, update

from consortium import clock
from consortium.database import db
from events.schedule.models import Session, SessionWait


def sessions_ahead(institute_id: UUID) -> int:
    """Return how many sessions with a date still stand in people's calendars."""
    counted = select(func.count(Session.id)).where(
        Session.institute_id == institute_id,
        Session.cancelled_at.is_(None),
        Session.ends_at > clock.now(),
    )
    return db.session.scalar(counted) or 0


def note_cancelled(institute_id: UUID) -> None:
    """Let calendars see that the sessions changed now: they are cancelled with their institute.

    They keep their rows and UIDs, so that feeds go on saying it. Their sequence has risen with
    the institute's version. Nobody waits for a place in them any more.
    """
    here = select(Session.id).where(Session.institute_id == institute_id)
    db.session.execute(
        delete(SessionWait)
        .where(SessionWait.session_id.in_(here))
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Session)
        .where(Session.institute_id == institute_id, Session.cancelled_at.is_(None))
        .values(changed_at=clock.now())
        .execution_options(synchronize_session=False)
    )
