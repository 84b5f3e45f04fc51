"""That an institute is cancelled: when, why, and what the host offers instead."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

if TYPE_CHECKING:
    from events.institutes.models.institute import Institute

CANCELLED_ALREADY = "uq_cancellation_institute_id"


class Cancellation(TenantOwned, Base):
    """What a host told everyone when it cancelled an institute. There is no way back."""

    __tablename__ = "cancellation"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("instead_id", to="institute"),
        UniqueConstraint("institute_id", name=CANCELLED_ALREADY),
        CheckConstraint(
            "instead_id IS NULL OR instead_id <> institute_id", name="instead_is_another"
        ),
        CheckConstraint("reason <> ''", name="reason_given"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    reason: Mapped[str]
    """As everyone reads it."""
    instead_id: Mapped[UUID | None]
    """Another institute that people are invited to."""
    survey_url: Mapped[str] = mapped_column(default="")
    cancelled_at: Mapped[Moment]
    cancelled_by: Mapped[str]

    instead: Mapped["Institute | None"] = relationship(
        primaryjoin="Cancellation.instead_id == Institute.id",
        foreign_keys="Cancellation.instead_id",
        viewonly=True,
    )
