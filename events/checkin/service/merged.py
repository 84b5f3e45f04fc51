"""Two records of one person become one: so do their check-ins of the same day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import select

from consortium.database import db
from consortium.merging.service import Moves
from events.checkin.models import CheckIn, Scan
from events.checkin.service.arriving import attendances, write_check_ins


def merge_check_ins(moves: Moves) -> None:
    """Leave one check-in of a day where both records have one; scans simply move. Flushes."""
    both = select(CheckIn).where(CheckIn.person_id.in_([moves.kept, moves.gone]))
    rows = db.session.scalars(both.order_by(CheckIn.id)).all()
    kept = {(row.institute_id, row.on) for row in rows if row.person_id == moves.kept}
    for row in rows:
        if row.person_id == moves.gone and (row.institute_id, row.on) in kept:
            moves.remove(row)


def settle_merged(moves: Moves) -> None:
    """Let the check-ins of the person who stays say what all scans come to. Flushes."""
    _write_anew([moves.kept])


def settle_parted(moves: Moves) -> None:
    """Let each of the two have the check-ins of the scans that are theirs again. Flushes."""
    _write_anew([moves.kept, moves.gone])


def _write_anew(person_ids: Iterable[UUID]) -> None:
    """Write what the scans come to; whoever merges or parts records holds both people."""
    days: dict[UUID, set[tuple[UUID, date]]] = {}
    for model in (Scan, CheckIn):
        found = select(model.institute_id, model.person_id, model.on).where(
            model.person_id.in_(list(person_ids))
        )
        for institute_id, person_id, on in db.session.execute(found.distinct()):
            if person_id is not None:
                days.setdefault(institute_id, set()).add((person_id, on))
    for institute_id, theirs in days.items():
        write_check_ins(institute_id, attendances(institute_id, theirs))
