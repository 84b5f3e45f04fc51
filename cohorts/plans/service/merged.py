"""What two records of a person, or two partnerships that become one, have only once."""

from sqlalchemy import select

from cohorts.learning.service import Joining
from cohorts.plans.models import Plan, ReadinessAnswer
from consortium import clock
from consortium.database import db
from consortium.merging.service import Moves


def merge_answers(moves: Moves) -> None:
    """Leave the kept record's answer to a duty where both records gave one. Flushes."""
    rows = db.session.scalars(
        select(ReadinessAnswer)
        .where(ReadinessAnswer.person_id.in_([moves.kept, moves.gone]))
        .order_by(ReadinessAnswer.id)
    ).all()
    kept = {(row.partnership_id, row.duty) for row in rows if row.person_id == moves.kept}
    for row in rows:
        if row.person_id == moves.gone and (row.partnership_id, row.duty) in kept:
            moves.remove(row)


def join_plans(joining: Joining) -> None:
    """Close the gone partnership's plan of a year in which both have an open one. Flushes.

    It stays readable beside the other. Of two answers of one person the kept one's stays.
    """
    moves = joining.moves
    both = select(Plan).where(
        Plan.partnership_id.in_([joining.kept.id, joining.gone.id]), Plan.closed_at.is_(None)
    )
    plans = db.session.scalars(both.order_by(Plan.id)).all()
    years = {plan.school_year for plan in plans if plan.partnership_id == joining.kept.id}
    for plan in plans:
        if plan.partnership_id == joining.gone.id and plan.school_year in years:
            moves.change(plan, closed_at=clock.now())
    db.session.flush()
    answers = db.session.scalars(
        select(ReadinessAnswer)
        .where(ReadinessAnswer.partnership_id.in_([joining.kept.id, joining.gone.id]))
        .order_by(ReadinessAnswer.id)
    ).all()
    known = {(row.person_id, row.duty) for row in answers if row.partnership_id == joining.kept.id}
    for row in answers:
        if row.partnership_id == joining.gone.id and (row.person_id, row.duty) in known:
            moves.remove(row)
