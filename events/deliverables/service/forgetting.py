"""What teams handed in is deleted when nobody has to keep it any more."""

from datetime import date

from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, select
from sqlalchemy.orm import selectinload

from consortium import clock
from consortium.audit import service as audit
from consortium.database import db, hold
from consortium.files import service as files
from events.deliverables.models import Deliverable, HandIn
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.institutes.service.holding import find_hold

KEPT = relativedelta(years=4)
"""How long after the institute's last day, as everything about people's work is kept."""


def forget_old(*, by: str) -> int:
    """Delete the current tenant's papers of institutes that were over four years ago.

    Their files go too; what is held stays. Writes down how many they were for each institute.
    Returns how many in all.
    """
    forgotten = 0
    for institute in _with_papers():
        last_day = institutes.last_day_of(institute)
        today: date = clock.now().astimezone(institute.zone).date()
        if last_day is not None and today > last_day + KEPT:
            forgotten += _forget(institute, by=by)
    return forgotten


def _with_papers() -> list[Institute]:
    asked = select(Deliverable.institute_id).join(HandIn, HandIn.deliverable_id == Deliverable.id)
    statement = (
        select(Institute)
        .where(Institute.id.in_(asked))
        .options(selectinload(Institute.days))
        .order_by(Institute.id)
    )
    return list(db.session.scalars(statement))


def _forget(institute: Institute, *, by: str) -> int:
    hold(Institute.id, institute.id)
    if find_hold(institute.id) is not None:
        return 0
    asked = select(Deliverable.id).where(Deliverable.institute_id == institute.id)
    gone = delete(HandIn).where(HandIn.deliverable_id.in_(asked)).returning(HandIn.file_id)
    file_ids = db.session.scalars(gone.execution_options(synchronize_session=False)).all()
    if not file_ids:  # another worker was faster
        return 0
    files.forget(file_ids)
    audit.record(
        "forget_hand_ins", f"institute:{institute.id}", by=by, after={"files": len(file_ids)}
    )
    return len(file_ids)
