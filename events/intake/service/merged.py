"""What of two LEAs' applications and invitations can stay when they become one."""

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased, joinedload

from consortium import clock
from consortium.database import db
from consortium.merging.domain import MergeRefused
from consortium.merging.service import Moves
from consortium.words import say
from events.intake.models import Application, ApplicationStatus, InstituteInvitation


def merge_leas_of_intake(moves: Moves) -> None:
    """Take back the second of two invitations. Raises ``MergeRefused`` for two applications."""
    _refuse_two_applications(moves)
    live = select(InstituteInvitation).where(
        InstituteInvitation.lea_id.in_([moves.kept, moves.gone]),
        InstituteInvitation.taken_back_at.is_(None),
    )
    invitations = db.session.scalars(live.order_by(InstituteInvitation.id)).all()
    kept = {one.institute_id for one in invitations if one.lea_id == moves.kept}
    for invitation in invitations:
        if invitation.lea_id == moves.gone and invitation.institute_id in kept:
            moves.change(invitation, taken_back_at=clock.now())
    db.session.flush()


def _refuse_two_applications(moves: Moves) -> None:
    other = aliased(Application)
    both = and_(
        other.institute_id == Application.institute_id,
        other.site == Application.site,
        other.lea_id == moves.gone,
        other.status != ApplicationStatus.WITHDRAWN,
    )
    statement = (
        select(Application, other.name)
        .join(other, both)
        .where(Application.lea_id == moves.kept, Application.status != ApplicationStatus.WITHDRAWN)
        .options(joinedload(Application.institute))
        .order_by(Application.id)
        .limit(1)
    )
    found = db.session.execute(statement).first()
    if found is not None:
        application, name = found
        raise MergeRefused(
            say(
                "Both have applied for %(institute)s: %(one)s and %(other)s. Withdraw one of the "
                "two applications first.",
                institute=application.institute.title,
                one=application.name,
                other=name,
            )
        )
