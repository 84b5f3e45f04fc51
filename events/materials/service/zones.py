"""Materials follow their institute into another time zone."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from consortium.database import db
from events.materials.models import Material


def follow_zone(institute_id: UUID, *, zone: str) -> None:
    """Let materials keep their time of day in the institute's new zone. Part of another act."""
    timed = select(Material).where(
        Material.institute_id == institute_id,
        or_(Material.available_from.is_not(None), Material.available_until.is_not(None)),
    )
    for material in db.session.scalars(timed.order_by(Material.id)):
        material.from_at = _instant(material.available_from, zone)
        material.until_at = _instant(material.available_until, zone)
    db.session.flush()


def _instant(wall: datetime | None, zone: str) -> datetime | None:
    return None if wall is None else wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
