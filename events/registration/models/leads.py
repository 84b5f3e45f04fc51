"""Who leads a team, who is asked to, and the acts on which both leads agree."""

from enum import StrEnum, auto
from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from consortium.database import Base, Id, Json, Moment, only
from consortium.people.domain import Side
from consortium.people.models import Person
from consortium.tenancy import TenantOwned, linked
from events.institutes.domain import JointActKind

ONE_LEAD_PER_SIDE = "uq_team_lead_one_per_side"
ONE_OPEN_INVITATION = "uq_lead_invitation_one_open_per_side"
LEAD_LINK_TAKEN = "uq_lead_invitation_digest"
ONE_OPEN_ACT = "uq_joint_act_one_open"


class TeamLead(TenantOwned, Base):
    """Someone who may edit the team: at most one of each side, always at least one."""

    __tablename__ = "team_lead"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        linked("person_id", to="person"),
        UniqueConstraint("team_id", "person_id"),
        UniqueConstraint("team_id", "side", name=ONE_LEAD_PER_SIDE),
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


class LeadInvitation(TenantOwned, Base):
    """Someone asked, by a link of their own, to lead the team beside or instead of someone else."""

    __tablename__ = "lead_invitation"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        UniqueConstraint("digest", name=LEAD_LINK_TAKEN),
        Index(ONE_OPEN_INVITATION, "team_id", "side", unique=True, **only("answered_at IS NULL")),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    side: Mapped[Side]
    name: Mapped[str]
    email: Mapped[str]
    """Normalised; only who signs in with it may answer."""
    replaces_lead_id: Mapped[UUID | None]
    """The lead who hands over; empty for a second lead."""
    digest: Mapped[str]
    """SHA-256 of the token in the link."""
    invited_by: Mapped[str]
    invited_at: Mapped[Moment]
    undelivered_at: Mapped[Moment | None]
    answered_at: Mapped[Moment | None]
    accepted: Mapped[bool | None]


class ActStatus(StrEnum):
    """Where an act stands that needs both leads."""

    OPEN = auto()
    AGREED = auto()
    REFUSED = auto()
    LAPSED = auto()  # it was taken back, or what it spoke of has changed


class JointAct(TenantOwned, Base):
    """An act that one lead asked for and the lead of the other side has to agree to."""

    __tablename__ = "joint_act"
    __more_table_args__ = (
        linked("team_id", to="team", cascade=True),
        Index(ONE_OPEN_ACT, "team_id", "act", "subject", unique=True, **only("status = 'open'")),
    )

    id: Mapped[Id]
    team_id: Mapped[UUID]
    act: Mapped[JointActKind]
    subject: Mapped[str] = mapped_column(default="")
    """What of the team it is about, e.g. ``seat:<id>``; empty for the team itself."""
    payload: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the act needs to be done once both agree."""
    asked_by: Mapped[str]
    asked_side: Mapped[Side]
    asked_at: Mapped[Moment]
    status: Mapped[ActStatus] = mapped_column(default=ActStatus.OPEN)
    answered_by: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[Moment | None]
    note: Mapped[str] = mapped_column(default="")
