"""What a host chose for its doors, and tablets at which people check themselves in."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

SETTINGS_MADE = "uq_check_in_settings_institute_id"


class CheckInSettings(TenantOwned, Base):
    """What a host chose for check-in at one institute."""

    __tablename__ = "check_in_settings"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", name=SETTINGS_MADE),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    walk_ins: Mapped[bool] = mapped_column(default=False)
    """Whether a desk may register people who come without a seat."""
    until_day_end: Mapped[bool] = mapped_column(default=False)
    """Whether people whom nobody saw leave count until the day's programme ends."""


class Kiosk(TenantOwned, Base):
    """A tablet at which people check themselves in, and from which nothing else can be done."""

    __tablename__ = "kiosk"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("digest"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    digest: Mapped[str]
    """SHA-256 of the token that the tablet's own cookie holds."""
    started_by: Mapped[str]
    started_at: Mapped[Moment]
    ended_at: Mapped[Moment | None]
