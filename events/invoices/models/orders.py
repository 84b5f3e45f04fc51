"""Purchase orders."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Cents, Id, Moment
from consortium.files.models import StoredFile
from consortium.tenancy import TenantOwned, linked
from events.invoices.domain.orders import OrderStatus
from events.invoices.models.invoices import Invoice


class PurchaseOrder(TenantOwned, Base):
    """A payer's order for an invoice. It reserves the places and pays nothing."""

    __tablename__ = "purchase_order"
    __more_table_args__ = (
        linked("payer_id", to="payer"),
        linked("invoice_id", to="invoice"),
        linked("file_id", to="stored_file"),
        CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name="amount_positive"),
        CheckConstraint(
            "status IN ('promised', 'lapsed') OR (number <> '' AND amount_cents IS NOT NULL)",
            name="received_with_number_and_amount",
        ),
        Index("ix_purchase_order_number", "tenant_id", "number"),
    )

    id: Mapped[Id]
    payer_id: Mapped[UUID]
    invoice_id: Mapped[UUID]
    status: Mapped[OrderStatus] = mapped_column(default=OrderStatus.PROMISED)
    number: Mapped[str] = mapped_column(default="")
    """Exactly as the district wrote it: ``1E10`` and ``00417`` are texts."""
    amount_cents: Mapped[Cents | None]
    expires_on: Mapped[date | None]
    file_id: Mapped[UUID | None]
    promised_at: Mapped[Moment]
    follows_by: Mapped[date | None]
    """The day by which a promised one must be here."""
    received_at: Mapped[Moment | None]
    closed_at: Mapped[Moment | None]
    version: Mapped[int] = mapped_column(default=1)

    invoice: Mapped[Invoice] = relationship(
        primaryjoin="PurchaseOrder.invoice_id == Invoice.id",
        foreign_keys="PurchaseOrder.invoice_id",
        viewonly=True,
    )
    file: Mapped[StoredFile | None] = relationship(
        primaryjoin="PurchaseOrder.file_id == StoredFile.id",
        foreign_keys="PurchaseOrder.file_id",
        viewonly=True,
    )
