"""Which badges went to the printer, and with what on them."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned
from events.checkin.models.scans import of_institute


class BadgePrint(TenantOwned, Base):
    """One printing: who made it, on which paper."""

    __tablename__ = "badge_print"
    __more_table_args__ = (of_institute(),)

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    paper: Mapped[str]
    what: Mapped[str]
    """What was asked for, as staff reads it: all, those new, a team, one person."""
    made_at: Mapped[Moment]
    made_by: Mapped[str]

    badges: Mapped[list["PrintedBadge"]] = relationship(cascade="all, delete-orphan")


class PrintedBadge(TenantOwned, Base):
    """One badge of a printing."""

    __tablename__ = "printed_badge"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "print_id"],
            ["badge_print.tenant_id", "badge_print.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["tenant_id", "badge_id"], ["badge.tenant_id", "badge.id"]),
        UniqueConstraint("print_id", "badge_id"),
    )

    id: Mapped[Id]
    print_id: Mapped[UUID]
    badge_id: Mapped[UUID]
    said: Mapped[str]
    """Digest of what stood on it: a badge that would say something else now is printed anew."""
