"""Teams that a host asks to go on in a cohort, and what both sides answer."""

from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

ASKED_ALREADY = "uq_continuing_institute_id_team_id"


class Continuing(TenantOwned, Base):
    """That a team of an institute is asked to go on in a cohort; both sides have to say yes."""

    __tablename__ = "continuing"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("team_id", to="team", cascade=True),
        linked("labor_id", to="person"),
        linked("management_id", to="person"),
        UniqueConstraint("institute_id", "team_id", name=ASKED_ALREADY),
        CheckConstraint("(labor_id IS NULL) = (labor_at IS NULL)", name="labor_said_when"),
        CheckConstraint(
            "(management_id IS NULL) = (management_at IS NULL)", name="management_said_when"
        ),
        CheckConstraint(
            "carried_id IS NULL OR (labor_at IS NOT NULL AND management_at IS NOT NULL)",
            name="both_agreed",
        ),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    """The cohort."""
    team_id: Mapped[UUID]
    """The team as it came to an earlier institute."""
    note: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    asked_at: Mapped[Moment]
    labor_id: Mapped[UUID | None]
    labor_at: Mapped[Moment | None]
    """Who agreed for labor, and when."""
    management_id: Mapped[UUID | None]
    management_at: Mapped[Moment | None]
    declined_at: Mapped[Moment | None]
    """When one side said no, or the host took the question back."""
    carried_id: Mapped[UUID | None]
    """The team's draft at the cohort, begun once both sides agreed."""
