"""Seats: one member's place in a team, and what belongs to it."""

from enum import StrEnum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, only
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked

if TYPE_CHECKING:
    from events.registration.models.teams import Team

ONE_SEAT_PER_PERSON = "uq_seat_one_active_per_person"
ONE_SEAT_IN_TEAM = "uq_seat_one_active_in_team"
INVITATION_TAKEN = "uq_seat_invitation_digest"
ONE_BADGE = "uq_badge_one_live_per_person"
BADGE_CODE_TAKEN = "uq_badge_code"
ONE_OPEN_REQUEST = "uq_substitution_request_one_open_per_seat"
ONE_WAIT = "uq_place_wait_one_per_seat"
STILL_HELD = "status NOT IN ('declined', 'withdrawn', 'replaced')"


class SeatStatus(StrEnum):
    """Where one seat stands."""

    UNCLAIMED = auto()  # kept for a role; nobody is named yet
    NAMED = auto()  # written down by the lead; no mail yet
    INVITED = auto()
    CONFIRMED = auto()
    DECLINED = auto()
    REPLACED = auto()  # someone else has the seat now
    WITHDRAWN = auto()


ACTIVE_SEATS = (SeatStatus.NAMED, SeatStatus.INVITED, SeatStatus.CONFIRMED)
HELD_SEATS = (SeatStatus.UNCLAIMED, *ACTIVE_SEATS)


class Seat(TenantOwned, Base):
    """One member's place in a team, with the office the member fills there."""

    __tablename__ = "seat"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        linked("institute_id", to="institute"),
        linked("person_id", to="person"),
        Index(
            ONE_SEAT_PER_PERSON,
            "institute_id",
            "person_id",
            unique=True,
            **only(f"{STILL_HELD} AND NOT shared"),
        ),
        Index(ONE_SEAT_IN_TEAM, "team_id", "person_id", unique=True, **only(STILL_HELD)),
        UniqueConstraint("invitation_digest", name=INVITATION_TAKEN),
        Index("ix_seat_replaces", "replaces_id", unique=True),
        Index("ix_seat_institute_status", "tenant_id", "institute_id", "status"),
        Index("ix_seat_person", "tenant_id", "person_id", "institute_id"),
        CheckConstraint(
            "person_id IS NOT NULL OR status IN ('unclaimed', 'withdrawn')", name="someone_named"
        ),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    """The team's institute, repeated so that the database can hold one seat per person."""
    person_id: Mapped[UUID] = mapped_column(nullable=True)
    """Empty only while nobody is named (``UNCLAIMED``); no seat of a member is without."""
    name: Mapped[str]
    role_code: Mapped[str]
    also_role_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    """Further offices the same person fills in this team."""
    shared: Mapped[bool] = mapped_column(default=False)
    """True when the person also sits in another team, e.g. a superintendent of two LEAs."""
    status: Mapped[SeatStatus] = mapped_column(default=SeatStatus.NAMED)
    position: Mapped[int]
    replaces_id: Mapped[UUID | None]
    """The seat whose holder this member replaces; the chain of them is the seat's history."""
    ended_at: Mapped[Moment | None]
    """When it was declined, withdrawn or given to someone else."""
    choices: Mapped[list[str]] = mapped_column(Json, default=list)
    """Pools of optional days and strands in which the member has a place."""
    undelivered_at: Mapped[Moment | None]
    """When the last invitation came back or could not be delivered."""
    undelivered_why: Mapped[str] = mapped_column(default="")
    invitation_digest: Mapped[str | None]
    """SHA-256 of the token in the invitation's link."""
    invited_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    dietary: Mapped[str] = mapped_column(default="")
    access_needs: Mapped[str] = mapped_column(default="")
    goals: Mapped[list[str]] = mapped_column(Json, default=list)
    offers: Mapped[str] = mapped_column(default="")
    asks: Mapped[str] = mapped_column(default="")
    new_member: Mapped[bool] = mapped_column(default=False)
    """First seat of this person in this consortium."""
    wants_peers: Mapped[bool] = mapped_column(default=False)
    """Agreed to be matched with peers of other LEAs. Off unless the person says yes."""
    version: Mapped[int] = mapped_column(default=1)
    """Raised by each edit of a lead, so that two leads do not overwrite each other unseen."""

    team: Mapped["Team"] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship(
        primaryjoin="Seat.person_id == Person.id", foreign_keys="Seat.person_id", viewonly=True
    )

    @property
    def role_codes(self) -> tuple[str, ...]:
        """Every role this member fills."""
        return (self.role_code, *self.also_role_codes)


class Answering(StrEnum):
    """Where something stands that another person decides."""

    OPEN = auto()
    GRANTED = auto()
    REFUSED = auto()
    LAPSED = auto()


class SubstitutionRequest(TenantOwned, Base):
    """A lead's wish to give a seat to someone else after the freeze; a coordinator grants it."""

    __tablename__ = "substitution_request"
    __more_table_args__ = (
        linked("seat_id", to="seat", cascade=True),
        Index(ONE_OPEN_REQUEST, "seat_id", unique=True, **only("status = 'open'")),
    )

    id: Mapped[Id]
    seat_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    name: Mapped[str]
    email: Mapped[str]
    role_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    shared: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    asked_at: Mapped[Moment]
    status: Mapped[Answering] = mapped_column(default=Answering.OPEN)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[Moment | None]
    note: Mapped[str] = mapped_column(default="")

    seat: Mapped[Seat] = relationship(
        primaryjoin="SubstitutionRequest.seat_id == Seat.id",
        foreign_keys="SubstitutionRequest.seat_id",
        viewonly=True,
    )


class Badge(TenantOwned, Base):
    """What a person shows at the door of one institute; one live badge each, whatever the teams."""

    __tablename__ = "badge"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("person_id", to="person"),
        UniqueConstraint("code", name=BADGE_CODE_TAKEN),
        Index(ONE_BADGE, "institute_id", "person_id", unique=True, **only("voided_at IS NULL")),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    person_id: Mapped[UUID]
    code: Mapped[str]
    made_at: Mapped[Moment]
    voided_at: Mapped[Moment | None]


class PlaceWait(TenantOwned, Base):
    """A member who waits for a place on an optional day or in a strand; first come, first in."""

    __tablename__ = "place_wait"
    __more_table_args__ = (
        linked("seat_id", to="seat", cascade=True),
        UniqueConstraint("seat_id", "pool_code", name=ONE_WAIT),
        Index("ix_place_wait_order", "tenant_id", "institute_id", "pool_code", "since", "id"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    pool_code: Mapped[str]
    since: Mapped[Moment]
