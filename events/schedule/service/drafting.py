"""Write a programme that the public sees already: what changes waits until it is published."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select

from consortium.audit import service as audit
from consortium.database import db
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled, refuse_cancelled_by_now
from events.schedule.domain import SessionSpec, differences
from events.schedule.domain.drafts import kept_as
from events.schedule.models import Session
from events.schedule.service.forgetting import forget_session
from events.schedule.service.reading import Written
from events.schedule.service.sessions import (
    cancel_session,
    change_session,
    checked_change,
    code_taken,
    put_session,
    put_sessions,
)


def is_public(institute: Institute, session: Session) -> bool:
    """Tell whether people may have seen the session, so that its changes have to wait."""
    return institute.announced and session.published


def waits(institute: Institute, session: Session | Written) -> bool:
    """Tell whether something of the session waits until the programme is published."""
    return institute.announced and session.waits


def add_session(institute: Institute, spec: SessionSpec, *, by: str) -> Session:
    """Plan a session. The public sees it with the next publishing, or with its institute.

    Raises as ``put_session`` does.
    """
    _hold_state(institute)
    waits = institute.announced or institute.programme_held_back
    return put_session(institute, spec, by=by, published=not waits)


def add_sessions(
    institute: Institute, specs: Sequence[SessionSpec], *, by: str
) -> Sequence[Session]:
    """Plan several sessions in one act, seen as one ``add_session`` plans. Raises alike."""
    _hold_state(institute)
    waits = institute.announced or institute.programme_held_back
    return put_sessions(institute, specs, by=by, published=not waits)


def edit_session(
    institute: Institute, session: Session, spec: SessionSpec, *, version: int, by: str
) -> Session:
    """Change a session: at once while nobody has seen it, else with the next publishing.

    Written back to what the public sees, nothing waits any more. Raises ``Conflict`` with both
    versions when someone changed it since ``version``, and ``SessionRefused`` when it cannot be.
    """
    _hold_state(institute)
    if not is_public(institute, session):
        return change_session(institute, session, spec, version=version, by=by)
    spec, changes = checked_change(institute, session, spec, version=version, draft=True)
    _check_code(institute, session, spec)
    if not changes:
        return session
    session.draft = dict(kept_as(spec)) if differences(session.spec, spec) else None
    session.edited_by = by
    session.version += 1
    db.session.flush()
    audit.record(
        "edit_session",
        f"session:{session.id}",
        by=by,
        before={name: before for name, _, before, _ in changes},
        after={name: after for name, _, _, after in changes},
    )
    return session


def plan_cancelling(institute: Institute, session: Session, *, by: str) -> bool:
    """Let the next publishing cancel the session; return whether it waits for that.

    What nobody has seen goes at once: it is as if it had never been planned. Raises as
    ``refuse_cancelled``.
    """
    _hold_state(institute)
    db.session.refresh(session, with_for_update=True)
    if not is_public(institute, session):
        if session.taken:
            cancel_session(session, by=by)
        else:
            _forget(session, by=by)
        return False
    if session.cancelled_at is not None or session.draft_cancelled:
        return session.draft_cancelled is True
    session.draft_cancelled = True
    _note(session, "plan_cancelling", by=by)
    return True


def plan_holding(institute: Institute, session: Session, *, by: str) -> None:
    """Let the next publishing hold a session after all that was cancelled."""
    _hold_state(institute)
    db.session.refresh(session, with_for_update=True)
    if session.cancelled_at is None:
        return
    session.draft_cancelled = False
    _note(session, "plan_holding", by=by)


def drop_draft(institute: Institute, session: Session, *, by: str) -> None:
    """Leave the session as the public sees it; one that was only planned is planned no more."""
    _hold_state(institute)
    db.session.refresh(session, with_for_update=True)
    if not session.published:
        _forget(session, by=by)
        return
    if not session.waits:
        return
    session.draft = session.draft_cancelled = None
    _note(session, "drop_draft", by=by)


def hold_programme_back(institute: Institute, *, back: bool, by: str) -> None:
    """Keep the programme of a draft institute from being published with it, or no longer.

    Nothing happens once the institute is announced: from then on what is planned waits anyway.
    """
    db.session.refresh(institute, with_for_update=True)
    refuse_cancelled(institute)
    if institute.announced or institute.programme_held_back is back:
        return
    institute.programme_held_back = back
    for session in db.session.scalars(_of(institute.id)):
        session.published = not back
    db.session.flush()
    audit.record(
        "hold_programme_back", f"institute:{institute.id}", by=by, after={"held_back": back}
    )


def _hold_state(institute: Institute) -> None:
    """Let the institute be neither announced nor cancelled before this transaction ends.

    What is written of a session that nobody sees yet would be public at once, and on no record.
    """
    refuse_cancelled_by_now(institute)
    db.session.refresh(institute, ["status", "programme_held_back"])


def _of(institute_id: UUID) -> Select[Session]:
    return select(Session).where(Session.institute_id == institute_id)


def _check_code(institute: Institute, session: Session, spec: SessionSpec) -> None:
    """Raise what the database would say on publishing: the code is another session's."""
    others = _of(institute.id).where(Session.code == spec.code, Session.id != session.id)
    if db.session.scalar(others) is not None:
        raise code_taken(spec.code)


def _forget(session: Session, *, by: str) -> None:
    """Delete what nobody but those who plan has seen."""
    audit.record("drop_draft", f"session:{session.id}", by=by, before={"title": session.title})
    forget_session(session)


def _note(session: Session, act: str, *, by: str) -> None:
    session.edited_by = by
    session.version += 1
    db.session.flush()
    audit.record(act, f"session:{session.id}", by=by, after={"title": session.title})
