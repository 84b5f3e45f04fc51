"""Waits for sessions: in order, never idle, never for nothing; nothing and nobody twice at once."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.schedule.domain import ClashKind, clashes_of
from events.schedule.models import Release, Session, SessionChoice, SessionWait
from events.schedule.service.finding import sessions_by_institute
from events.schedule.service.promoting import first_to_promote

ONE_AT_A_TIME = frozenset({ClashKind.ROOM, ClashKind.PRESENTER})
PATIENCE = timedelta(seconds=60)
"""How long the worker may take."""


def passed_over() -> Iterator[str]:
    """Find who has been waiting for more than a minute for a session that has a place for them.

    Since when there is a place is not written down: at the latest since the last act in the
    consortium. So while people act there, nothing is said of it.
    """
    busy = audit.busy_since(clock.now() - PATIENCE)
    free = Session.capacity.is_(None) | (Session.taken < Session.capacity)
    sessions = (
        select(Session)
        .join(Institute, Institute.id == Session.institute_id)
        .where(
            free,
            Institute.status == Status.PUBLISHED,
            Session.cancelled_at.is_(None),
            Session.id.in_(select(SessionWait.session_id)),
        )
    )
    for session in db.session.scalars(sessions.order_by(Session.id)).all():
        first = None if session.tenant_id in busy else first_to_promote(session)
        if first is not None:
            yield f"seat:{first} waits for session:{session.id}, which has a free place."


def waiting_for_nothing() -> Iterator[str]:
    """Find waits of people who have the place, and waits for sessions that are not held."""
    has_it = exists().where(
        SessionChoice.session_id == SessionWait.session_id,
        SessionChoice.seat_id == SessionWait.seat_id,
    )
    for row in db.session.execute(select(SessionWait.id, SessionWait.seat_id).where(has_it)):
        yield f"seat:{row.seat_id} has the place it waits for (session_wait:{row.id})."
    gone = (
        select(SessionWait.id)
        .join(Session, Session.id == SessionWait.session_id)
        .join(Institute, Institute.id == Session.institute_id)
        .where(or_(Session.cancelled_at.is_not(None), Institute.status == Status.CANCELLED))
    )
    for wait_id in db.session.scalars(gone):
        yield f"session_wait:{wait_id} is for a session that is not held."


def booked_twice() -> Iterator[str]:
    """Find rooms and presenters that are needed twice at once, by nobody's recorded decision.

    A programme that nobody has published by a release yet is older than the record.
    """
    accepted: dict[UUID, set[str]] = {}
    for institute_id, keys in db.session.execute(select(Release.institute_id, Release.overridden)):
        accepted.setdefault(institute_id, set()).update(keys)
    for institute_id, sessions in sessions_by_institute(sorted(accepted)).items():
        for clash in clashes_of((session.planned for session in sessions), rooms={}):
            if clash.kind in ONE_AT_A_TIME and clash.key not in accepted[institute_id]:
                one, other = (session.id for session in clash.sessions)
                yield f"session:{one} and session:{other} both need {clash.about} at once."


def in_two_places() -> Iterator[str]:
    """Find people who took two sessions at the same time, by nobody's recorded decision.

    What the host moved afterwards is the host's: the agenda shows it, and the host's log too.
    """
    one, other = aliased(SessionChoice), aliased(SessionChoice)
    first, second = aliased(Session), aliased(Session)
    statement = (
        select(one.seat_id, first.id.label("first"), second.id.label("second"))
        .join(other, and_(other.seat_id == one.seat_id, other.session_id > one.session_id))
        .join(first, first.id == one.session_id)
        .join(second, second.id == other.session_id)
        .where(
            first.cancelled_at.is_(None),
            second.cancelled_at.is_(None),
            first.starts_at < second.ends_at,
            second.starts_at < first.ends_at,
            or_(one.reason == "", one.allotted),
            or_(other.reason == "", other.allotted),
            or_(one.chosen_at > first.changed_at, other.chosen_at > first.changed_at),
            or_(one.chosen_at > second.changed_at, other.chosen_at > second.changed_at),
        )
    )
    for row in db.session.execute(statement):
        yield f"seat:{row.seat_id} is in session:{row.first} and session:{row.second} at once."
