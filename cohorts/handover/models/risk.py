"""When a partnership counts as at risk, and what hosts were told of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked

ONE_SET_OF_NUMBERS = "uq_risk_numbers_tenant_id"
ONE_TELLING = "uq_risk_told_one_each"
ONE_RISK_MAIL = "uq_risk_mail_week"


class RiskNumbers(TenantOwned, Base):
    """From when on a consortium wants to know; one row each, the usual numbers without."""

    __tablename__ = "risk_numbers"
    __more_table_args__ = (
        UniqueConstraint("tenant_id", name=ONE_SET_OF_NUMBERS),
        CheckConstraint("missed_meetings > 0", name="misses_something"),
    )

    id: Mapped[Id]
    vacant_days: Mapped[int]
    interim_days: Mapped[int]
    not_met_weeks: Mapped[int]
    missed_meetings: Mapped[int]
    unsigned_days: Mapped[int]
    changed_by: Mapped[str]
    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)


class RiskTold(TenantOwned, Base):
    """A reason of which the hosts were told; it goes when the reason does."""

    __tablename__ = "risk_told"
    __more_table_args__ = (
        linked("partnership_id", to="partnership"),
        UniqueConstraint("partnership_id", "key", name=ONE_TELLING),
    )

    id: Mapped[Id]
    partnership_id: Mapped[UUID]
    key: Mapped[str]
    told_at: Mapped[Moment]


class RiskMail(TenantOwned, Base):
    """That the hosts' weekly mail was looked after, whether there was something new or not."""

    __tablename__ = "risk_mail"
    __more_table_args__ = (UniqueConstraint("tenant_id", "week", name=ONE_RISK_MAIL),)

    id: Mapped[Id]
    week: Mapped[date]
    """The Monday of the week."""
    reasons: Mapped[int]
    """How many new reasons it named; 0 where no mail went out."""
    looked_at: Mapped[Moment]
