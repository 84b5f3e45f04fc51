"""Wall time and zone are the truth: when the rules of a zone change, the instants follow."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from consortium.zones import zones_version
from events.schedule.models import Session

WORKER = "worker"


def institutes_by_other_rules() -> Iterable[tuple[UUID, UUID]]:
    """Return tenant and id of institutes with sessions to come that older rules placed in time."""
    statement = (
        select(Session.tenant_id, Session.institute_id)
        .where(
            Session.zones_version != zones_version(),
            Session.starts.is_not(None),
            Session.ends_at > clock.now(),
        )
        .distinct()
    )
    return [(row.tenant_id, row.institute_id) for row in db.session.execute(statement)]


def derive_again(institute_id: UUID) -> frozenset[UUID]:
    """Derive the instants of the institute's sessions to come by the rules of today. Flushes.

    Returns the sessions that are at another instant now; their numbers rise, so that calendars
    take it over. A wall time that the new rules skip or show twice is read as the first of its two
    readings, since nobody is there to be asked. What is past stays as it happened.
    """
    statement = (
        select(Session)
        .where(
            Session.institute_id == institute_id,
            Session.zones_version != zones_version(),
            Session.starts.is_not(None),
            Session.ends_at > clock.now(),
        )
        .order_by(Session.id)
        .with_for_update()
    )
    moved: dict[UUID, str] = {}
    for session in db.session.scalars(statement).all():
        before = (session.starts_at, session.ends_at)
        after = tuple(_instant(wall, session.time_zone) for wall in (session.starts, session.ends))
        session.zones_version = zones_version()
        if before == after:
            continue
        session.starts_at, session.ends_at = after
        session.sequence += 1
        session.version += 1
        session.changed_at = clock.now()
        moved[session.id] = session.code
    db.session.flush()
    if moved:
        audit.record(
            "derive_again",
            f"institute:{institute_id}",
            by=WORKER,
            after={"zones": zones_version(), "sessions": sorted(moved.values())},
        )
    return frozenset(moved)


def _instant(wall: datetime | None, zone: str) -> datetime | None:
    if wall is None:
        return None
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
