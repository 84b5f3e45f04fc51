"""What other features ask: a new time zone, a material that is about to be removed."""

from datetime import UTC
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consortium.database import db
from consortium.words import say
from events.deliverables.domain import DeliverableRefused
from events.deliverables.models import Deliverable


def follow_zone(institute_id: UUID, *, zone: str) -> None:
    """Let what is asked for be due at its time of day in the institute's new zone."""
    asked = select(Deliverable).where(Deliverable.institute_id == institute_id)
    for deliverable in db.session.scalars(asked.order_by(Deliverable.id)):
        deliverable.due_at = deliverable.due.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    db.session.flush()


def refuse_to_lose(material_id: UUID) -> None:
    """Raise ``DeliverableRefused`` for a material that is the template of something asked for."""
    title = db.session.scalar(
        select(Deliverable.title).where(Deliverable.template_id == material_id).limit(1)
    )
    if title is not None:
        raise DeliverableRefused(
            say(
                "It is the template of “%(title)s”, which teams hand in. Choose another template "
                "there first.",
                title=title,
            )
        )
