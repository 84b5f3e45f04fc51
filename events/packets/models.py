"""Quotes: what a team would pay, numbered, as an approval packet states it."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Cents, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked
from events.invoices.models import keep_for_good

NUMBER_TAKEN = "uq_quote_tenant_id_number"


class Quote(TenantOwned, Base):
    """What a team of this make-up costs, as it was told; a newer one replaces it, none changes."""

    __tablename__ = "quote"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        UniqueConstraint("tenant_id", "number", name=NUMBER_TAKEN),
        CheckConstraint("total_cents >= 0", name="total_not_negative"),
        Index("ix_quote_team", "tenant_id", "team_id", "made_at"),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    number: Mapped[str]
    """E.g. Q-2026-0042."""
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """What, how many, each and together, in whole cents."""
    total_cents: Mapped[Cents]
    people: Mapped[int]
    made_by: Mapped[str]
    made_at: Mapped[Moment]


keep_for_good(Quote.__table__)  # type: ignore[arg-type]
