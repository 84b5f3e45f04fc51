"""Writing the programme: add, change and cancel a session."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict, NotFound
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import (
    SHOWN_IN_CALENDARS,
    SessionRefused,
    SessionSpec,
    differences,
    instant_of,
)
from events.schedule.models import CODE_TAKEN, Session
from events.schedule.service.leaving import free_holders
from events.schedule.service.promoting import promote_waiters


def sessions_of(institute_id: UUID) -> Sequence[Session]:
    """Return the institute's sessions and meetings in order of time, undated ones last."""
    return sessions_by_institute([institute_id]).get(institute_id, [])


def sessions_by_institute(
    institute_ids: Collection[UUID],
) -> Mapping[UUID, Sequence[Session]]:
    """Return the sessions of several institutes, each in order of time."""
    statement = (
        select(Session)
        .where(Session.institute_id.in_(institute_ids))
        .order_by(Session.starts_at.is_(None), Session.starts_at, Session.ends_at, Session.position)
    )
    found: dict[UUID, list[Session]] = {}
    for session in db.session.scalars(statement):
        found.setdefault(session.institute_id, []).append(session)
    return found


def get_session(institute: Institute, code: str) -> Session:
    """Return the institute's session with this code; raise ``NotFound``."""
    session = db.session.scalar(
        select(Session).where(Session.institute_id == institute.id, Session.code == code)
    )
    if session is None:
        raise NotFound(say("There is no such session at this institute."))
    return session


def codes_of(institute: Institute) -> frozenset[str]:
    """Return the short codes that the institute's sessions have."""
    statement = select(Session.code).where(Session.institute_id == institute.id)
    return frozenset(db.session.scalars(statement))


def put_session(institute: Institute, spec: SessionSpec, *, by: str) -> Session:
    """Add a session to the institute's programme; agendas and calendars show it at once.

    Raises ``SessionRefused`` when times, places or audience make no sense, when its round says
    another number to pick, or when the code is taken.
    """
    refuse_cancelled(institute)
    _check(institute, spec)
    _check_round(institute, spec)
    session = Session(
        institute_id=institute.id,
        uid=str(uuid4()),
        position=_next_position(institute),
    )
    _write(session, spec)
    db.session.add(session)
    with translating(CODE_TAKEN, into=_code_taken(spec.code)):
        db.session.flush()
    audit.record(
        "put_session",
        f"session:{session.id}",
        by=by,
        after={"institute": institute.slug, "code": session.code, "title": session.title},
    )
    return session


def change_session(
    institute: Institute, session: Session, spec: SessionSpec, *, version: int, by: str
) -> Session:
    """Change a session; calendars learn of it by a raised sequence, if they show the change.

    How many of a round one person takes is said for the whole round, so its other sessions
    follow.
    Raises ``Conflict`` with both versions when someone changed it since ``version``, and
    ``SessionRefused`` as ``put_session`` does, or when fewer places are left than are taken.
    """
    refuse_cancelled(institute)
    db.session.refresh(session, with_for_update=True)
    changes = differences(session.spec, spec)
    if session.version != version:
        raise Conflict(
            say("Someone changed this session while you were at it."),
            versions=tuple((label, before, after) for _, label, before, after in changes),
        )
    _check(institute, spec)
    if spec.choice_group != session.choice_group:
        _check_round(institute, spec)
    if spec.capacity is not None and spec.capacity < session.taken:
        raise SessionRefused(
            say(
                "People who have chosen this session: %(taken)s. Leave at least as many places.",
                taken=session.taken,
            ),
            field="capacity",
        )
    if not changes:
        return session
    _write(session, spec)
    session.version += 1
    if SHOWN_IN_CALENDARS.intersection(name for name, *_ in changes):
        session.sequence += 1
    with translating(CODE_TAKEN, into=_code_taken(spec.code)):
        db.session.flush()
    _let_the_round_follow(session)
    audit.record(
        "change_session",
        f"session:{session.id}",
        by=by,
        before={name: before for name, _, before, _ in changes},
        after={name: after for name, _, _, after in changes},
    )
    promote_waiters([session.id])
    return session


def cancel_session(session: Session, *, by: str) -> None:
    """Cancel a session; it stays in programme and calendars, marked as cancelled.

    Whoever chose it, or waits for it, is told and can choose another of its round.
    """
    refuse_cancelled(db.session.get_one(Institute, session.institute_id))
    db.session.refresh(session, with_for_update=True)
    if session.cancelled_at is not None:
        return
    now = clock.now()
    session.cancelled_at = now
    session.changed_at = now
    session.sequence += 1
    session.version += 1
    db.session.flush()
    free_holders([session.id])
    audit.record("cancel_session", f"session:{session.id}", by=by, after={"title": session.title})


def _check(institute: Institute, spec: SessionSpec) -> None:
    spec.check(
        role_codes={role.code for role in institute.roles},
        days=() if institute.is_cohort else {day.on for day in institute.days},
    )


def _check_round(institute: Institute, spec: SessionSpec) -> None:
    """Raise when a session comes to a round of which people take another number."""
    if not spec.choice_group:
        return
    said = db.session.scalar(
        select(func.max(Session.pick)).where(
            Session.institute_id == institute.id, Session.choice_group == spec.choice_group
        )
    )
    if said is not None and said != spec.pick:
        raise SessionRefused(
            say(
                "People take %(pick)s of the round “%(round)s”. Write %(pick)s here too; you can "
                "change it for the whole round afterwards.",
                pick=said,
                round=spec.choice_group,
            ),
            field="pick",
        )


def _let_the_round_follow(session: Session) -> None:
    if not session.choice_group:
        return
    others = update(Session).where(
        Session.institute_id == session.institute_id,
        Session.choice_group == session.choice_group,
        Session.pick != session.pick,
    )
    db.session.execute(others.values(pick=session.pick, version=Session.version + 1))


def _write(session: Session, spec: SessionSpec) -> None:
    session.starts_at = (
        None if spec.starts is None else instant_of(spec.starts, spec.time_zone, field="begins")
    )
    session.ends_at = (
        None if spec.ends is None else instant_of(spec.ends, spec.time_zone, field="ends")
    )
    for name, value in spec.columns.items():
        setattr(session, name, value)
    session.changed_at = clock.now()


def _next_position(institute: Institute) -> int:
    last = db.session.scalar(
        select(func.max(Session.position)).where(Session.institute_id == institute.id)
    )
    return 0 if last is None else last + 1


def _code_taken(code: str) -> SessionRefused:
    return SessionRefused(
        say("Another session has the short code “%(code)s” already. Choose another.", code=code),
        field="code",
    )
