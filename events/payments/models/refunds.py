"""Refunds: money that goes back the way it came."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Cents, Id, Moment
from consortium.tenancy import TenantOwned, linked
from events.payments.domain import RefundStatus, RefundWay
from events.payments.models.payments import Payment


class Refund(TenantOwned, Base):
    """So much of one payment goes back. What failed is asked for anew by another row."""

    __tablename__ = "refund"
    __more_table_args__ = (
        linked("payment_id", to="payment"),
        linked("invoice_id", to="invoice"),
        UniqueConstraint("tenant_id", "supplier_id"),
        CheckConstraint("cents > 0", name="cents_positive"),
        CheckConstraint(
            "way <> 'check' OR status <> 'paid' OR check_number <> ''", name="checks_have_numbers"
        ),
    )

    id: Mapped[Id]
    payment_id: Mapped[UUID]
    invoice_id: Mapped[UUID | None]
    """The invoice whose credit goes back; empty for money that was never applied."""
    cents: Mapped[Cents]
    way: Mapped[RefundWay]
    status: Mapped[RefundStatus] = mapped_column(default=RefundStatus.OWED)
    why: Mapped[str] = mapped_column(default="")
    check_number: Mapped[str] = mapped_column(default="")
    supplier_id: Mapped[str | None]
    """Stripe's own id of the refund."""
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[Moment | None]
    decided_at: Mapped[Moment]
    decided_by: Mapped[str]
    ended_at: Mapped[Moment | None]

    payment: Mapped[Payment] = relationship(
        primaryjoin="Refund.payment_id == Payment.id",
        foreign_keys="Refund.payment_id",
        viewonly=True,
    )
