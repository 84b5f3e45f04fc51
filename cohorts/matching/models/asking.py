"""That someone asked another for a match, and what became of it."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from cohorts.matching.domain.asking import RequestKind, RequestState
from consortium.database import Base, Id, Moment, only
from consortium.tenancy import TenantOwned, linked

ONE_REQUEST = "uq_peer_request_one_open_per_pair"
OPEN_REQUEST = "state IN ('offered', 'held')"


class PeerRequest(TenantOwned, Base):
    """One person's request for a match with another: offered, or held until there is room."""

    __tablename__ = "peer_request"
    __more_table_args__ = (
        linked("institute_id", to="institute"),
        linked("from_id", to="person"),
        linked("to_id", to="person"),
        linked("match_id", to="peer_match"),
        Index("ix_peer_request_to", "tenant_id", "to_id", "state"),
        Index(ONE_REQUEST, "from_id", "to_id", unique=True, **only(OPEN_REQUEST)),
        CheckConstraint("from_id <> to_id", name="of_another"),
        CheckConstraint("(state = 'accepted') = (match_id IS NOT NULL)", name="accepted_is_match"),
        CheckConstraint(
            "(state IN ('offered', 'held')) = (settled_at IS NULL)", name="open_or_settled"
        ),
    )

    id: Mapped[Id]
    institute_id: Mapped[UUID]
    from_id: Mapped[UUID]
    to_id: Mapped[UUID]
    kind: Mapped[RequestKind]
    words: Mapped[str] = mapped_column(default="")
    """What the asking person wrote to the asked one, who alone reads it."""
    state: Mapped[RequestState]
    asked_at: Mapped[Moment]
    offered_at: Mapped[Moment | None]
    """When it was put before the asked person; empty while it was never anything but held."""
    settled_at: Mapped[Moment | None]
    match_id: Mapped[UUID | None]
