"""The waitlist: in order, and never idle."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.institutes.service import opening_of
from events.registration.domain import offer_until
from events.registration.models import PlaceWait, Team, TeamStatus
from events.registration.service.choices import is_free
from events.registration.service.offers import begins_at
from events.registration.service.queueing import ORDER, fitting, waiting_at

PATIENCE = timedelta(seconds=60)
"""How long the worker may take."""


def passed_over() -> Iterator[str]:
    """Find who has been waiting for more than a minute although there is room.

    Since when there is room is not written down by itself: at the latest since the last act in
    the consortium. So while people act there, nothing is said of it.
    """
    now = clock.now()
    busy = audit.busy_since(now - PATIENCE)
    waits = select(Team.institute_id).where(Team.status == TeamStatus.WAITLISTED)
    institutes = (
        select(Institute)
        .where(Institute.status == Status.PUBLISHED, Institute.id.in_(waits))
        .options(selectinload(Institute.pools), selectinload(Institute.days))
    )
    for institute in db.session.scalars(institutes).unique():
        fits = fitting(institute)
        until = offer_until(now, hours=institute.offer_hours, begins=begins_at(institute))
        if fits is None or until is None or institute.tenant_id in busy:
            continue
        first = db.session.scalar(
            select(Team.id).where(waiting_at(institute), fits).order_by(*ORDER, Team.id).limit(1)
        )
        if first is not None:
            yield f"team:{first} waits at institute:{institute.id}, where there is room."
    yield from _members_passed_over(busy)


def overdue_offers() -> Iterator[str]:
    """Find offers that ran out more than a minute ago and still hold places."""
    overdue = select(Team.id, Team.offer_expires_at).where(
        Team.status == TeamStatus.OFFERED, Team.offer_expires_at < clock.now() - PATIENCE
    )
    for row in db.session.execute(overdue):
        ran_out = row.offer_expires_at.isoformat(timespec="minutes")
        yield f"team:{row.id} holds places of an offer that ran out at {ran_out}."


def without_position() -> Iterator[str]:
    """Find who waits without a position, or has one and does not wait."""
    waits = (TeamStatus.WAITLISTED, TeamStatus.OFFERED)
    odd = or_(
        Team.status.in_(waits) & Team.waitlist_position.is_(None),
        Team.status.not_in(waits) & Team.waitlist_position.is_not(None),
    )
    statement = select(Team.id, Team.status, Team.waitlist_position).where(odd)
    for row in db.session.execute(statement):
        yield f"team:{row.id} is {row.status.value} at position {row.waitlist_position}."
    twice = (
        select(Team.institute_id, Team.waitlist_position)
        .where(Team.waitlist_position.is_not(None))
        .group_by(Team.institute_id, Team.waitlist_position)
        .having(func.count() > 1)
    )
    for shared in db.session.execute(twice):
        yield f"institute:{shared.institute_id} has position {shared.waitlist_position} twice."


def _members_passed_over(busy: Collection[UUID]) -> Iterator[str]:
    served = (
        select(Institute)
        .where(
            Institute.status == Status.PUBLISHED,
            Institute.tenant_id.not_in(busy),
            Institute.id.in_(select(PlaceWait.institute_id)),
        )
        .options(selectinload(Institute.days))
    )
    for institute in db.session.scalars(served).all():
        if opening_of(institute).over:
            continue
        idle = select(PlaceWait.seat_id, PlaceWait.pool_code).where(
            PlaceWait.institute_id == institute.id, is_free()
        )
        for row in db.session.execute(idle.order_by(PlaceWait.since)):
            yield f"seat:{row.seat_id} waits for {row.pool_code}, where there is room."
