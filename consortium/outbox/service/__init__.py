"""Promise an email now, deliver it after the commit."""

import base64
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from blinker import Signal
from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from consortium import clock
from consortium.database import db, translating
from consortium.ids import new_id
from consortium.outbox.models import ALREADY_PROMISED, OutboxEmail
from consortium.ports import Attachment, Email
from consortium.tenancy import current_tenant

SENT, FAILED, SUPERSEDED, BOUNCED = OUTCOMES = ("sent", "failed", "superseded", "bounced")
LOST = (FAILED, BOUNCED)
"""The mail never reached its address."""

mail_lost = Signal("a promised mail cannot reach its address")
"""Sent with the mail's row, ``why=`` it was in the words of the mail server, in the transaction
that settles it: whoever promised it can say so where it matters. No tenant is chosen then; the row
names its own."""


class AlreadyPromised(Exception):
    """Another transaction promised the same mail a moment ago."""


def promise(
    email: Email,
    *,
    about: str = "",
    dedupe_key: str | None = None,
    due_at: datetime | None = None,
    lapses_at: datetime | None = None,
) -> UUID:
    """Promise a mail in the current transaction; a rollback takes the promise with it.

    Returns the mail's id; a mail that was promised already keeps its own.

    ``about`` names what the mail speaks of (``seat:<id>``), so that ``supersede`` can drop it
    unsent when the fact has changed. The same ``dedupe_key`` promises only once, ever. A mail
    still unsent at ``lapses_at`` is dropped; it does not wait behind other mail to its address.
    """
    if dedupe_key is not None and (promised := _promised(dedupe_key)) is not None:
        return promised
    row = OutboxEmail(
        **_row(email, about=about, due_at=due_at), dedupe_key=dedupe_key, lapses_at=lapses_at
    )
    if dedupe_key is None:
        db.session.add(row)
        return row.id
    try:
        with translating(ALREADY_PROMISED, into=AlreadyPromised()), db.session.begin_nested():
            db.session.add(row)
    except AlreadyPromised:
        return _promised(dedupe_key) or row.id
    return row.id


def is_promised(dedupe_key: str) -> bool:
    """Tell whether a mail was ever promised under this key."""
    return _promised(dedupe_key) is not None


def promise_all(mails: Sequence[tuple[Email, str]]) -> Sequence[UUID]:
    """Promise many mails, each with what it is about, as ``promise`` does; return their ids."""
    rows = [_row(email, about=about) for email, about in mails]
    if rows:
        db.session.execute(insert(OutboxEmail), rows)
    return [row["id"] for row in rows]


def keep_files(mail_id: UUID, made_of: str, files: Sequence[Attachment]) -> None:
    """Keep with a mail the files that were made for it under this name. Flushes.

    They take the place of those that an earlier attempt made, and stand last.
    """
    row = db.session.get_one(OutboxEmail, mail_id)
    others = [kept for kept in row.attachments if kept.get("made_of") != made_of]
    made = [_kept(replace(file, made_of=made_of)) for file in files]
    # Where nothing was to be made, the name stays: the next attempt looks again.
    nothing = Attachment(filename="", content_type="text/calendar", made_of=made_of)
    row.attachments = [*others, *(made or [_kept(nothing)])]
    db.session.flush()


def supersede(*about: str) -> None:
    """Drop the unsent mails about things whose facts have changed."""
    db.session.execute(
        update(OutboxEmail)
        .where(OutboxEmail.about.in_(about), OutboxEmail.settled_at.is_(None))
        .values(settled_at=clock.now(), outcome=SUPERSEDED)
    )


def forget(about: str) -> None:
    """Delete the mails about something that may be kept no longer, sent or not."""
    db.session.execute(delete(OutboxEmail).where(OutboxEmail.about == about))


def gone_out(*about: str) -> Sequence[Email]:
    """Return the mails about things that are out, or may be: someone has had them in hand.

    Ask it after ``supersede``, which waits for whoever has one in hand at this moment.
    """
    statement = select(OutboxEmail).where(OutboxEmail.about.in_(about), is_out())
    return [as_email(row) for row in db.session.scalars(statement)]


def is_out() -> ColumnElement[bool]:
    """Return the condition of mails that are out, or may be."""
    had_in_hand = or_(OutboxEmail.attempts > 0, OutboxEmail.outcome == SENT)
    return and_(had_in_hand, OutboxEmail.outcome != FAILED)


def as_email(row: OutboxEmail, *, message_id: str | None = None) -> Email:
    """Return a promised mail as it was written."""
    return Email(
        to=row.to,
        subject=row.subject,
        text=row.text,
        html=row.html,
        reply_to=row.reply_to,
        from_name=row.from_name,
        attachments=tuple(
            Attachment(
                filename=kept["filename"],
                content_type=kept["content_type"],
                content=base64.b64decode(kept["content"]),
                method=kept["method"],
                made_of=kept.get("made_of", ""),
            )
            for kept in row.attachments
        ),
        message_id=message_id,
    )


def _promised(dedupe_key: str) -> UUID | None:
    return db.session.scalar(select(OutboxEmail.id).where(OutboxEmail.dedupe_key == dedupe_key))


def _row(email: Email, *, about: str, due_at: datetime | None = None) -> dict[str, Any]:
    now = clock.now()
    return {
        "id": new_id(),
        "tenant_id": current_tenant(),
        "to": email.to,
        "subject": email.subject,
        "text": email.text,
        "html": email.html,
        "reply_to": email.reply_to,
        "from_name": email.from_name,
        "attachments": [_kept(attachment) for attachment in email.attachments],
        "about": about,
        "promised_at": now,
        "due_at": due_at or now,
    }


def _kept(file: Attachment) -> dict[str, Any]:
    return {
        "filename": file.filename,
        "content_type": file.content_type,
        "method": file.method,
        "content": base64.b64encode(file.content).decode("ascii"),
        "made_of": file.made_of,
    }
