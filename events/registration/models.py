"""Teams and the seats in them."""

from collections.abc import Sequence
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.tenancy import TenantOwned
from events.institutes.domain import AdmittedAs
from events.institutes.models import Institute

ONE_TEAM_PER_LEA = "uq_team_one_active_per_lea"
ONE_SEAT_PER_PERSON = "uq_seat_one_active_per_person"
ONE_SEAT_IN_TEAM = "uq_seat_one_active_in_team"
INVITATION_TAKEN = "uq_seat_invitation_digest"
ONE_ANSWER = "uq_office_answer_tenant_id_lea_id_role_code"


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
    WITHDRAWN = auto()


class SeatStatus(StrEnum):
    """Where one member's seat stands."""

    NAMED = auto()  # written down by the lead; no mail yet
    INVITED = auto()
    CONFIRMED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()


ACTIVE_SEATS = (SeatStatus.NAMED, SeatStatus.INVITED, SeatStatus.CONFIRMED)


class Team(TenantOwned, Base):
    """An LEA's (or a site's) people at an institute, and where their registration stands."""

    __tablename__ = "team"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "institute_id"], ["institute.tenant_id", "institute.id"]
        ),
        Index(
            ONE_TEAM_PER_LEA,
            "institute_id",
            "lea_id",
            "site",
            unique=True,
            postgresql_where=text("status <> 'withdrawn' AND kind = 'team'"),
            sqlite_where=text("status <> 'withdrawn' AND kind = 'team'"),
        ),
        Index("ix_team_institute_status", "institute_id", "status"),
        UniqueConstraint("institute_id", "waitlist_position"),
        CheckConstraint("seats_held >= 0", name="seats_held_not_negative"),
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
    seats_held: Mapped[int] = mapped_column(default=0)
    """Places it holds in the pool of people (or visitor seats); 0 unless registered."""
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
    seats: Mapped[list["Seat"]] = relationship(
        cascade="all, delete-orphan", order_by="Seat.position", back_populates="team"
    )
    leads: Mapped[list["TeamLead"]] = relationship(cascade="all, delete-orphan")
    waivers: Mapped[list["Waiver"]] = relationship(cascade="all, delete-orphan")

    @property
    def active_seats(self) -> Sequence["Seat"]:
        """The members who are coming, as far as anyone knows."""
        return [seat for seat in self.seats if seat.status in ACTIVE_SEATS]

    @property
    def by_request(self) -> bool:
        """Whether it may come only if the host agrees."""
        return self.admitted_as is AdmittedAs.BY_REQUEST

    @property
    def comes_as_team(self) -> bool:
        """Whether the role rules apply; visitors come without."""
        return self.kind is TeamKind.TEAM


class TeamLead(TenantOwned, Base):
    """Someone who may edit the team. There is at least one."""

    __tablename__ = "team_lead"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "team_id"], ["team.tenant_id", "team.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(["tenant_id", "person_id"], ["person.tenant_id", "person.id"]),
        UniqueConstraint("team_id", "person_id"),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    person_id: Mapped[UUID]
    side: Mapped[Side]
    since: Mapped[Moment]

    person: Mapped[Person] = relationship(
        primaryjoin="TeamLead.person_id == Person.id",
        foreign_keys="TeamLead.person_id",
        viewonly=True,
    )


class Seat(TenantOwned, Base):
    """One member's place in a team, with the office the member fills there."""

    __tablename__ = "seat"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "team_id"], ["team.tenant_id", "team.id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "institute_id"], ["institute.tenant_id", "institute.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "person_id"], ["person.tenant_id", "person.id"]),
        Index(
            ONE_SEAT_PER_PERSON,
            "institute_id",
            "person_id",
            unique=True,
            postgresql_where=text("status NOT IN ('declined', 'withdrawn') AND NOT shared"),
            sqlite_where=text("status NOT IN ('declined', 'withdrawn') AND NOT shared"),
        ),
        Index(
            ONE_SEAT_IN_TEAM,
            "team_id",
            "person_id",
            unique=True,
            postgresql_where=text("status NOT IN ('declined', 'withdrawn')"),
            sqlite_where=text("status NOT IN ('declined', 'withdrawn')"),
        ),
        UniqueConstraint("invitation_digest", name=INVITATION_TAKEN),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    institute_id: Mapped[UUID]
    """The team's institute, repeated so that the database can hold one seat per person."""
    person_id: Mapped[UUID]
    name: Mapped[str]
    role_code: Mapped[str]
    also_role_codes: Mapped[list[str]] = mapped_column(Json, default=list)
    """Further offices the same person fills in this team."""
    shared: Mapped[bool] = mapped_column(default=False)
    """True when the person also sits in another team, e.g. a superintendent of two LEAs."""
    status: Mapped[SeatStatus] = mapped_column(default=SeatStatus.NAMED)
    position: Mapped[int]
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

    team: Mapped[Team] = relationship(back_populates="seats")
    person: Mapped[Person] = relationship(
        primaryjoin="Seat.person_id == Person.id", foreign_keys="Seat.person_id", viewonly=True
    )

    @property
    def role_codes(self) -> tuple[str, ...]:
        """Every role this member fills."""
        return (self.role_code, *self.also_role_codes)


class Waiver(TenantOwned, Base):
    """A role that this team need not bring, and why."""

    __tablename__ = "waiver"
    __more_table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "team_id"], ["team.tenant_id", "team.id"], ondelete="CASCADE"
        ),
        UniqueConstraint("team_id", "role_code"),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    role_code: Mapped[str]
    reason: Mapped[str]
    given_at: Mapped[Moment]
    given_by: Mapped[str]


class OfficeAnswer(TenantOwned, Base):
    """Whether an LEA has an office at all, asked once and remembered."""

    __tablename__ = "office_answer"
    __more_table_args__ = (UniqueConstraint("tenant_id", "lea_id", "role_code", name=ONE_ANSWER),)

    id: Mapped[Id]
    lea_id: Mapped[str] = mapped_column(ForeignKey("lea.id"))
    role_code: Mapped[str]
    exists: Mapped[bool]
    answered_at: Mapped[Moment]
    answered_by: Mapped[str]
