"""What is handed out: documents, in all their versions, and links."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Moment, WallTime
from consortium.files.models import StoredFile
from consortium.tenancy import TenantOwned, linked
from events.materials.domain import Audience, MaterialKind

ONE_OF_A_NUMBER = "uq_material_version_number"


class Material(TenantOwned, Base):
    """A document or a link of an institute, of one of its days, or of a session.

    Wall times and the institute's zone are the truth; ``from_at`` and ``until_at`` are derived
    from them, so that a query can decide who gets it now.
    """

    __tablename__ = "material"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        linked("session_id", to="session", cascade=True),
        CheckConstraint('session_id IS NULL OR "on" IS NULL', name="of_one_thing"),
        CheckConstraint("(shown_number = 0) = (link <> '')", name="file_or_link"),
        CheckConstraint(
            "session_id IS NOT NULL OR (audience <> 'agenda' AND NOT after_session)",
            name="of_a_session",
        ),
        CheckConstraint(
            "until_at IS NULL OR from_at IS NULL OR until_at > from_at", name="in_time"
        ),
        CheckConstraint("downloads >= 0", name="downloads_not_negative"),
        Index("ix_material_order", "tenant_id", "institute_id", "position", "id"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    session_id: Mapped[UUID | None]
    on: Mapped[date | None]
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    kind: Mapped[MaterialKind]
    link: Mapped[str] = mapped_column(default="")
    shown_number: Mapped[int] = mapped_column(default=0)
    """The number of the version that people get; 0 for a link."""
    audience: Mapped[Audience]
    after_session: Mapped[bool] = mapped_column(default=False)
    available_from: Mapped[WallTime | None]
    available_until: Mapped[WallTime | None]
    from_at: Mapped[Moment | None]
    until_at: Mapped[Moment | None]
    downloads: Mapped[int] = mapped_column(default=0)
    """How often its file was taken; nobody writes down by whom."""
    position: Mapped[int]
    put_by: Mapped[str]
    put_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)

    versions: Mapped[list["MaterialVersion"]] = relationship(
        cascade="all, delete-orphan", order_by="MaterialVersion.number"
    )


class MaterialVersion(TenantOwned, Base):
    """One version of a document; those replaced are kept for staff."""

    __tablename__ = "material_version"
    __more_table_args__ = (
        linked("material_id", to="material", cascade=True),
        linked("file_id", to="stored_file"),
        UniqueConstraint("material_id", "number", name=ONE_OF_A_NUMBER),
        CheckConstraint("number > 0", name="counted_from_one"),
    )

    id: Mapped[Id]
    material_id: Mapped[UUID]
    number: Mapped[int]
    file_id: Mapped[UUID]
    put_by: Mapped[str]
    put_at: Mapped[Moment]

    file: Mapped[StoredFile] = relationship(
        primaryjoin="MaterialVersion.file_id == StoredFile.id",
        foreign_keys="MaterialVersion.file_id",
        viewonly=True,
    )
