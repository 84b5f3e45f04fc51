"""Half-filled forms: one row for a person and a form, deleted when it is sent or grows old."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned

ONE_DRAFT = "uq_form_draft_one_per_form"


class FormDraft(TenantOwned, Base):
    """What someone has typed into a form and not sent; nobody else ever reads it."""

    __tablename__ = "form_draft"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "identity_id", "form", name=ONE_DRAFT),
        Index("ix_form_draft_saved_at", "saved_at"),
    )

    id: Mapped[Id]
    identity_id: Mapped[UUID] = mapped_column(ForeignKey("identity.id", ondelete="CASCADE"))
    form: Mapped[str]
    """Which form it is, e.g. ``seat:<id>`` or the path of its page; never a secret."""
    fields: Mapped[dict[str, Any]] = mapped_column(Json)
    """By name, what was typed or chosen; it may speak of health, so it is kept shortly."""
    saved_at: Mapped[Moment]
