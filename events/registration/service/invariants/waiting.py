"""The waitlist: in order, and never idle."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit.models import AuditEntry
from consortium.database import db
from events.institutes.domain import Status
from events.institutes.models import Institute
from events.registration.domain import offer_until
from events.registration.models import Seat, Team, TeamStatus
from events.registration.service.offers import begins_at
from events.registration.service.queueing import ORDER, fitting, waiting_at

PATIENCE = timedelta(seconds=60)
"""How long the worker may take."""


def passed_over() -> Iterator[str]:
    """Find who has been waiting for more than a minute although there is room.

    Since when there is room is not written down by itself: at the latest since the last seat
    that ended there, the last team that came or left, and the last change of the institute.
    """
    now = clock.now()
    waits = select(Team.institute_id).where(Team.status == TeamStatus.WAITLISTED)
    institutes = (
        select(Institute)
        .where(Institute.status == Status.PUBLISHED, Institute.id.in_(waits))
        .options(selectinload(Institute.pools), selectinload(Institute.days))
    )
    for institute in db.session.scalars(institutes).unique():
        fits = fitting(institute)
        until = offer_until(now, hours=institute.offer_hours, begins=begins_at(institute))
        if fits is None or until is None:
            continue
        first = db.session.execute(
            select(Team.id, Team.registered_at)
            .where(waiting_at(institute), fits)
            .order_by(*ORDER, Team.id)
            .limit(1)
        ).first()
        if first is not None and _since(institute, first.registered_at) < now - PATIENCE:
            yield f"team:{first.id} waits at institute:{institute.id}, where there is room."


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


def _since(institute: Institute, waiting_since: datetime) -> datetime:
    teams = select(
        func.max(Team.withdrawn_at), func.max(Team.offered_at), func.max(Team.registered_at)
    ).where(Team.institute_id == institute.id)
    seats = select(func.max(Seat.ended_at)).where(Seat.institute_id == institute.id)
    here = db.session.scalars(select(Team.id).where(Team.institute_id == institute.id))
    subjects = [f"institute:{institute.id}", *(f"team:{team_id}" for team_id in here)]
    acts = select(func.max(AuditEntry.at)).where(AuditEntry.subject.in_(subjects))
    found = [*db.session.execute(teams).one(), db.session.scalar(seats), db.session.scalar(acts)]
    return max([waiting_since, *(moment for moment in found if moment is not None)])
