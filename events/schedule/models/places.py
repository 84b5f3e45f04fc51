"""Where sessions are held and who holds them: venues, rooms, presenters of one institute."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json
from consortium.tenancy import TenantOwned, linked
from events.schedule.domain import PresenterSpec, RoomSpec, VenueSpec

VENUE_TAKEN = "uq_venue_institute_id_name_key"
ROOM_TAKEN = "uq_room_institute_id_name_key"
PRESENTER_TAKEN = "uq_presenter_institute_id_name_key"


def _known_by_name(table: str) -> tuple[Any, ...]:
    """Let a name stand for one row, however it is spelled, and let others refer to it."""
    return (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("tenant_id", "institute_id", "name"),
        UniqueConstraint("institute_id", "name_key", name=f"uq_{table}_institute_id_name_key"),
    )


class Venue(TenantOwned, Base):
    """A house in which sessions are held, such as a second hotel, beside the institute's own."""

    __tablename__ = "venue"
    __more_table_args__ = _known_by_name("venue")

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    """The name as ``domain.key_of`` folds it."""
    address: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    position: Mapped[int]

    @property
    def spec(self) -> VenueSpec:
        """The venue as it was last written down."""
        return VenueSpec(name=self.name, address=self.address, notes=self.notes)


class Room(TenantOwned, Base):
    """A room in which sessions are held."""

    __tablename__ = "room"
    __more_table_args__ = (
        *_known_by_name("room"),
        ForeignKeyConstraint(
            ["tenant_id", "institute_id", "venue"],
            ["venue.tenant_id", "venue.institute_id", "venue.name"],
            onupdate="CASCADE",
        ),
        CheckConstraint("capacity IS NULL OR capacity >= 1", name="room_for_someone"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    venue: Mapped[str | None]
    """The venue's name; empty for the institute's own."""
    capacity: Mapped[int | None]
    features: Mapped[list[str]] = mapped_column(Json, default=list)
    notes: Mapped[str] = mapped_column(default="")
    position: Mapped[int]

    @property
    def spec(self) -> RoomSpec:
        """The room as it was last written down."""
        return RoomSpec(
            name=self.name,
            venue=self.venue or "",
            capacity=self.capacity,
            features=tuple(self.features),
            notes=self.notes,
        )


class Presenter(TenantOwned, Base):
    """Someone who holds sessions of an institute, with or without a seat there."""

    __tablename__ = "presenter"
    __more_table_args__ = _known_by_name("presenter")

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    affiliation: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    """Never shown to the public; who signs in with it may add to the sessions that are theirs."""
    about: Mapped[str] = mapped_column(default="")
    position: Mapped[int]

    @property
    def spec(self) -> PresenterSpec:
        """The presenter as last written down."""
        return PresenterSpec(
            name=self.name, affiliation=self.affiliation, email=self.email, about=self.about
        )
