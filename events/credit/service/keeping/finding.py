"""What keeps the records of an institute, and until when."""

from datetime import date

from sqlalchemy import func, select

from consortium.database import db
from events.checkin.models import CheckIn, Scan
from events.credit.domain.certificates import read_snapshot
from events.credit.domain.keeping import Keeping, keeping_of
from events.credit.models import Certificate, Purge
from events.credit.service.plans import plan_of
from events.institutes import service as institutes
from events.institutes.models import Institute
from events.institutes.service.holding import find_hold


def keeping_at(institute: Institute) -> Keeping | None:
    """Return what keeps the institute's records; ``None`` where it has no day and nobody came."""
    last_day = _last_day(institute)
    if last_day is None:
        return None
    hold = find_hold(institute.id)
    said = db.session.scalars(
        select(Certificate.said).where(Certificate.institute_id == institute.id)
    )
    promised = {(line.keep_years, line.name) for one in said for line in read_snapshot(one).credits}
    return keeping_of(
        plan_of(institute),
        last_day,
        issued_years=tuple(sorted(promised)),
        held=hold.reason if hold else "",
    )


def find_purge(institute: Institute) -> Purge | None:
    """Return the newest deletion, if there was one."""
    statement = (
        select(Purge).where(Purge.institute_id == institute.id).order_by(Purge.purged_at.desc())
    )
    return db.session.scalars(statement).first()


def _last_day(institute: Institute) -> date | None:
    """Return the last day on which anyone was there, or on which it was held."""
    scanned = db.session.scalar(
        select(func.max(Scan.on)).where(
            Scan.institute_id == institute.id, Scan.person_id.is_not(None)
        )
    )
    seen = db.session.scalar(
        select(func.max(CheckIn.on)).where(CheckIn.institute_id == institute.id)
    )
    days = [day for day in (scanned, seen, institutes.last_day_of(institute)) if day]
    return max(days, default=None)
