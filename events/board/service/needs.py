"""What people need in order to eat and to take part, for those who order meals and rooms."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from consortium.audit import service as audit
from consortium.database import db
from events.institutes.models import Institute
from events.registration.models import ACTIVE_SEATS, Seat, Team, TeamStatus


@dataclass(frozen=True, kw_only=True)
class Need:
    """One person's own words about food and access."""

    name: str
    team: str
    food: str
    access: str


def needs_at(institute: Institute) -> Sequence[Need]:
    """Return what people of registered teams told, by team and then as the lead listed them."""
    statement = (
        select(Seat.name, Team.name.label("team"), Seat.dietary, Seat.access_needs)
        .join_from(Seat, Team, Team.id == Seat.team_id)
        .where(
            Seat.institute_id == institute.id,
            Seat.status.in_(ACTIVE_SEATS),
            Team.status == TeamStatus.REGISTERED,
            or_(Seat.dietary != "", Seat.access_needs != ""),
        )
        .order_by(func.lower(Team.name), Team.id, Seat.position, Seat.id)
    )
    return [
        Need(name=row.name, team=row.team, food=row.dietary, access=row.access_needs)
        for row in db.session.execute(statement)
    ]


def record_look(institute: Institute, needs: Sequence[Need], *, by: str) -> None:
    """Write down who read what people told in confidence, and of how many; not what it was."""
    audit.record("view_needs", f"institute:{institute.id}", by=by, after={"people": len(needs)})
