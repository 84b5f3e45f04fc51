"""What was deleted of an institute's records when their time had passed."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked


class Purge(TenantOwned, Base):
    """That an institute's attendance was deleted when its time had passed, and how much it was."""

    __tablename__ = "purge"
    __more_table_args__ = (linked("institute_id", to="institute"),)

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
