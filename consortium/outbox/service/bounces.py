"""Settle mails that came back after a mail server had taken them."""

from enum import StrEnum, auto

from sqlalchemy import select

from consortium.database import db
from consortium.outbox.domain.bounces import Fate, Notice
from consortium.outbox.models import OutboxEmail
from consortium.outbox.service import BOUNCED, SENT, mail_lost

NO_REASON = "The mail server gave no reason."


class Outcome(StrEnum):
    """What came of reading one message."""

    SETTLED = auto()
    KNOWN = auto()
    NOT_LOST = auto()
    UNKNOWN = auto()
    """It names no mail of ours, or one that went to someone else: forged, or not for us."""


def settle_bounce(notice: Notice) -> Outcome:
    """Note that a mail that was sent did not arrive, and tell whoever promised it.

    A message proves nothing, so it can do little: it must name a mail that was sent by its id,
    which only its recipient and the servers between know, and where it names an address, that
    one must be the mail's. Nothing is sent or deleted because of it.
    """
    rows = db.session.scalars(
        select(OutboxEmail).where(OutboxEmail.id.in_(notice.mail_ids)).with_for_update()
    ).all()
    rows = [row for row in rows if not notice.recipient or row.to.lower() == notice.recipient]
    if not rows:
        return Outcome.UNKNOWN
    if notice.fate is not Fate.LOST:
        return Outcome.NOT_LOST
    sent = [row for row in rows if row.outcome == SENT]
    for row in sent:
        row.outcome = BOUNCED
        row.last_error = notice.why or NO_REASON
        mail_lost.send(row, why=row.last_error)
    if sent:
        return Outcome.SETTLED
    return Outcome.KNOWN if any(row.outcome == BOUNCED for row in rows) else Outcome.UNKNOWN
