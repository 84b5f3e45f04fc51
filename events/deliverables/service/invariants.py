"""What teams hand in: every version is there, and it is due when its wall time says."""

from collections.abc import Iterator

from sqlalchemy import func, select

from consortium.database import db
from events.deliverables.domain import Review
from events.deliverables.models import Deliverable, HandIn
from events.institutes.models import Institute
from events.materials.service.invariants import same_moment
from events.registration.models import Team


def versions_left_out() -> Iterator[str]:
    """Find teams whose versions are not numbered from one on without a gap."""
    numbers = (
        select(HandIn.deliverable_id, HandIn.team_id)
        .group_by(HandIn.deliverable_id, HandIn.team_id)
        .having(func.count(HandIn.id) != func.max(HandIn.number))
        .order_by(HandIn.deliverable_id, HandIn.team_id)
    )
    for row in db.session.execute(numbers):
        yield f"team:{row.team_id} lacks a version of deliverable:{row.deliverable_id}."


def handed_in_elsewhere() -> Iterator[str]:
    """Find papers of teams that another institute asked for, and reviews of what was taken back."""
    elsewhere = (
        select(HandIn.id)
        .join(Deliverable, Deliverable.id == HandIn.deliverable_id)
        .join(Team, Team.id == HandIn.team_id)
        .where(Team.institute_id != Deliverable.institute_id)
    )
    for hand_in_id in db.session.scalars(elsewhere.order_by(HandIn.id)):
        yield f"hand_in:{hand_in_id} is of a team that was not asked."
    accepted = select(HandIn.id).where(
        HandIn.review == Review.ACCEPTED, HandIn.withdrawn_at.is_not(None)
    )
    for hand_in_id in db.session.scalars(accepted.order_by(HandIn.id)):
        yield f"hand_in:{hand_in_id} is accepted and taken back."


def due_moments_off() -> Iterator[str]:
    """Find what is due at another moment than its wall time says."""
    statement = (
        select(Deliverable, Institute.time_zone)
        .join(Institute, Institute.id == Deliverable.institute_id)
        .order_by(Deliverable.id)
    )
    for deliverable, zone in db.session.execute(statement):
        if not same_moment(deliverable.due, deliverable.due_at, zone):
            yield f"deliverable:{deliverable.id} is due at another moment than it says."
