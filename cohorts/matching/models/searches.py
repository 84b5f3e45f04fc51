"""Searches for peers, tables and partner teams that coordinators asked for and a worker does."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.matching.domain.grouping import GroupingKind
from cohorts.matching.domain.searching import SearchKind, SearchState
from consortium.database import Base, Id, Json, Moment, only
from consortium.errands import ONE_IS_OPEN, ErrandColumns
from consortium.tenancy import TenantOwned, linked

ONE_SEARCH = "uq_peer_search_one_open_per_institute"
ONE_TEAM_SEARCH = "uq_team_search_one_open_per_institute_and_kind"


class PeerSearch(ErrandColumns, TenantOwned, Base):
    """One search, one at a time for an institute: what is asked, how far it is, what came out."""

    __tablename__ = "peer_search"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        Index("ix_peer_search_institute", "tenant_id", "institute_id", "asked_at"),
        Index(ONE_SEARCH, "institute_id", unique=True, **only(ONE_IS_OPEN)),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    kind: Mapped[SearchKind]
    wish: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[SearchState] = mapped_column(default=SearchState.WAITING)
    asked_at: Mapped[Moment]
    asked_by: Mapped[str]
    trouble: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Template and values of the sentence that says why it failed."""
    found: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Figures of a search that keeps nothing else."""


class TeamSearch(ErrandColumns, TenantOwned, Base):
    """One search for tables or for partner teams, one of each kind at a time for an institute.

    What it finds is the draft of its kind.
    """

    __tablename__ = "team_search"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        Index("ix_team_search_institute", "tenant_id", "institute_id", "kind", "asked_at"),
        Index(ONE_TEAM_SEARCH, "institute_id", "kind", unique=True, **only(ONE_IS_OPEN)),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    kind: Mapped[GroupingKind]
    terms: Mapped[dict[str, Any]] = mapped_column(Json)
    state: Mapped[SearchState] = mapped_column(default=SearchState.WAITING)
    asked_at: Mapped[Moment]
    asked_by: Mapped[str]
    trouble: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Template and values of the sentence that says why it failed."""
