"""Promised mail: a row in the same transaction as the change it announces."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment, only

ALREADY_PROMISED = "uq_outbox_email_dedupe_key"

WAITING = only("settled_at IS NULL")
URGENT = only("settled_at IS NULL AND lapses_at IS NOT NULL")
LASTING = only("settled_at IS NULL AND lapses_at IS NULL")
SETTLED = only("settled_at IS NOT NULL")


class OutboxEmail(Base):
    """An email promised in the same transaction as the change it announces."""

    __tablename__ = "outbox_email"
    __table_args__ = (
        UniqueConstraint("dedupe_key", name=ALREADY_PROMISED),
        Index("ix_outbox_email_about", "about"),
        # However many wait, the worker reads the next few in order and who stands behind whom
        # from these; partial, so that SQLite has no other index to mistake for the better one.
        Index("ix_outbox_email_urgent", "attempts", "lapses_at", "promised_at", **URGENT),
        Index("ix_outbox_email_next", "attempts", "due_at", "promised_at", **LASTING),
        Index("ix_outbox_email_line", "to", "due_at", "promised_at", "id", **WAITING),
        Index("ix_outbox_email_settled", "settled_at", **SETTLED),
    )

    id: Mapped[Id]
    tenant_id: Mapped[UUID | None]
    """Whose mail it is; empty for sign-in mail. Plain, since the worker sends for all."""
    to: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str | None]
    reply_to: Mapped[str | None]
    from_name: Mapped[str | None]
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Filename, content type, iTIP method, base64 content, or what it is made of when sent."""
    about: Mapped[str] = mapped_column(default="")
    """What it speaks of, e.g. ``seat:<id>``; a later change supersedes unsent ones by this."""
    dedupe_key: Mapped[str | None]
    promised_at: Mapped[Moment]
    due_at: Mapped[Moment]
    """When it may go out first; mails to one address go in this order, whatever fails between."""
    lapses_at: Mapped[Moment | None]
    """When it would begin to mislead (a code that has run out); then it is dropped unsent."""
    leased_until: Mapped[Moment | None]
    """Until then others leave it alone: someone is sending it, or it waits after a failure."""
    attempts: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[Moment | None]
    outcome: Mapped[str] = mapped_column(default="")
    """sent, failed, superseded, or bounced after it was sent; once settled."""
    last_error: Mapped[str] = mapped_column(default="")
