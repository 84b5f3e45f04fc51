"""Payments, and the deposits that took checks to the bank."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Cents, Id, Moment
from consortium.tenancy import TenantOwned, linked
from events.invoices.models import Payer
from events.payments.domain import PaymentKind, PaymentStatus

ONE_PAYMENT_OF_INTENT = "uq_payment_tenant_id_intent_id"


class Deposit(TenantOwned, Base):
    """Checks that were taken to the bank together."""

    __tablename__ = "deposit"
    __more_table_args__ = (
        CheckConstraint("total_cents > 0 AND checks > 0", name="something_deposited"),
    )

    id: Mapped[Id]
    on: Mapped[date]
    total_cents: Mapped[Cents]
    checks: Mapped[int]
    made_at: Mapped[Moment]
    made_by: Mapped[str]


class Payment(TenantOwned, Base):
    """Money that came. To which invoices it was applied stands in the ledger."""

    __tablename__ = "payment"
    __more_table_args__ = (
        linked("payer_id", to="payer"),
        linked("deposit_id", to="deposit"),
        UniqueConstraint("tenant_id", "intent_id", name=ONE_PAYMENT_OF_INTENT),
        CheckConstraint("amount_cents > 0", name="amount_positive"),
        CheckConstraint(
            "refunded_cents >= 0 AND refunded_cents <= amount_cents", name="refunded_up_to_amount"
        ),
        CheckConstraint("kind <> 'check' OR number <> ''", name="checks_have_numbers"),
        CheckConstraint(
            "(kind IN ('card', 'bank_account')) = (intent_id IS NOT NULL)", name="one_intent_each"
        ),
        Index("ix_payment_number", "tenant_id", "kind", "number"),
        Index("ix_payment_status", "tenant_id", "status"),
    )

    id: Mapped[Id]
    payer_id: Mapped[UUID | None]
    """Whose money it is; empty while nobody knows."""
    kind: Mapped[PaymentKind]
    status: Mapped[PaymentStatus]
    amount_cents: Mapped[Cents]
    refunded_cents: Mapped[Cents] = mapped_column(default=0)
    """What went back or is owed back; it only rises by a guarded UPDATE."""
    number: Mapped[str] = mapped_column(default="")
    """A check's number or a transfer's reference, as a text."""
    drawer: Mapped[str] = mapped_column(default="")
    """Whose name stands on the check, where it is another than the payer's."""
    ending: Mapped[str] = mapped_column(default="")
    """The last four digits of the card or account, as Stripe says them."""
    received_on: Mapped[date]
    deposit_id: Mapped[UUID | None]
    intent_id: Mapped[str | None]
    """Stripe's PaymentIntent: one payment each."""
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]
    recorded_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    payer: Mapped[Payer | None] = relationship(
        primaryjoin="Payment.payer_id == Payer.id", foreign_keys="Payment.payer_id", viewonly=True
    )
