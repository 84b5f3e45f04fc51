"""Promise an email now, deliver it after the commit."""

import base64
from datetime import datetime

from sqlalchemy import select, update

from consortium import clock
from consortium.database import db
from consortium.outbox.models import OutboxEmail
from consortium.ports import Email
from consortium.tenancy import current_tenant

SENT, FAILED, SUPERSEDED = "sent", "failed", "superseded"


def promise(
    email: Email, *, about: str = "", dedupe_key: str | None = None, due_at: datetime | None = None
) -> None:
    """Promise a mail in the current transaction; a rollback takes the promise with it.

    ``about`` names what the mail speaks of (``seat:<id>``), so that ``supersede`` can drop it
    unsent when the fact has changed. The same ``dedupe_key`` promises only once, ever.
    """
    if dedupe_key is not None and db.session.scalar(
        select(OutboxEmail.id).where(OutboxEmail.dedupe_key == dedupe_key)
    ):
        return
    now = clock.now()
    db.session.add(
        OutboxEmail(
            tenant_id=current_tenant(),
            to=email.to,
            subject=email.subject,
            text=email.text,
            html=email.html,
            reply_to=email.reply_to,
            from_name=email.from_name,
            attachments=[
                {
                    "filename": attachment.filename,
                    "content_type": attachment.content_type,
                    "method": attachment.method,
                    "content": base64.b64encode(attachment.content).decode("ascii"),
                }
                for attachment in email.attachments
            ],
            about=about,
            dedupe_key=dedupe_key,
            promised_at=now,
            due_at=due_at or now,
        )
    )


def supersede(about: str) -> None:
    """Drop the unsent mails about something whose facts have changed."""
    db.session.execute(
        update(OutboxEmail)
        .where(OutboxEmail.about == about, OutboxEmail.settled_at.is_(None))
        .values(settled_at=clock.now(), outcome=SUPERSEDED)
    )
