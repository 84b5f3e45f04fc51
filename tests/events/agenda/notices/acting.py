"""Change a programme as hosts do, and let people be told."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from events.agenda.jobs.notices import tell_of_changes
from events.agenda.service import notices
from events.agenda.service.notices import Why
from events.institutes.models import Institute
from events.schedule import service as schedule
from events.schedule.models import Session

ANA, BEN = "ana@x.org", "ben@x.org"
BY = "coordinator@example.org"


def tell(institute: Institute, *, note: str = "", why: str = Why.PROGRAMME) -> None:
    """Let everyone's calendar be compared, as whoever changes something does."""
    with transaction():
        notices.want_everyone(institute.id, why=why, note=note)
    tell_of_changes(None)  # type: ignore[arg-type]


def change(session: Session, **values: Any) -> None:
    with transaction():
        institute = db.session.get_one(Institute, session.institute_id)
        spec = replace(session.spec, **values)
        schedule.change_session(institute, session, spec, version=session.version, by=BY)
        notices.programme_changed(institute.id, [session.id])


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def waiting() -> list[OutboxEmail]:
    unsent = select(OutboxEmail).where(OutboxEmail.settled_at.is_(None))
    return list(db.session.scalars(unsent.order_by(OutboxEmail.to)))
