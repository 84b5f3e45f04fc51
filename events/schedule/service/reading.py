"""Read sessions as the values that pages show, without their rows."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.schedule.domain import PlannedSession
from events.schedule.models import Session

_SHOWN = tuple(part.name for part in fields(PlannedSession) if part.name != "cancelled")
_LISTS = frozenset(
    {"presenters", "facilitators", "audience_roles", "audience_sides", "audience_flags"}
)
_ELSEWHERE = frozenset({"room", "venue"})


def planned_of(institute_id: UUID) -> Sequence[PlannedSession]:
    """Return the published sessions and meetings as ``Session.planned`` has them, as written down.

    A page of a thousand sessions takes a third of the time that their rows would take.
    """
    statement = select(Session.cancelled_at, *(getattr(Session, name) for name in _SHOWN)).where(
        Session.institute_id == institute_id, Session.published
    )
    return [
        _planned(row)
        for row in db.session.execute(statement.order_by(Session.position, Session.code))
    ]


def _planned(row: Sequence[Any]) -> PlannedSession:
    cancelled_at, *values = row
    said: dict[str, Any] = dict(zip(_SHOWN, values, strict=True))
    for name in _LISTS:
        said[name] = tuple(said[name])
    for name in _ELSEWHERE:
        said[name] = said[name] or ""
    return PlannedSession(**said, cancelled=cancelled_at is not None)
