"""Scans as they came, what staff took back of them, and the one check-in of a day."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Moment
from consortium.tenancy import TenantOwned, linked
from events.checkin.domain import Direction, Problem, Way

ONE_SCAN = "uq_scan_institute_id_client_id"
ONE_STRIKE = "uq_strike_institute_id_client_id"
ONE_CHECK_IN = "uq_check_in_institute_id_person_id_on"


class Scan(TenantOwned, Base):
    """One reading of a badge, one tap on a name, one time written down by staff. Never changed."""

    __tablename__ = "scan"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("person_id", to="person"),
        linked("session_id", to="session"),
        UniqueConstraint("institute_id", "client_id", name=ONE_SCAN),
        CheckConstraint("person_id IS NOT NULL OR problem IS NOT NULL", name="someone_or_problem"),
        CheckConstraint("way <> 'staff' OR reason <> ''", name="staff_says_why"),
        Index("ix_scan_day", "tenant_id", "institute_id", "session_id", "on", "person_id"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    client_id: Mapped[str]
    """Chosen by the desk that scanned; sent again, it is the same scan."""
    code: Mapped[str] = mapped_column(default="")
    person_id: Mapped[UUID | None]
    session_id: Mapped[UUID | None]
    """Empty at the door of the institute."""
    on: Mapped[date]
    """The day of the institute to which it belongs."""
    at: Mapped[Moment]
    """When it was, by our clock."""
    device_at: Mapped[Moment]
    """When it was, by the desk's clock."""
    received_at: Mapped[Moment]
    direction: Mapped[Direction]
    way: Mapped[Way]
    desk: Mapped[str] = mapped_column(default="")
    problem: Mapped[Problem | None]
    """Why it does not count."""
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str]


class Strike(TenantOwned, Base):
    """That a scan, by its key, does not count: undone at the desk or corrected by staff."""

    __tablename__ = "strike"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "client_id", name=ONE_STRIKE),
        CheckConstraint("reason <> ''", name="reason_given"),
        Index("ix_strike_strikes", "tenant_id", "institute_id", "strikes"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    client_id: Mapped[str]
    strikes: Mapped[str]
    """The scan's key; the scan itself may come later, from a desk that is offline."""
    reason: Mapped[str]
    at: Mapped[Moment]
    by: Mapped[str]


class CheckIn(TenantOwned, Base):
    """That someone is, or was, at the institute on a day; what that day's scans come to."""

    __tablename__ = "check_in"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("institute_id", "person_id", "on", name=ONE_CHECK_IN),
        CheckConstraint("left_at IS NULL OR left_at >= arrived_at", name="left_after_arrival"),
        Index("ix_check_in_changed", "tenant_id", "institute_id", "on", "changed_at"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    person_id: Mapped[UUID]
    on: Mapped[date]
    arrived_at: Mapped[Moment]
    """The first arrival of the day."""
    left_at: Mapped[Moment | None]
    """The last leaving; empty while the person is there, as far as anyone saw."""
    undone_at: Mapped[Moment | None]
    """When the last scan that made it was taken back."""
    changed_at: Mapped[Moment]
