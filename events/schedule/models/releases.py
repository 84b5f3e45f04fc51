"""What was published of a programme, when, and what it changed: the public log."""

from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment
from consortium.tenancy import TenantOwned, linked
from events.schedule.domain.drafts import Act


class Release(TenantOwned, Base):
    """One time that a programme, or a change of it, became public. It never changes."""

    __tablename__ = "programme_release"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "number"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    number: Mapped[int]
    """1, 2, 3 … within the institute."""
    note: Mapped[str] = mapped_column(default="")
    """The host's own words for it."""
    published_at: Mapped[Moment]
    published_by: Mapped[str]
    overridden: Mapped[list[str]] = mapped_column(Json, default=list)
    """The clashes that the host published all the same, by their keys."""

    changes: Mapped[list["ReleaseChange"]] = relationship(
        cascade="all, delete-orphan", order_by="ReleaseChange.position"
    )


class ReleaseChange(TenantOwned, Base):
    """What one release did to one session."""

    __tablename__ = "programme_release_change"
    __more_table_args__ = (linked("release_id", to="programme_release", cascade=True),)

    id: Mapped[Id]
    release_id: Mapped[UUID]
    session_id: Mapped[UUID]
    """The session; plain, since the log outlives it."""
    code: Mapped[str]
    title: Mapped[str]
    """As it was called then."""
    act: Mapped[Act]
    fields: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)
    """Field, before and after, as ``domain.drafts.logged`` writes them."""
    position: Mapped[int]
