"""What publishing does to the rows of sessions, step by step; its acts are in other modules."""

from collections.abc import Iterable

from consortium import clock
from consortium.database import db, translating
from consortium.words import say
from events.institutes.models import Institute
from events.schedule.domain import SHOWN_IN_CALENDARS, SessionRefused, differences
from events.schedule.domain.drafts import Act, FieldChange, SessionChange, field_changes
from events.schedule.models import CODE_TAKEN, Session
from events.schedule.service.sessions import (
    check_places,
    check_session,
    code_taken,
    let_rounds_follow,
    write_spec,
)
from events.schedule.service.turns import hold_sessions


def hold_programme(institute: Institute) -> None:
    """Let whoever else publishes it wait, and whoever chooses among its sessions."""
    # Not against those who write rows of the institute: people who choose wait for the turn only.
    db.session.refresh(institute, with_for_update={"key_share": True})
    hold_sessions(institute.id)


def waiting_change(session: Session) -> SessionChange | None:
    """Return what publishing does to the session; ``None`` where nothing of it waits."""
    if not session.published:
        return added_change(session)
    if session.draft_cancelled:
        return change_of(session, Act.CANCELLED)
    changed = field_changes(session.spec, session.drafted)
    if session.draft_cancelled is False:
        return change_of(session, Act.RESTORED, changed)
    if session.draft is not None:
        return change_of(session, Act.CHANGED, changed)
    return None


def added_change(session: Session) -> SessionChange:
    """Return that the session becomes public."""
    return change_of(session, Act.ADDED)


def change_of(session: Session, act: Act, changed: tuple[FieldChange, ...] = ()) -> SessionChange:
    """Return what an act does to the session, as the public log says it."""
    return SessionChange(
        session_id=session.id,
        code=session.drafted.code,
        title=session.drafted.title,
        act=act,
        fields=changed,
    )


def apply_drafts(institute: Institute, sessions: Iterable[Session]) -> None:
    """Let the rows be what was planned of them, and their rounds follow. Flushes."""
    picks: dict[str, int] = {}
    for session in sessions:
        changed = _apply(institute, session)
        if not changed.isdisjoint({"pick", "choice_group"}):
            picks[session.choice_group] = session.pick
    db.session.flush()
    let_rounds_follow(institute.id, picks)


def _apply(institute: Institute, session: Session) -> frozenset[str]:
    """Let the row be what was planned of it; return which fields that changes."""
    before, spec = session.spec, session.drafted
    try:
        check_session(institute, spec)
        check_places(session, spec)
    except SessionRefused as refusal:
        raise SessionRefused(
            say("“%(title)s”: %(why)s", title=spec.title, why=refusal.message)
        ) from refusal
    changed = frozenset(name for name, *_ in differences(before, spec))
    now = clock.now()
    if session.draft is not None:
        write_spec(session, spec)
    if session.draft_cancelled is not None:
        session.cancelled_at = now if session.draft_cancelled else None
        session.sequence += 1
    elif changed & SHOWN_IN_CALENDARS:
        session.sequence += 1
    session.changed_at = now
    session.published = True
    session.draft = session.draft_cancelled = None
    session.version += 1
    if "code" in changed:
        with translating(CODE_TAKEN, into=code_taken(spec.code)):
            db.session.flush()
    return changed
