"""Which badges went to the printer, and with what on them."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked


class BadgePrint(TenantOwned, Base):
    """One printing: who made it, on which paper."""

    __tablename__ = "badge_print"
    __more_table_args__ = (linked("institute_id", to="institute", cascade=True),)

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
        linked("print_id", to="badge_print", cascade=True),
        linked("badge_id", to="badge"),
        UniqueConstraint("print_id", "badge_id"),
    )

    id: Mapped[Id]
    print_id: Mapped[UUID]
    badge_id: Mapped[UUID]
    said: Mapped[str]
    """Digest of what stood on it: a badge that would say something else now is printed anew."""
