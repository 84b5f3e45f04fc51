"""What keeps an institute's records beyond their time, and what was deleted."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned

ONE_HOLD = "uq_record_hold_one_at_a_time"
IN_FORCE = "lifted_at IS NULL"


def _of_institute() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["tenant_id", "institute_id"], ["institute.tenant_id", "institute.id"]
    )


class RecordHold(TenantOwned, Base):
    """That an institute's attendance and certificates are kept whatever the years, and why."""

    __tablename__ = "record_hold"
    __more_table_args__ = (
        _of_institute(),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index(
            ONE_HOLD,
            "institute_id",
            unique=True,
            postgresql_where=text(IN_FORCE),
            sqlite_where=text(IN_FORCE),
        ),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    reason: Mapped[str]
    placed_at: Mapped[Moment]
    placed_by: Mapped[str]
    lifted_at: Mapped[Moment | None]
    lifted_by: Mapped[str] = mapped_column(default="")


class Purge(TenantOwned, Base):
    """That an institute's attendance was deleted when its time had passed, and how much it was."""

    __tablename__ = "purge"
    __more_table_args__ = (_of_institute(),)

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    purged_at: Mapped[Moment]
    purged_by: Mapped[str]
    last_day: Mapped[date]
    people: Mapped[int]
    """How many people had been there."""
    scans: Mapped[int]
    certificates: Mapped[int]
    answered: Mapped[int]
    """How many had answered an evaluation; their answers name nobody and stay."""
