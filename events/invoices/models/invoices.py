"""Invoices, the papers that were issued for them, and reminders."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Cents, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked
from events.institutes.models import Institute
from events.invoices.domain import Series
from events.invoices.models.payers import Payer

SERIAL_TAKEN = "uq_invoice_tenant_id_fiscal_year_serial"
ONE_REVISION = "uq_document_tenant_id_series_number_revision"


class Invoice(TenantOwned, Base):
    """What one payer owes for one thing, under one number for ever.

    What is open of it stands in the ledger and nowhere else. ``total_cents`` is what its newest
    revision says; credit notes lower what is owed and not that.
    """

    __tablename__ = "invoice"
    __more_table_args__ = (
        linked("payer_id", to="payer"),
        linked("institute_id", to="institute"),
        UniqueConstraint("tenant_id", "fiscal_year", "serial", name=SERIAL_TAKEN),
        UniqueConstraint("tenant_id", "number"),
        CheckConstraint(
            "total_cents >= 0 AND credited_cents >= 0 AND conceded_cents >= 0",
            name="cents_not_negative",
        ),
        CheckConstraint("revision >= 1", name="revisions_from_one"),
        Index("ix_invoice_about", "tenant_id", "about"),
    )

    id: Mapped[Id]
    fiscal_year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    payer_id: Mapped[UUID]
    institute_id: Mapped[UUID | None]
    about: Mapped[str]
    """What it is for: ``team:<id>``, or ``institute:<id>`` for costs that payers share."""
    what: Mapped[str]
    """The same in words, for lists and mails."""
    total_cents: Mapped[Cents]
    credited_cents: Mapped[Cents] = mapped_column(default=0)
    """What credit notes took off."""
    conceded_cents: Mapped[Cents] = mapped_column(default=0)
    """What finance took off by hand; it stays off when what is billed changes."""
    issued_at: Mapped[Moment]
    due_on: Mapped[date]
    link_version: Mapped[int] = mapped_column(default=1)
    """Raised to make every link to it that was mailed stop working."""
    reminders_paused_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    payer: Mapped[Payer] = relationship(
        primaryjoin="Invoice.payer_id == Payer.id", foreign_keys="Invoice.payer_id", viewonly=True
    )
    institute: Mapped[Institute | None] = relationship(
        primaryjoin="Invoice.institute_id == Institute.id",
        foreign_keys="Invoice.institute_id",
        viewonly=True,
    )


class Document(TenantOwned, Base):
    """A paper as it was issued. The database refuses every change of it."""

    __tablename__ = "document"
    __more_table_args__ = (
        linked("invoice_id", to="invoice"),
        linked("payer_id", to="payer"),
        UniqueConstraint("tenant_id", "series", "number", "revision", name=ONE_REVISION),
        CheckConstraint("total_cents >= 0", name="total_not_negative"),
        CheckConstraint("revision >= 1", name="revisions_from_one"),
        Index("ix_document_about", "tenant_id", "about"),
    )

    id: Mapped[Id]
    series: Mapped[Series]
    number: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    fiscal_year: Mapped[int]
    invoice_id: Mapped[UUID | None]
    """The invoice it is, or is about."""
    payer_id: Mapped[UUID | None]
    about: Mapped[str] = mapped_column(default="")
    total_cents: Mapped[Cents]
    paper: Mapped[dict[str, Any]] = mapped_column(Json)
    """Everything it says (``domain.papers``)."""
    issued_at: Mapped[Moment]
    issued_by: Mapped[str]


class Reminder(TenantOwned, Base):
    """That a payer was reminded of an overdue invoice, and how urgently: 1 to 3."""

    __tablename__ = "invoice_reminder"
    __more_table_args__ = (
        linked("invoice_id", to="invoice"),
        UniqueConstraint("tenant_id", "invoice_id", "level"),
        CheckConstraint("level BETWEEN 1 AND 3", name="three_levels"),
    )

    id: Mapped[Id]
    invoice_id: Mapped[UUID]
    level: Mapped[int]
    sent_at: Mapped[Moment]
