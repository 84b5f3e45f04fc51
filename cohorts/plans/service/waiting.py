"""Which side has not signed yet where the other has, and when a plan's people meet next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from cohorts.learning.domain.partners import TableSide
from cohorts.plans.domain import still_to_sign
from cohorts.plans.models import Plan, PlanVersion
from consortium.database import db


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What is open about a partnership's newest plan."""

    unsigned: tuple[TableSide, ...]
    """The side that is waited for; none while nobody has signed, or both have."""
    since: date | None
    """When the other side had signed."""
    next_on: date | None


def waiting_of(partnership_ids: Collection[UUID]) -> Mapping[UUID, Waiting]:
    """Return what is open about the newest open plan of each partnership, in three queries."""
    plans = db.session.scalars(
        select(Plan)
        .where(Plan.partnership_id.in_(partnership_ids), Plan.closed_at.is_(None))
        .options(selectinload(Plan.versions).selectinload(PlanVersion.signatures))
        .order_by(Plan.school_year, Plan.id)
    )
    return {plan.partnership_id: _waiting(plan) for plan in plans}


def _waiting(plan: Plan) -> Waiting:
    newest = plan.newest if plan.frozen else None
    open_still = still_to_sign(newest.signed) if newest is not None else ()
    one_side = len(open_still) == 1
    return Waiting(
        unsigned=open_still if one_side else (),
        since=newest.frozen_at.date() if newest is not None and one_side else None,
        next_on=plan.next_meeting,
    )
