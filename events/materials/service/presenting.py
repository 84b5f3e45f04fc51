"""Who presents or facilitates a session, and may therefore add to it."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select

from consortium.database import db
from events.schedule.models import Presenter, Session


def sessions_presented_by(institute_id: UUID, emails: Collection[str]) -> frozenset[UUID]:
    """Return the published sessions that someone who signs in with these addresses holds.

    The institute knows its presenters by name, and by the address that its host wrote down.
    """
    known = select(Presenter.name).where(
        Presenter.institute_id == institute_id,
        func.lower(Presenter.email).in_([email.lower() for email in emails if email]),
    )
    names = frozenset(db.session.scalars(known))
    if not names:
        return frozenset()
    sessions = select(Session.id, Session.presenters, Session.facilitators).where(
        Session.institute_id == institute_id, Session.published
    )
    return frozenset(
        row.id
        for row in db.session.execute(sessions)
        if not names.isdisjoint((*row.presenters, *row.facilitators))
    )
