"""What people told so that they can eat and take part is deleted soon after the institute."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.registration.models import Seat

KEPT = timedelta(days=30)
TOLD = or_(Seat.dietary != "", Seat.access_needs != "")


def forget_needs(*, by: str) -> int:
    """Delete food and access needs of the current tenant's institutes that ended 30 days ago.

    Writes down of how many people for each institute. Returns of how many in all.
    """
    now = clock.now()
    held = (
        select(Institute)
        .where(Institute.id.in_(select(Seat.institute_id).where(TOLD)))
        .options(selectinload(Institute.days))
        .order_by(Institute.id)
    )
    forgotten = 0
    for institute in db.session.scalars(held).all():
        last_day = institutes.last_day_of(institute)
        if last_day is not None and now.astimezone(institute.zone).date() > last_day + KEPT:
            forgotten += _forget(institute.id, by=by)
    return forgotten


def _forget(institute_id: UUID, *, by: str) -> int:
    told = update(Seat).where(Seat.institute_id == institute_id, TOLD)
    emptied = told.values(dietary="", access_needs="").returning(Seat.id)
    people = len(db.session.scalars(emptied).all())
    if people:
        audit.record("forget_needs", f"institute:{institute_id}", by=by, after={"people": people})
    return people
