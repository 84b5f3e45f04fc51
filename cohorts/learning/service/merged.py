"""What of two records' parts in a cohort's year stays when they become one person."""

from sqlalchemy import select

from cohorts.learning.models import MakeUp
from cohorts.learning.service.coaching import unassign_twice_named
from consortium.database import db
from consortium.merging.service import Moves


def merge_years(moves: Moves) -> None:
    """Leave one assignment of each kind and one way in which a missed meeting was made up for."""
    for assigned in unassign_twice_named(moves.kept, moves.gone):
        moves.remove(assigned)
    both = select(MakeUp).where(MakeUp.person_id.in_([moves.kept, moves.gone]))
    rows = db.session.scalars(both.order_by(MakeUp.id)).all()
    known = {(row.team_id, row.session_id) for row in rows if row.person_id == moves.kept}
    for row in rows:
        if row.person_id == moves.gone and (row.team_id, row.session_id) in known:
            moves.remove(row)
