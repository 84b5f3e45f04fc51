"""What was told to two records of a person, once they are one."""

from sqlalchemy import select

from consortium.calendar.models import CalendarInvitation as Invitation
from consortium.database import db
from consortium.merging.service import Moves


def one_row_each(moves: Moves) -> None:
    """Leave one row for each thing that both were told of; the other rows move by themselves.

    The kept person's calendar is the one that mail goes to from now on, so what it was told
    stays; its next message is numbered above all that either of them got. Of two answers the
    later one counts.
    """
    rows = db.session.scalars(
        select(Invitation)
        .where(Invitation.person_id.in_([moves.kept, moves.gone]))
        .order_by(Invitation.id)
    ).all()
    kept = {row.uid: row for row in rows if row.person_id == moves.kept}
    for row in rows:
        stays = kept.get(row.uid)
        if row.person_id == moves.kept or stays is None:
            continue
        moves.change(
            stays,
            sequence=max(stays.sequence, row.sequence),
            lift=max(stays.lift, row.lift),
        )
        if stays.method is None:
            moves.change(
                stays,
                method=row.method,
                told=row.told,
                digest=row.digest,
                told_at=row.told_at,
                mail_id=row.mail_id,
                method_before=row.method_before,
                told_before=row.told_before,
            )
        if row.answered_at and (stays.answered_at is None or row.answered_at > stays.answered_at):
            moves.change(
                stays,
                answer=row.answer,
                answered_at=row.answered_at,
                answer_stamp=row.answer_stamp,
                answer_sequence=row.answer_sequence,
                comment=row.comment,
            )
        moves.remove(row)
