"""Rounds in which people rank sessions, what they ranked, and drafts of who gets which place."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment, only
from consortium.errands import ONE_IS_OPEN, ErrandColumns
from consortium.tenancy import TenantOwned, linked
from events.schedule.domain.ranking import DraftState

ONE_RANKED_ROUND = "uq_ranked_round_institute_id_choice_group"
ONE_RANKING = "uq_ranking_round_id_seat_id"
ONE_PLACES_DRAFT = "uq_places_draft_one_open_per_institute"


class RankedRound(TenantOwned, Base):
    """A round of sessions of which people say what they want most, before places are given."""

    __tablename__ = "ranked_round"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "choice_group", name=ONE_RANKED_ROUND),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    choice_group: Mapped[str]
    """The round, as its sessions name it."""
    until: Mapped[Moment]
    """Until when a ranking counts like any other; later ones get what is left."""
    any_free: Mapped[bool] = mapped_column(default=True)
    """Whether people get a free place in a session that they did not rank, rather than none."""
    most: Mapped[int | None]
    """How many sessions one person ranks at most; ``None`` for all of them."""
    allotted_at: Mapped[Moment | None]
    """Since when places are given; from then on people choose what is free."""


class Ranking(TenantOwned, Base):
    """What one person wants of a ranked round, the most wanted first."""

    __tablename__ = "ranking"
    __more_table_args__ = (
        linked("round_id", to="ranked_round", cascade=True),
        linked("seat_id", to="seat", cascade=True),
        UniqueConstraint("round_id", "seat_id", name=ONE_RANKING),
        Index("ix_ranking_seat", "tenant_id", "seat_id"),
    )

    id: Mapped[Id]
    round_id: Mapped[UUID]
    seat_id: Mapped[UUID]
    wanted: Mapped[list[str]] = mapped_column(Json, default=list)
    """The ids of the sessions, the most wanted first."""
    ranked_at: Mapped[Moment]


class PlacesDraft(ErrandColumns, TenantOwned, Base):
    """Who would get which place, as it was found once. It changes nothing until it is accepted.

    A worker finds it, one at a time for an institute.
    """

    __tablename__ = "places_draft"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "number"),
        Index(ONE_PLACES_DRAFT, "institute_id", unique=True, **only(ONE_IS_OPEN)),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    number: Mapped[int]
    """1, 2, 3 … within the institute."""
    made_at: Mapped[Moment]
    made_by: Mapped[str]
    settings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The rounds by their ids, places that are only supposed, whether places are kept, the lot,
    the draft near to which it stays, and what the host decided of single people."""
    state: Mapped[DraftState] = mapped_column(default=DraftState.WAITING)
    trouble: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Template and values of the sentences that say why there is none."""
    basis: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What it was found from: places of each session, and when each person ranked."""
    answers: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """By person and round: what is given, as which choice, and why, in sentences."""
    proven: Mapped[bool] = mapped_column(default=True)
    """Whether nothing better is possible."""
    accepted_at: Mapped[Moment | None]
    accepted_by: Mapped[str] = mapped_column(default="")
