"""Grants: who funds what, from when to when, and what is brought beside it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Cents, Id, Moment
from consortium.tenancy import TenantOwned, linked

GRANT_TAKEN = "uq_report_grant_tenant_id_funder_number"


class Grant(TenantOwned, Base):
    """Money of a funder for institutes and cohorts; reports are asked by it and a period."""

    __tablename__ = "report_grant"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", "funder", "number", name=GRANT_TAKEN),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint(
            "amount_cents >= 0 AND cash_match_cents >= 0 AND in_kind_cents >= 0",
            name="not_negative",
        ),
    )

    id: Mapped[Id]
    funder: Mapped[str]
    number: Mapped[str]
    """The funder's own number, as reports quote it."""
    title: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    amount_cents: Mapped[Cents]
    cash_match_cents: Mapped[Cents] = mapped_column(default=0)
    in_kind_cents: Mapped[Cents] = mapped_column(default=0)
    """Rooms, release time and the like, in what they would have cost."""
    made_at: Mapped[Moment]
    made_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)

    pays_for: Mapped[list["GrantInstitute"]] = relationship(
        cascade="all, delete-orphan", back_populates="grant"
    )

    @property
    def words(self) -> str:
        """What pages and reports call it: funder, number, title."""
        return f"{self.funder} {self.number}: {self.title}"


class GrantInstitute(TenantOwned, Base):
    """An institute or cohort that a grant pays for."""

    __tablename__ = "report_grant_institute"
    __more_table_args__ = (
        linked("grant_id", to="report_grant", cascade=True),
        linked("institute_id", to="institute"),
        UniqueConstraint("grant_id", "institute_id"),
    )

    id: Mapped[Id]
    grant_id: Mapped[UUID]
    institute_id: Mapped[UUID]

    grant: Mapped[Grant] = relationship(back_populates="pays_for")
