"""Mail of intake that did not arrive."""

from uuid import UUID

from sqlalchemy import update

from consortium import clock
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from events.intake.models import InstituteInvitation, Pledge

PLEDGE, INVITATION = "pledge", "institute_invitation"


def note_lost(mail: OutboxEmail) -> None:
    """Let applicants and the host see that a link did not arrive; a later one clears it."""
    subject, _, text = mail.about.partition(":")
    if subject == PLEDGE:
        statement = update(Pledge).where(Pledge.id == UUID(text), Pledge.email == mail.to)
    elif subject == INVITATION:
        statement = update(InstituteInvitation).where(
            InstituteInvitation.id == UUID(text), InstituteInvitation.email == mail.to
        )
    else:
        return
    db.session.execute(statement.values(undelivered_at=clock.now()))
