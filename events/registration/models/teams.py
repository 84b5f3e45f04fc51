"""Teams: an LEA's people at an institute."""

from collections.abc import Sequence
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, only
from consortium.directory.models import Lea
from consortium.tenancy import TenantOwned, linked
from events.institutes.domain import AdmittedAs
from events.institutes.models import Institute
from events.registration.models.leads import TeamLead
from events.registration.models.offices import Waiver
from events.registration.models.seats import ACTIVE_SEATS, HELD_SEATS, Seat, SeatStatus

ONE_TEAM_PER_LEA = "uq_team_one_active_per_lea"


class TeamKind(StrEnum):
    """Whether a group comes as a team with required roles, or as visitors without."""

    TEAM = auto()
    VISITORS = auto()


class TeamStatus(StrEnum):
    """Where a team stands."""

    DRAFT = auto()
    ASKING = auto()  # submitted by guests who come by request; the host has not answered yet
    REGISTERED = auto()
    WAITLISTED = auto()
    OFFERED = auto()  # from the waitlist; its places are held until the offer runs out
    WITHDRAWN = auto()


HOLDING_PLACES = (TeamStatus.REGISTERED, TeamStatus.OFFERED)
"""Teams in these states hold places in the institute's pools."""


class Team(TenantOwned, Base):
    """An LEA's (or a site's) people at an institute, and where their registration stands."""

    __tablename__ = "team"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        Index(
            ONE_TEAM_PER_LEA,
            "institute_id",
            "lea_id",
            "site",
            unique=True,
            **only("status <> 'withdrawn' AND kind = 'team'"),
        ),
        Index(
            "ix_team_order",  # who waits before whom is read from the index alone
            "tenant_id",
            "institute_id",
            "status",
            "priority_class",
            "waitlist_position",
        ),
        Index("ix_team_position", "tenant_id", "institute_id", "waitlist_position"),
        UniqueConstraint("institute_id", "waitlist_position"),
        CheckConstraint("seats_held >= 0", name="seats_held_not_negative"),
        CheckConstraint(
            "(status = 'offered') = (offer_expires_at IS NOT NULL)", name="offers_run_out"
        ),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    kind: Mapped[TeamKind] = mapped_column(default=TeamKind.TEAM)
    lea_id: Mapped[str | None] = mapped_column(ForeignKey("lea.id"))
    """Empty only for visitors who come from no listed LEA."""
    site: Mapped[str] = mapped_column(default="")
    """The school, where the unit is a site and not the LEA."""
    name: Mapped[str]
    """What rosters and badges call it: the LEA's name, or the visitors' organisation."""
    state: Mapped[str]
    """USPS code, or foreign:ZA."""
    admitted_as: Mapped[AdmittedAs]
    cohort: Mapped[str] = mapped_column(default="")
    """Which group of a cohort programme the team belongs to."""
    status: Mapped[TeamStatus] = mapped_column(default=TeamStatus.DRAFT)
    created_at: Mapped[Moment]
    registered_at: Mapped[Moment | None]
    """When it was first submitted and accepted or put on the waitlist."""
    withdrawn_at: Mapped[Moment | None]
    refusal: Mapped[str | None]
    """Why the host said no to guests who asked to come; None unless the host did."""
    waitlist_position: Mapped[int | None]
    priority_class: Mapped[int] = mapped_column(default=0)
    """Whoever has the lower class is offered a free place first, whatever the position."""
    seats_wanted: Mapped[int] = mapped_column(default=0)
    """How many seats it waits for; as many as it has people where it said nothing."""
    offered_at: Mapped[Moment | None]
    offer_expires_at: Mapped[Moment | None]
    """Until when the places offered from the waitlist are held for it."""
    offers_missed: Mapped[int] = mapped_column(default=0)
    """How often it let an offer run out since it joined the waitlist."""
    seats_held: Mapped[int] = mapped_column(default=0)
    """People it holds places for; 0 unless registered or offered."""
    places_held: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    """Places it holds by pool, of which each is given back as it was taken."""
    application_id: Mapped[UUID | None]
    """The application from which it was selected, where the institute selects."""
    touched_at: Mapped[Moment | None]
    """When a lead last worked on it; what lies still is nudged."""
    nudges: Mapped[int] = mapped_column(default=0)
    """How often the leads of a draft that lies still were reminded of it."""
    complete: Mapped[bool | None]
    """As the role rules last judged it; None where completeness is not a question."""
    missing: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of the roles still missing, as last judged."""
    version: Mapped[int] = mapped_column(default=1)
    """Raised when name or site change; each seat has a version of its own."""

    institute: Mapped[Institute] = relationship(
        primaryjoin="Team.institute_id == Institute.id",
        foreign_keys="Team.institute_id",
        viewonly=True,
    )
    lea: Mapped[Lea | None] = relationship(viewonly=True)
    seats: Mapped[list[Seat]] = relationship(
        cascade="all, delete-orphan", order_by="Seat.position", back_populates="team"
    )
    leads: Mapped[list[TeamLead]] = relationship(cascade="all, delete-orphan")
    waivers: Mapped[list[Waiver]] = relationship(cascade="all, delete-orphan")

    @property
    def active_seats(self) -> Sequence[Seat]:
        """The members who are coming, as far as anyone knows."""
        return [seat for seat in self.seats if seat.status in ACTIVE_SEATS]

    @property
    def held_seats(self) -> Sequence[Seat]:
        """The seats that need a place: those of members, and those kept for someone to be named."""
        return [seat for seat in self.seats if seat.status in HELD_SEATS]

    @property
    def vacated_seats(self) -> Sequence[Seat]:
        """The seats that were given back and that nobody has taken over."""
        taken_over = {seat.replaces_id for seat in self.seats}
        return [
            seat
            for seat in self.seats
            if seat.status is SeatStatus.DECLINED and seat.id not in taken_over
        ]

    @property
    def by_request(self) -> bool:
        """Whether it may come only if the host agrees."""
        return self.admitted_as is AdmittedAs.BY_REQUEST

    @property
    def comes_as_team(self) -> bool:
        """Whether the role rules apply; visitors come without."""
        return self.kind is TeamKind.TEAM
