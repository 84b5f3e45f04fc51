"""What waits to be told to two records of a person, once they are one."""

from sqlalchemy import select

from consortium.database import db
from consortium.merging.service import Moves
from events.agenda.models import CalendarNotice
from events.agenda.service import notices
from events.agenda.service.notices import Why


def one_notice_each(moves: Moves) -> None:
    """Leave one notice at each institute where both have one; the others move by themselves."""
    rows = db.session.scalars(
        select(CalendarNotice)
        .where(CalendarNotice.person_id.in_([moves.kept, moves.gone]))
        .order_by(CalendarNotice.id)
    ).all()
    kept = {row.institute_id for row in rows if row.person_id == moves.kept}
    for row in rows:
        if row.person_id == moves.gone and row.institute_id in kept:
            moves.remove(row)


def compare_who_is_one(moves: Moves) -> None:
    """Let the kept person's calendar be compared wherever either was changed by the merge."""
    for institute_id in notices.institutes_of(moves.ids("seat")):
        notices.want(institute_id, [moves.kept], why=Why.SEAT)
