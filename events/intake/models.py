"""How teams come in where not everyone may: applications with pledges, and invitations."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum, auto
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, only
from consortium.directory.models import Lea
from consortium.people.domain import Side
from consortium.tenancy import TenantOwned, linked
from events.institutes.models import Institute

ONE_APPLICATION_PER_LEA = "uq_application_one_live_per_lea"
ONE_PLEDGE_PER_ROLE = "uq_pledge_application_id_role_code"
PLEDGE_LINK_TAKEN = "uq_pledge_digest"
INVITED_ALREADY = "uq_institute_invitation_one_live_per_lea"
INVITATION_LINK_TAKEN = "uq_institute_invitation_digest"


class ApplicationStatus(StrEnum):
    """Where an application stands between its first line and the host's decision."""

    DRAFT = auto()
    SUBMITTED = auto()
    SELECTED = auto()
    WAITLISTED = auto()
    NOT_SELECTED = auto()
    WITHDRAWN = auto()


class Application(TenantOwned, Base):
    """An LEA's statement of interest, with the pledges of its leaders."""

    __tablename__ = "application"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("applicant_id", to="person"),
        Index(
            ONE_APPLICATION_PER_LEA,
            "institute_id",
            "lea_id",
            "site",
            unique=True,
            **only("status <> 'withdrawn'"),
        ),
        Index("ix_application_status", "tenant_id", "institute_id", "status"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    lea_id: Mapped[str] = mapped_column(ForeignKey("lea.id"))
    site: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    state: Mapped[str]
    applicant_id: Mapped[UUID]
    """Who fills it in and gets the letters."""
    side: Mapped[Side]
    """The applicant's side."""
    seats_wanted: Mapped[int] = mapped_column(default=0)
    statement: Mapped[str] = mapped_column(default="")
    goals: Mapped[list[str]] = mapped_column(Json, default=list)
    status: Mapped[ApplicationStatus] = mapped_column(default=ApplicationStatus.DRAFT)
    created_at: Mapped[Moment]
    touched_at: Mapped[Moment]
    submitted_at: Mapped[Moment | None]
    changed_at: Mapped[Moment | None]
    """When the statement, the goals or the number of people changed last."""
    late_until: Mapped[date | None]
    """The last day, by the institute's clock, on which the host takes it though applying closed."""
    late_reason: Mapped[str] = mapped_column(default="")
    """Why the host takes it late."""
    proposed: Mapped[ApplicationStatus | None]
    """What the host means to decide; nobody is told before the letters go out."""
    stratum: Mapped[str] = mapped_column(default="")
    """The part of the mix it was counted in when the proposal was made."""
    rank: Mapped[int | None]
    """Its place in the order of the proposal, 1 being first; of the waitlist once decided."""
    reasons: Mapped[list[str]] = mapped_column(Json, default=list)
    """Why the proposal put it where it is, in sentences; with what the host added by hand."""
    by_hand: Mapped[bool] = mapped_column(default=False)
    """The host set the proposal for this one; a new proposal leaves it alone."""
    decided_at: Mapped[Moment | None]
    decided_by: Mapped[str] = mapped_column(default="")
    letter_sent_at: Mapped[Moment | None]
    team_id: Mapped[UUID | None]
    """The team it became."""
    version: Mapped[int] = mapped_column(default=1)

    institute: Mapped[Institute] = relationship(
        primaryjoin="Application.institute_id == Institute.id",
        foreign_keys="Application.institute_id",
        viewonly=True,
    )
    lea: Mapped[Lea] = relationship(viewonly=True)
    pledges: Mapped[list["Pledge"]] = relationship(
        cascade="all, delete-orphan", order_by="Pledge.position", back_populates="application"
    )

    @property
    def signed(self) -> Sequence["Pledge"]:
        """The pledges whose leaders have signed."""
        return [pledge for pledge in self.pledges if pledge.signed_at is not None]

    def has_changed_since(self, moment: datetime | None) -> bool:
        """Whether it says something else now than at that moment, e.g. when a leader signed."""
        return moment is not None and self.changed_at is not None and self.changed_at > moment


class Pledge(TenantOwned, Base):
    """A named leader's own word that the office takes part; signed by that person alone."""

    __tablename__ = "pledge"
    __more_table_args__ = (
        linked("application_id", to="application", cascade=True),
        UniqueConstraint("application_id", "role_code", name=ONE_PLEDGE_PER_ROLE),
        UniqueConstraint("digest", name=PLEDGE_LINK_TAKEN),
    )

    id: Mapped[Id]
    application_id: Mapped[UUID]
    role_code: Mapped[str]
    label: Mapped[str]
    side: Mapped[Side]
    required: Mapped[bool] = mapped_column(default=True)
    """Without it the application is not eligible once applying has closed."""
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    digest: Mapped[str | None]
    """SHA-256 of the token in the leader's own link."""
    asked_at: Mapped[Moment | None]
    reminded_at: Mapped[Moment | None]
    undelivered_at: Mapped[Moment | None]
    signed_at: Mapped[Moment | None]
    signed_as: Mapped[str] = mapped_column(default="")
    """The name as the leader typed it when signing."""
    wording: Mapped[str] = mapped_column(default="")
    """The pledge as it was shown."""
    declined_at: Mapped[Moment | None]
    decline_reason: Mapped[str] = mapped_column(default="")
    position: Mapped[int]

    application: Mapped[Application] = relationship(back_populates="pledges")


class InstituteInvitation(TenantOwned, Base):
    """A host's invitation of one LEA, which opens a registration that is closed to others."""

    __tablename__ = "institute_invitation"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("digest", name=INVITATION_LINK_TAKEN),
        Index(
            INVITED_ALREADY, "institute_id", "lea_id", unique=True, **only("taken_back_at IS NULL")
        ),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    lea_id: Mapped[str] = mapped_column(ForeignKey("lea.id"))
    name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    """Normalised; whom the mail went to. Anyone of the LEA may use the invitation."""
    digest: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    invited_by: Mapped[str]
    invited_at: Mapped[Moment]
    undelivered_at: Mapped[Moment | None]
    taken_back_at: Mapped[Moment | None]

    lea: Mapped[Lea] = relationship(viewonly=True)
