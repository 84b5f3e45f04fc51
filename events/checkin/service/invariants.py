"""Check-ins: one of a person and day, and each says what the scans come to."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from events.checkin.domain import Passing, attendance_of
from events.checkin.models import CheckIn, Scan, Strike

Day = tuple[UUID, UUID, date]
"""Institute, person and day."""


def check_ins_off() -> Iterator[str]:
    """Find check-ins that say something else than the scans at the door do."""
    undone: dict[UUID, set[str]] = defaultdict(set)
    for institute_id, struck in db.session.execute(select(Strike.institute_id, Strike.strikes)):
        undone[institute_id].add(struck)
    passings: dict[Day, list[Passing]] = defaultdict(list)
    counted = select(
        Scan.institute_id, Scan.person_id, Scan.on, Scan.client_id, Scan.at, Scan.direction
    ).where(Scan.problem.is_(None), Scan.session_id.is_(None))
    for row in db.session.execute(counted):
        passing = Passing(key=row.client_id, at=row.at, direction=row.direction)
        passings[row.institute_id, row.person_id, row.on].append(passing)
    stored = {
        (row.institute_id, row.person_id, row.on): (row.arrived_at, row.left_at)
        for row in db.session.execute(
            select(
                CheckIn.institute_id,
                CheckIn.person_id,
                CheckIn.on,
                CheckIn.arrived_at,
                CheckIn.left_at,
            ).where(CheckIn.undone_at.is_(None))
        )
    }
    for day, theirs in passings.items():
        institute_id, person_id, on = day
        stays = attendance_of(person_id, on, theirs, undone[institute_id]).stays
        wanted = (stays[0].arrived, stays[-1].left) if stays else None
        if stored.pop(day, None) != wanted:
            yield f"person:{person_id} is checked in otherwise than scanned, on {on}."
    for institute_id, person_id, on in stored:
        yield f"person:{person_id} is checked in at institute:{institute_id} on {on}, unscanned."
