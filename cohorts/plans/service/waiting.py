"""Which side has not signed yet where the other has, and when a plan's people meet next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from cohorts.learning.domain.partners import TableSide
from cohorts.plans.domain import SIDES
from cohorts.plans.models import Plan, PlanSignature, PlanVersion
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
    """Return what is open about the newest open plan of each partnership, in two queries."""
    asked = Plan.partnership_id.in_(partnership_ids), Plan.closed_at.is_(None)
    plans = db.session.execute(
        select(Plan.id, Plan.partnership_id, Plan.frozen, Plan.next_meeting)
        .where(*asked)
        .order_by(Plan.school_year, Plan.id)
    ).all()
    signed = _signed(*asked)
    return {
        partnership_id: _waiting(signed.get(plan_id) if frozen else None, next_meeting)
        for plan_id, partnership_id, frozen, next_meeting in plans
    }


@dataclass(kw_only=True)
class _Newest:
    """The newest version of a plan, and the sides whose signature stands under it."""

    frozen_on: date
    sides: set[TableSide] = field(default_factory=set)


def _signed(*asked: ColumnElement[bool]) -> Mapping[UUID, _Newest]:
    """Return the newest signed version of each of these plans, without its text."""
    statement = (
        select(
            PlanVersion.plan_id,
            PlanVersion.number,
            PlanVersion.frozen_at,
            PlanSignature.side,
            PlanSignature.withdrawn_at,
        )
        .join(Plan, Plan.id == PlanVersion.plan_id)
        .outerjoin(PlanSignature, PlanSignature.version_id == PlanVersion.id)
        .where(*asked)
        .order_by(PlanVersion.plan_id, PlanVersion.number)
    )
    found: dict[tuple[UUID, int], _Newest] = {}
    for plan_id, number, frozen_at, side, withdrawn_at in db.session.execute(statement):
        version = found.setdefault((plan_id, number), _Newest(frozen_on=frozen_at.date()))
        if side is not None and withdrawn_at is None:
            version.sides.add(side)
    return {plan_id: version for (plan_id, _), version in found.items()}


def _waiting(newest: _Newest | None, next_on: date | None) -> Waiting:
    open_still = tuple(side for side in SIDES if newest is not None and side not in newest.sides)
    if newest is None or len(open_still) != 1:
        return Waiting(unsigned=(), since=None, next_on=next_on)
    return Waiting(unsigned=open_still, since=newest.frozen_on, next_on=next_on)
