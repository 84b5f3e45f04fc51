"""Records are held, whatever the years, because someone asked for it: a court, an audit."""

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, translating
from consortium.errors import NotFound
from consortium.words import say
from events.credit.domain.rules import CreditRefused
from events.credit.models import ONE_HOLD, RecordHold
from events.credit.service.keeping.finding import find_hold
from events.institutes.models import Institute


def place_hold(institute: Institute, reason: str, *, by: str) -> RecordHold:
    """Keep an institute's records until the hold is lifted. Raises ``CreditRefused``."""
    if not reason.strip():
        raise CreditRefused(say("Write why they have to be kept."), field="reason")
    row = RecordHold(
        institute_id=institute.id, reason=reason.strip(), placed_at=clock.now(), placed_by=by
    )
    db.session.add(row)
    twice = CreditRefused(say("They are held already. Lift that hold first."), field="reason")
    with translating(ONE_HOLD, into=twice):
        db.session.flush()
    audit.record("place_hold", f"institute:{institute.id}", by=by, after={"reason": row.reason})
    return row


def lift_hold(institute: Institute, *, by: str) -> RecordHold:
    """Let the years count again. Raises ``NotFound`` where nothing is held."""
    row = find_hold(institute)
    if row is None:
        raise NotFound(say("Nothing is held here."))
    row.lifted_at = clock.now()
    row.lifted_by = by
    db.session.flush()
    audit.record("lift_hold", f"institute:{institute.id}", by=by, before={"reason": row.reason})
    return row
