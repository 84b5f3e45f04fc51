"""A proposal for a programme: what is asked, how far it is, what it would change."""

from typing import Any
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consortium.database import Base, Id, Json, Moment, only
from consortium.errands import ONE_IS_OPEN, ErrandColumns
from consortium.tenancy import TenantOwned, linked
from events.schedule.domain.proposing import ProposalState, Reason

ONE_PROPOSAL = "uq_programme_proposal_one_open_per_institute"


class ProgrammeProposal(ErrandColumns, TenantOwned, Base):
    """One proposal, one at a time for an institute. It changes nothing until it is accepted."""

    __tablename__ = "programme_proposal"
    __more_table_args__ = (
        linked("institute_id", to="institute", cascade=True),
        UniqueConstraint("institute_id", "number"),
        Index(ONE_PROPOSAL, "institute_id", unique=True, **only(ONE_IS_OPEN)),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    number: Mapped[int]
    """1, 2, 3 … within the institute."""
    reason: Mapped[Reason]
    asked: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    state: Mapped[ProposalState] = mapped_column(default=ProposalState.WAITING)
    asked_at: Mapped[Moment]
    asked_by: Mapped[str]
    trouble: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """Template and values of the sentences that say why there is none."""
    basis: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The draft it was made from: versions and locks of sessions, and rooms."""
    moves: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    """By session: where it is, and where it would be."""
    figures: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What the draft was worth, and what it would be."""
    accepted_at: Mapped[Moment | None]
    accepted_by: Mapped[str] = mapped_column(default="")
