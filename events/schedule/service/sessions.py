"""Writing the programme: add, change and cancel a session."""

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from sqlalchemy import func, select, update

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import Conflict
from consortium.words import Sentence, say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import (
    SHOWN_IN_CALENDARS,
    SessionRefused,
    SessionSpec,
    differences,
    instant_of,
    span_of,
)
from events.schedule.models import CODE_TAKEN, Session
from events.schedule.service.leaving import free_holders
from events.schedule.service.places import Names
from events.schedule.service.promoting import promote_waiters


def put_session(
    institute: Institute, spec: SessionSpec, *, by: str, published: bool = True
) -> Session:
    """Add a session to the institute's programme; agendas and calendars show it at once.

    Not ``published`` it waits until the programme is. Raises ``SessionRefused`` when times, places
    or audience make no sense, when its round says another number to pick, or when the code is
    taken.
    """
    session = _placed(institute, spec, by=by, published=published)
    audit.record(
        "put_session",
        f"session:{session.id}",
        by=by,
        after={"institute": institute.slug, "code": session.code, "title": session.title},
    )
    return session


def put_sessions(
    institute: Institute, specs: Sequence[SessionSpec], *, by: str, published: bool
) -> Sequence[Session]:
    """Add several sessions in one act, e.g. a series of meetings. Raises as ``put_session``."""
    sessions = [_placed(institute, spec, by=by, published=published) for spec in specs]
    audit.record(
        "put_sessions",
        f"institute:{institute.id}",
        by=by,
        after={"sessions": [session.code for session in sessions]},
    )
    return sessions


def _placed(institute: Institute, spec: SessionSpec, *, by: str, published: bool) -> Session:
    refuse_cancelled(institute)
    spec = Names(institute).settle(spec)
    check_session(institute, spec)
    check_round(institute, spec)
    session = Session(
        institute_id=institute.id,
        uid=str(uuid4()),
        position=_next_position(institute),
        published=published,
        edited_by=by,
    )
    write_spec(session, spec)
    db.session.add(session)
    with translating(CODE_TAKEN, into=code_taken(spec.code)):
        db.session.flush()
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
    spec, changes = checked_change(institute, session, spec, version=version)
    if not changes:
        return session
    write_spec(session, spec)
    session.version += 1
    if SHOWN_IN_CALENDARS.intersection(name for name, *_ in changes):
        session.sequence += 1
    with translating(CODE_TAKEN, into=code_taken(spec.code)):
        db.session.flush()
    let_the_round_follow(session)
    audit.record(
        "change_session",
        f"session:{session.id}",
        by=by,
        before={name: before for name, _, before, _ in changes},
        after={name: after for name, _, _, after in changes},
    )
    promote_waiters([session.id])
    return session


def checked_change(
    institute: Institute, session: Session, spec: SessionSpec, *, version: int, draft: bool = False
) -> tuple[SessionSpec, Sequence[tuple[str, Sentence, str, str]]]:
    """Hold the session; return the spec as the institute spells it, and what it changes.

    Compared with the session as it is, or with what is to be published of it as a ``draft``.
    Raises ``Conflict`` with both versions when someone changed it since ``version``, and
    ``SessionRefused`` when it cannot be.
    """
    db.session.refresh(session, with_for_update=True)
    spec = Names(institute).settle(spec)
    changes = differences(session.drafted if draft else session.spec, spec)
    if session.version != version:
        raise Conflict(
            say("Someone changed this session while you were at it."),
            versions=tuple((label, before, after) for _, label, before, after in changes),
        )
    check_session(institute, spec)
    if spec.choice_group != session.choice_group:
        check_round(institute, spec)
    check_places(session, spec)
    return spec, changes


def cancel_session(session: Session, *, by: str) -> None:
    """Cancel a session; it stays in programme and calendars, marked as cancelled.

    Whoever chose it, or waits for it, is told and can choose another of its round.
    """
    refuse_cancelled(db.session.get_one(Institute, session.institute_id))
    db.session.refresh(session, with_for_update=True)
    if take_off(session):
        audit.record(
            "cancel_session", f"session:{session.id}", by=by, after={"title": session.title}
        )


def take_off(session: Session) -> bool:
    """Let a session that the caller holds be cancelled; tell whether it was not yet. Flushes.

    A step of the acts that cancel it.
    """
    if session.cancelled_at is not None:
        return False
    now = clock.now()
    session.cancelled_at = now
    session.changed_at = now
    session.sequence += 1
    session.version += 1
    db.session.flush()
    free_holders([session.id])
    return True


def check_session(institute: Institute, spec: SessionSpec) -> None:
    """Raise ``SessionRefused`` when this cannot be a session of the institute."""
    spec.check(
        role_codes={role.code for role in institute.roles},
        days=() if institute.is_cohort else {day.on for day in institute.days},
        strands={strand.code for strand in institute.strands},
    )
    for wall, field in ((spec.starts, "begins"), (spec.ends, "ends")):
        if wall is not None:
            instant_of(wall, spec.time_zone, field=field)


def check_places(session: Session, spec: SessionSpec) -> None:
    """Raise ``SessionRefused`` when fewer places would be left than people have taken."""
    if spec.capacity is not None and spec.capacity < session.taken:
        raise SessionRefused(
            say(
                "People who have chosen this session: %(taken)s. Leave at least as many places.",
                taken=session.taken,
            ),
            field="capacity",
        )


def check_round(institute: Institute, spec: SessionSpec) -> None:
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


def let_the_round_follow(session: Session) -> None:
    """Let how many one person takes be the same in the whole round."""
    let_rounds_follow(session.institute_id, {session.choice_group: session.pick})


def let_rounds_follow(institute_id: UUID, picks: Mapping[str, int]) -> None:
    """Let how many one person takes of each round be what ``picks`` says, in all its sessions."""
    for choice_group, pick in picks.items():
        if not choice_group:
            continue
        others = update(Session).where(
            Session.institute_id == institute_id,
            Session.choice_group == choice_group,
            Session.pick != pick,
        )
        # The database says which: to look for them among a thousand rows in hand takes far longer.
        db.session.execute(
            others.values(pick=pick, version=Session.version + 1),
            execution_options={"synchronize_session": "fetch"},
        )


def write_spec(session: Session, spec: SessionSpec) -> None:
    """Let the session be what the spec says; the caller has checked it."""
    span = span_of(spec.starts, spec.ends, spec.time_zone)
    session.starts_at = span.begins_at if span else None
    session.ends_at = span.ends_at if span else None
    for name, value in spec.columns.items():
        setattr(session, name, value)
    session.changed_at = clock.now()


def _next_position(institute: Institute) -> int:
    last = db.session.scalar(
        select(func.max(Session.position)).where(Session.institute_id == institute.id)
    )
    return 0 if last is None else last + 1


def code_taken(code: str) -> SessionRefused:
    """Return the refusal of a short code that another session has."""
    return SessionRefused(
        say("Another session has the short code “%(code)s” already. Choose another.", code=code),
        field="code",
    )
