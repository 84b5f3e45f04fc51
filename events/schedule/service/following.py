"""Sessions follow when the name of a room, a venue or a presenter changes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select

from consortium import clock
from consortium.database import db
from events.institutes.models import Institute
from events.schedule.domain.drafts import Act, SessionChange, field_changes
from events.schedule.models import Session
from events.schedule.service.releases import record_release


@dataclass(frozen=True)
class Drafts:
    """What waits to be published, and names things by what they were called."""

    sessions: Sequence[Session]

    def rename(self, field: str, before: str | None, after: str) -> None:
        """Let drafts say the new name."""
        for session in self.sessions:
            if session.draft is None or before in {None, after}:
                continue
            said = session.draft.get(field)
            if said == before:
                session.draft = {**session.draft, field: after}
            elif isinstance(said, list) and before in said:
                renamed = [after if name == before else name for name in said]
                session.draft = {**session.draft, field: renamed}

    def move_room(self, room: str, venue: str | None) -> None:
        """Let sessions in the room be in its venue, as they are and as they are to be."""
        for session in self.sessions:
            db.session.refresh(session, ["room"])
            if session.room == room:
                session.venue = venue
            if session.draft is not None and session.draft.get("room") == room:
                session.draft = {**session.draft, "venue": venue}


@contextmanager
def sessions_following(institute: Institute, *, by: str) -> Iterator[Drafts]:
    """Let the sessions follow what is renamed or moved inside the block. Flushes.

    What the public sees of them changes at once: it is in the public log, and whoever has it in
    a calendar is told.
    """
    db.session.refresh(institute, with_for_update={"key_share": True})
    statement = select(Session).where(Session.institute_id == institute.id)
    sessions = db.session.scalars(statement.order_by(Session.id).with_for_update()).all()
    before = {session.id: session.spec for session in sessions}
    yield Drafts(sessions)
    db.session.flush()
    changes = []
    for session in sessions:
        # The database renamed them itself, by the keys that refer to rooms and venues.
        db.session.refresh(session, ["room", "venue"])
        differing = field_changes(before[session.id], session.spec)
        if not differing:
            continue
        session.sequence += 1
        session.version += 1
        session.changed_at = clock.now()
        if session.published and session.cancelled_at is None:
            changes.append(
                SessionChange(
                    session_id=session.id,
                    code=session.code,
                    title=session.title,
                    act=Act.CHANGED,
                    fields=differing,
                )
            )
    db.session.flush()
    if changes and institute.announced:
        record_release(institute, changes, by=by)


def rename_presenter(institute: Institute, before: str, after: str) -> None:
    """Let each session that the presenter holds say the new name."""
    if before == after:
        return
    statement = select(Session).where(Session.institute_id == institute.id)
    for session in db.session.scalars(statement):
        session.presenters = [after if name == before else name for name in session.presenters]
        session.facilitators = [after if name == before else name for name in session.facilitators]
