"""What is handed out is there, at the moment that its wall time says."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select

from consortium.database import db
from events.institutes.models import Institute
from events.materials.models import Material, MaterialVersion


def versions_lost() -> Iterator[str]:
    """Find materials whose shown version is not there, and numbers that were left out."""
    there = exists().where(
        MaterialVersion.material_id == Material.id, MaterialVersion.number == Material.shown_number
    )
    lost = select(Material.id).where(Material.shown_number > 0, ~there)
    for material_id in db.session.scalars(lost.order_by(Material.id)):
        yield f"material:{material_id} shows a version that is not there."


def moments_off() -> Iterator[str]:
    """Find materials that are handed out at another moment than their wall time says."""
    timed = (
        select(Material, Institute.time_zone)
        .join(Institute, Institute.id == Material.institute_id)
        .where(Material.from_at.is_not(None) | Material.until_at.is_not(None))
        .order_by(Material.id)
    )
    for material, zone in db.session.execute(timed):
        pairs = (
            (material.available_from, material.from_at),
            (material.available_until, material.until_at),
        )
        if any(not same_moment(wall, at, zone) for wall, at in pairs):
            yield f"material:{material.id} is handed out at another moment than it says."


def same_moment(wall: datetime | None, at: datetime | None, zone: str) -> bool:
    """Tell whether an instant is the one at which clocks in the zone show the wall time."""
    if wall is None or at is None:
        return wall is None and at is None
    return wall.replace(tzinfo=ZoneInfo(zone)) == at
