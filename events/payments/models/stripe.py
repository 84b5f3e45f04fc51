"""What was asked of Stripe, and what Stripe told us."""

from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Cents, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked

EVENT_STORED = "uq_stripe_event_tenant_id_event_id"


class CheckoutStatus(StrEnum):
    """Where an attempt to pay stands."""

    BEGUN = auto()
    OPEN = auto()
    COMPLETED = auto()
    EXPIRED = auto()


class Checkout(TenantOwned, Base):
    """One attempt to pay an invoice on Stripe's page."""

    __tablename__ = "checkout"
    __more_table_args__ = (
        linked("invoice_id", to="invoice"),
        UniqueConstraint("tenant_id", "session_id"),
        CheckConstraint("cents > 0", name="cents_positive"),
        Index("ix_checkout_intent", "tenant_id", "intent_id"),
        Index("ix_checkout_status", "tenant_id", "status"),
    )

    id: Mapped[Id]
    """Also the idempotency key and the reference that Stripe gives back to us."""
    invoice_id: Mapped[UUID]
    cents: Mapped[Cents]
    status: Mapped[CheckoutStatus] = mapped_column(default=CheckoutStatus.BEGUN)
    session_id: Mapped[str | None]
    intent_id: Mapped[str | None]
    url: Mapped[str] = mapped_column(default="")
    begun_at: Mapped[Moment]
    expires_at: Mapped[Moment]


class StripeEvent(TenantOwned, Base):
    """A message of Stripe's, stored before anything is done about it, applied once."""

    __tablename__ = "stripe_event"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "event_id", name=EVENT_STORED),
        Index("ix_stripe_event_waiting", "tenant_id", "applied_at"),
        Index("ix_stripe_event_intent", "tenant_id", "intent_id"),
    )

    id: Mapped[Id]
    event_id: Mapped[str]
    kind: Mapped[str]
    """Stripe's type, e.g. ``payment_intent.succeeded``."""
    intent_id: Mapped[str | None]
    """The payment it is about, so that what waits for one another is found."""
    happened_at: Mapped[Moment]
    stored_at: Mapped[Moment]
    body: Mapped[dict[str, Any]] = mapped_column(Json)
    """What we keep of it (``service.stripe.kept``): nothing that names a person."""
    applied_at: Mapped[Moment | None]
    outcome: Mapped[str] = mapped_column(default="")
    """What came of it, in a word; empty while it waits."""
    found_by_sweep: Mapped[bool] = mapped_column(default=False)
    """Whether the daily comparison found it and no webhook had brought it."""
