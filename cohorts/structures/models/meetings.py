"""The log of a body: when it met, in whose house, how many of each side came, what was decided."""

from datetime import date
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.structures.domain.keeping import Held
from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

ONE_MEETING_A_DAY = "uq_body_meeting_one_a_day"


class House(StrEnum):
    """Whose house a meeting was in; that both take turns is a sign in itself."""

    LABOR = auto()
    MANAGEMENT = auto()
    BOARD = auto()
    OTHER = auto()
    ONLINE = auto()


class BodyMeeting(TenantOwned, Base):
    """One meeting that a body held."""

    __tablename__ = "body_meeting"
    __more_table_args__ = (
        linked("body_id", to="body", cascade=True),
        UniqueConstraint("body_id", "on", name=ONE_MEETING_A_DAY),
        CheckConstraint(
            "labor_came >= 0 AND management_came >= 0 AND others_came >= 0", name="counts_people"
        ),
    )

    id: Mapped[Id]
    body_id: Mapped[UUID]
    on: Mapped[date]
    house: Mapped[House]
    labor_came: Mapped[int]
    management_came: Mapped[int]
    others_came: Mapped[int] = mapped_column(default=0)
    decisions: Mapped[str] = mapped_column(default="")
    written_by: Mapped[str]
    written_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    @property
    def held(self) -> Held:
        """It as a value."""
        return Held(
            on=self.on,
            labor=self.labor_came,
            management=self.management_came,
            others=self.others_came,
        )
