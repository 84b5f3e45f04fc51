"""What two records of one person wrote after the same meeting."""

from sqlalchemy import select

from cohorts.reflections.models import Reflection
from consortium.database import db
from consortium.merging.service import Moves


def merge_reflections(moves: Moves) -> None:
    """Leave the kept record's reflection where both wrote one of a meeting for a team. Flushes."""
    both = select(Reflection).where(Reflection.person_id.in_([moves.kept, moves.gone]))
    rows = db.session.scalars(both.order_by(Reflection.id)).all()
    known = {(one.session_id, one.team_id) for one in rows if one.person_id == moves.kept}
    for one in rows:
        if one.person_id == moves.gone and (one.session_id, one.team_id) in known:
            moves.remove(one)
