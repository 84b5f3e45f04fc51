"""Teams that are brought together: at tables with a shared goal, or as partner teams."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cohorts.matching.domain.grouping import GroupingKind
from consortium.database import Base, Id, Json, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_DRAFT_GROUPING = "uq_grouping_one_draft_per_institute_and_kind"
ONE_PLACE = "uq_grouped_team_grouping_id_team_id"
ONE_WISH = "uq_team_wish_institute_id_kind_first_id_second_id"


class Grouping(TenantOwned, Base):
    """Who sits with whom, found once: a draft until it is published, one draft of each kind.

    A published one stays, unless a later one mends it and takes its place.
    """

    __tablename__ = "grouping"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("mends_id", to="grouping"),
        Index("ix_grouping_institute", "tenant_id", "institute_id", "kind", "made_at"),
        Index(
            ONE_DRAFT_GROUPING, "institute_id", "kind", unique=True, **only("published_at IS NULL")
        ),
        CheckConstraint("smallest > 1 AND smallest <= largest", name="sizes"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    kind: Mapped[GroupingKind]
    made_at: Mapped[Moment]
    made_by: Mapped[str]
    published_at: Mapped[Moment | None]
    mends_id: Mapped[UUID | None]
    """The published one that this one takes the place of when it is published."""
    mended_at: Mapped[Moment | None]
    """When another one took its place."""
    smallest: Mapped[int]
    largest: Mapped[int]
    other_state: Mapped[bool] = mapped_column(default=False)
    """Whether partner teams must come from different states."""
    two_sided: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether partner teams wait for the leads of all of them; settled when it is published."""
    figures: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What was reached, beside what could be had at best (``engine/teams``)."""
    left_out: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Team id, and the template and values of the sentence that says why it is in no group."""

    groups: Mapped[list["TeamGroup"]] = relationship(
        cascade="all, delete-orphan", back_populates="grouping", order_by="TeamGroup.position"
    )


class TeamGroup(TenantOwned, Base):
    """One table, or the teams that are partners."""

    __tablename__ = "team_group"
    __more_table_args__ = (
        linked("grouping_id", to="grouping", cascade=True),
        UniqueConstraint("grouping_id", "position"),
    )

    id: Mapped[Id]
    grouping_id: Mapped[UUID]
    position: Mapped[int]
    """The table's number; a mended table keeps it."""
    theme: Mapped[str] = mapped_column(default="")
    """The goal that all of its teams have; partners need none."""
    introduced_at: Mapped[Moment | None]
    """When the last of these partners accepted, where they are asked."""

    grouping: Mapped[Grouping] = relationship(back_populates="groups")
    places: Mapped[list["GroupedTeam"]] = relationship(
        cascade="all, delete-orphan", back_populates="group"
    )


class GroupedTeam(TenantOwned, Base):
    """A team's place in a group; a team has one in each grouping."""

    __tablename__ = "grouped_team"
    __more_table_args__ = (
        linked("grouping_id", to="grouping", cascade=True),
        linked("group_id", to="team_group", cascade=True),
        linked("team_id", to="team", cascade=True),
        UniqueConstraint("grouping_id", "team_id", name=ONE_PLACE),
        Index("ix_grouped_team_group", "tenant_id", "group_id"),
        Index("ix_grouped_team_team", "tenant_id", "team_id"),
    )

    id: Mapped[Id]
    grouping_id: Mapped[UUID]
    group_id: Mapped[UUID]
    team_id: Mapped[UUID]
    kept: Mapped[bool] = mapped_column(default=False)
    """Whether a coordinator keeps the team at this table when tables are found again."""
    labor_accepted_by: Mapped[str] = mapped_column(default="", server_default="")
    """The lead of the labor side who accepted the partners."""
    labor_accepted_at: Mapped[Moment | None]
    management_accepted_by: Mapped[str] = mapped_column(default="", server_default="")
    management_accepted_at: Mapped[Moment | None]
    declined_at: Mapped[Moment | None]
    """When a lead said no to these partners: none of them sees the others from then on."""

    group: Mapped[TeamGroup] = relationship(back_populates="places")


class TeamWish(TenantOwned, Base):
    """Two teams that a coordinator keeps together, or apart; ``first_id`` < ``second_id``."""

    __tablename__ = "team_wish"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("first_id", to="team", cascade=True),
        linked("second_id", to="team", cascade=True),
        UniqueConstraint("institute_id", "kind", "first_id", "second_id", name=ONE_WISH),
        Index("ix_team_wish_second", "tenant_id", "second_id"),
        Index("ix_team_wish_first", "tenant_id", "first_id"),
        CheckConstraint("first_id < second_id", name="first_before_second"),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    kind: Mapped[GroupingKind]
    first_id: Mapped[UUID]
    second_id: Mapped[UUID]
    apart: Mapped[bool]
    """True: never together. False: always."""
