"""Records are held, whatever the years, because someone asked for it: a court, an audit.

Who deletes anything of an institute's records asks here first, with the institute's row held.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold, translating
from consortium.errors import NotFound
from consortium.words import say
from events.institutes.domain.holding import HoldRefused, held_in_words
from events.institutes.models import ONE_HOLD, Institute, RecordHold


def place_hold(institute: Institute, reason: str, *, by: str) -> RecordHold:
    """Keep an institute's records until the hold is lifted. Raises ``HoldRefused``.

    Whoever deletes some of them at this moment is done before, or finds the hold.
    """
    if not reason.strip():
        raise HoldRefused(say("Write why they have to be kept."), field="reason")
    hold(Institute.id, institute.id)
    row = RecordHold(
        institute_id=institute.id, reason=reason.strip(), placed_at=clock.now(), placed_by=by
    )
    db.session.add(row)
    twice = HoldRefused(say("They are held already. Lift that hold first."), field="reason")
    with translating(ONE_HOLD, into=twice):
        db.session.flush()
    audit.record("place_hold", f"institute:{institute.id}", by=by, after={"reason": row.reason})
    return row


def lift_hold(institute: Institute, *, by: str) -> RecordHold:
    """Let the years count again. Raises ``NotFound`` where nothing is held."""
    row = find_hold(institute.id)
    if row is None:
        raise NotFound(say("Nothing is held here."))
    row.lifted_at = clock.now()
    row.lifted_by = by
    db.session.flush()
    audit.record("lift_hold", f"institute:{institute.id}", by=by, before={"reason": row.reason})
    return row


def find_hold(institute_id: UUID) -> RecordHold | None:
    """Return the hold in force, if there is one."""
    return db.session.scalar(
        select(RecordHold).where(
            RecordHold.institute_id == institute_id, RecordHold.lifted_at.is_(None)
        )
    )


def holds_of(institute: Institute) -> Sequence[RecordHold]:
    """Return all holds there were, newest first."""
    statement = (
        select(RecordHold)
        .where(RecordHold.institute_id == institute.id)
        .order_by(RecordHold.placed_at.desc(), RecordHold.id.desc())
    )
    return db.session.scalars(statement).all()


def refuse_while_held(institute_id: UUID) -> None:
    """Raise ``HoldRefused``, with the reason, where the institute's records are held.

    Holds the institute's row, so that no hold is placed before the caller's transaction ends.
    """
    hold(Institute.id, institute_id)
    held = find_hold(institute_id)
    if held is not None:
        raise HoldRefused(held_in_words(held.reason))
