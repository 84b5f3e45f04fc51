"""Publish what was planned: compare, apply in one act, write it down, let people be told."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import func, select

from consortium.audit import service as audit
from consortium.database import db
from consortium.errors import Conflict, Refusal
from consortium.words import say
from events.institutes.models import Institute
from events.institutes.service.cancelling import refuse_cancelled
from events.schedule.domain import (
    Clash,
    audience_of,
    audience_refusal,
)
from events.schedule.domain.drafts import (
    SessionChange,
)
from events.schedule.models import Release, Session, SessionChoice
from events.schedule.service.applying import (
    added_change,
    apply_drafts,
    hold_programme,
    waiting_change,
)
from events.schedule.service.crowds import clash_keys, clashes_at, crowd_at
from events.schedule.service.reading import written_of
from events.schedule.service.releases import record_release
from events.schedule.service.turns import hold_sessions


class ClashesLeft(Refusal):
    """The programme would be published with clashes that nobody has accepted."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        super().__init__(
            say(
                "Clashes in what you publish: %(clashes)s. Tick that you publish it all the same, "
                "or mend them first.",
                clashes=len(clashes),
            ),
            field="accept",
        )
        self.clashes = tuple(clashes)


@dataclass(frozen=True, kw_only=True)
class Pending:
    """What the next publishing does."""

    changes: tuple[SessionChange, ...]
    clashes: tuple[Clash, ...] = field(default=())
    """Clashes of the programme as it is then, that a session which changes takes part in."""
    seen: str = ""
    """What stays the same as long as the same is to be published."""

    @property
    def anything(self) -> bool:
        """Whether there is something to publish."""
        return bool(self.changes)


def pending(institute: Institute) -> Pending:
    """Return what the next publishing of the programme does, in order of time."""
    written = written_of(institute.id)
    waiting = _sessions(institute, only={one.planned.id for one in written if one.waits})
    changes = tuple(change for session in waiting if (change := waiting_change(session)))
    changing = {change.code for change in changes} | {one.drafted.code for one in waiting}
    clashes = clashes_at(institute, [one.planned for one in written])
    return Pending(
        changes=changes,
        clashes=tuple(
            clash
            for clash in clashes
            if not changing.isdisjoint(session.code for session in clash.sessions)
        ),
        seen=_seen(waiting),
    )


def publish_programme(
    institute: Institute, *, seen: str, by: str, note: str = "", accept: bool = False
) -> Release | None:
    """Make everything public that waits; return what was published, if anything.

    Agendas and feeds follow at once, and everyone whose agenda it touches is told once. ``seen``
    is the ``Pending.seen`` that was agreed to. Raises ``Conflict`` when something else waits now,
    ``ClashesLeft`` unless clashes are accepted, and ``SessionRefused`` when a session cannot be as
    it was planned any more, because people took its places meanwhile.
    """
    hold_programme(institute)
    refuse_cancelled(institute)
    if not institute.announced:
        raise Refusal(say("Publish the institute first. Its programme comes with it."))
    sessions = _sessions(institute)
    now = pending(institute)
    if not now.anything:
        return None
    if seen != now.seen:
        raise Conflict(
            say(
                "Someone changed the programme after you looked. See below what waits now, then "
                "publish it."
            )
        )
    if now.clashes and not accept:
        raise ClashesLeft(now.clashes)
    apply_drafts(institute, [session for session in sessions if session.waits])
    institute.programme_held_back = False
    db.session.flush()
    release = record_release(
        institute,
        now.changes,
        by=by,
        note=note,
        overridden=[clash.key for clash in now.clashes],
    )
    audit.record(
        "publish_programme",
        f"institute:{institute.id}",
        by=by,
        after={
            "release": release.number,
            "sessions": [change.code for change in now.changes],
            "overridden": release.overridden,
        },
    )
    return release


def people_touched(institute: Institute, waiting: Pending) -> int:
    """Return for at least how many people publishing changes the agenda: who is told."""
    ids = {change.session_id for change in waiting.changes if change.concerns_people}
    simply = {
        audience_of(view): view
        for session in _sessions(institute, only=ids)
        for view in (session.planned, session.planned_draft)
        if not view.choice_group
    }
    crowd = crowd_at(institute.id) if simply else {}
    touched = sum(
        people
        for attendee, people in crowd.items()
        if any(audience_refusal(view, attendee, role_labels={}) is None for view in simply.values())
    )
    chosen = select(func.count(SessionChoice.seat_id.distinct())).where(
        SessionChoice.session_id.in_(ids)
    )
    return max(touched, db.session.scalar(chosen) or 0)


def note_first_programme(institute: Institute, *, by: str) -> None:
    """Begin the public log with the programme that an institute is announced with. Flushes."""
    public = [session for session in _sessions(institute) if session.published]
    if public:
        record_release(
            institute,
            [added_change(session) for session in public],
            by=by,
            overridden=clash_keys(institute, {session.id for session in public}),
        )


def take_drafts_over(institute: Institute) -> None:
    """Let the sessions of an institute that becomes a draft again be what was planned of them.

    Nobody sees them any more, so nothing has to wait. A step of taking it back. Flushes.
    """
    hold_sessions(institute.id)
    sessions = _sessions(institute)
    apply_drafts(
        institute, [session for session in sessions if session.published and session.waits]
    )


def _sessions(institute: Institute, *, only: Collection[UUID] | None = None) -> Sequence[Session]:
    statement = select(Session).where(Session.institute_id == institute.id)
    if only is not None:
        statement = statement.where(Session.id.in_(only))
    in_time = statement.order_by(Session.starts_at.is_(None), Session.starts_at, Session.position)
    return db.session.scalars(in_time).all()


def _seen(waiting: Sequence[Session]) -> str:
    versions = sorted((session.code, session.version) for session in waiting)
    return hashlib.sha256(repr(versions).encode()).hexdigest()[:32]
