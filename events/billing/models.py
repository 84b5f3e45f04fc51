"""What teams owe, who pays which share of it, and discounts that were used."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Cents, Id, Json, Moment, only
from consortium.tenancy import TenantOwned, linked
from events.billing.domain.splitting import Basis
from events.institutes.models import Institute
from events.invoices.domain import Method
from events.invoices.models import Payer
from events.registration.models import Team

ONE_BILL = "uq_bill_tenant_id_about"
ONE_SHARE = "uq_bill_share_one_live"
CODE_COUNTED = "uq_discount_use_tenant_id_institute_id_code"


class Bill(TenantOwned, Base):
    """What one team owes for an institute, or what payers share of an institute's cost.

    ``lines`` and ``total_cents`` are what the fee rules said when they were last asked.
    """

    __tablename__ = "bill"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("team_id", to="team"),
        UniqueConstraint("tenant_id", "about", name=ONE_BILL),
        CheckConstraint("total_cents >= 0", name="total_not_negative"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    team_id: Mapped[UUID | None]
    about: Mapped[str]
    """``team:<id>``, or ``institute:<id>`` for costs that payers share."""
    rated_on: Mapped[date]
    """The day whose prices count: when the team was first registered, or rated anew."""
    fees: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The fee rules that held when it was first sent or confirmed, and hold for it for good.

    Before that the institute's own count (see ``fees_of``).
    """
    refund_terms: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the host keeps when somebody cancels, of the same day and as long (``refunds_of``)."""
    affiliations: Mapped[list[str]] = mapped_column(Json, default=list)
    """What the local is affiliated to, e.g. NEA, as the team says."""
    discount_code: Mapped[str] = mapped_column(default="")
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    notes: Mapped[list[str]] = mapped_column(Json, default=list)
    fees_cents: Mapped[Cents] = mapped_column(default=0)
    """What the fees alone came to; a fall of it is what somebody's leaving gives back."""
    seats: Mapped[list[str]] = mapped_column(Json, default=list)
    """The seats that were counted, by id."""
    total_cents: Mapped[Cents] = mapped_column(default=0)
    sent_at: Mapped[Moment | None]
    """When invoices first went to payers; from then on they follow every change."""
    confirmed_at: Mapped[Moment | None]
    """When it was confirmed in writing that there is nothing to pay."""
    made_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    institute: Mapped[Institute] = relationship(
        primaryjoin="Bill.institute_id == Institute.id",
        foreign_keys="Bill.institute_id",
        viewonly=True,
    )
    team: Mapped[Team | None] = relationship(
        primaryjoin="Bill.team_id == Team.id", foreign_keys="Bill.team_id", viewonly=True
    )
    shares: Mapped[list["BillShare"]] = relationship(
        primaryjoin="and_(Bill.id == BillShare.bill_id, BillShare.ended_at.is_(None))",
        foreign_keys="BillShare.bill_id",
        order_by="BillShare.position",
        viewonly=True,
    )
    extras: Mapped[list["BillExtra"]] = relationship(
        primaryjoin="and_(Bill.id == BillExtra.bill_id, BillExtra.lifted_at.is_(None))",
        foreign_keys="BillExtra.bill_id",
        order_by="BillExtra.made_at",
        viewonly=True,
    )


class BillExtra(TenantOwned, Base):
    """What is owed beside the fees: what stays after a late cancellation, a cost item, a credit."""

    __tablename__ = "bill_extra"
    __more_table_args__ = (
        linked("bill_id", to="bill"),
        CheckConstraint("cents <> 0", name="cents_something"),
    )

    id: Mapped[Id]
    bill_id: Mapped[UUID]
    seat_id: Mapped[UUID | None]
    """The seat that was given back; someone named for it lifts what was kept."""
    what: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    cents: Mapped[Cents]
    made_at: Mapped[Moment]
    made_by: Mapped[str]
    lifted_at: Mapped[Moment | None]


class BillShare(TenantOwned, Base):
    """One payer's share of a bill, and the invoice on which it stands."""

    __tablename__ = "bill_share"
    __more_table_args__ = (
        linked("bill_id", to="bill"),
        linked("payer_id", to="payer"),
        linked("invoice_id", to="invoice"),
        Index(
            ONE_SHARE, "tenant_id", "bill_id", "payer_id", unique=True, **only("ended_at IS NULL")
        ),
        CheckConstraint("value >= 0 AND cents >= 0", name="not_negative"),
    )

    id: Mapped[Id]
    bill_id: Mapped[UUID]
    payer_id: Mapped[UUID]
    position: Mapped[int]
    basis: Mapped[Basis]
    value: Mapped[Cents] = mapped_column(default=0)
    """Basis points, cents or seats, as ``basis`` says."""
    roles: Mapped[list[str]] = mapped_column(Json, default=list)
    cents: Mapped[Cents] = mapped_column(default=0)
    """What it came to when the bill was last split."""
    method: Mapped[Method | None]
    """How the payer means to pay."""
    invoice_id: Mapped[UUID | None]
    accepted_at: Mapped[Moment | None]
    accepted_by: Mapped[str] = mapped_column(default="")
    declined_at: Mapped[Moment | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[Moment | None]
    """When another split took its place."""
    made_at: Mapped[Moment]
    made_by: Mapped[str]

    payer: Mapped[Payer] = relationship(
        primaryjoin="BillShare.payer_id == Payer.id",
        foreign_keys="BillShare.payer_id",
        viewonly=True,
    )


class DiscountUse(TenantOwned, Base):
    """How often a code was used, of how often it may be."""

    __tablename__ = "discount_use"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        UniqueConstraint("tenant_id", "institute_id", "code", name=CODE_COUNTED),
        CheckConstraint("taken >= 0", name="taken_not_negative"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    code: Mapped[str]
    taken: Mapped[int] = mapped_column(default=0)
