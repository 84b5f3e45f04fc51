"""Write the sessions of a programme, so that calendars follow what changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from consortium.words import say
from events.institutes.domain.sections import InstituteRefused
from events.institutes.models import Institute
from events.programmes.domain import Programme
from events.programmes.service.places import write_whereabouts
from events.schedule.domain import (
    SHOWN_IN_CALENDARS,
    SessionRefused,
    SessionSpec,
    differences,
    instant_of,
)
from events.schedule.domain.drafts import Act, SessionChange, field_changes
from events.schedule.models import Session
from events.schedule.service.forgetting import forget_session
from events.schedule.service.sessions import write_spec
from events.schedule.service.turns import hold_sessions


def write_sessions(
    institute: Institute, programme: Programme, *, keep_cancelled: bool
) -> Sequence[SessionChange]:
    """Make the institute's sessions those of the file; return what changed. Flushes.

    ``programme`` names rooms, venues and presenters as the institute is to have them.

    A session is known by its code: it keeps its row and its UID for ever. One that goes is
    cancelled when people count on it (``keep_cancelled``, or someone chose it), so that their
    calendars learn of it; else it is as if it had never been. What was planned on pages and not
    published yet is dropped: the file says how the programme is.
    """
    statement = select(Session).where(Session.institute_id == institute.id)
    there = {session.code: session for session in db.session.scalars(statement)}
    before = {session.code: session.spec for session in there.values()}
    if write_whereabouts(institute, programme.whereabouts):
        db.session.scalars(statement.execution_options(populate_existing=True)).all()
    changes: list[SessionChange | None] = []
    for position, spec in enumerate(programme.sessions):
        session = there.pop(spec.code, None)
        if session is None:
            session = Session(id=uuid4(), institute_id=institute.id, uid=str(uuid4()))
            session.published = institute.announced or not institute.programme_held_back
            db.session.add(session)
            write_spec(session, spec)
            changes.append(_note(session, Act.ADDED))
        else:
            changes.append(_change(institute, session, before[spec.code], spec))
        session.position = position
    changes += [_take_out(session, keep=keep_cancelled) for session in there.values()]
    db.session.flush()
    return [change for change in changes if change is not None]


def move_sessions(institute_id: UUID, *, before: str, after: str) -> None:
    """Let the sessions that are in the zone ``before`` begin at the same time of day in ``after``.

    The institute is a draft, so that nothing waits to be published. Raises ``InstituteRefused``
    when clocks there skip the time of a session, or show it twice.
    """
    hold_sessions(institute_id)
    statement = select(Session).where(
        Session.institute_id == institute_id, Session.time_zone == before
    )
    for session in db.session.scalars(statement):
        for wall in filter(None, (session.starts, session.ends)):
            _refuse_unclear(session, wall, after)
        write_spec(session, replace(session.spec, time_zone=after))
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


def _change(
    institute: Institute, session: Session, before: SessionSpec, spec: SessionSpec
) -> SessionChange | None:
    changed = {name for name, *_ in differences(before, spec)}
    revived = session.cancelled_at is not None
    came = not session.published
    session.draft = session.draft_cancelled = None
    session.published = institute.announced or not institute.programme_held_back
    if not changed and not revived:
        return _note(session, Act.ADDED) if came else None
    write_spec(session, spec)
    session.cancelled_at = None
    session.version += 1
    if revived or SHOWN_IN_CALENDARS & changed:
        session.sequence += 1
    if came:
        return _note(session, Act.ADDED)
    act = Act.RESTORED if revived else Act.CHANGED
    return _note(session, act, before=before)


def _take_out(session: Session, *, keep: bool) -> SessionChange | None:
    if session.cancelled_at is not None:
        return None
    if not session.published or (not keep and session.taken == 0):
        forget_session(session)
        return None
    session.draft = session.draft_cancelled = None
    session.cancelled_at = session.changed_at = clock.now()
    session.sequence += 1
    session.version += 1
    return _note(session, Act.CANCELLED)


def _note(session: Session, act: Act, *, before: SessionSpec | None = None) -> SessionChange:
    return SessionChange(
        session_id=session.id,
        code=session.code,
        title=session.title,
        act=act,
        fields=field_changes(before, session.spec) if before else (),
    )
