"""The groups of a cohort, as other packages see them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.registration.models import Team, TeamKind, TeamStatus

__all__ = ["groups_of_teams"]


def groups_of_teams(institute_id: UUID) -> Mapping[UUID, str]:
    """Return to which group of a cohort each registered team belongs; empty where to none."""
    rows = select(Team.id, Team.cohort).where(
        Team.institute_id == institute_id,
        Team.kind == TeamKind.TEAM,
        Team.status == TeamStatus.REGISTERED,
    )
    return {row.id: row.cohort for row in db.session.execute(rows)}
