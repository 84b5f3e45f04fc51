"""Write the sessions of a programme, so that calendars follow what changed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.words import say
from events.institutes.domain.sections import InstituteRefused
from events.institutes.models import Institute
from events.programmes.domain.moments import instant
from events.schedule.domain import (
    SHOWN_IN_CALENDARS,
    SessionRefused,
    SessionSpec,
    differences,
    instant_of,
)
from events.schedule.models import Session


def write_sessions(
    institute: Institute, specs: Iterable[SessionSpec], *, keep_cancelled: bool
) -> None:
    """Make the institute's sessions those of the file. Flushes.

    A session is known by its code: it keeps its row and its UID for ever. One that goes is
    cancelled when people count on it (``keep_cancelled``, or someone chose it), so that their
    calendars learn of it; else it is as if it had never been.
    """
    statement = select(Session).where(Session.institute_id == institute.id)
    there = {session.code: session for session in db.session.scalars(statement)}
    for position, spec in enumerate(specs):
        session = there.pop(spec.code, None)
        if session is None:
            session = Session(institute_id=institute.id, uid=str(uuid4()))
            db.session.add(session)
            _put(session, spec)
        else:
            _change(session, spec)
        session.position = position
    for session in there.values():
        _take_out(session, keep=keep_cancelled)
    db.session.flush()


def move_sessions(institute_id: UUID, *, before: str, after: str) -> None:
    """Let the sessions that are in the zone ``before`` begin at the same time of day in ``after``.

    Raises ``InstituteRefused`` when clocks there skip the time of a session, or show it twice.
    """
    statement = select(Session).where(
        Session.institute_id == institute_id, Session.time_zone == before
    )
    for session in db.session.scalars(statement):
        for wall in filter(None, (session.starts, session.ends)):
            _refuse_unclear(session, wall, after)
        _put(session, replace(session.spec, time_zone=after))
        session.version += 1
        session.sequence += 1
    db.session.flush()


def _refuse_unclear(session: Session, wall: datetime, zone: str) -> None:
    try:
        instant_of(wall, zone)
    except SessionRefused as refusal:
        raise InstituteRefused(
            say("“%(title)s”: %(why)s", title=session.title, why=refusal.message),
            field="time_zone",
        ) from refusal


def _change(session: Session, spec: SessionSpec) -> None:
    changed = {name for name, *_ in differences(session.spec, spec)}
    revived = session.cancelled_at is not None
    if not changed and not revived:
        return
    _put(session, spec)
    session.cancelled_at = None
    session.version += 1
    if revived or SHOWN_IN_CALENDARS & changed:
        session.sequence += 1


def _take_out(session: Session, *, keep: bool) -> None:
    if session.cancelled_at is not None:
        return
    if not keep and session.taken == 0:
        db.session.delete(session)
        return
    session.cancelled_at = session.changed_at = clock.now()
    session.sequence += 1
    session.version += 1


def _put(session: Session, spec: SessionSpec) -> None:
    zone = ZoneInfo(spec.time_zone)
    for name, value in spec.columns.items():
        setattr(session, name, value)
    session.starts_at = None if spec.starts is None else instant(spec.starts, zone)
    session.ends_at = None if spec.ends is None else instant(spec.ends, zone)
    session.changed_at = clock.now()
