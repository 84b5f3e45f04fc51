"""Find the sessions of a programme, for those who read it and those who write it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.models import Session

_IN_TIME = (
    Session.starts_at.is_(None),
    Session.starts_at,
    Session.ends_at,
    Session.position,
    Session.code,
)


def sessions_of(institute_id: UUID) -> Sequence[Session]:
    """Return the published sessions and meetings in order of time, undated ones last."""
    return sessions_by_institute([institute_id]).get(institute_id, [])


def every_session_of(institute_id: UUID) -> Sequence[Session]:
    """Return all of them, also what is only planned: for those who write the programme."""
    statement = select(Session).where(Session.institute_id == institute_id)
    return db.session.scalars(statement.order_by(*_IN_TIME)).all()


def sessions_by_institute(
    institute_ids: Collection[UUID],
) -> Mapping[UUID, Sequence[Session]]:
    """Return the published sessions of several institutes, each in order of time."""
    statement = (
        select(Session)
        .where(Session.institute_id.in_(institute_ids), Session.published)
        .order_by(*_IN_TIME)
    )
    found: dict[UUID, list[Session]] = {}
    for session in db.session.scalars(statement):
        found.setdefault(session.institute_id, []).append(session)
    return found


def get_session(institute: Institute, code: str, *, drafts: bool = False) -> Session:
    """Return the institute's published session with this code; raise ``NotFound``.

    ``drafts`` finds one that is only planned too, for those who write the programme.
    """
    session = db.session.scalar(
        select(Session).where(Session.institute_id == institute.id, Session.code == code)
    )
    if session is None or not (session.published or drafts):
        raise NotFound(say("There is no such session at this institute."))
    return session


def codes_of(institute: Institute) -> frozenset[str]:
    """Return the short codes that the institute's sessions have."""
    statement = select(Session.code).where(Session.institute_id == institute.id)
    return frozenset(db.session.scalars(statement))


def codes_by_id(institute_id: UUID) -> Mapping[UUID, str]:
    """Return the short codes by which pages reach the sessions, planned ones too."""
    statement = select(Session.id, Session.code).where(Session.institute_id == institute_id)
    return {row.id: row.code for row in db.session.execute(statement)}
