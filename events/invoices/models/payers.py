"""Payers: whom invoices go to."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment
from consortium.files.models import StoredFile
from consortium.tenancy import TenantOwned, linked
from events.invoices.domain import PayerKind

SAME_PAYER = "uq_payer_same"


class Payer(TenantOwned, Base):
    """An organisation or a person that pays, with the contact to whom its invoices go.

    Two teams that name the same payer with the same contact have one account with us.
    """

    __tablename__ = "payer"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "kind", "name", "contact_email", name=SAME_PAYER),
        linked("tax_exempt_file_id", to="stored_file"),
    )

    id: Mapped[Id]
    kind: Mapped[PayerKind]
    name: Mapped[str]
    lea_id: Mapped[str | None] = mapped_column(ForeignKey("lea.id"))
    contact_name: Mapped[str] = mapped_column(default="")
    contact_email: Mapped[str]
    """In small letters; whoever signs in with it sees this payer's invoices."""
    address: Mapped[str] = mapped_column(default="")
    grant_number: Mapped[str] = mapped_column(default="")
    tax_exempt: Mapped[str] = mapped_column(default="")
    """The number of the tax-exempt certificate, where one is on file."""
    tax_exempt_file_id: Mapped[UUID | None]
    reminders_paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    tax_exempt_file: Mapped[StoredFile | None] = relationship(
        primaryjoin="Payer.tax_exempt_file_id == StoredFile.id",
        foreign_keys="Payer.tax_exempt_file_id",
        viewonly=True,
    )
