"""What keeps an institute's records beyond their time."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_HOLD = "uq_record_hold_one_at_a_time"
IN_FORCE = "lifted_at IS NULL"


class RecordHold(TenantOwned, Base):
    """That an institute's records are kept whatever the years, and why.

    They are attendance, certificates, what teams handed in and what was handed out.
    """

    __tablename__ = "record_hold"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index(ONE_HOLD, "institute_id", unique=True, **only(IN_FORCE)),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    reason: Mapped[str]
    placed_at: Mapped[Moment]
    placed_by: Mapped[str]
    lifted_at: Mapped[Moment | None]
    lifted_by: Mapped[str] = mapped_column(default="")
