"""On which days people are checked in."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from consortium.database import db
from events.institutes.models import Institute
from events.schedule.models import Session


def days_of(institute: Institute) -> Collection[date]:
    """Return the days of an institute: its own and those of its sessions; none while none is set.

    Registration may open on the evening before the first day, so days on which something of the
    programme happens count too.
    """
    sessions = select(Session.starts).where(
        Session.institute_id == institute.id,
        Session.starts.is_not(None),
        Session.cancelled_at.is_(None),
    )
    dated = {starts.date() for starts in db.session.scalars(sessions) if starts}
    return dated | {day.on for day in institute.days}
