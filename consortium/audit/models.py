"""What happened: one row for each act, in the act's own transaction."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment


class AuditEntry(Base):
    """One act: who, when, on what, before and after. Names and ids are text, no foreign keys."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_subject", "subject"),
        Index("ix_audit_entry_tenant_at", "tenant_id", "at"),
    )

    id: Mapped[Id]
    tenant_id: Mapped[UUID | None]
    at: Mapped[Moment]
    actor: Mapped[str]
    act: Mapped[str]
    """The service function's name, e.g. ``register_team``."""
    subject: Mapped[str]
    """Kind and id, e.g. ``team:4f1c…``."""
    before: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    request_id: Mapped[str] = mapped_column(default="")
