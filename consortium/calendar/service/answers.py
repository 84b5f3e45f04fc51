"""What people answered to invitations: whether they will come."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from consortium.calendar.domain.answers import Answer
from consortium.calendar.models import CalendarInvitation as Invitation
from consortium.database import db


def answers_of(person_id: UUID, institute_id: UUID) -> Mapping[str, Answer]:
    """Return what someone answered at an institute, by UID."""
    statement = select(Invitation.uid, Invitation.answer).where(
        Invitation.person_id == person_id,
        Invitation.institute_id == institute_id,
        Invitation.answer.is_not(None),
    )
    return {uid: answer for uid, answer in db.session.execute(statement) if answer}
