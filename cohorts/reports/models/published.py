"""Reports as they were published: their values for good, and the files made of them."""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.reports.domain.scope import ReportKind
from consortium.database import Base, Id, Json, Moment
from consortium.guards import keep_as_said
from consortium.tenancy import TenantOwned, linked

REPORT_NUMBER_TAKEN = "uq_published_report_tenant_id_number"


class PublishedReport(TenantOwned, Base):
    """A report that funders and partners may read. What it says never changes.

    A mistake is taken back with a reason, which hides it from readers; it goes on counting when
    later reports are compared with it, since what was read cannot be unread.
    """

    __tablename__ = "published_report"
    __more_table_args__ = (
        linked("grant_id", to="report_grant"),
        UniqueConstraint("tenant_id", "number", name=REPORT_NUMBER_TAKEN),
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("taken_back_at IS NULL OR taken_back_why <> ''", name="taken_back_why"),
    )

    id: Mapped[Id]
    number: Mapped[str]
    """E.g. RP-2026-0003."""
    kind: Mapped[ReportKind]
    title: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    grant_id: Mapped[UUID | None]
    states: Mapped[list[str]] = mapped_column(Json, default=list)
    """USPS codes; empty: every state."""
    said: Mapped[str]
    """Its values as canonical JSON, as ``domain.tables`` writes and reads them."""
    sha256: Mapped[str]
    """Of ``said``."""
    published_at: Mapped[Moment]
    published_by: Mapped[str]
    taken_back_at: Mapped[Moment | None]
    taken_back_by: Mapped[str] = mapped_column(default="")
    taken_back_why: Mapped[str] = mapped_column(default="")

    covers: Mapped[list["PublishedScope"]] = relationship(cascade="all, delete-orphan")

    @property
    def words(self) -> str:
        """What refusals call it: number and title."""
        return f"{self.number} “{self.title}”"


class PublishedScope(TenantOwned, Base):
    """An institute or cohort that a published report covers."""

    __tablename__ = "published_scope"
    __more_table_args__ = (
        linked("report_id", to="published_report", cascade=True),
        linked("institute_id", to="institute"),
        UniqueConstraint("report_id", "institute_id"),
    )

    id: Mapped[Id]
    report_id: Mapped[UUID]
    institute_id: Mapped[UUID]


class PublishedFile(TenantOwned, Base):
    """A published report as one file: the same bytes on any day, whatever made them."""

    __tablename__ = "published_file"
    __more_table_args__ = (
        linked("report_id", to="published_report", cascade=True),
        UniqueConstraint("report_id", "file_format"),
    )

    id: Mapped[Id]
    report_id: Mapped[UUID]
    file_format: Mapped[str]
    """csv, xlsx or pdf."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    sha256: Mapped[str]


KEPT = (
    "number",
    "kind",
    "title",
    "first_day",
    "last_day",
    "grant_id",
    "said",
    "sha256",
    "published_at",
    "published_by",
)
keep_as_said(PublishedReport.__table__, KEPT)  # type: ignore[arg-type]
