"""Cancelling an institute as a coordinator does, and reading what was promised then."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consortium.database import db, transaction
from consortium.outbox.models import OutboxEmail
from events.institutes.domain.cancelling import Announcement
from events.institutes.models import Cancellation, Institute
from events.institutes.service.cancelling import cancel_institute

HOST = "coordinator@example.org"
REASON = "The county closes all venues because of the flu."


def cancel(institute: Institute, **said: Any) -> Cancellation:
    with transaction():
        return cancel_in(institute.id, **said)


def cancel_in(institute_id: UUID, **said: Any) -> Cancellation:
    """Cancel it in the transaction that the caller has opened."""
    institute = db.session.get_one(Institute, institute_id)
    announcement = Announcement(**{"reason": REASON, **said})
    return cancel_institute(institute, announcement, by=HOST)


def waiting_mails() -> Sequence[OutboxEmail]:
    """Return the mails that have not left, by address."""
    unsent = select(OutboxEmail).where(OutboxEmail.settled_at.is_(None))
    return db.session.scalars(unsent.order_by(OutboxEmail.to, OutboxEmail.subject)).all()


def told() -> list[str]:
    """Return to whom mails wait that tell of a cancellation; there must be no others."""
    mails = waiting_mails()
    assert {mail.subject for mail in mails} <= {"Cancelled: Summer Institute"}
    return [mail.to for mail in mails]
